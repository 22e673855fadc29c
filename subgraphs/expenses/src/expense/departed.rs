//! Protects people who have left a group: others cannot lower their balance.

use contracts::{MemberId, roster::Roster};
use money::Ledger;

use super::Expense;
use crate::refusal::Refusal;

/// Refuses a change that lowers the net of a member who has left. It may stay the same or rise.
pub(super) fn check(before: &Expense, after: &Expense, roster: &Roster) -> Result<(), Refusal> {
    let mut moved = Ledger::default();
    if before.deleted_at.is_none() {
        moved.apply(&before.entry()?.reversed().map_err(Refusal::Payers)?).map_err(Refusal::Payers)?;
    }
    if after.deleted_at.is_none() {
        moved.apply(&after.entry()?).map_err(Refusal::Payers)?;
    }
    let has_left = |id: MemberId| roster.member(id).is_none_or(|member| member.left);
    let lowered = moved.nets.iter().any(|((member, _), net)| *net < 0 && has_left(*member));
    if lowered { Err(Refusal::LowersBalanceOfDeparted) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use contracts::{
        ExpenseId, GroupId, UserId,
        event::{MemberAmount, MemberFacts},
    };
    use money::{Amount, Currency, Split};
    use proptest::prelude::*;

    use super::*;
    use crate::expense::{Author, NewExpense, edit::Edit};

    const PEOPLE: usize = 4;
    const DEPARTED: usize = 2;

    #[derive(Clone, Debug)]
    enum Action {
        Edit { total: i64, payer: usize, sharers: Vec<usize> },
        Delete,
        Restore,
    }

    fn actions() -> impl Strategy<Value = Vec<Action>> {
        let sharers = proptest::sample::subsequence((0..PEOPLE).collect::<Vec<_>>(), 1..=PEOPLE);
        let edit = (prop_oneof![1_i64..100_000, -1_000_i64..-1], 0..PEOPLE, sharers)
            .prop_map(|(total, payer, sharers)| Action::Edit { total, payer, sharers });
        proptest::collection::vec(prop_oneof![4 => edit, 1 => Just(Action::Delete), 1 => Just(Action::Restore)], 1..20)
    }

    fn roster() -> Roster {
        let member = |place| MemberFacts {
            member_id: MemberId::new(),
            user_id: Some(UserId::new()),
            name: format!("Member {place}"),
            left: false,
        };
        let currency = Currency::from_code("EUR").unwrap();
        let members = (0..PEOPLE).map(member).collect();
        Roster::new(GroupId::new(), currency, members)
    }

    fn edit(roster: &Roster, total: i64, payer: usize, sharers: &[usize]) -> Edit {
        let id = |place: usize| roster.members[place].member_id;
        Edit {
            total: Some(Amount::new(total, roster.currency)),
            payers: Some(vec![MemberAmount { member_id: id(payer), amount_minor: total }]),
            split: Some(Split::Equal(sharers.iter().map(|place| id(*place)).collect())),
            ..Edit::default()
        }
    }

    fn net(expense: &Expense, member: MemberId) -> i64 {
        if expense.deleted_at.is_some() {
            return 0;
        }
        let entry = expense.entry().unwrap();
        entry.nets().get(&(member, expense.total.currency)).copied().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_change_lowers_the_net_of_a_departed_member(
            payer in 0..PEOPLE, deleted in any::<bool>(), actions in actions()
        ) {
            let mut roster = roster();
            let (now, today) = ("2026-11-22T09:30:00Z".parse().unwrap(), "2026-11-22".parse().unwrap());
            let everybody: Vec<usize> = (0..PEOPLE).collect();
            let edit_of = |roster: &Roster, total, payer, sharers: &[usize]| edit(roster, total, payer, sharers);
            let first = Edit { description: Some("Dinner".to_owned()), ..edit_of(&roster, 9_001, payer, &everybody) };
            let new: NewExpense = first.complete(roster.group_id).unwrap();
            let author = roster.members[0].member_id;
            let before = Author { roster: &roster, member: author, now, today };
            let mut expense = Expense::new(ExpenseId::new(), new, 0, &before).unwrap();
            if deleted {
                expense = expense.deleted(&before).unwrap();
            }
            let departed = roster.members[DEPARTED].member_id;
            roster.members[DEPARTED].left = true;
            let by = Author { roster: &roster, member: author, now, today };
            for action in actions {
                let after = match action {
                    Action::Edit { total, payer, sharers } => expense.edited(edit_of(&roster, total, payer, &sharers), &by),
                    Action::Delete => expense.deleted(&by),
                    Action::Restore => expense.restored(&by),
                };
                if let Ok(after) = after {
                    prop_assert!(net(&after, departed) >= net(&expense, departed));
                    expense = after;
                }
            }
        }
    }
}
