//! Backups: a restore reproduces the database at one moment, and an invalid backup changes nothing.

use std::{
    fs::File,
    io::{Seek, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use contracts::{Envelope, Trace, envelope::Place};
use flate2::{Compression, write::GzEncoder};
use futures::{FutureExt, TryStreamExt, future::join_all};
use kit::{
    Clock, Outcome,
    backup::{Header, backup, restore},
    inbox::Inbox,
    journal::Committed,
    migrations::{Migration, migrate},
    mongo::unique,
};
use mongodb::{
    Database,
    bson::{Document, RawDocumentBuf, doc, serialize_to_vec},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::notebook::{Notebook, event, eventually, journal_of, postings};

const MIGRATIONS: &[Migration] = &[Migration { name: "nothing", run: |_| async { Ok(()) }.boxed() }];

async fn taken(database: &Database) -> (Header, Vec<u8>) {
    let mut bytes = Vec::new();
    let header = backup(database, "notebook", &mut bytes).await.unwrap();
    (header, bytes)
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

async fn restored(database: &Database, bytes: &[u8], replace: bool) -> Outcome<Header> {
    restore(database, ("notebook", MIGRATIONS), file(bytes), replace).await
}

async fn refusal(database: &Database, bytes: &[u8]) -> String {
    restored(database, bytes, false).await.unwrap_err().log_text()
}

/// Creates a file with a valid checksum from these documents, including the header.
fn forged(documents: &[Document]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for document in documents {
        gzip.write_all(&serialize_to_vec(document).unwrap()).unwrap();
    }
    let mut bytes = gzip.finish().unwrap();
    let seal = Sha256::digest(&bytes);
    bytes.extend_from_slice(&seal);
    bytes
}

fn header(format: i64, subgraph: &str, version: i64, notes: i64) -> Document {
    let id = doc! { "v": 2, "key": { "_id": 1 }, "name": "_id_" };
    let listed = doc! { "name": "notes", "documents": notes, "indexes": [id] };
    doc! {
        "quits_backup": format,
        "subgraph": subgraph,
        "schema_version": version,
        "taken_at": Clock::system().now().to_string(),
        "collections": [listed],
    }
}

/// An empty database.
async fn empty() -> Database {
    let Notebook { database, .. } = Notebook::open().await;
    database.drop().await.unwrap();
    database
}

/// A notebook with every kind of content.
async fn written() -> (Notebook, Uuid) {
    let notebook = Notebook::open().await;
    migrate(&notebook.database, MIGRATIONS).await.unwrap().unwrap();
    let notes = notebook.database.collection::<Document>("notes");
    notes.create_index(unique(doc! { "note": 1 })).await.unwrap();
    let (stream, inbox) = (Uuid::now_v7(), Inbox::new(notebook.database.clone()));
    inbox.prepare().await.unwrap();
    for number in 1..=3 {
        let mut change = Notebook::change(stream, &number.to_string(), Some(number));
        change = change.once(Notebook::key(&format!("key {number}"), "body"));
        notebook.commit(change).await;
    }
    let place = Place { stream, version: 1, at: Clock::system().now() };
    let envelope = Envelope::new(Uuid::now_v7(), "elsewhere", place, None, Trace::start(), event("note"));
    inbox.receive(&envelope, &[]).await.unwrap();
    (notebook, stream)
}

/// Returns all documents by collection and id, and all indexes.
async fn everything(database: &Database) -> Vec<(String, Vec<RawDocumentBuf>, Vec<Document>)> {
    let mut names = database.list_collection_names().filter(doc! { "name": { "$ne": "leases" } }).await.unwrap();
    names.sort();
    join_all(names.into_iter().map(|name| async {
        let documents =
            database.collection::<RawDocumentBuf>(&name).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
        let indexes = database.run_cursor_command(doc! { "listIndexes": &name }).await.unwrap();
        (name, documents.try_collect().await.unwrap(), indexes.try_collect().await.unwrap())
    }))
    .await
}

#[tokio::test]
async fn a_restore_reproduces_the_database() {
    let (notebook, stream) = written().await;
    let before = everything(&notebook.database).await;
    let (header, bytes) = taken(&notebook.database).await;
    assert_eq!((header.subgraph.as_str(), header.schema_version), ("notebook", 1));

    let database = empty().await;
    assert_eq!(restored(&database, &bytes, false).await.unwrap(), header);
    assert_eq!(everything(&database).await, before);
    assert_eq!(migrate(&database, MIGRATIONS).await.unwrap(), Ok(()));

    let journal = journal_of(&database);
    assert_eq!(journal.verify(postings).await.unwrap(), Ok(3));
    assert_eq!(journal.head(stream).await.unwrap().unwrap().version, 3);
    assert_eq!(journal.history(stream, Uuid::nil()).await.unwrap().len(), 3);
    assert_eq!(journal.snapshot_at(stream, Clock::system().now()).await.unwrap()[0].amount_minor, 6);
    assert_eq!(Inbox::new(database.clone()).position("elsewhere", stream).await.unwrap(), 1);
    let mut again = Notebook::change(stream, "1", Some(1));
    again = again.once(Notebook::key("key 1", "body"));
    assert_eq!(journal.commit(again).await.unwrap(), Committed::AlreadyApplied(Uuid::nil()));
    database.drop().await.unwrap();
    notebook.close().await;
}

/// Consumers that were backed up earlier may not have received all events.
#[tokio::test]
async fn published_entries_are_published_again_after_a_restore() {
    let (notebook, _) = written().await;
    let published = doc! { "$set": { "published_at": Clock::system().now().to_string() } };
    notebook.database.collection::<Document>("journal").update_many(doc! {}, published).await.unwrap();
    let (_, bytes) = taken(&notebook.database).await;

    let database = empty().await;
    restored(&database, &bytes, false).await.unwrap();
    let entries = database.collection::<Document>("journal");
    assert_eq!(entries.count_documents(doc! { "published_at": null }).await.unwrap(), 3);
    let journal = journal_of(&database);
    assert_eq!(journal.verify(postings).await.unwrap(), Ok(3), "the seals do not cover it");
    database.drop().await.unwrap();
    notebook.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_during_writes_is_consistent() {
    let notebook = Arc::new(Notebook::open().await);
    let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (notebook, stop, written) = (Arc::clone(&notebook), Arc::clone(&stop), Arc::clone(&written));
            tokio::spawn(async move {
                let stream = Uuid::now_v7();
                while !stop.load(Ordering::Relaxed) {
                    notebook.commit(Notebook::change(stream, "1", Some(1))).await;
                    written.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let database = empty().await;
    for _ in 0..5 {
        let before = written.load(Ordering::Relaxed);
        eventually("more is written", async || (written.load(Ordering::Relaxed) > before + 8).then_some(())).await;
        let (header, bytes) = taken(&notebook.database).await;
        restored(&database, &bytes, true).await.unwrap();
        let entries = journal_of(&database).verify(postings).await.unwrap().unwrap();
        assert!(entries > before, "{entries} of {before}");
        let notes = header.collections.iter().find(|listed| listed.name == "notes").unwrap();
        assert_eq!(notes.documents, i64::try_from(entries).unwrap());
    }
    stop.store(true, Ordering::Relaxed);
    join_all(writers).await;
    database.drop().await.unwrap();
    notebook.database.drop().await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_cut_short_or_altered_is_refused() {
    let (notebook, _) = written().await;
    let (_, bytes) = taken(&notebook.database).await;
    let database = empty().await;
    for length in 0..bytes.len() {
        assert!(refusal(&database, &bytes[..length]).await.contains("not a whole backup"), "{length}");
    }
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1;
        assert!(refusal(&database, &altered).await.contains("not a whole backup"), "{place}");
    }
    let longer = [bytes.as_slice(), b"more"].concat();
    assert!(refusal(&database, &longer).await.contains("not a whole backup"));
    assert!(database.list_collection_names().await.unwrap().is_empty(), "nothing is written");
    notebook.close().await;
}

#[tokio::test]
async fn a_valid_file_of_another_kind_is_refused() {
    let database = empty().await;
    let files = [
        (forged(&[header(2, "notebook", 0, 0)]), "format 2, and this program knows 1 only"),
        (forged(&[header(1, "diary", 0, 0)]), "a backup of diary, not of notebook"),
        (forged(&[header(1, "notebook", 2, 0)]), "version 2 of the database and this program knows 1 only"),
        (forged(&[header(1, "notebook", 1, 1)]), "not a whole backup"),
        (forged(&[header(1, "notebook", 1, 0), doc! { "_id": 1 }]), "more in it than its header says"),
        (forged(&[doc! { "another": "thing" }]), "no backup of Quits"),
    ];
    for (bytes, reason) in files {
        let refusal = refusal(&database, &bytes).await;
        assert!(refusal.contains(reason), "{refusal}");
    }
    assert!(database.list_collection_names().await.unwrap().is_empty(), "nothing is written");
}

#[tokio::test]
async fn existing_data_are_replaced_only_on_request() {
    let (notebook, _) = written().await;
    let (_, bytes) = taken(&notebook.database).await;
    let before = everything(&notebook.database).await;
    notebook.commit(Notebook::change(Uuid::now_v7(), "later", None)).await;
    notebook.database.collection::<Document>("later").insert_one(doc! { "_id": 1 }).await.unwrap();
    assert!(refusal(&notebook.database, &bytes).await.contains("not empty"));
    assert_eq!(notebook.notes().await, 4);
    restored(&notebook.database, &bytes, true).await.unwrap();
    assert_eq!(everything(&notebook.database).await, before);
    notebook.close().await;
}

#[tokio::test]
async fn an_incomplete_restore_is_refused_until_one_succeeds() {
    let (notebook, _) = written().await;
    let (_, bytes) = taken(&notebook.database).await;
    let database = empty().await;
    // No backup has duplicate ids; a database that becomes unreachable during a restore has the same effect.
    let twice = forged(&[header(1, "notebook", 1, 2), doc! { "_id": 1 }, doc! { "_id": 1 }]);
    assert!(refusal(&database, &twice).await.contains("MongoDB"));

    let unusable = migrate(&database, MIGRATIONS).await.unwrap().unwrap_err();
    assert!(unusable.reason().contains("has not ended"), "{unusable:?}");
    assert!(backup(&database, "notebook", Vec::new()).await.is_err());
    assert!(refusal(&database, &bytes).await.contains("not empty"));
    restored(&database, &bytes, true).await.unwrap();
    assert_eq!(migrate(&database, MIGRATIONS).await.unwrap(), Ok(()));
    assert_eq!(everything(&database).await, everything(&notebook.database).await);
    database.drop().await.unwrap();
    notebook.close().await;
}

#[tokio::test]
async fn a_database_that_is_served_is_not_restored() {
    let (notebook, _) = written().await;
    let (_, bytes) = taken(&notebook.database).await;
    let leases = notebook.database.collection::<Document>("leases");
    let held = async |milliseconds| {
        let until = Clock::system().now().plus_ms(milliseconds).to_string();
        let held = doc! { "$set": { "owner": "somebody", "fence": 1_i64, "until": until } };
        leases.update_one(doc! { "_id": "relay" }, held).upsert(true).await.unwrap();
    };
    let is_over = AtomicBool::new(false);
    let serve = async {
        while !is_over.load(Ordering::Relaxed) {
            held(60_000).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    held(60_000).await;
    let refused = async {
        let refused = restored(&notebook.database, &bytes, true).await.unwrap_err().log_text();
        is_over.store(true, Ordering::Relaxed);
        refused
    };
    let (refused, ()) = tokio::join!(refused, serve);
    assert!(refused.contains("is being served"), "{refused}");

    held(500).await;
    restored(&notebook.database, &bytes, true).await.unwrap();
    notebook.close().await;
}
