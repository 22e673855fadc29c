//! What the entries of a journal's stream add up to: for a group, what one domain adds to the balances of its members.

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

/// In so many currencies a group may have balances: a settlement is searched in each.
const MOST_CURRENCIES: usize = 20;

/// The largest net of a member, in minor units: far from where the sums of 64 bits end.
const LARGEST_NET: u64 = 1_000_000_000_000_000_000;

/// What the entries of a stream add up to. It is kept in the stream's head, so that reading it touches one document.
pub trait LedgerState:
    Clone + Debug + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + Unpin + 'static
{
    /// What an entry does to it.
    type Posting: Clone + Debug + Send + Sync;
    /// What an entry keeps of it, so that the past can be read.
    type Snapshot: Debug + Default + PartialEq + Serialize + DeserializeOwned + Send;
    /// The field of an entry that keeps it; entries without postings have none.
    const SNAPSHOT: &'static str;

    /// Adds postings in their order; fails if a sum leaves 64 bits.
    fn post(&mut self, postings: &[Self::Posting]) -> Result<(), String>;

    /// Refuses what makes it larger than it may be. What was too large before may still shrink.
    fn check_growth(&self, _before: &Self) -> Result<(), Refusal> {
        Ok(())
    }

    /// What an entry keeps of the present state.
    fn snapshot(&self) -> Self::Snapshot;
}

/// The ledger of streams that move no money.
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

/// The ledger of a group, as one domain keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLedger {
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

impl GroupLedger {
    /// In how many currencies it has rows, and its largest net in minor units.
    fn size(&self) -> (usize, u64) {
        let currencies: BTreeSet<Currency> = self.nets.iter().map(|row| row.currency).collect();
        let largest = self.nets.iter().map(|row| row.amount_minor.unsigned_abs()).max();
        (currencies.len(), largest.unwrap_or_default())
    }

    /// The nets and debts as `money` calculates with them.
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
            return Err(Refusal::new(Code::LedgerFull, sentence).with("most", &MOST_CURRENCIES));
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
