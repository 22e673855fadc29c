//! Protects people who have left a group: by payments, others cannot put their balance below zero, or further below.
//!
//! What somebody paid after leaving may be corrected and voided, because that leads back to the balance that they left
//! with. Until then it does not count as what they are owed, so that nobody can take it in between.

use contracts::{MemberId, roster::Roster};
use money::Currency;

use super::Payment;
use crate::refusal::Refusal;

/// How much a change takes from the balance of a member who has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lowered {
    pub(super) member: MemberId,
    pub(super) currency: Currency,
    /// In minor units; positive.
    minor: i64,
}

impl Lowered {
    /// Refuses to take more than the member is owed: the net, less what the member paid after leaving.
    pub(super) fn check(&self, net: i64, paid_after_leaving: i64) -> Result<(), Refusal> {
        let owed = i128::from(net) - i128::from(paid_after_leaving);
        if i128::from(self.minor) <= owed { Ok(()) } else { Err(Refusal::LowersBalanceOfDeparted) }
    }
}

/// Returns what a new or changed payment takes from members who have left, except from the one who makes the change.
pub(super) fn lowered(before: Option<&Payment>, after: &Payment, roster: &Roster, by: MemberId) -> Vec<Lowered> {
    let has_left = |member: MemberId| roster.member(member).is_none_or(|member| member.left);
    let mut currencies = vec![after.amount.currency];
    currencies.extend(before.map(|before| before.amount.currency).filter(|before| *before != after.amount.currency));
    let mut found = Vec::new();
    for member in [after.from, after.to].into_iter().filter(|member| *member != by && has_left(*member)) {
        for currency in &currencies {
            let was = before.map_or(0, |before| lasting(before, member, *currency));
            let minor = was - lasting(after, member, *currency);
            if minor > 0 {
                found.push(Lowered { member, currency: *currency, minor });
            }
        }
    }
    found
}

/// Returns what a payment adds to a member's balance, in minor units, without what the member paid after leaving.
fn lasting(payment: &Payment, member: MemberId, currency: Currency) -> i64 {
    if !payment.counts() || payment.amount.currency != currency {
        0
    } else if payment.to == member {
        -payment.counted_minor()
    } else if payment.payer_had_left {
        0
    } else {
        payment.counted_minor()
    }
}

#[cfg(test)]
mod tests {
    use contracts::{PaymentId, Timestamp, roster::Membership, testing::roster};
    use money::Amount;
    use proptest::prelude::*;

    use super::*;
    use crate::payment::{Action as Act, Edit, Method, NewPayment};

    const PEOPLE: usize = 4;
    const DEPARTED: usize = 2;

    #[derive(Clone, Debug)]
    enum Action {
        Record { from: usize, to: usize, minor: i64 },
        Edit { which: usize, minor: i64, in_dollars: bool },
        Void { which: usize },
    }

    fn actions() -> impl Strategy<Value = Vec<Action>> {
        let record =
            (0..PEOPLE, 0..PEOPLE, 1_i64..100).prop_map(|(from, to, minor)| Action::Record { from, to, minor });
        let edit = (0..9_usize, 1_i64..100, any::<bool>()).prop_map(|(which, minor, in_dollars)| Action::Edit {
            which,
            minor,
            in_dollars,
        });
        let void = (0..9_usize).prop_map(|which| Action::Void { which });
        proptest::collection::vec(prop_oneof![3 => record, 2 => edit, 2 => void], 1..30)
    }

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    /// A group with its payments and what else its members are owed in euros.
    struct Group {
        roster: Roster,
        payments: Vec<Payment>,
        before: Vec<i64>,
    }

    impl Group {
        fn member(&self, place: usize) -> MemberId {
            self.roster.members[place].member_id
        }

        fn net(&self, member: MemberId, currency: Currency) -> i64 {
            let place = (0..PEOPLE).find(|place| self.member(*place) == member).unwrap();
            let before = if currency == self.roster.currency { self.before[place] } else { 0 };
            let counted =
                self.payments.iter().filter(|payment| payment.counts() && payment.amount.currency == currency);
            before
                + counted
                    .map(|payment| match member {
                        _ if payment.from == member => payment.amount.minor,
                        _ if payment.to == member => -payment.amount.minor,
                        _ => 0,
                    })
                    .sum::<i64>()
        }

        fn paid_after_leaving(&self, member: MemberId, currency: Currency) -> i64 {
            let counted =
                self.payments.iter().filter(|payment| payment.counts() && payment.amount.currency == currency);
            counted.filter(|payment| payment.payer_had_left && payment.from == member).map(|own| own.amount.minor).sum()
        }

        /// Makes a change by the first member, if it is allowed.
        fn make(&mut self, which: Option<usize>, after: Payment) {
            let before = which.map(|which| &self.payments[which]);
            let lowered = lowered(before, &after, &self.roster, self.member(0));
            let allowed = lowered.iter().all(|lowered| {
                let (member, currency) = (lowered.member, lowered.currency);
                lowered.check(self.net(member, currency), self.paid_after_leaving(member, currency)).is_ok()
            });
            match which {
                _ if !allowed => {}
                Some(which) => self.payments[which] = after,
                None => self.payments.push(after),
            }
        }

        fn act(&mut self, action: &Action) {
            let by = self.roster.members[0].clone();
            let (own, today) = (by.member_id, "2026-11-22".parse().unwrap());
            match *action {
                Action::Record { from, to, minor } => {
                    let new = NewPayment {
                        group_id: self.roster.group_id,
                        from: self.member(from),
                        to: self.member(to),
                        amount: Amount::new(minor, self.roster.currency),
                        paid: None,
                        method: Method::Cash,
                        date: None,
                        note: None,
                    };
                    let group = Membership { roster: self.roster.clone(), member: by };
                    let made = Payment::recorded(PaymentId::new(), &new, &group, (Timestamp::EPOCH, today));
                    if let Ok(payment) = made {
                        self.make(None, payment);
                    }
                }
                Action::Edit { which, minor, in_dollars } => {
                    let currency = if in_dollars { currency("USD") } else { self.roster.currency };
                    let edit = Edit { amount: Some(Amount::new(minor, currency)), ..Edit::default() };
                    let edited = self.payments.get(which).map(|payment| payment.edited(&edit, own, today));
                    edited.into_iter().flatten().flatten().for_each(|after| self.make(Some(which), after));
                }
                Action::Void { which } => {
                    let voided =
                        self.payments.get(which).map(|payment| payment.after(&Act::Void, own, Timestamp::EPOCH));
                    voided.into_iter().flatten().flatten().for_each(|(after, _)| self.make(Some(which), after));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_sequence_of_payments_of_others_makes_the_balance_of_a_departed_member_worse(
            before in -100_i64..100, present in actions(), afterwards in actions()
        ) {
            let users: Vec<_> = std::iter::repeat_with(contracts::UserId::new).take(PEOPLE).collect();
            let roster = roster(&users, 0);
            let mut group = Group { roster, payments: Vec::new(), before: vec![0; PEOPLE] };
            (group.before[DEPARTED], group.before[1]) = (before, -before);
            for action in &present {
                group.act(action);
            }
            group.roster.members[DEPARTED].left = true;
            let departed = group.member(DEPARTED);
            let currencies = [group.roster.currency, currency("USD")];
            let at_leaving = currencies.map(|currency| group.net(departed, currency));
            for action in &afterwards {
                group.act(action);
                for (currency, net) in currencies.iter().zip(at_leaving) {
                    prop_assert!(group.net(departed, *currency) >= net.min(0), "{action:?}");
                }
            }
        }
    }
}
