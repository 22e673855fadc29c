//! Events that have to wait, and events that are given up: no other event suffers, and nothing is lost.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use contracts::{
    Envelope, Trace,
    ask::Unavailable,
    envelope::Place,
    topology::{COLLECT, QUEUES},
};
use kit::{
    Clock, Failure, Outcome,
    bus::{DeadLetter, Fate, Handled, Handler, consume},
    inbox::Inbox,
};
use lapin::{
    BasicProperties, Connection, ConnectionProperties,
    options::BasicPublishOptions,
    types::{AMQPValue, FieldTable},
};
use mongodb::bson::{Document, doc};
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::{
    gap::{Keeper, entries, relay},
    notebook::{Notebook, event, eventually},
};

/// As many failed tries as an event may have.
const ALL_TRIES: i32 = 20;

fn consuming(notebook: &Notebook, handler: Arc<dyn Handler>) -> DropGuard {
    let (bus, stop) = (notebook.bus.clone(), CancellationToken::new());
    let stopped = stop.clone();
    tokio::spawn(async move { consume(&bus, &COLLECT, handler, &stopped).await });
    stop.drop_guard()
}

/// Sends an event to the queue that has failed as often as it may. Returns its id.
async fn send_failed(notebook: &Notebook) -> Uuid {
    let place = Place { stream: Uuid::now_v7(), version: 1, at: Clock::system().now() };
    let envelope = Envelope::new(Uuid::now_v7(), "notebook", place, None, Trace::start(), event("note"));
    // Declares the queue.
    drop(notebook.bus.publisher().await);
    let connection = Connection::connect(&notebook.settings.amqp_url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    let mut headers = FieldTable::default();
    headers.insert("x-tried".into(), AMQPValue::LongInt(ALL_TRIES));
    let properties = BasicProperties::default().with_headers(headers).with_message_id(envelope.id.to_string().into());
    let (queue, body) = (notebook.settings.broker_name(COLLECT.name), serde_json::to_vec(&envelope).unwrap());
    let options = BasicPublishOptions::default();
    channel.basic_publish("".into(), queue.into(), options, &body, properties).await.unwrap().await.unwrap();
    connection.close(200, "sent".into()).await.unwrap();
    envelope.id
}

async fn messages(notebook: &Notebook, is_counted: impl Fn(&str) -> bool) -> u32 {
    let lengths = notebook.bus.lengths(&[&COLLECT]).await.unwrap();
    lengths.iter().filter(|(name, _)| is_counted(name)).map(|(_, length)| length).sum()
}

async fn dead_letters(notebook: &Notebook, fate: Fate) -> Vec<DeadLetter> {
    let mut found = Vec::new();
    let look = |letter: &DeadLetter| {
        found.push(letter.clone());
        fate
    };
    notebook.bus.dead_letters(&COLLECT, look).await.unwrap();
    found
}

#[tokio::test]
async fn events_behind_an_unknown_one_wait_once_each() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    for _ in 0..6 {
        notebook.commit(Notebook::change(stream, "note", None)).await;
    }
    let first = doc! { "stream": stream.to_string(), "version": 1 };
    let newer = doc! { "$set": { "event.type": "note.archived.v1" } };
    entries(&notebook).update_one(first.clone(), newer).await.unwrap();
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let _relay = relay(&notebook);
    let _consuming = consuming(&notebook, Arc::new(Keeper(inbox.clone())));
    // The first one is published, and again at the request of those that wait for it.
    let mut published = HashSet::new();
    eventually("two replays", async || {
        let entry: Document = entries(&notebook).find_one(first.clone()).await.unwrap().unwrap();
        published.extend(entry.get_str("published_at").map(str::to_owned));
        (published.len() >= 3).then_some(())
    })
    .await;
    eventually("six messages", async || (messages(&notebook, |_| true).await == 6).then_some(())).await;
    assert_eq!(messages(&notebook, |name| name.contains(".dead")).await, 0);
    assert_eq!(inbox.position("notebook", stream).await.unwrap(), 0);
    notebook.close().await;
}

/// Is unavailable at first.
#[derive(Default)]
struct Away(AtomicU32);

#[async_trait]
impl Handler for Away {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => Err(Unavailable { owner: "groups", reason: "it is away".to_owned() }.into()),
            _ => Ok(Handled::Done),
        }
    }
}

#[tokio::test]
async fn an_unavailable_part_uses_up_no_tries() {
    let notebook = Notebook::open().await;
    send_failed(&notebook).await;
    let away = Arc::new(Away::default());
    let _consuming = consuming(&notebook, Arc::clone(&away) as _);
    eventually("the third try", async || (away.0.load(Ordering::SeqCst) == 3).then_some(())).await;
    assert_eq!(dead_letters(&notebook, Fate::Kept).await, []);
    notebook.close().await;
}

/// Fails until it is mended.
#[derive(Default)]
struct Broken {
    is_mended: AtomicBool,
    given_up: AtomicU32,
    handled: AtomicU32,
}

#[async_trait]
impl Handler for Broken {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        if !self.is_mended.load(Ordering::SeqCst) {
            return Err(Failure::internal("a mistake in the program"));
        }
        self.handled.fetch_add(1, Ordering::SeqCst);
        Ok(Handled::Done)
    }

    async fn give_up(&self, _: &Envelope) -> Outcome<()> {
        self.given_up.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn a_dead_letter_has_its_reason_and_is_handled_once_the_cause_is_gone() {
    let notebook = Notebook::open().await;
    let id = send_failed(&notebook).await.to_string();
    let broken = Arc::new(Broken::default());
    let _consuming = consuming(&notebook, Arc::clone(&broken) as _);
    let is_dead = |name: &str| name.contains(".dead");
    eventually("a dead letter", async || (messages(&notebook, is_dead).await == 1).then_some(())).await;
    assert_eq!(broken.given_up.load(Ordering::SeqCst), 1);

    // Looking changes nothing.
    for _ in 0..2 {
        let [letter] = &dead_letters(&notebook, Fate::Kept).await[..] else { panic!("one letter") };
        assert_eq!((&letter.id, letter.reason.contains("a mistake")), (&id, true), "{letter:?}");
        assert_eq!(letter.envelope.as_ref().unwrap()["type"], "user.registered.v1");
    }
    broken.is_mended.store(true, Ordering::SeqCst);
    assert_eq!(dead_letters(&notebook, Fate::Replayed).await.len(), 1);
    eventually("it is handled", async || (broken.handled.load(Ordering::SeqCst) == 1).then_some(())).await;
    assert_eq!(dead_letters(&notebook, Fate::Kept).await, []);
    notebook.close().await;
}

#[test]
fn each_queue_names_its_owner() {
    let owners = ["users", "groups", "expenses", "payments", "reports"];
    for queue in QUEUES {
        assert!(owners.iter().any(|owner| queue.is_of(owner)), "{}", queue.name);
    }
}
