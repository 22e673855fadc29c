//! The heads of streams in the database, and those that this process wrote last, which the next commit need not read.

use std::{
    collections::{BTreeSet, HashMap},
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contracts::ledger::LedgerState;
use futures::TryStreamExt;
use lru::LruCache;
use mongodb::{
    ClientSession, Collection, Database,
    bson::{doc, serialize_to_document},
    error::Error,
};
use uuid::Uuid;

use super::head::Head;
use crate::mongo::is_duplicate_key;

pub(super) const HEADS: &str = "ledger";

/// The most heads that are remembered.
const CAPACITY: usize = 256;

/// The heads of a journal.
pub(super) struct Heads<L: LedgerState> {
    database: Database,
    pub(super) stored: Collection<Head<L>>,
    written: Mutex<LruCache<Uuid, Head<L>>>,
}

/// Aborts a transaction that began with a head which is no longer the last one.
pub(super) struct Outdated;

impl Outdated {
    pub(super) fn error() -> Error {
        Error::custom(Self)
    }

    pub(super) fn is(error: &Error) -> bool {
        error.get_custom::<Self>().is_some()
    }
}

impl<L: LedgerState> Heads<L> {
    pub(super) fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            stored: database.collection(HEADS),
            written: Mutex::new(LruCache::new(NonZeroUsize::new(CAPACITY).unwrap_or(NonZeroUsize::MIN))),
        }
    }

    /// Returns the heads that this process wrote last, if it knows them for all of these streams. Another process may
    /// have written newer ones.
    pub(super) fn written(&self, streams: &[Uuid]) -> Option<HashMap<Uuid, Head<L>>> {
        let mut written = self.lock();
        streams.iter().map(|stream| Some((*stream, written.get(stream)?.clone()))).collect()
    }

    /// Returns the last heads of these streams: those that this process wrote last, and the others from the database.
    pub(super) async fn last(
        &self,
        streams: &BTreeSet<Uuid>,
        session: &mut ClientSession,
    ) -> Result<HashMap<Uuid, Head<L>>, Error> {
        let mut last: HashMap<Uuid, Head<L>> = {
            let mut written = self.lock();
            streams.iter().filter_map(|stream| Some((*stream, written.get(stream)?.clone()))).collect()
        };
        let unknown: Vec<String> =
            streams.iter().filter(|stream| !last.contains_key(stream)).map(Uuid::to_string).collect();
        if !unknown.is_empty() {
            let mut found = self.stored.find(doc! { "_id": { "$in": unknown } }).session(&mut *session).await?;
            let found: Vec<Head<L>> = found.stream(session).try_collect().await?;
            let mut found: HashMap<String, Head<L>> =
                found.into_iter().map(|head| (head.stream.clone(), head)).collect();
            for stream in streams {
                let stored = || found.remove(&stream.to_string()).unwrap_or_else(|| Head::before_changes(*stream));
                last.entry(*stream).or_insert_with(stored);
            }
        }
        Ok(last)
    }

    /// Remembers the heads of a commit.
    pub(super) fn remember(&self, heads: HashMap<Uuid, Head<L>>) {
        let mut written = self.lock();
        for (stream, head) in heads {
            written.put(stream, head);
        }
    }

    /// Forgets the heads of a commit that failed.
    pub(super) fn forget(&self, streams: &[Uuid]) {
        let mut written = self.lock();
        for stream in streams {
            written.pop(stream);
        }
    }

    /// Reads a head in the transaction; a stream without changes has version 0.
    pub(super) async fn read(&self, stream: Uuid, session: &mut ClientSession) -> Result<Head<L>, Error> {
        let stored = self.stored.find_one(doc! { "_id": stream.to_string() }).session(session).await?;
        Ok(stored.unwrap_or_else(|| Head::before_changes(stream)))
    }

    /// Replaces a head by the next one, unless it is no longer the last one. Writers of one stream queue up here.
    pub(super) async fn replace(
        &self,
        before: &Head<L>,
        after: &Head<L>,
        session: &mut ClientSession,
    ) -> Result<(), Error> {
        let is_first = before.version == 0;
        let seen = doc! { "_id": &before.stream, "version": before.version, "last_hash": &before.last_hash };
        match self.stored.replace_one(seen, after).upsert(is_first).session(session).await {
            Ok(replaced) if is_first || replaced.matched_count > 0 => Ok(()),
            Ok(_) => Err(Outdated::error()),
            Err(error) if is_first && is_duplicate_key(&error) => Err(Outdated::error()),
            Err(error) => Err(error),
        }
    }

    /// Replaces several heads by the next ones, all or none.
    pub(super) async fn replace_all(
        &self,
        befores: &HashMap<Uuid, Head<L>>,
        afters: &HashMap<Uuid, Head<L>>,
        session: &mut ClientSession,
    ) -> Result<(), Error> {
        let mut updates = Vec::new();
        for (stream, after) in afters {
            let before = befores.get(stream).ok_or_else(Outdated::error)?;
            let seen = doc! { "_id": &before.stream, "version": before.version, "last_hash": &before.last_hash };
            let after = serialize_to_document(after)?;
            updates.push(doc! { "q": seen, "u": after, "upsert": before.version == 0 });
        }
        if updates.is_empty() {
            return Err(Outdated::error());
        }
        let command = doc! { "update": HEADS, "updates": updates, "ordered": true };
        let answer = self.database.run_command(command).session(session).await?;
        let replaced = answer.get_i32("n").ok().and_then(|count| usize::try_from(count).ok());
        if replaced == Some(afters.len()) && !answer.contains_key("writeErrors") {
            Ok(())
        } else {
            Err(Outdated::error())
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Uuid, Head<L>>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
