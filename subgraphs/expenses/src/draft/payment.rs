//! A payment that a text describes instead of an expense.

use contracts::{MemberId, amount};
use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

/// A payment between two members, as an advisor read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadPayment {
    /// The member who paid.
    pub from: MemberId,
    /// The member who received the money.
    pub to: MemberId,
    /// The amount, in minor units of the currency.
    pub amount_minor: i64,
    /// The currency of the amount.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
}

impl ReadPayment {
    /// Maps indexes in `people` to members; `None` if an index is out of range.
    pub(super) fn of(read: reader::Payment, people: &[MemberId]) -> Option<Self> {
        let Amount { minor, currency } = read.amount;
        let member = |place: usize| people.get(place).copied();
        Some(Self { from: member(read.from)?, to: member(read.to)?, amount_minor: minor, currency })
    }

    /// The amount with its currency.
    pub(crate) fn amount(&self) -> Amount {
        Amount::new(self.amount_minor, self.currency)
    }
}
