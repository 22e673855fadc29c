//! The sums of a journal stream's entries: for a group, what one domain adds to the balances of its members.

use std::{collections::BTreeSet, convert::Infallible, fmt::Debug};

use money::{
    Currency, Ledger,
    ledger::{Entry, LedgerRefusal},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    MemberId, amount,
    nets::NetRow,
    refusal::{Code, Refusal},
};

/// The most currencies of a group's balances: a settlement is computed for each.
const MOST_CURRENCIES: usize = 20;

/// The largest net of a member, in minor units: far from an overflow of 64 bits.
const LARGEST_NET: u64 = 1_000_000_000_000_000_000;

/// The sum of a stream's entries. It is stored in the head of the stream, so that reading it takes one document.
pub trait LedgerState:
    Clone + Debug + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + Unpin + 'static
{
    /// What an entry adds.
    type Posting: Clone + Debug + Send + Sync;
    /// The part that each entry stores, so that past states can be read.
    type Snapshot: Debug + Default + PartialEq + Serialize + DeserializeOwned + Send;
    /// The field of an entry that stores the snapshot; absent in entries without postings.
    const SNAPSHOT: &'static str;

    /// Applies postings in order; fails on an overflow of 64 bits.
    fn post(&mut self, postings: &[Self::Posting]) -> Result<(), String>;

    /// Refuses growth beyond the limits. A state that is already above them may still shrink.
    fn check_growth(&self, _before: &Self) -> Result<(), Refusal> {
        Ok(())
    }

    /// Returns the part of the present state that an entry stores.
    fn snapshot(&self) -> Self::Snapshot;
}

/// The state of streams that move no money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoLedger {}

impl LedgerState for NoLedger {
    type Posting = Infallible;
    type Snapshot = ();
    const SNAPSHOT: &'static str = "ledger_after";

    fn post(&mut self, _: &[Infallible]) -> Result<(), String> {
        Ok(())
    }

    fn snapshot(&self) {}
}

/// The ledger of a group in one domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLedger {
    /// What the domain adds to each member's balance.
    #[serde(default)]
    pub nets: Vec<NetRow>,
    /// Who owes whom, per pair of members.
    #[serde(default)]
    pub debts: Vec<DebtRow>,
}

/// What one member owes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebtRow {
    /// The debtor.
    pub from: MemberId,
    /// The creditor.
    pub to: MemberId,
    /// The currency of the debt.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// The amount in minor units; always positive.
    pub amount_minor: i64,
}

impl GroupLedger {
    /// Returns the number of currencies, and the largest net in minor units.
    fn size(&self) -> (usize, u64) {
        let currencies: BTreeSet<Currency> = self.nets.iter().map(|row| row.currency).collect();
        let largest = self.nets.iter().map(|row| row.amount_minor.unsigned_abs()).max();
        (currencies.len(), largest.unwrap_or_default())
    }

    /// Converts it to a ledger of `money`.
    pub fn to_money(&self) -> Ledger<MemberId> {
        Ledger {
            nets: self.nets.iter().map(|row| ((row.member_id, row.currency), row.amount_minor)).collect(),
            debts: self.debts.iter().map(|row| ((row.from, row.to, row.currency), row.amount_minor)).collect(),
        }
    }
}

impl From<&Ledger<MemberId>> for GroupLedger {
    fn from(ledger: &Ledger<MemberId>) -> Self {
        let net = |(&(member_id, currency), &amount_minor)| NetRow { member_id, currency, amount_minor };
        let debt = |(&(from, to, currency), &amount_minor)| DebtRow { from, to, currency, amount_minor };
        Self { nets: ledger.nets.iter().map(net).collect(), debts: ledger.debts.iter().map(debt).collect() }
    }
}

impl LedgerState for GroupLedger {
    type Posting = Entry<MemberId>;
    type Snapshot = Vec<NetRow>;
    const SNAPSHOT: &'static str = "nets_after";

    fn post(&mut self, postings: &[Entry<MemberId>]) -> Result<(), String> {
        let mut ledger = self.to_money();
        for posting in postings {
            ledger.apply(posting).map_err(|refusal: LedgerRefusal| refusal.to_string())?;
        }
        *self = Self::from(&ledger);
        Ok(())
    }

    fn check_growth(&self, before: &Self) -> Result<(), Refusal> {
        let (currencies, largest) = self.size();
        let (currencies_before, largest_before) = before.size();
        if currencies > MOST_CURRENCIES && currencies > currencies_before {
            let sentence = format!("A group has amounts in at most {MOST_CURRENCIES} currencies.");
            let refusal = Refusal::new(Code::LedgerFull, sentence).because("TOO_MANY_CURRENCIES");
            return Err(refusal.with("most", &MOST_CURRENCIES));
        }
        if largest > LARGEST_NET && largest > largest_before {
            return Err(Refusal::new(Code::LedgerFull, "The balances of this group would become too large."));
        }
        Ok(())
    }

    fn snapshot(&self) -> Vec<NetRow> {
        self.nets.clone()
    }
}
