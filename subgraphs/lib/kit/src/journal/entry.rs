//! An entry of the journal, and the hash that makes later modifications detectable.

use contracts::{Event, Timestamp, Trace, UserId, ledger::LedgerState};
use mongodb::bson::{
    Bson, Document, RawBson, RawDocument, RawDocumentBuf, cstr, deserialize_from_bson,
    raw::{CStr, CString},
    serialize_to_bson, serialize_to_raw_document_buf,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Change, Head, seal::SealKey};
use crate::{
    digest,
    failure::{Failure, Outcome},
};

/// The content of an entry, all of which is hashed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    #[serde(rename = "_id")]
    pub id: String,
    pub stream: String,
    pub version: i64,
    pub ledger_version: i64,
    /// The subject of the event within the stream, so that its history is one indexed read.
    pub about: String,
    pub event: Event,
    pub actor: Option<UserId>,
    pub trace: Trace,
    pub at: Timestamp,
    /// The hash of the previous entry in the stream, which makes a hash chain.
    pub previous_hash: String,
}

/// The fields that are stored beside the hashed content.
const HASH: &CStr = cstr!("hash");
const PUBLISHED_AT: &CStr = cstr!("published_at");
const SEAL: &CStr = cstr!("seal");

/// An entry that is ready to be stored.
pub(super) struct Sealed {
    pub hash: String,
    pub document: RawDocumentBuf,
}

impl Sealed {
    /// Creates the entry of a change that led to this head.
    pub(super) fn new<L: LedgerState>(
        key: &SealKey,
        id: Uuid,
        at: Timestamp,
        head: &Head<L>,
        change: &Change<L>,
    ) -> Outcome<Self> {
        let entry = Entry {
            id: id.to_string(),
            stream: head.stream.clone(),
            version: head.version,
            ledger_version: head.ledger_version,
            about: change.event.about().to_string(),
            event: change.event.clone(),
            actor: change.actor,
            trace: change.trace,
            at,
            previous_hash: head.last_hash.clone(),
        };
        let mut document = serialize_to_raw_document_buf(&entry)?;
        if !change.postings.is_empty() {
            let snapshot = RawBson::try_from(serialize_to_bson(&head.ledger.snapshot())?)?;
            document.append(CString::try_from(L::SNAPSHOT)?, snapshot);
        }
        let hash = hash(&document);
        document.append(PUBLISHED_AT, RawBson::Null);
        document.append(HASH, hash.as_str());
        document.append(SEAL, key.seal(&hash));
        Ok(Self { hash, document })
    }
}

/// Returns the ledger snapshot of an entry; `None` if no money moved.
pub(super) fn snapshot<L: LedgerState>(stored: &RawDocument) -> Outcome<Option<L::Snapshot>> {
    let document = Document::try_from(stored)?;
    match document.get(L::SNAPSHOT) {
        None | Some(Bson::Null) => Ok(None),
        Some(snapshot) => Ok(Some(deserialize_from_bson(snapshot.clone())?)),
    }
}

/// The data that prove the integrity of an entry.
pub(super) struct Proof {
    /// The hash of the stored content.
    pub computed: String,
    /// The hash that is stored with the entry.
    pub hash: String,
    /// The seal that is stored with the entry; `None` for an entry from before seals existed.
    pub seal: Option<String>,
}

impl Proof {
    pub(super) fn of(stored: &RawDocument) -> Outcome<Self> {
        let mut hashed = RawDocumentBuf::new();
        let mut proof = Self { computed: String::new(), hash: String::new(), seal: None };
        for element in stored {
            let (name, value) = element.map_err(|error| Failure::internal(format!("BSON: {error}")))?;
            if name == HASH {
                value.as_str().unwrap_or_default().clone_into(&mut proof.hash);
            } else if name == SEAL {
                proof.seal = value.as_str().map(str::to_owned);
            } else if name != PUBLISHED_AT {
                hashed.append(name, value);
            }
        }
        proof.computed = hash(&hashed);
        Ok(proof)
    }
}

/// SHA-256 of the stored bytes, so that any modification is detected, even of the order of fields.
fn hash(document: &RawDocument) -> String {
    digest(document.as_bytes())
}
