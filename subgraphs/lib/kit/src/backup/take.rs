//! Taking a backup.

use std::io::Write;

use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Document, RawDocumentBuf, doc},
    error::{Error, ErrorKind},
};

use super::{
    contents,
    dump::{Header, Listed, Writer},
};
use crate::{
    failure::{Failure, Outcome},
    migrations::MIGRATIONS,
    mongo::in_snapshot,
    restore_mark,
};

/// MongoDB's error code `SnapshotTooOld`.
const SNAPSHOT_TOO_OLD: i32 = 239;

/// Writes the database as of one moment, while others continue to write to it. It reads and writes in batches, so that
/// its memory does not grow with the database.
pub async fn backup(database: &Database, subgraph: &str, to: impl Write) -> Outcome<Header> {
    if let Some(unfinished) = restore_mark::unfinished(database).await? {
        return Err(unfinished.into());
    }
    let mut listed = list(database).await?;
    let mut session = database.client().start_session().snapshot(true).await?;
    for collection in &mut listed {
        let documents = documents(database, &collection.name);
        let count = documents.count_documents(doc! {}).session(&mut session).await.map_err(explained)?;
        collection.documents = i64::try_from(count).map_err(Failure::internal)?;
    }
    let migrations = listed.iter().find(|collection| collection.name == MIGRATIONS);
    let schema_version = migrations.map_or(0, |collection| collection.documents);
    let header = Header::new(subgraph, schema_version, listed);
    let mut writer = Writer::begin(to, &header)?;
    for collection in &header.collections {
        let written = write(&documents(database, &collection.name), &mut session, &mut writer).await?;
        if written != collection.documents {
            return Err(Failure::internal(format!("{} changed within one snapshot", collection.name)));
        }
    }
    writer.finish()?;
    Ok(header)
}

/// Lists the collections with their indexes; the documents are not counted yet.
async fn list(database: &Database) -> Outcome<Vec<Listed>> {
    let mut listed = Vec::new();
    for name in contents(database).await? {
        let indexes = database.run_cursor_command(doc! { "listIndexes": &name }).await?.try_collect().await?;
        listed.push(Listed { name, documents: 0, indexes });
    }
    Ok(listed)
}

async fn write<W: Write>(
    documents: &Collection<RawDocumentBuf>,
    session: &mut ClientSession,
    writer: &mut Writer<W>,
) -> Outcome<i64> {
    let mut found = documents.find(Document::new()).session(&mut *session).await.map_err(explained)?;
    let mut written = 0;
    while let Some(document) = found.next(session).await.transpose().map_err(explained)? {
        // Synchronous: this process has nothing else to do.
        writer.add(&document)?;
        written += 1;
    }
    Ok(written)
}

fn documents(database: &Database, name: &str) -> Collection<RawDocumentBuf> {
    in_snapshot(&database.collection(name))
}

fn explained(error: Error) -> Failure {
    match &*error.kind {
        ErrorKind::Command(command) if command.code == SNAPSHOT_TOO_OLD => Failure::internal(
            "the backup took longer than the database keeps its past: raise MongoDB's parameter \
             minSnapshotHistoryWindowInSeconds",
        ),
        _ => error.into(),
    }
}
