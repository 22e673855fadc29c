//! Balances of households: members who settle together have one balance.

use std::collections::HashMap;

use contracts::{MemberId, roster::Roster};
use kit::{Failure, Outcome};
use money::{Currency, Ledger};

/// Returns the ledger in which each household has one balance per currency. It is that of the member who owes the most,
/// if the household owes, and else of the member who is owed the most: this is who pays or is paid.
pub(super) fn per_household(ledger: &Ledger<MemberId>, roster: &Roster) -> Outcome<Ledger<MemberId>> {
    let mut representatives = HashMap::new();
    for household in &roster.households {
        for currency in currencies(ledger, household) {
            let representative = representative(ledger, household, currency);
            representatives.extend(household.iter().map(|member| ((*member, currency), representative)));
        }
    }
    let of = |member: &MemberId, currency| *representatives.get(&(*member, currency)).unwrap_or(member);
    ledger.represented(of).map_err(Failure::internal)
}

fn currencies(ledger: &Ledger<MemberId>, household: &[MemberId]) -> Vec<Currency> {
    let rows = ledger.nets.keys().filter(|(member, _)| household.contains(member));
    let mut currencies: Vec<_> = rows.map(|(_, currency)| *currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies
}

/// The member with the largest part in what the household owes or is owed; of equal ones the first by id.
fn representative(ledger: &Ledger<MemberId>, household: &[MemberId], currency: Currency) -> MemberId {
    let net = |member: &MemberId| ledger.nets.get(&(*member, currency)).map_or(0, |net| i128::from(*net));
    let owes = household.iter().map(net).sum::<i128>() < 0;
    let part = |member: &MemberId| if owes { -net(member) } else { net(member) };
    let largest = household.iter().max_by(|one, other| part(one).cmp(&part(other)).then(other.cmp(one)));
    // A household has members.
    largest.copied().unwrap_or_else(MemberId::new)
}

#[cfg(test)]
mod tests {
    use contracts::testing::roster;
    use money::ledger::Entry;

    use super::*;

    fn euros() -> Currency {
        Currency::from_code("EUR").unwrap()
    }

    /// Each row: who paid, for whom, and how much.
    fn ledger(rows: &[(MemberId, MemberId, i64)]) -> Ledger<MemberId> {
        let mut ledger = Ledger::default();
        for (payer, receiver, minor) in rows {
            ledger.apply(&Entry::of(&[(*payer, *minor)], &[(*receiver, *minor)], euros()).unwrap()).unwrap();
        }
        ledger
    }

    #[test]
    fn a_household_has_one_balance_and_no_debts_within() {
        let mut roster = roster(&[], 4);
        let [ada, ben, cleo, dan] = [0, 1, 2, 3].map(|place: usize| roster.members[place].member_id);
        roster.households = vec![vec![ada, ben]];
        // Ben owes Ada 5 and Cleo 20; Ada owes Dan 2.
        let ledger = ledger(&[(ada, ben, 5_00), (cleo, ben, 20_00), (dan, ada, 2_00)]);
        let together = per_household(&ledger, &roster).unwrap();
        let nets = [((ben, euros()), -22_00), ((cleo, euros()), 20_00), ((dan, euros()), 2_00)];
        assert_eq!(together.nets, nets.into());
        let debts = [((ben, cleo, euros()), 20_00), ((ben, dan, euros()), 2_00)];
        assert_eq!(together.debts, debts.into());
        assert!(together.is_zero_sum());
    }

    #[test]
    fn who_is_owed_the_most_is_paid_for_the_household() {
        let mut roster = roster(&[], 3);
        let [ada, ben, cleo] = [0, 1, 2].map(|place: usize| roster.members[place].member_id);
        roster.households = vec![vec![ben, ada]];
        let together = per_household(&ledger(&[(ada, cleo, 9_00), (ben, cleo, 4_00)]), &roster).unwrap();
        assert_eq!(together.nets, [((ada, euros()), 13_00), ((cleo, euros()), -13_00)].into());
    }

    #[test]
    fn without_households_nothing_changes() {
        let roster = roster(&[], 2);
        let [ada, ben] = [0, 1].map(|place: usize| roster.members[place].member_id);
        let ledger = ledger(&[(ada, ben, 9_00)]);
        assert_eq!(per_household(&ledger, &roster).unwrap(), ledger);
    }
}
