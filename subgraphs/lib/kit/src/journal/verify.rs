//! Verification: walks every stream from its first entry, checks the hash chain and the seals, and recomputes the
//! ledger from the events alone.

use contracts::{Event, ledger::LedgerState};
use futures::TryStreamExt;
use mongodb::bson::{RawDocumentBuf, deserialize_from_slice, doc};

use super::{
    HEADS, Head, Journal,
    entry::{Entry, Proof, snapshot},
    seal::SealKey,
};
use crate::failure::{Failure, Outcome};

/// Returns the ledger postings of an event: the same function that commits use.
pub type Postings<L> = fn(&Event) -> Outcome<Vec<<L as LedgerState>::Posting>>;

/// The first inconsistency of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The stream.
    pub stream: String,
    /// The id of the entry, or of the stream if its head is wrong.
    pub id: String,
    /// What is wrong, as a sentence.
    pub what: String,
}

/// How to treat entries without a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsealed {
    /// As valid.
    Accepted,
    /// As a difference.
    Different,
}

struct Walk<'a, L> {
    key: &'a SealKey,
    unsealed: Unsealed,
    version: i64,
    ledger_version: i64,
    last_hash: String,
    ledger: L,
}

impl<L: LedgerState> Journal<L> {
    /// Recomputes everything; returns the number of checked entries, or the first difference. Can run concurrently with
    /// writers: each stream is checked up to its head at the time when its check begins.
    pub async fn verify(&self, postings: Postings<L>) -> Outcome<Result<u64, Difference>> {
        self.verify_streams(postings, Unsealed::Different).await
    }

    pub(super) async fn verify_streams(
        &self,
        postings: Postings<L>,
        unsealed: Unsealed,
    ) -> Outcome<Result<u64, Difference>> {
        let mut heads = self.heads.stored.find(doc! {}).sort(doc! { "_id": 1 }).await?;
        let mut checked = 0;
        while let Some(head) = heads.try_next().await? {
            match self.verify_stream(&head, postings, unsealed).await? {
                Ok(entries) => checked += entries,
                Err(difference) => return Ok(Err(difference)),
            }
        }
        Ok(match self.stream_without_head().await? {
            Some(stream) => Err(Difference::new(&stream, &stream, "the stream has entries but no head")),
            None => Ok(checked),
        })
    }

    async fn verify_stream(
        &self,
        head: &Head<L>,
        postings: Postings<L>,
        unsealed: Unsealed,
    ) -> Outcome<Result<u64, Difference>> {
        let wanted = doc! { "stream": &head.stream, "version": { "$lte": head.version } };
        let mut entries = self.outbox.entries.find(wanted).sort(doc! { "version": 1 }).await?;
        let mut walk = Walk::new(&self.seal_key, unsealed);
        let mut checked = 0;
        while let Some(document) = entries.try_next().await? {
            let id = document.get_str("_id").unwrap_or("?");
            let Ok(entry) = deserialize_from_slice::<Entry>(document.as_bytes()) else {
                return Ok(Err(Difference::new(&head.stream, id, "the entry cannot be read")));
            };
            if let Some(what) = walk.step(&document, &entry, postings)? {
                return Ok(Err(Difference::new(&head.stream, id, &what)));
            }
            checked += 1;
        }
        if walk.ends_at(head) {
            return Ok(Ok(checked));
        }
        Ok(Err(Difference::new(&head.stream, &head.stream, "the head is not what the entries add up to")))
    }

    /// Finds a stream with entries but without a head, which no commit creates.
    async fn stream_without_head(&self) -> Outcome<Option<String>> {
        let lookup = doc! { "from": HEADS, "localField": "_id", "foreignField": "_id", "as": "head" };
        let pipeline = [
            doc! { "$sortByCount": "$stream" },
            doc! { "$lookup": lookup },
            doc! { "$match": { "head": { "$size": 0 } } },
            doc! { "$limit": 1 },
        ];
        let found = self.outbox.entries.aggregate(pipeline).await?.try_next().await?;
        Ok(found.map(|stream| stream.get_str("_id").unwrap_or("?").to_owned()))
    }
}

impl Difference {
    pub(super) fn new(stream: &str, id: &str, what: &str) -> Self {
        Self { stream: stream.to_owned(), id: id.to_owned(), what: what.to_owned() }
    }
}

impl<'a, L: LedgerState> Walk<'a, L> {
    fn new(key: &'a SealKey, unsealed: Unsealed) -> Self {
        Self { key, unsealed, version: 0, ledger_version: 0, last_hash: String::new(), ledger: L::default() }
    }

    /// Returns what is wrong with the hash or the seal of an entry, if anything.
    fn flaw(&self, proof: &Proof) -> Option<&'static str> {
        if proof.computed != proof.hash {
            return Some("the entry is not what was written");
        }
        match &proof.seal {
            None if self.unsealed == Unsealed::Accepted => None,
            None => Some("the entry has no seal"),
            Some(seal) if self.key.is_seal(seal, &proof.hash) => None,
            Some(_) => Some("the entry was not sealed with this journal's key"),
        }
    }

    /// Checks one entry; returns what is wrong with it, if anything.
    fn step(&mut self, stored: &RawDocumentBuf, entry: &Entry, postings: Postings<L>) -> Outcome<Option<String>> {
        let proof = Proof::of(stored)?;
        if let Some(flaw) = self.flaw(&proof) {
            return Ok(Some(flaw.to_owned()));
        }
        if entry.previous_hash != self.last_hash {
            return Ok(Some("the entry does not follow the one before it".to_owned()));
        }
        if entry.version != self.version + 1 {
            return Ok(Some(format!("version {} comes after {}", entry.version, self.version)));
        }
        let postings = postings(&entry.event)?;
        let mut expected = None;
        if !postings.is_empty() {
            self.ledger.post(&postings).map_err(Failure::internal)?;
            self.ledger_version += 1;
            expected = Some(self.ledger.snapshot());
        }
        if snapshot::<L>(stored)? != expected || entry.ledger_version != self.ledger_version {
            return Ok(Some("the ledger is not what the events add up to".to_owned()));
        }
        self.version = entry.version;
        self.last_hash = proof.hash;
        Ok(None)
    }

    fn ends_at(&self, head: &Head<L>) -> bool {
        head.version == self.version
            && head.ledger_version == self.ledger_version
            && head.last_hash == self.last_hash
            && head.ledger == self.ledger
    }
}
