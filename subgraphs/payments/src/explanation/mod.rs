//! Explanations: the expenses and payments that add up to a balance or a proposed transfer.

pub(crate) mod operations;

use chrono::NaiveDate;
use contracts::{ExpenseId, GroupId, MemberId, PaymentId, causes::CausePlace};
use kit::{Outcome, Refusal, graphql::Cursor};
use money::{Amount, Currency, Transfer};

use crate::payment::Payment;

/// The balance or transfer to explain.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) group: GroupId,
    /// The member whose balance it is; or the debtor.
    pub(crate) member: MemberId,
    /// The creditor, if debts are not simplified and a transfer is what one member owes another.
    pub(crate) owed_to: Option<MemberId>,
    pub(crate) currency: Currency,
    /// Whether amounts are negated: a transfer pays what a negative balance owes.
    pub(crate) negated: bool,
    /// The other transfers that the member is to make: the balance pays for all of them, a transfer only for itself.
    pub(crate) others: Vec<Transfer<MemberId>>,
}

/// One part of an explanation. The amounts of all parts add up to the explained amount.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cause {
    pub(crate) part: Part,
    /// The contribution to the explained amount.
    pub(crate) amount: Amount,
}

/// The kinds of parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Expense(ExpenseId),
    Payment(Box<Payment>),
    /// Another transfer that pays for the same balance.
    Transfer(Transfer<MemberId>),
}

/// A cursor of an explanation: how much of each of its three lists has been shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    others: usize,
    expense: Option<CausePlace>,
    payment: Option<(NaiveDate, PaymentId)>,
}

impl Subject {
    pub(crate) fn balance(group: GroupId, member: MemberId, currency: Currency) -> Self {
        Self { group, member, owed_to: None, currency, negated: false, others: Vec::new() }
    }

    /// Explains a transfer of a settlement.
    pub(crate) fn transfer(
        group: GroupId,
        transfer: &Transfer<MemberId>,
        all: &[Transfer<MemberId>],
        simplify: bool,
    ) -> Self {
        let (member, currency) = (transfer.from, transfer.amount.currency);
        if !simplify {
            return Self { owed_to: Some(transfer.to), ..Self::balance(group, member, currency) };
        }
        let is_other = |other: &&Transfer<MemberId>| {
            other.from == member && other.amount.currency == currency && other.to != transfer.to
        };
        let others = all.iter().filter(is_other).cloned().collect();
        Self { negated: true, others, ..Self::balance(group, member, currency) }
    }

    fn amount(&self, minor: i64) -> Amount {
        Amount::new(if self.negated { -minor } else { minor }, self.currency)
    }

    /// Returns the contribution of a payment.
    fn of_payment(&self, payment: &Payment) -> Amount {
        let minor = payment.counted_minor();
        let is_from = payment.from == self.member;
        // A payment raises the payer's balance and lowers the payer's debt.
        self.amount(if is_from == self.owed_to.is_none() { minor } else { -minor })
    }
}

impl Place {
    fn cursor(&self) -> Cursor {
        let expense = self.expense.as_ref().map(|place| format!("{}|{}", place.sorted_by, place.expense_id));
        let payment = self.payment.map(|(date, id)| format!("{date}|{id}"));
        Cursor { key: format!("{}|{}", self.others, expense.unwrap_or_default()), id: payment.unwrap_or_default() }
    }

    fn read(cursor: Option<&Cursor>) -> Outcome<Self> {
        let Some(Cursor { key, id }) = cursor else { return Ok(Self::default()) };
        let parsed = || {
            let (others, expense) = key.split_once('|')?;
            let expense = if expense.is_empty() {
                None
            } else {
                let (sorted_by, id) = expense.rsplit_once('|')?;
                Some(CausePlace { sorted_by: sorted_by.to_owned(), expense_id: id.parse().ok()? })
            };
            let payment = if id.is_empty() {
                None
            } else {
                let (date, id) = id.split_once('|')?;
                Some((date.parse().ok()?, id.parse().ok()?))
            };
            Some(Self { others: others.parse().ok()?, expense, payment })
        };
        Ok(parsed().ok_or_else(|| Refusal::invalid("after", "This is not a cursor of this list."))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_encodes_a_place_without_loss() {
        let expense = CausePlace { sorted_by: "2026-11-22 2026".to_owned(), expense_id: ExpenseId::new() };
        let payment = ("2026-11-22".parse().unwrap(), PaymentId::new());
        for place in [
            Place::default(),
            Place { others: 2, expense: Some(expense.clone()), payment: None },
            Place { others: 0, expense: None, payment: Some(payment) },
            Place { others: 1, expense: Some(expense), payment: Some(payment) },
        ] {
            assert_eq!(Place::read(Some(&place.cursor())).unwrap(), place);
        }
        let other = Cursor { key: "?".to_owned(), id: String::new() };
        assert!(Place::read(Some(&other)).is_err());
    }
}
