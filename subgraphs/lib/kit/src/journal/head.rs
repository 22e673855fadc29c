//! A stream's head: its version, and what all its entries add up to.

use contracts::{
    Timestamp,
    ledger::{LedgerState, NoLedger},
};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Outcome};

/// The state of a stream after its last entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "L: LedgerState")]
pub struct Head<L: LedgerState = NoLedger> {
    /// The stream's id.
    #[serde(rename = "_id")]
    pub stream: String,
    /// Grows by one with every change.
    pub version: i64,
    /// Grows by one with every change that moves money.
    #[serde(default)]
    pub ledger_version: i64,
    #[serde(default)]
    pub(super) last_hash: String,
    #[serde(default = "epoch")]
    pub(super) last_at: Timestamp,
    /// What the entries add up to.
    #[serde(flatten)]
    pub ledger: L,
}

fn epoch() -> Timestamp {
    Timestamp::EPOCH
}

impl<L: LedgerState> Head<L> {
    /// Adds what a change does to the ledger.
    pub(super) fn post(&mut self, postings: &[L::Posting]) -> Outcome<()> {
        if postings.is_empty() {
            return Ok(());
        }
        let before = self.ledger.clone();
        self.ledger.post(postings).map_err(Failure::internal)?;
        self.ledger.check_growth(&before)?;
        self.ledger_version += 1;
        Ok(())
    }
}
