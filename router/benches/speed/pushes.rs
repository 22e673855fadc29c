//! Pushing one change of a group to many subscribers.

use std::time::{Duration, Instant};

use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

use crate::{
    machine::{cpu, each, ms, of_services, shared, used},
    percentile::percentile,
    person::Live,
    stack::Stack,
    trip::Trip,
};

const PEOPLE: usize = 20;
const CHANGES: i64 = 10;
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) async fn measure(stack: &Stack, subscribers: usize) {
    let names: Vec<String> = (0..PEOPLE).map(|number| format!("P{number}")).collect();
    let trip = Trip::of(stack, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let mut watching: Vec<JoinHandle<()>> = Vec::new();
    for number in 0..subscribers {
        let mut live = trip.people[number % PEOPLE].watch(&trip.id).await;
        live.group_at(0).await;
        let arrived = arrived.clone();
        watching.push(tokio::spawn(async move { report(&mut live, &arrived).await }));
    }
    let before = cpu(stack);
    let mut times = Vec::new();
    for version in 1..=CHANGES {
        let answer = trip.spend(0, "30.00", &version.to_string()).await;
        let answered = Instant::now();
        assert!(answer["errors"].is_null(), "{answer:#}");
        let mut missing = subscribers;
        while missing > 0 {
            let (at, pushed) = timeout(PATIENCE, arrivals.recv()).await.expect("every push arrives").unwrap();
            if pushed == version {
                times.push(at.saturating_duration_since(answered));
                missing -= 1;
            }
        }
    }
    let used = used(&before, &cpu(stack));
    times.sort_unstable();
    let pushes = u64::try_from(times.len()).unwrap();
    println!(
        "{subscribers} subscribers: p50 {}, p99 {}; {} CPU per client and push ({}); MiB {:?}",
        ms(percentile(&times, 50)),
        ms(percentile(&times, 99)),
        ms(each(of_services(&used), pushes)),
        shared(&used, pushes),
        stack.memory_mib()
    );
    watching.iter().for_each(JoinHandle::abort);
}

/// Tells when which version of the ledger arrived. Does not read more of a message than that: a thousand clients share
/// the machine with the services.
async fn report(live: &mut Live, arrived: &mpsc::UnboundedSender<(Instant, i64)>) {
    loop {
        let text = live.text().await;
        let at = Instant::now();
        let version = text.split_once("\"ledgerVersion\":").and_then(|(_, rest)| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        });
        if version.is_some_and(|version| arrived.send((at, version)).is_err()) {
            return;
        }
    }
}
