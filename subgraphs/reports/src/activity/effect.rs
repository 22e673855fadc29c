//! The effects of an event on members' balances.

use std::collections::BTreeMap;

use contracts::{
    Event, MemberId, amount,
    event::{ExpenseFacts, PaymentFacts},
};
use money::Currency;
use serde::{Deserialize, Serialize};

/// The change of one member's balance in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Effect {
    pub(crate) member_id: MemberId,
    #[serde(with = "amount::currency")]
    pub(crate) currency: Currency,
    /// In minor units; positive is in the member's favour.
    pub(crate) amount_minor: i64,
}

type Changes = BTreeMap<(MemberId, Currency), i128>;

/// Returns the effects of an event. Members whose balance does not change are left out.
pub(super) fn effects(event: &Event) -> Vec<Effect> {
    let mut changes = Changes::new();
    match event {
        Event::ExpenseCreated(expense) => add_expense(&mut changes, expense, 1),
        Event::ExpenseRestored(change) => add_expense(&mut changes, &change.after, 1),
        Event::ExpenseDeleted(change) => add_expense(&mut changes, &change.after, -1),
        Event::ExpenseUpdated(change) => {
            add_expense(&mut changes, &change.before, -1);
            add_expense(&mut changes, &change.after, 1);
        }
        Event::PaymentProcessed(payment) => add_payment(&mut changes, payment, payment.amount.minor, 1),
        Event::PaymentVoided(step) => add_payment(&mut changes, &step.payment, step.payment.amount.minor, -1),
        Event::PaymentUpdated(change) => {
            add_payment(&mut changes, &change.before, change.before.amount.minor, -1);
            add_payment(&mut changes, &change.after, change.after.amount.minor, 1);
        }
        Event::PaymentRefunded(refund) => {
            add_payment(&mut changes, &refund.payment, refund.before_minor, 1);
            add_payment(&mut changes, &refund.payment, refund.after_minor, -1);
        }
        _ => {}
    }
    let effect = |((member_id, currency), change): ((MemberId, Currency), i128)| {
        let amount_minor = i64::try_from(change).ok().filter(|change| *change != 0)?;
        Some(Effect { member_id, currency, amount_minor })
    };
    changes.into_iter().filter_map(effect).collect()
}

fn add_expense(changes: &mut Changes, expense: &ExpenseFacts, sign: i128) {
    let mut add = |member, minor| *changes.entry((member, expense.total.currency)).or_insert(0) += minor * sign;
    for part in &expense.payers {
        add(part.member_id, i128::from(part.amount_minor));
    }
    for part in &expense.shares {
        add(part.member_id, -i128::from(part.amount_minor));
    }
}

fn add_payment(changes: &mut Changes, payment: &PaymentFacts, minor: i64, sign: i128) {
    let minor = i128::from(minor) * sign;
    *changes.entry((payment.from, payment.amount.currency)).or_insert(0) += minor;
    *changes.entry((payment.to, payment.amount.currency)).or_insert(0) -= minor;
}

#[cfg(test)]
mod tests {
    use contracts::{GroupId, MemberId, PaymentId, event::PaymentRefund};
    use money::Amount;

    use super::*;

    #[test]
    fn a_refund_reverses_the_amount_since_the_previous_refund() {
        let currency = Currency::from_code("EUR").unwrap();
        let (from, to) = (MemberId::new(), MemberId::new());
        let payment = PaymentFacts {
            payment_id: PaymentId::new(),
            group_id: GroupId::new(),
            from,
            to,
            amount: Amount::new(30_00, currency),
            paid: None,
            date: "2026-11-22".parse().unwrap(),
            note: None,
            created_by: from,
        };
        let refund = PaymentRefund { payment, before_minor: 5_00, after_minor: 20_00 };
        let effects = effects(&Event::PaymentRefunded(refund));
        let of = |member| effects.iter().find(|effect| effect.member_id == member).map(|effect| effect.amount_minor);
        assert_eq!((of(from), of(to)), (Some(-15_00), Some(15_00)));
    }
}
