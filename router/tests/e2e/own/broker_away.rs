//! The broker is away for long while people go on: every change is answered, and what has waited arrives soon.
//!
//! `QUITS_OUTAGE_SECONDS` makes the outage longer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use tokio::time::sleep;

use super::chaos::{FOR_LONG, Findings, Insistent, Waits, change, drained, number};
use crate::{drift::Ledger, stack::Stack, trip::Trip};

const GROUPS: u64 = 4;
/// Everything that was published late has to be handled within this time.
const DRAINED_WITHIN: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn without_the_broker_every_change_is_answered_and_its_events_arrive_afterwards() {
    let outage = Duration::from_secs(number("QUITS_OUTAGE_SECONDS", 20));
    let mut stack = Stack::start_alone_with(FOR_LONG).await;
    let (waits, stop) = (Arc::new(Waits::default()), Arc::new(AtomicBool::new(false)));
    let mut groups = Vec::new();
    for group in 0..GROUPS {
        let trip = Trip::of(&stack, &["Ada", "Ben", "Cleo"]).await;
        let ledger = Ledger::new(Insistent::new(&waits), trip, group);
        groups.push(tokio::spawn(change(ledger, Arc::clone(&stop))));
    }

    stack.broker.cut();
    sleep(outage).await;
    stop.store(true, Ordering::Relaxed);
    let ledgers: Vec<_> = join_all(groups).await.into_iter().map(Result::unwrap).collect();
    stack.broker.mend();
    let mended = Instant::now();
    drained(&stack).await;
    let took = mended.elapsed();

    println!("{waits}\ndrained within {took:?}");
    assert_eq!(waits.repeated(), 0, "every change is answered at once");
    assert!(took < DRAINED_WITHIN, "{took:?}");
    let mut findings = Findings::default();
    findings.look(&mut stack, &ledgers, &[]).await;
    assert!(findings.is_empty(), "{findings}");
}
