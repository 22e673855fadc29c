//! Events that cannot be handled slow down no others.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use contracts::{Envelope, Event, topology::COLLECT};
use kit::{
    Failure, Outcome,
    bus::{Handled, Handler, consume},
};
use reports::Services;
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::fixture::{Fixture, Spending, expense};

const EVENTS: usize = 2_000;
const GROUPS: usize = 20;
const BETWEEN_EVENTS: Duration = Duration::from_millis(12);
const TIMEOUT: Duration = Duration::from_mins(2);
/// What a percentile of so few events differs by on a busy machine.
const NOISE: Duration = Duration::from_millis(100);
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

/// Reports with a mistake: one stream fails until it is mended. Measures how long the events of the others take.
struct Mistaken {
    reports: Arc<Services>,
    failing: Uuid,
    is_mended: AtomicBool,
    published: Mutex<HashMap<Uuid, Instant>>,
    taken: Mutex<HashMap<Uuid, Duration>>,
}

impl Mistaken {
    fn new(reports: &Arc<Services>, failing: Uuid) -> Self {
        let (published, taken) = (Mutex::default(), Mutex::default());
        Self { reports: Arc::clone(reports), failing, is_mended: AtomicBool::new(false), published, taken }
    }

    fn fails(&self, envelope: &Envelope) -> bool {
        envelope.subject == self.failing && !self.is_mended.load(Ordering::SeqCst)
    }

    fn note(&self, envelope: &Envelope, handled: &Outcome<Handled>) {
        if let (Ok(Handled::Done), Some(published)) = (handled, self.published.lock().unwrap().get(&envelope.id)) {
            self.taken.lock().unwrap().entry(envelope.id).or_insert(published.elapsed());
        }
    }
}

#[async_trait]
impl Handler for Mistaken {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        if self.fails(envelope) {
            return Err(Failure::internal("a mistake in the program"));
        }
        let handled = self.reports.handle(envelope).await;
        self.note(envelope, &handled);
        handled
    }

    fn most_at_once(&self) -> usize {
        self.reports.most_at_once()
    }

    /// As reports does: one that fails is found by halves.
    async fn handle_all(&self, envelopes: &[Arc<Envelope>]) -> Vec<Outcome<Handled>> {
        if !envelopes.iter().any(|envelope| self.fails(envelope)) {
            let handled = self.reports.handle_all(envelopes).await;
            envelopes.iter().zip(&handled).for_each(|(envelope, handled)| self.note(envelope, handled));
            return handled;
        }
        if let [envelope] = envelopes {
            return vec![self.handle(envelope).await];
        }
        let (first, second) = envelopes.split_at(envelopes.len() / 2);
        let mut handled = self.handle_all(first).await;
        handled.extend(self.handle_all(second).await);
        handled
    }

    async fn first_missing(&self, envelope: &Envelope) -> Outcome<i64> {
        self.reports.first_missing(envelope).await
    }
}

/// Publishes events at a steady rate, these of them in a stream that fails. Returns the 99th percentile of the time until
/// the others have been handled, after the failing ones were handled as well.
async fn p99_with(failing: &[usize]) -> Duration {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut groups = Vec::new();
    for _ in 0..=GROUPS {
        groups.push(fixture.group(&[("Ada", ada), ("Ben", ben)]).await);
    }
    let (mistaken_group, groups) = groups.split_first().unwrap();
    let mistaken = Arc::new(Mistaken::new(&fixture.subgraph.services, mistaken_group.group_id.0));
    let (publisher, stop) = (fixture.subgraph.resources.bus.publisher().await, CancellationToken::new());
    let consuming = tokio::spawn({
        let (bus, mistaken, stop) = (fixture.subgraph.resources.bus.clone(), Arc::clone(&mistaken), stop.clone());
        async move { consume(&bus, &COLLECT, mistaken, &stop).await }
    });

    let mut ticks = interval(BETWEEN_EVENTS);
    for number in 0..EVENTS {
        ticks.tick().await;
        let group = if failing.contains(&number) { mistaken_group } else { &groups[number % GROUPS] };
        let event = Event::ExpenseCreated(expense(group, &DINNER));
        let envelope = fixture.next("expenses", group.group_id.0, Some(ada), event);
        mistaken.published.lock().unwrap().insert(envelope.id, Instant::now());
        assert!(publisher.publish(&envelope).await.unwrap().arrived().await);
    }
    handled(&mistaken, EVENTS - failing.len()).await;
    let mut times: Vec<Duration> = mistaken.taken.lock().unwrap().values().copied().collect();
    times.sort_unstable();

    mistaken.is_mended.store(true, Ordering::SeqCst);
    handled(&mistaken, EVENTS).await;
    stop.cancel();
    consuming.await.unwrap();
    fixture.subgraph.close().await;
    times[times.len() * 99 / 100]
}

async fn handled(mistaken: &Mistaken, count: usize) {
    let waiting = async {
        while mistaken.taken.lock().unwrap().len() < count {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(TIMEOUT, waiting).await.expect("the events are handled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_failing_event_in_a_thousand_slows_down_no_others() {
    // At the same time, so that both have the same machine.
    let (without, with) = tokio::join!(p99_with(&[]), p99_with(&[300, 1_300]));
    println!("p99 without failing events {without:?}, with them {with:?}");
    assert!(with <= without * 6 / 5 + NOISE, "{without:?} without, {with:?} with failing events");
}
