//! Explanations: the expenses and payments that add up to a balance or a proposed transfer.

pub(crate) mod operations;

use chrono::NaiveDate;
use contracts::{ExpenseId, GroupId, MemberId, PaymentId, causes::CausePlace};
use kit::{Outcome, Refusal, graphql::Cursor};
use money::{Amount, Currency, Transfer};

use crate::payment::Payment;

/// A balance or transfer to explain. That of a household is explained member by member, by a subject for each.
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
    /// The member whose balance or debt it is about.
    pub(crate) member: MemberId,
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

/// A cursor of an explanation: which subject it has come to, and how much of each of its three lists has been shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    subject: usize,
    others: usize,
    expense: Option<CausePlace>,
    payment: Option<(NaiveDate, PaymentId)>,
}

impl Subject {
    fn of(group: GroupId, member: MemberId, currency: Currency) -> Self {
        Self { group, member, owed_to: None, currency, negated: false, others: Vec::new() }
    }

    /// Explains the balance of a member, or of the household that the member stands for.
    pub(crate) fn balance(
        group: GroupId,
        member: MemberId,
        currency: Currency,
        households: &[Vec<MemberId>],
    ) -> Vec<Self> {
        together(member, households).iter().map(|member| Self::of(group, *member, currency)).collect()
    }

    /// Explains a transfer of a settlement, in which these households settle as one.
    pub(crate) fn transfer(
        group: GroupId,
        transfer: &Transfer<MemberId>,
        all: &[Transfer<MemberId>],
        simplify: bool,
        households: &[Vec<MemberId>],
    ) -> Vec<Self> {
        let currency = transfer.amount.currency;
        let payers = together(transfer.from, households);
        if !simplify {
            let receivers = together(transfer.to, households);
            let pairs = payers.iter().flat_map(|from| receivers.iter().map(move |to| (*from, *to)));
            return pairs.map(|(from, to)| Self { owed_to: Some(to), ..Self::of(group, from, currency) }).collect();
        }
        let is_other = |other: &&Transfer<MemberId>| {
            other.from == transfer.from && other.amount.currency == currency && other.to != transfer.to
        };
        let own = |member: &MemberId| {
            let others = all.iter().filter(is_other).filter(|other| other.from == *member).cloned().collect();
            Self { negated: true, others, ..Self::of(group, *member, currency) }
        };
        payers.iter().map(own).collect()
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

/// Returns the members of the household that a member is of; or only the member.
fn together(member: MemberId, households: &[Vec<MemberId>]) -> Vec<MemberId> {
    let household = households.iter().find(|household| household.contains(&member));
    household.cloned().unwrap_or_else(|| vec![member])
}

impl Place {
    fn cursor(&self) -> Cursor {
        let expense = self.expense.as_ref().map(|place| format!("{}|{}", place.sorted_by, place.expense_id));
        let payment = self.payment.map(|(date, id)| format!("{date}|{id}"));
        let key = format!("{}|{}|{}", self.subject, self.others, expense.unwrap_or_default());
        Cursor { key, id: payment.unwrap_or_default() }
    }

    fn read(cursor: Option<&Cursor>) -> Outcome<Self> {
        let Some(Cursor { key, id }) = cursor else { return Ok(Self::default()) };
        let parsed = || {
            let (subject, key) = key.split_once('|')?;
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
            Some(Self { subject: subject.parse().ok()?, others: others.parse().ok()?, expense, payment })
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
            Place { subject: 0, others: 2, expense: Some(expense.clone()), payment: None },
            Place { subject: 3, others: 0, expense: None, payment: Some(payment) },
            Place { subject: 1, others: 1, expense: Some(expense), payment: Some(payment) },
        ] {
            assert_eq!(Place::read(Some(&place.cursor())).unwrap(), place);
        }
        let other = Cursor { key: "?".to_owned(), id: String::new() };
        assert!(Place::read(Some(&other)).is_err());
    }
}
