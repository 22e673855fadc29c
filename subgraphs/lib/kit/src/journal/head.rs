//! A stream's head: its version, and for groups the nets and debts that all its entries add up to.

use contracts::{MemberId, Timestamp, amount, nets::NetRow};
use money::{Currency, Ledger, ledger::Entry};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Outcome};

/// The state of a stream after its last entry. Reading a balance touches this document only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
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
    /// What this domain adds to each member's balance.
    #[serde(default)]
    pub nets: Vec<NetRow>,
    /// Who owes whom, pair by pair.
    #[serde(default)]
    pub debts: Vec<DebtRow>,
}

/// What one member owes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtRow {
    /// Who owes.
    pub from: MemberId,
    /// Who is owed.
    pub to: MemberId,
    /// In which currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Always positive.
    pub amount_minor: i64,
}

fn epoch() -> Timestamp {
    Timestamp::EPOCH
}

impl Head {
    /// The nets and debts as `money` calculates with them.
    pub fn ledger(&self) -> Ledger<MemberId> {
        ledger(&self.nets, &self.debts)
    }

    /// Adds what a change does to the ledger.
    pub(super) fn post(&mut self, postings: &[Entry<MemberId>]) -> Outcome<()> {
        if postings.is_empty() {
            return Ok(());
        }
        let mut ledger = self.ledger();
        for posting in postings {
            ledger.apply(posting).map_err(Failure::internal)?;
        }
        self.ledger_version += 1;
        self.nets = net_rows(&ledger);
        self.debts = debt_rows(&ledger);
        Ok(())
    }
}

/// The rows as `money` calculates with them.
pub(super) fn ledger(nets: &[NetRow], debts: &[DebtRow]) -> Ledger<MemberId> {
    Ledger {
        nets: nets.iter().map(|row| ((row.member_id, row.currency), row.amount_minor)).collect(),
        debts: debts.iter().map(|row| ((row.from, row.to, row.currency), row.amount_minor)).collect(),
    }
}

pub(super) fn net_rows(ledger: &Ledger<MemberId>) -> Vec<NetRow> {
    let row = |(&(member_id, currency), &amount_minor)| NetRow { member_id, currency, amount_minor };
    ledger.nets.iter().map(row).collect()
}

fn debt_rows(ledger: &Ledger<MemberId>) -> Vec<DebtRow> {
    let row = |(&(from, to, currency), &amount_minor)| DebtRow { from, to, currency, amount_minor };
    ledger.debts.iter().map(row).collect()
}
