//! The relay: everything is published in order, by one relay at a time.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contracts::{Envelope, topology::COLLECT};
use kit::{
    Outcome,
    bus::{Handled, Handler, consume},
    journal::Relay,
};
use mongodb::{
    IndexModel,
    bson::{Document, doc},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::notebook::{Notebook, eventually};

#[derive(Default)]
struct Seen(Mutex<Vec<(Uuid, i64)>>);

#[async_trait]
impl Handler for Seen {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        self.0.lock().unwrap().push((envelope.subject, envelope.version));
        Ok(Handled::Done)
    }
}

impl Seen {
    fn versions_of(&self, stream: Uuid) -> Vec<i64> {
        let seen = self.0.lock().unwrap();
        seen.iter().filter(|(of, _)| *of == stream).map(|(_, version)| *version).collect()
    }
}

/// Runs relays and a consumer until as many events are consumed and everything is marked as published.
async fn relayed(notebook: &Notebook, relays: usize, events: usize) -> Arc<Seen> {
    let stop = CancellationToken::new();
    let relay = || tokio::spawn(Relay::new(&notebook.journal, notebook.bus.clone()).run(stop.clone()));
    let relays: Vec<_> = (0..relays).map(|_| relay()).collect();
    let seen = Arc::new(Seen::default());
    let consuming = {
        let (bus, seen, stop) = (notebook.bus.clone(), Arc::clone(&seen), stop.clone());
        tokio::spawn(async move { consume(&bus, &COLLECT, seen, &stop).await })
    };
    eventually("all is consumed", async || (seen.0.lock().unwrap().len() >= events).then_some(())).await;
    let entries = notebook.database.collection::<Document>("journal");
    eventually("all is marked", async || {
        (entries.count_documents(doc! { "published_at": null }).await.unwrap() == 0).then_some(())
    })
    .await;
    stop.cancel();
    for relay in relays {
        relay.await.unwrap();
    }
    consuming.await.unwrap();
    seen
}

#[tokio::test]
async fn two_relays_publish_everything_in_order() {
    let notebook = Notebook::open().await;
    let streams = [Uuid::now_v7(), Uuid::now_v7()];
    for number in 0..40 {
        notebook.commit(Notebook::change(streams[number % 2], "note", None)).await;
    }
    let seen = relayed(&notebook, 2, 40).await;
    for stream in streams {
        assert_eq!(seen.versions_of(stream), (1..=20).collect::<Vec<_>>());
    }
    notebook.close().await;
}

#[tokio::test]
async fn many_batches_publish_everything_once_and_in_order() {
    const EVENTS: i64 = 2_500;
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    notebook.commit(Notebook::change(stream, "note", None)).await;
    let entries = notebook.database.collection::<Document>("journal");
    let first = entries.find_one(doc! {}).await.unwrap().unwrap();
    let later = (2..=EVENTS).map(|version| {
        let mut entry = first.clone();
        entry.insert("_id", Uuid::now_v7().to_string());
        entry.insert("version", version);
        entry
    });
    entries.insert_many(later).await.unwrap();
    let seen = relayed(&notebook, 1, usize::try_from(EVENTS).unwrap()).await;
    assert_eq!(seen.versions_of(stream), (1..=EVENTS).collect::<Vec<_>>());
    notebook.close().await;
}

#[tokio::test]
async fn what_waits_is_found_by_an_index_of_its_own() {
    let notebook = Notebook::open().await;
    let entries = notebook.database.collection::<Document>("journal");
    let earlier = IndexModel::builder().keys(doc! { "published_at": 1, "at": 1, "_id": 1 }).build();
    let earlier = entries.create_index(earlier).await.unwrap().index_name;
    notebook.journal.prepare().await.unwrap();
    assert!(!entries.list_index_names().await.unwrap().contains(&earlier));

    let find = doc! { "find": "journal", "filter": { "published_at": null }, "sort": { "at": 1, "_id": 1 } };
    let explain = doc! { "explain": find, "verbosity": "queryPlanner" };
    let plan = notebook.database.run_command(explain).await.unwrap().get_document("queryPlanner").unwrap().to_string();
    assert!(plan.contains("\"unpublished\"") && !plan.contains("\"SORT\""), "{plan}");
    notebook.close().await;
}
