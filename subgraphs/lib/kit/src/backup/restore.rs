//! Restoring a backup.

use std::{fs::File, time::Duration};

use mongodb::{
    Collection, Database,
    bson::{Document, RawDocumentBuf, doc},
};

use super::{
    contents,
    dump::{Header, Listed, Reader},
};
use crate::{
    clock::Clock,
    failure::{Failure, Outcome},
    journal::{self, RELAY},
    lease::held_until,
    migrations::Migration,
    restore_mark,
};

/// The size of a batch of inserts, in bytes.
const BATCH: usize = 4 * 1024 * 1024;

/// How often a lease is read that may be renewed.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Restores a database from a file, which is validated as a whole first. Refuses a database with documents unless
/// `replace` is set. After an interrupted restore every role refuses the database until another restore succeeds.
pub async fn restore(
    database: &Database,
    (subgraph, migrations): (&str, &[Migration]),
    file: File,
    replace: bool,
) -> Outcome<Header> {
    let mut reader = Reader::open(file)?;
    check(&reader.header, subgraph, migrations)?;
    check_not_served(database).await?;
    let present = contents(database).await?;
    if !replace && let Some(name) = first_with_documents(database, &present).await? {
        let text = format!("the database is not empty (see its collection `{name}`): --replace would replace it");
        return Err(Failure::internal(text));
    }
    restore_mark::set(database).await?;
    for name in &present {
        database.collection::<Document>(name).drop().await?;
    }
    let header = reader.header.clone();
    for listed in &header.collections {
        fill(database, listed, &mut reader).await?;
    }
    // Consumers may have been backed up before they had received all events; they ignore those that they know.
    journal::publish_again(database).await?;
    restore_mark::clear(database).await?;
    Ok(header)
}

fn check(header: &Header, subgraph: &str, migrations: &[Migration]) -> Outcome<()> {
    if header.subgraph != subgraph {
        return Err(Failure::internal(format!("the file is a backup of {}, not of {subgraph}", header.subgraph)));
    }
    let known = i64::try_from(migrations.len()).map_err(Failure::internal)?;
    if header.schema_version > known {
        let version = header.schema_version;
        let text = format!(
            "the file has version {version} of the database and this program knows {known} only: run the newer program"
        );
        return Err(Failure::internal(text));
    }
    Ok(())
}

/// The relay's lease outlives a process by a moment; a running process renews it. Waits until one or the other is seen.
async fn check_not_served(database: &Database) -> Outcome<()> {
    let first = held_until(database, RELAY).await?;
    let mut held = first;
    while let Some(until) = held {
        if held != first {
            return Err(Failure::internal("the database is being served: stop everything that works on it first"));
        }
        let left = Duration::from_millis(Clock::system().now().milliseconds_until(until) + 1);
        tokio::time::sleep(left.min(LOOK_AGAIN)).await;
        held = held_until(database, RELAY).await?;
    }
    Ok(())
}

async fn first_with_documents<'a>(database: &Database, names: &'a [String]) -> Outcome<Option<&'a str>> {
    for name in names {
        if database.collection::<RawDocumentBuf>(name).find_one(doc! {}).await?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Inserts the documents before creating the indexes, because a TTL index would let MongoDB remove expired documents
/// meanwhile.
async fn fill(database: &Database, listed: &Listed, reader: &mut Reader) -> Outcome<()> {
    let collection: Collection<RawDocumentBuf> = database.collection(&listed.name);
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for _ in 0..listed.documents {
        let document = reader.next()?;
        bytes += document.as_bytes().len();
        batch.push(document);
        if bytes >= BATCH {
            collection.insert_many(&batch).await?;
            batch.clear();
            bytes = 0;
        }
    }
    if !batch.is_empty() {
        collection.insert_many(&batch).await?;
    }
    let found = collection.count_documents(doc! {}).await?;
    if i64::try_from(found) != Ok(listed.documents) {
        let text = format!("{} has {found} documents after the restore instead of {}", listed.name, listed.documents);
        return Err(Failure::internal(text));
    }
    database.run_command(doc! { "createIndexes": &listed.name, "indexes": &listed.indexes }).await?;
    Ok(())
}
