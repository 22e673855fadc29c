//! The audit: walks every stream from its first entry, checks the chain of seals, and recomputes the
//! ledger from the events alone.

use contracts::{Event, MemberId};
use futures::TryStreamExt;
use money::{Ledger, ledger};
use mongodb::bson::{RawDocumentBuf, deserialize_from_slice, doc};

use super::{
    Head, Journal,
    entry::{Entry, seals},
    head::net_rows,
};
use crate::failure::{Failure, Outcome};

/// What an event does to the ledger: the same rule that was used when it was written.
pub type Postings = fn(&Event) -> Outcome<Vec<ledger::Entry<MemberId>>>;

/// The first place where the journal is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The stream.
    pub stream: String,
    /// The id of the entry, or of the stream when its head is wrong.
    pub id: String,
    /// What is wrong, in words.
    pub what: String,
}

#[derive(Default)]
struct Walk {
    stream: String,
    version: i64,
    ledger_version: i64,
    last_hash: String,
    ledger: Ledger<MemberId>,
}

impl Journal {
    /// Recomputes everything; gives the number of entries that were checked, or the first difference.
    pub async fn verify(&self, postings: Postings) -> Outcome<Result<u64, Difference>> {
        let mut entries = self.entries.find(doc! {}).sort(doc! { "stream": 1, "version": 1 }).await?;
        let mut walk = Walk::default();
        let mut streams = 0;
        let mut checked = 0;
        while let Some(document) = entries.try_next().await? {
            let id = document.get_str("_id").unwrap_or("?").to_owned();
            let Ok(entry) = deserialize_from_slice::<Entry>(document.as_bytes()) else {
                return Ok(Err(Difference { stream: walk.stream, id, what: "the entry cannot be read".to_owned() }));
            };
            if entry.stream != walk.stream {
                if let Some(difference) = self.check_head(&walk).await? {
                    return Ok(Err(difference));
                }
                walk = Walk { stream: entry.stream.clone(), ..Walk::default() };
                streams += 1;
            }
            if let Some(what) = walk.step(&document, &entry, postings)? {
                return Ok(Err(Difference { stream: walk.stream, id, what }));
            }
            checked += 1;
        }
        if let Some(difference) = self.check_head(&walk).await? {
            return Ok(Err(difference));
        }
        if self.heads.count_documents(doc! {}).await? != streams {
            let what = "there are heads of streams without entries".to_owned();
            return Ok(Err(Difference { stream: "?".to_owned(), id: "?".to_owned(), what }));
        }
        Ok(Ok(checked))
    }

    async fn check_head(&self, walk: &Walk) -> Outcome<Option<Difference>> {
        if walk.stream.is_empty() {
            return Ok(None);
        }
        let head = self.heads.find_one(doc! { "_id": &walk.stream }).await?;
        let same = head.is_some_and(|head| walk.ends_at(&head));
        let what = "the head is not what the entries add up to".to_owned();
        Ok((!same).then(|| Difference { stream: walk.stream.clone(), id: walk.stream.clone(), what }))
    }
}

impl Walk {
    /// Takes one entry; says what is wrong with it, if anything.
    fn step(&mut self, stored: &RawDocumentBuf, entry: &Entry, postings: Postings) -> Outcome<Option<String>> {
        let (computed, hash) = seals(stored)?;
        if computed != hash {
            return Ok(Some("the entry is not what was sealed".to_owned()));
        }
        if entry.previous_hash != self.last_hash {
            return Ok(Some("the entry does not follow the one before it".to_owned()));
        }
        if entry.version != self.version + 1 {
            return Ok(Some(format!("version {} comes after {}", entry.version, self.version)));
        }
        let postings = postings(&entry.event)?;
        for posting in &postings {
            self.ledger.apply(posting).map_err(Failure::broken)?;
        }
        if !postings.is_empty() {
            self.ledger_version += 1;
        }
        let nets_after = (!postings.is_empty()).then(|| net_rows(&self.ledger));
        if entry.nets_after != nets_after || entry.ledger_version != self.ledger_version {
            return Ok(Some("the nets are not what the events add up to".to_owned()));
        }
        self.version = entry.version;
        self.last_hash = hash;
        Ok(None)
    }

    fn ends_at(&self, head: &Head) -> bool {
        head.version == self.version
            && head.ledger_version == self.ledger_version
            && head.last_hash == self.last_hash
            && head.ledger() == self.ledger
    }
}
