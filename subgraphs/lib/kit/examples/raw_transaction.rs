//! The least that a change can cost: a MongoDB transaction with the four writes of an expense, and nothing else.
//!
//! `raw_transaction STREAMS SECONDS`, with `MONGODB_URI`, prints how many of them were committed per second.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for the terminal"
)]

use std::{
    env,
    time::{Duration, Instant},
};

use futures::future::join_all;
use mongodb::{
    Client, Database, IndexModel,
    bson::{Document, doc},
    options::{Acknowledgment, IndexOptions, ReadConcern, WriteConcern},
};
use uuid::Uuid;

/// About the sizes of an entry of the journal and of an expense, in bytes.
const ENTRY: usize = 1_400;
const EXPENSE: usize = 900;

#[tokio::main]
async fn main() {
    let numbers: Vec<u64> = env::args().skip(1).map(|number| number.parse().expect("a number")).collect();
    let [streams, seconds] = numbers[..] else { panic!("raw_transaction STREAMS SECONDS") };
    let uri = env::var("MONGODB_URI").expect("MONGODB_URI names the server");
    let client = Client::with_uri_str(uri).await.unwrap();
    let database = client.database(&format!("raw_transaction_{}", Uuid::new_v4().simple()));
    for name in ["entries", "expenses", "heads", "counters"] {
        database.create_collection(name).await.unwrap();
    }
    let unique = IndexOptions::builder().unique(true).build();
    let place = IndexModel::builder().keys(doc! { "stream": 1, "version": 1 }).options(unique).build();
    database.collection::<Document>("entries").create_index(place).await.unwrap();

    let end = Instant::now() + Duration::from_secs(seconds);
    let committed: u64 = join_all((0..streams).map(|_| commit_until(&database, end))).await.into_iter().sum();
    println!("{}", committed / seconds);
    database.drop().await.unwrap();
}

/// Commits transactions of one stream, one after the other. Returns how many.
async fn commit_until(database: &Database, end: Instant) -> u64 {
    let (stream, mut version) = (Uuid::now_v7().to_string(), 0_u64);
    while Instant::now() < end {
        version += 1;
        commit(database, &stream, i64::try_from(version).unwrap()).await;
    }
    version
}

async fn commit(database: &Database, stream: &str, version: i64) {
    let mut session = database.client().start_session().await.unwrap();
    let majority = WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build();
    session.start_transaction().read_concern(ReadConcern::snapshot()).write_concern(majority).await.unwrap();
    let id = || Uuid::now_v7().to_string();
    let entry = doc! { "_id": id(), "stream": stream, "version": version, "event": "x".repeat(ENTRY) };
    database.collection::<Document>("entries").insert_one(entry).session(&mut session).await.unwrap();
    let expense = doc! { "_id": id(), "group_id": stream, "content": "x".repeat(EXPENSE) };
    database.collection::<Document>("expenses").insert_one(expense).session(&mut session).await.unwrap();
    for (name, field) in [("heads", "version"), ("counters", "odd_cents")] {
        let step = doc! { "$inc": { field: 1 } };
        let collection = database.collection::<Document>(name);
        collection.update_one(doc! { "_id": stream }, step).upsert(true).session(&mut session).await.unwrap();
    }
    session.commit_transaction().await.unwrap();
}
