//! One entry of the journal, and the seal that makes a later change of it detectable.

use contracts::{Event, Timestamp, Trace, UserId, nets::NetRow};
use mongodb::bson::{RawBson, RawDocument, RawDocumentBuf, cstr, raw::CStr, serialize_to_raw_document_buf};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Change, Head, next_moment};
use crate::{
    digest,
    failure::{Failure, Outcome},
};

/// What an entry says. All of it is under the seal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    #[serde(rename = "_id")]
    pub id: String,
    pub stream: String,
    pub version: i64,
    pub ledger_version: i64,
    /// What the event is about within the stream, so that its history is one indexed read.
    pub about: String,
    pub event: Event,
    pub actor: Option<UserId>,
    pub trace: Trace,
    pub at: Timestamp,
    /// The whole ledger after it; absent when no money moved.
    pub nets_after: Option<Vec<NetRow>>,
    /// The seal of the entry before it in the stream: a chain.
    pub previous_hash: String,
}

/// The two fields that are written beside what is sealed.
const HASH: &CStr = cstr!("hash");
const PUBLISHED_AT: &CStr = cstr!("published_at");

/// An entry ready to be stored.
pub(super) struct Sealed {
    pub at: Timestamp,
    pub hash: String,
    pub document: RawDocumentBuf,
}

impl Sealed {
    /// The entry for a change that led to this head.
    pub(super) fn new(id: Uuid, head: &Head, change: &Change) -> Outcome<Self> {
        let at = next_moment(head.last_at);
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
            nets_after: (!change.postings.is_empty()).then(|| head.nets.clone()),
            previous_hash: head.last_hash.clone(),
        };
        let mut document = serialize_to_raw_document_buf(&entry)?;
        let hash = seal(&document);
        document.append(PUBLISHED_AT, RawBson::Null);
        document.append(HASH, hash.as_str());
        Ok(Self { at, hash, document })
    }
}

/// The seal of what was stored, and the seal that is stored with it.
pub(super) fn seals(stored: &RawDocument) -> Outcome<(String, String)> {
    let mut sealed = RawDocumentBuf::new();
    let mut hash = String::new();
    for element in stored {
        let (name, value) = element.map_err(|error| Failure::internal(format!("BSON: {error}")))?;
        if name == HASH {
            value.as_str().unwrap_or_default().clone_into(&mut hash);
        } else if name != PUBLISHED_AT {
            sealed.append(name, value);
        }
    }
    Ok((seal(&sealed), hash))
}

/// SHA-256 over the bytes as they are stored: whatever is changed, even the order of fields, shows.
fn seal(document: &RawDocument) -> String {
    digest(document.as_bytes())
}
