//! Lost, unreadable and unknown events block at most their own stream.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{Envelope, topology::COLLECT};
use kit::{
    Outcome,
    bus::{Handled, Handler, consume},
    inbox::Inbox,
    journal::Relay,
    mongo::Write,
};
use mongodb::{
    Collection,
    bson::{Document, doc},
};
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::notebook::{Notebook, eventually};

/// Writes a note for each event, in the order of its stream.
pub(crate) struct Keeper(pub(crate) Inbox);

#[async_trait]
impl Handler for Keeper {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let note = doc! { "_id": format!("{}/{}", envelope.subject, envelope.version) };
        self.0.receive(envelope, &[Write::insert("kept", &note)?]).await
    }

    async fn first_missing(&self, envelope: &Envelope) -> Outcome<i64> {
        Ok(self.0.position(&envelope.source, envelope.subject).await? + 1)
    }
}

pub(crate) fn entries(notebook: &Notebook) -> Collection<Document> {
    notebook.database.collection("journal")
}

pub(crate) fn relay(notebook: &Notebook) -> DropGuard {
    let stop = CancellationToken::new();
    tokio::spawn(Relay::new(&notebook.journal, notebook.bus.clone()).run(stop.clone()));
    stop.drop_guard()
}

#[tokio::test]
async fn a_lost_event_is_replayed_and_its_stream_continues_in_order() {
    let notebook = Notebook::open().await;
    let (holed, whole) = (Uuid::now_v7(), Uuid::now_v7());
    for stream in [holed, whole, holed, holed] {
        notebook.commit(Notebook::change(stream, "note", None)).await;
    }
    // Marked as published, although the broker never received it.
    let lost = doc! { "stream": holed.to_string(), "version": 1 };
    entries(&notebook).update_one(lost, doc! { "$set": { "published_at": "lost" } }).await.unwrap();
    let inbox = Inbox::new(notebook.database.clone());
    inbox.prepare().await.unwrap();
    let _relay = relay(&notebook);
    let stop = CancellationToken::new();
    let consuming = tokio::spawn({
        let (bus, stop, keeper) = (notebook.bus.clone(), stop.clone(), Arc::new(Keeper(inbox.clone())));
        async move { consume(&bus, &COLLECT, keeper, &stop).await }
    });
    for (stream, versions) in [(whole, 1), (holed, 3)] {
        let position = async || inbox.position("notebook", stream).await.unwrap();
        eventually("the whole stream", async || (position().await == versions).then_some(())).await;
    }
    stop.cancel();
    consuming.await.unwrap();
    notebook.close().await;
}

#[tokio::test]
async fn an_unreadable_entry_blocks_only_its_own_stream() {
    let notebook = Notebook::open().await;
    let (unreadable, newer, plain) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    for stream in [unreadable, unreadable, newer, plain] {
        notebook.commit(Notebook::change(stream, "note", None)).await;
    }
    let change = async |stream: Uuid, change: Document| {
        let first = doc! { "stream": stream.to_string(), "version": 1 };
        entries(&notebook).update_one(first, change).await.unwrap();
    };
    change(unreadable, doc! { "$unset": { "event": "" } }).await;
    // As a newer version of the program would write it.
    change(newer, doc! { "$set": { "event.type": "note.archived.v1" } }).await;
    let _relay = relay(&notebook);
    let waiting = async |stream: Uuid| {
        let waiting = doc! { "stream": stream.to_string(), "published_at": null };
        entries(&notebook).count_documents(waiting).await.unwrap()
    };
    for stream in [newer, plain] {
        eventually("it is published", async || (waiting(stream).await == 0).then_some(())).await;
    }
    assert_eq!(waiting(unreadable).await, 2);
    notebook.close().await;
}
