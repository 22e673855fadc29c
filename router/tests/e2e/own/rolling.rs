//! A rolling update under load: each process is replaced by a new one, and no request fails.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use tokio::task::JoinHandle;

use crate::{
    person::Live,
    stack::{Stack, eventually},
    trip::{Trip, sum},
};

const IN_THIS_ORDER: [&str; 8] = ["users", "groups", "expenses", "payments", "reports", "advise", "collect", "router"];

/// The minimum number of requests that are answered between two replacements.
const BETWEEN: i64 = 20;

/// The load during the update, and its counters.
struct Load {
    trip: Trip,
    stop: AtomicBool,
    /// Number of saved expenses.
    saved: AtomicI64,
    /// Number of answered requests.
    answered: AtomicI64,
    /// Number of times that the subscription was opened again.
    reopened: AtomicI64,
    /// The highest ledger version that was pushed.
    pushed: AtomicI64,
}

impl Load {
    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    /// Creates expenses one after another until the load stops; each request must succeed.
    async fn spend(&self, person: usize) {
        for number in 0.. {
            if !self.goes_on() {
                return;
            }
            let answer = self.trip.spend(person, "10.00", &format!("{person} {number}")).await;
            assert!(answer.get("errors").is_none(), "{answer:#}");
            self.saved.fetch_add(1, Ordering::Relaxed);
            self.answered.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Queries the group repeatedly until the load stops; each response must be complete.
    async fn look(&self) {
        while self.goes_on() {
            self.trip.group(1).await;
            self.answered.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Watches the group like the app: opens the subscription again whenever it ends.
    async fn follow(&self) {
        loop {
            let live = self.trip.people[0].watch(&self.trip.id).await;
            self.follow_while_open(live).await;
            self.reopened.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn follow_while_open(&self, mut live: Live) {
        loop {
            let message = live.message().await;
            let group = &message["payload"]["data"]["groupMoved"];
            let Some(version) = group["ledgerVersion"].as_i64() else { return };
            self.pushed.fetch_max(version, Ordering::Relaxed);
        }
    }

    /// Starts two tasks that create expenses and one that queries the group.
    fn begin(self: &Arc<Self>) -> Vec<JoinHandle<()>> {
        let (one, other, looking) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        vec![
            tokio::spawn(async move { one.spend(0).await }),
            tokio::spawn(async move { other.spend(1).await }),
            tokio::spawn(async move { looking.look().await }),
        ]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_of_everything_fails_no_request() {
    let mut stack = Stack::start_alone().await;
    let load = Arc::new(Load {
        trip: Trip::of(&stack, &["Ada", "Ben"]).await,
        stop: AtomicBool::new(false),
        saved: AtomicI64::new(0),
        answered: AtomicI64::new(0),
        reopened: AtomicI64::new(0),
        pushed: AtomicI64::new(0),
    });
    let following = tokio::spawn({
        let load = Arc::clone(&load);
        async move { load.follow().await }
    });
    let people = load.begin();

    for name in IN_THIS_ORDER {
        stack.roll(name).await;
        let before = load.answered.load(Ordering::Relaxed);
        eventually("the people go on", async || {
            let enough = load.answered.load(Ordering::Relaxed) >= before + BETWEEN;
            (enough || people.iter().any(JoinHandle::is_finished)).then_some(())
        })
        .await;
    }
    load.stop.store(true, Ordering::Relaxed);
    for person in people {
        person.await.expect("no request fails");
    }

    let saved = load.saved.load(Ordering::Relaxed);
    let group = load.trip.group(0).await;
    assert_eq!(group["ledgerVersion"], saved, "what was answered is saved, once");
    assert_eq!(sum(&group), 0);
    eventually("the last push arrives", async || (load.pushed.load(Ordering::Relaxed) == saved).then_some(())).await;
    following.abort();
    let reopened = load.reopened.load(Ordering::Relaxed);
    assert!(reopened >= 2, "payments and the router were replaced, the socket was reopened {reopened} times");
    println!("{} requests answered, {saved} expenses saved", load.answered.load(Ordering::Relaxed));
}
