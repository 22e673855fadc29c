//! Publishing and collecting events: a rebuild asks for the whole journal, which is published, and then collected.

use std::time::{Duration, Instant};

use futures::future::join_all;
use tokio::time::sleep;

use crate::{
    changes::create_one,
    machine::{cpu, floor, ratio, shared, used},
    stack::Stack,
    trip::Trip,
};

const GROUPS: usize = 20;
const EXPENSES_PER_GROUP: u64 = 500;
const SECONDS: u64 = 5;
const ADVISED: &str = "expenses.advise";
const COLLECTED: &str = "reports.collect.";
const LOOK: Duration = Duration::from_millis(20);

pub(crate) async fn measure(stack: &mut Stack) {
    let mut trips = Vec::new();
    for _ in 0..GROUPS {
        trips.push(Trip::of(stack, &["Ada", "Ben"]).await);
    }
    let url = stack.url("expenses", "/graphql");
    join_all(trips.iter().map(async |trip| {
        for number in 0..EXPENSES_PER_GROUP {
            create_one(&url, trip, "events", number).await;
        }
    }))
    .await;
    left(stack, "", |waiting| waiting == 0).await;

    let confirmed = floor("confirm_loop", &[SECONDS]);
    // Nobody consumes what the floor publishes, either.
    stack.kill("collect").await;
    stack.kill("advise").await;
    let rebuilt = stack.program("reports").arg("rebuild").output().await.unwrap();
    assert!(rebuilt.status.success());
    let expected = u32::try_from(GROUPS as u64 * EXPENSES_PER_GROUP).unwrap();
    // Before the first one comes, the whole journal is marked as unpublished.
    let first = left(stack, COLLECTED, |waiting| waiting > 0).await;
    let (started, before) = (Instant::now(), cpu(stack));
    let published = left(stack, COLLECTED, |waiting| waiting >= expected).await - first;
    let (relayed, publishing) = (per_second(published, started), shared(&used(&before, &cpu(stack)), published.into()));
    stack.run_unready("advise");
    left(stack, ADVISED, |left| left == 0).await;
    let waiting = left(stack, COLLECTED, |_| true).await;
    stack.run_unready("collect");
    // Before, it waits for the lease of the process that was killed.
    let waiting = left(stack, COLLECTED, |left| left < waiting).await;
    let (started, before) = (Instant::now(), cpu(stack));
    left(stack, COLLECTED, |left| left == 0).await;
    let (collected, collecting) = (per_second(waiting, started), shared(&used(&before, &cpu(stack)), waiting.into()));
    println!(
        "relay: {relayed}/s, confirm loop {confirmed}/s, ratio {}; CPU each: {publishing}",
        ratio(relayed, confirmed)
    );
    println!("collect: {collected}/s of {waiting} events; CPU each: {collecting}");
}

fn per_second(events: u32, since: Instant) -> u64 {
    u64::from(events) * 1_000 / u64::try_from(since.elapsed().as_millis()).unwrap().max(1)
}

/// Waits until the number of events in the queues of a consumer is such; returns it.
async fn left(stack: &Stack, consumer: &str, is_such: impl Fn(u32) -> bool) -> u32 {
    loop {
        let lengths = stack.queue_lengths().await;
        let waiting = lengths.iter().filter(|(name, _)| name.starts_with(consumer)).map(|(_, length)| length).sum();
        if is_such(waiting) {
            return waiting;
        }
        sleep(LOOK).await;
    }
}
