//! Random changes through the router while services are killed and paused and links to the broker break: every
//! acknowledged change counts once, and soon.
//!
//! `cargo xtask chaos --seed N --minutes M` runs this for longer, by `QUITS_CHAOS_SEED` and `QUITS_CHAOS_SECONDS`. What
//! is chosen follows from the seed; when it happens does not.

mod check;
mod follower;
mod insistent;
mod nemesis;

use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::future::join_all;
use tokio::time::sleep;

use crate::{drift::Ledger, stack::Stack, trip::Trip};
use follower::Follower;
use nemesis::Nemesis;

pub(super) use check::{Findings, drained};
pub(super) use insistent::{Insistent, Waits};

const GROUPS: u64 = 3;
/// The pause between two changes of a group, so that a debug build of everything keeps up on two processor cores.
const BETWEEN_CHANGES: Duration = Duration::from_millis(100);

/// Access tokens count for as long as a run may last: its clients do not refresh theirs.
pub(super) const FOR_LONG: &[(&str, &str)] = &[("QUITS_ACCESS_TOKEN_SECONDS", "86400")];

/// The value of an environment variable.
pub(super) fn number(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number, not {value}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_every_acknowledged_change_counts_once() {
    let (seed, seconds) = (number("QUITS_CHAOS_SEED", 1), number("QUITS_CHAOS_SECONDS", 30));
    let mut stack = Stack::start_alone_with(FOR_LONG).await;
    let (waits, stop) = (Arc::new(Waits::default()), Arc::new(AtomicBool::new(false)));
    let (mut groups, mut followers) = (Vec::new(), Vec::new());
    for group in 0..GROUPS {
        let trip = Trip::of(&stack, &["Ada", "Ben", "Cleo"]).await;
        followers.extend(trip.people[..2].iter().map(|person| Follower::start(person, &trip.id)));
        let ledger = Ledger::new(Insistent::new(&waits), trip, seed * GROUPS + group);
        groups.push(tokio::spawn(change(ledger, Arc::clone(&stop))));
    }

    let mut nemesis = Nemesis::new(seed);
    nemesis.rage(&mut stack, Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let ledgers: Vec<_> = join_all(groups).await.into_iter().map(Result::unwrap).collect();

    println!("seed {seed}, {seconds} s\n{nemesis}\n{waits}");
    let mut findings = Findings::default();
    findings.look(&mut stack, &ledgers, &followers).await;
    findings.limit_waits(&waits);
    findings.limit_pushes(&ledgers, &followers, &nemesis.calm);
    println!("{findings}");
    assert!(findings.is_empty(), "{findings}");
}

/// Changes a group at random until it is told to stop.
pub(super) async fn change(mut ledger: Ledger<Insistent>, stop: Arc<AtomicBool>) -> Ledger<Insistent> {
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        ledger.change(number).await;
        sleep(BETWEEN_CHANGES).await;
    }
    ledger
}
