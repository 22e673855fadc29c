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
const EXPENSES_PER_GROUP: u64 = 250;
const SECONDS: u64 = 5;
const LOOK: Duration = Duration::from_millis(50);

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
    until(stack, |waiting| waiting == 0).await;

    let confirmed = floor("confirm_loop", &[SECONDS]);
    stack.kill("collect").await;
    let rebuilt = stack.program("reports").arg("rebuild").output().await.unwrap();
    assert!(rebuilt.status.success());
    let expected = u32::try_from(GROUPS as u64 * EXPENSES_PER_GROUP).unwrap();
    let (started, before) = (Instant::now(), cpu(stack));
    let published = until(stack, |waiting| waiting >= expected).await;
    let (relayed, publishing) = (per_second(published, started), shared(&used(&before, &cpu(stack)), published.into()));
    // What the other subgraphs publish is little, and soon there.
    sleep(Duration::from_secs(2)).await;
    let waiting = until(stack, |_| true).await;
    stack.run_unready("collect");
    // Before, it waits for the lease of the process that was killed.
    let waiting = until(stack, |left| left < waiting).await;
    let (started, before) = (Instant::now(), cpu(stack));
    until(stack, |waiting| waiting == 0).await;
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

/// Waits until the number of events that wait to be collected is such; returns it.
async fn until(stack: &Stack, is_such: impl Fn(u32) -> bool) -> u32 {
    loop {
        let lengths = stack.queue_lengths().await;
        let waiting =
            lengths.iter().filter(|(name, _)| name.starts_with("reports.collect.")).map(|(_, length)| length).sum();
        if is_such(waiting) {
            return waiting;
        }
        sleep(LOOK).await;
    }
}
