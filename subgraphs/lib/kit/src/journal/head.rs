//! The head of a stream: its version and the sum of all its entries.

use contracts::{
    Timestamp,
    ledger::{LedgerState, NoLedger},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Change;
use crate::failure::{Failure, Outcome};

/// The state of a stream after its last entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "L: LedgerState")]
pub struct Head<L: LedgerState = NoLedger> {
    /// The id of the stream.
    #[serde(rename = "_id")]
    pub stream: String,
    /// Incremented by every change.
    pub version: i64,
    /// Incremented by every change that moves money.
    #[serde(default)]
    pub ledger_version: i64,
    #[serde(default)]
    pub(super) last_hash: String,
    #[serde(default = "epoch")]
    pub(super) last_at: Timestamp,
    /// The sum of the entries.
    #[serde(flatten)]
    pub ledger: L,
}

fn epoch() -> Timestamp {
    Timestamp::EPOCH
}

impl<L: LedgerState> Head<L> {
    /// Returns the head of a stream without changes.
    pub(super) fn before_changes(stream: Uuid) -> Self {
        Self {
            stream: stream.to_string(),
            version: 0,
            ledger_version: 0,
            last_hash: String::new(),
            last_at: epoch(),
            ledger: L::default(),
        }
    }

    /// Applies the postings of a change.
    pub(super) fn post(&mut self, change: &Change<L>) -> Outcome<()> {
        if change.postings.is_empty() {
            return Ok(());
        }
        let before = self.ledger.clone();
        self.ledger.post(&change.postings).map_err(Failure::internal)?;
        if !change.has_happened {
            self.ledger.check_growth(&before)?;
        }
        self.ledger_version += 1;
        Ok(())
    }
}
