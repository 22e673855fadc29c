//! Consuming: repetitions have no effect, gaps wait, and failures are retried.

use std::{
    sync::{
        Arc, Mutex,
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
use futures::TryStreamExt;
use kit::{
    Clock, Failure, Outcome,
    bus::{Handled, Handler, consume},
    inbox::{Inbox, Received},
    mongo::Write,
};
use mongodb::bson::{Document, doc};
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
async fn events_of_many_streams_take_effect_together_and_each_once() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let [one, other, gap] = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
    let events = |places: &[(Uuid, i64)]| {
        places.iter().map(|(stream, version)| Received::new(&envelope(*stream, *version), note())).collect()
    };
    let received = inbox.receive_all(events(&[(one, 1), (other, 1), (one, 2), (one, 1), (gap, 2), (other, 2)])).await;
    assert_eq!(
        received.unwrap(),
        [Handled::Done, Handled::Done, Handled::Done, Handled::Done, Handled::Later, Handled::Done]
    );
    assert_eq!(notebook.notes().await, 4, "neither the repetition nor the early event has an effect");
    let received = inbox.receive_all(events(&[(one, 2), (one, 3), (gap, 1), (gap, 2)])).await.unwrap();
    assert_eq!(received, [Handled::Done; 4]);
    assert_eq!(notebook.notes().await, 7);
    for (stream, version) in [(one, 3), (other, 2), (gap, 2)] {
        assert_eq!(inbox.position("notebook", stream).await.unwrap(), version);
    }
    notebook.close().await;
}

#[tokio::test]
async fn writes_of_one_collection_keep_their_order() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let here = |id: &str| doc! { "_id": id };
    let text = |text: &str| doc! { "$set": { "note": text } };
    let writes = vec![
        Write::insert("notes", &here("a")).unwrap(),
        Write::insert("notes", &here("b")).unwrap(),
        Write::update("notes", here("a"), text("first")),
        Write::upsert("notes", here("c"), text("new")),
        Write::put("notes", here("b"), &doc! { "_id": "b", "note": "put" }).unwrap(),
        Write::update("notes", here("a"), text("second")),
        Write::delete("notes", here("c")),
        Write::delete("notes", here("none")),
        Write::insert("others", &here("a")).unwrap(),
    ];
    inbox.receive(&envelope(Uuid::now_v7(), 1), &writes).await.unwrap();
    let notes = notebook.database.collection::<Document>("notes");
    let stored: Vec<Document> = notes.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap();
    assert_eq!(stored, [doc! { "_id": "a", "note": "second" }, doc! { "_id": "b", "note": "put" }]);
    notebook.close().await;
}

#[tokio::test]
async fn nothing_is_received_if_one_write_fails() {
    let notebook = Notebook::open().await;
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    let same = || vec![Write::insert("notes", &doc! { "_id": "same" }).unwrap()];
    let events = vec![Received::new(&envelope(one, 1), same()), Received::new(&envelope(other, 1), same())];
    assert!(inbox.receive_all(events).await.is_err());
    assert_eq!(notebook.notes().await, 0);
    assert_eq!(inbox.position("notebook", one).await.unwrap(), 0);
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

/// Handles several events together, of which the second one fails at its first delivery.
#[derive(Default)]
struct Together {
    parts: Mutex<Vec<Vec<i64>>>,
    failed: AtomicU32,
}

#[async_trait]
impl Handler for Together {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        Err(Failure::internal("they are handled together"))
    }

    fn most_at_once(&self) -> usize {
        8
    }

    async fn handle_all(&self, envelopes: &[Arc<Envelope>]) -> Vec<Outcome<Handled>> {
        self.parts.lock().unwrap().push(envelopes.iter().map(|envelope| envelope.version).collect());
        let fails = |version| version == 2 && self.failed.fetch_add(1, Ordering::SeqCst) == 0;
        let handled = |envelope: &Arc<Envelope>| {
            if fails(envelope.version) { Err(Failure::internal("not today")) } else { Ok(Handled::Done) }
        };
        envelopes.iter().map(handled).collect()
    }
}

#[tokio::test]
async fn events_that_wait_are_handled_together_and_settled_each() {
    let notebook = Notebook::open().await;
    let publisher = notebook.bus.publisher().await;
    let stream = Uuid::now_v7();
    for version in 1..=20 {
        assert!(publisher.publish(&envelope(stream, version)).await.unwrap().arrived().await);
    }
    let (stop, together) = (CancellationToken::new(), Arc::new(Together::default()));
    let consuming = {
        let (bus, together, stop) = (notebook.bus.clone(), Arc::clone(&together), stop.clone());
        tokio::spawn(async move { consume(&bus, &COLLECT, together, &stop).await })
    };
    let handled = || together.parts.lock().unwrap().concat();
    eventually("the repetition", async || (handled().len() == 21).then_some(())).await;
    stop.cancel();
    consuming.await.unwrap();
    let lengths: Vec<usize> = together.parts.lock().unwrap().iter().map(Vec::len).collect();
    assert!(lengths.iter().all(|length| *length <= 8) && lengths.iter().any(|length| *length > 1), "{lengths:?}");
    let (last, first) = (handled().pop(), &handled()[..20]);
    assert_eq!((last, first), (Some(2), &(1..=20).collect::<Vec<_>>()[..]), "in order, and the failed one again");
    notebook.close().await;
}
