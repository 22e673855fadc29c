//! Consuming: repetitions have no effect, gaps wait, and failures are retried.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use contracts::{
    Envelope, Trace,
    envelope::Place,
    topology::{COLLECT, Queue},
};
use kit::{
    Clock, Failure, Outcome,
    bus::{Handled, Handler, consume},
    inbox::Inbox,
    mongo::Write,
};
use mongodb::bson::doc;
use tokio::{sync::Barrier, time::timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::notebook::{Notebook, event, eventually};

fn envelope(stream: Uuid, version: i64) -> Envelope {
    let place = Place { stream, version, at: Clock::system().now() };
    Envelope::new(Uuid::now_v7(), "notebook", place, None, Trace::start(), event("note"))
}

fn note() -> Vec<Write> {
    vec![Write::insert("notes", &doc! { "_id": Uuid::now_v7().to_string() }).unwrap()]
}

#[tokio::test]
async fn each_event_takes_effect_once_and_in_order() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let stream = Uuid::now_v7();
    let (first, second, third) = (envelope(stream, 1), envelope(stream, 2), envelope(stream, 3));

    assert_eq!(inbox.receive(&second, &note()).await.unwrap(), Handled::Later);
    assert_eq!(notebook.notes().await, 0);
    let twice = [&first, &first];
    for envelope in twice {
        assert_eq!(inbox.receive(envelope, &note()).await.unwrap(), Handled::Done);
    }
    assert_eq!(notebook.notes().await, 1);
    assert_eq!(inbox.receive(&third, &note()).await.unwrap(), Handled::Later);
    for envelope in [&second, &third, &first] {
        assert_eq!(inbox.receive(envelope, &note()).await.unwrap(), Handled::Done);
    }
    assert_eq!(notebook.notes().await, 3);
    notebook.close().await;
}

#[tokio::test]
async fn a_commit_finishes_without_the_consumer() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let stream = Uuid::now_v7();
    let begun = timeout(Duration::ZERO, inbox.receive(&envelope(stream, 1), &note())).await;
    assert!(begun.is_err(), "nothing is committed at the first step");
    let position = async || inbox.position("notebook", stream).await.unwrap();
    eventually("the event", async || (position().await == 1).then_some(())).await;
    assert_eq!(notebook.notes().await, 1);
    notebook.close().await;
}

#[tokio::test]
async fn a_snapshot_does_not_change_after_its_first_read() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let stream = Uuid::now_v7();
    let mut session = notebook.database.client().start_session().snapshot(true).await.unwrap();
    for version in 1..=2 {
        inbox.receive(&envelope(stream, version), &[]).await.unwrap();
        let seen = inbox.positions("notebook", &[stream], &mut session).await.unwrap();
        assert_eq!(seen[&stream], 1);
    }
    notebook.close().await;
}

/// Fails first, then waits, then succeeds.
#[derive(Default)]
struct Moody(AtomicU32);

#[async_trait]
impl Handler for Moody {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Failure::internal("not today")),
            1 => Ok(Handled::Later),
            _ => Ok(Handled::Done),
        }
    }
}

#[tokio::test]
async fn failures_are_retried_until_they_succeed() {
    let notebook = Notebook::open().await;
    let publisher = notebook.bus.publisher().await;
    assert!(publisher.publish(&envelope(Uuid::now_v7(), 1)).await.unwrap().arrived().await);
    let (stop, moody) = (CancellationToken::new(), Arc::new(Moody::default()));
    let consuming = {
        let (bus, moody, stop) = (notebook.bus.clone(), Arc::clone(&moody), stop.clone());
        tokio::spawn(async move { consume(&bus, &COLLECT, moody, &stop).await })
    };
    eventually("the third try", async || (moody.0.load(Ordering::SeqCst) == 3).then_some(())).await;
    stop.cancel();
    consuming.await.unwrap();
    notebook.close().await;
}

/// Finishes an event only together with another one.
struct Pairs {
    barrier: Barrier,
    done: AtomicU32,
}

#[async_trait]
impl Handler for Pairs {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        self.barrier.wait().await;
        self.done.fetch_add(1, Ordering::SeqCst);
        Ok(Handled::Done)
    }
}

#[tokio::test]
async fn without_order_a_slow_event_does_not_block_others() {
    let notebook = Notebook::open().await;
    let publisher = notebook.bus.publisher().await;
    for _ in 0..2 {
        assert!(publisher.publish(&envelope(Uuid::now_v7(), 1)).await.unwrap().arrived().await);
    }
    let (stop, pairs) =
        (CancellationToken::new(), Arc::new(Pairs { barrier: Barrier::new(2), done: AtomicU32::default() }));
    let consuming = {
        let (bus, pairs, stop) = (notebook.bus.clone(), Arc::clone(&pairs), stop.clone());
        let in_any_order = Queue { in_order: false, ..COLLECT };
        tokio::spawn(async move { consume(&bus, &in_any_order, pairs, &stop).await })
    };
    eventually("both", async || (pairs.done.load(Ordering::SeqCst) == 2).then_some(())).await;
    stop.cancel();
    consuming.await.unwrap();
    notebook.close().await;
}
