//! The relay: everything is published in order, by one relay at a time.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contracts::{Envelope, topology::COLLECT};
use kit::{
    Outcome,
    bus::{Handled, Handler, consume},
    journal::Relay,
};
use mongodb::bson::{Document, doc};
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

#[tokio::test]
async fn two_relays_publish_everything_in_order() {
    let notebook = Notebook::open().await;
    let streams = [Uuid::now_v7(), Uuid::now_v7()];
    for number in 0..40 {
        notebook.commit(Notebook::change(streams[number % 2], "note", None)).await;
    }
    let stop = CancellationToken::new();
    let relays: Vec<_> =
        (0..2).map(|_| tokio::spawn(Relay::new(&notebook.journal, notebook.bus.clone()).run(stop.clone()))).collect();
    let seen = Arc::new(Seen::default());
    let consuming = {
        let (bus, seen, stop) = (notebook.bus.clone(), Arc::clone(&seen), stop.clone());
        tokio::spawn(async move { consume(&bus, &COLLECT, seen, &stop).await })
    };
    eventually("all is consumed", async || (seen.0.lock().unwrap().len() >= 40).then_some(())).await;
    for stream in streams {
        let versions: Vec<i64> = {
            let seen = seen.0.lock().unwrap();
            seen.iter().filter(|(of, _)| *of == stream).map(|(_, version)| *version).collect()
        };
        assert_eq!(versions, (1..=20).collect::<Vec<_>>());
    }
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
    notebook.close().await;
}
