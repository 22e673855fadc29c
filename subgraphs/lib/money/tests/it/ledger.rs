use std::collections::{BTreeMap, BTreeSet};

use money::{
    Currency, Entry, Ledger, LedgerRefusal,
    settle::{settle, settle_debts},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{currency, euro, laws};

type Member = u8;

/// Rows of distinct members; the last row makes the sum `total`.
fn rows(total: i64) -> impl Strategy<Value = Vec<(Member, i64)>> {
    vec((0_u8..7, -5_000_i64..50_000), 1..6).prop_map(move |rows| {
        let mut rows: Vec<_> = rows.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
        let sum: i64 = rows.iter().map(|(_, minor)| *minor).sum();
        if let Some((_, last)) = rows.last_mut() {
            *last += total - sum;
        }
        rows
    })
}

/// An expense with several payers or one payer, or a payment, in one of two currencies.
fn any_entry() -> impl Strategy<Value = Entry<Member>> {
    let rows = (-10_000_i64..100_000).prop_flat_map(|total| {
        let payment = (0_u8..7, 0_u8..7).prop_map(move |(from, to)| (vec![(from, total)], vec![(to, total)]));
        let expense = (0_u8..7, rows(total)).prop_map(move |(payer, shares)| (vec![(payer, total)], shares));
        prop_oneof![payment, expense, (rows(total), rows(total))]
    });
    (rows, any::<bool>()).prop_map(|((payers, shares), dollars)| {
        Entry::of(&payers, &shares, currency(if dollars { "USD" } else { "EUR" })).unwrap()
    })
}

fn ledger(entries: &[Entry<Member>]) -> Ledger<Member> {
    let mut ledger = Ledger::default();
    for entry in entries {
        ledger.apply(entry).unwrap();
    }
    ledger
}

/// The debts owed to each member minus the debts that the member owes.
fn margins<'a>(
    debts: impl IntoIterator<Item = (&'a (Member, Member, Currency), &'a i64)>,
) -> BTreeMap<(Member, Currency), i64> {
    let mut margins = BTreeMap::new();
    for ((from, to, currency), minor) in debts {
        *margins.entry((*from, *currency)).or_insert(0) -= minor;
        *margins.entry((*to, *currency)).or_insert(0) += minor;
    }
    margins
}

fn without_zeros(nets: &BTreeMap<(Member, Currency), i64>) -> BTreeMap<(Member, Currency), i64> {
    nets.iter().filter(|(_, net)| **net != 0).map(|(key, net)| (*key, *net)).collect()
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn nets_are_what_was_paid_less_the_share(payers in rows(10_000), shares in rows(10_000)) {
        let entry = Entry::of(&payers, &shares, euro()).unwrap();
        let of = |rows: &[(Member, i64)], member: Member| rows.iter().find(|row| row.0 == member).map_or(0, |row| row.1);
        let members: BTreeSet<Member> = payers.iter().chain(&shares).map(|(member, _)| *member).collect();
        let expected = members.into_iter().map(|member| ((member, euro()), of(&payers, member) - of(&shares, member)));
        prop_assert_eq!(entry.nets(), &expected.collect());
    }

    #[test]
    fn debts_of_an_entry_make_its_nets(entry in any_entry()) {
        prop_assert!(entry.debts().iter().all(|((from, to, _), minor)| from != to && *minor > 0));
        prop_assert_eq!(margins(entry.debts()), without_zeros(entry.nets()));
        prop_assert!(entry.debts().len() < entry.nets().len());
    }

    #[test]
    fn a_ledger_adds_up_whatever_happens(entries in vec(any_entry(), 0..12)) {
        let ledger = ledger(&entries);
        prop_assert!(ledger.is_zero_sum());
        prop_assert!(ledger.debts.values().all(|minor| *minor > 0));
        prop_assert!(ledger.debts.keys().all(|(from, to, currency)| !ledger.debts.contains_key(&(*to, *from, *currency))));
        prop_assert_eq!(without_zeros(&margins(&ledger.debts)), without_zeros(&ledger.nets));
        let touched: BTreeSet<_> = entries.iter().flat_map(|entry| entry.nets().keys().copied()).collect();
        prop_assert!(ledger.nets.keys().eq(touched.iter()));
    }

    #[test]
    fn the_order_of_entries_does_not_matter(entries in vec(any_entry(), 0..8).prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle()))) {
        prop_assert_eq!(ledger(&entries.0), ledger(&entries.1));
    }

    #[test]
    fn two_ledgers_merge_into_the_ledger_of_both(left in vec(any_entry(), 0..6), right in vec(any_entry(), 0..6)) {
        let mut merged = ledger(&left);
        merged.merge(&ledger(&right)).unwrap();
        prop_assert_eq!(merged, ledger(&[left, right].concat()));
    }

    #[test]
    fn a_reversal_restores_nets_and_debts(before in vec(any_entry(), 0..6), entry in any_entry(), after in vec(any_entry(), 0..6)) {
        let mut restored = ledger(&before);
        restored.apply(&entry).unwrap();
        for entry in &after {
            restored.apply(entry).unwrap();
        }
        restored.apply(&entry.reversed().unwrap()).unwrap();
        let never_booked = ledger(&[before, after].concat());
        prop_assert_eq!(&restored.debts, &never_booked.debts);
        prop_assert_eq!(without_zeros(&restored.nets), without_zeros(&never_booked.nets));
        prop_assert!(never_booked.nets.keys().chain(entry.nets().keys()).all(|key| restored.nets.contains_key(key)));
        prop_assert_eq!(entry.reversed().unwrap().reversed(), Ok(entry));
    }

    #[test]
    fn a_reversed_expense_has_reversed_debts(payers in rows(10_000), shares in rows(10_000)) {
        let turn = |rows: &[(Member, i64)]| rows.iter().map(|(member, minor)| (*member, -minor)).collect::<Vec<_>>();
        let entry = Entry::of(&payers, &shares, euro()).unwrap();
        prop_assert_eq!(Entry::of(&turn(&payers), &turn(&shares), euro()), entry.reversed());
    }

    #[test]
    fn booking_either_settlement_leaves_nothing(entries in vec(any_entry(), 0..10), simplify: bool) {
        let mut ledger = ledger(&entries);
        let settlement = if simplify { settle(&ledger.nets).unwrap() } else { settle_debts(&ledger.debts) };
        for transfer in settlement.transfers {
            let minor = transfer.amount.minor;
            ledger.apply(&Entry::of(&[(transfer.from, minor)], &[(transfer.to, minor)], transfer.amount.currency).unwrap()).unwrap();
        }
        prop_assert!(ledger.nets.values().all(|net| *net == 0));
        // Simplified transfers may go to members other than the actual payers, so circular debts may remain.
        prop_assert!(simplify || ledger.debts.is_empty());
    }

    #[test]
    fn a_wrong_sum_of_payers_is_refused_with_the_difference(payers in rows(10_000), shares in rows(10_000), off in prop_oneof![-9_i64..0, 1_i64..9], who: Index) {
        let mut payers = payers;
        let index = who.index(payers.len());
        payers[index].1 += off;
        match Entry::of(&payers, &shares, euro()) {
            Err(LedgerRefusal::DoesNotAddUp { paid, shared, left }) => {
                prop_assert_eq!((paid.minor, shared.minor, left.minor), (10_000 + off, 10_000, -off));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn with_one_payer_everybody_owes_that_payer_their_share() {
    let entry = Entry::of(&[("ann", 90)], &[("ann", 30), ("ben", 40), ("cleo", 20)], euro()).unwrap();
    assert_eq!(*entry.debts(), BTreeMap::from([(("ben", "ann", euro()), 40), (("cleo", "ann", euro()), 20)]));
}

#[test]
fn several_payers_are_matched_in_order() {
    let shares = [("ann", 50), ("ben", 50), ("cleo", 50), ("dan", 50)];
    let entry = Entry::of(&[("ben", 120), ("ann", 80)], &shares, euro()).unwrap();
    let expected = [(("cleo", "ann", euro()), 30), (("cleo", "ben", euro()), 20), (("dan", "ben", euro()), 50)];
    assert_eq!(*entry.debts(), BTreeMap::from(expected));
}

#[test]
fn a_member_who_paid_exactly_the_own_share_has_no_debt() {
    let entry = Entry::of(&[("ann", 30), ("ben", 60)], &[("ann", 30), ("ben", 20), ("cleo", 40)], euro()).unwrap();
    assert_eq!(*entry.debts(), BTreeMap::from([(("cleo", "ben", euro()), 40)]));
    assert_eq!(entry.nets()[&("ann", euro())], 0);
}

#[test]
fn debts_between_two_are_netted() {
    let mut ledger = Ledger::default();
    let mut pay = |from: &'static str, to: &'static str, minor| {
        ledger.apply(&Entry::of(&[(from, minor)], &[(to, minor)], euro()).unwrap()).unwrap();
        ledger.debts.clone()
    };
    assert_eq!(pay("ann", "ben", 30), BTreeMap::from([(("ben", "ann", euro()), 30)]));
    assert_eq!(pay("ben", "ann", 50), BTreeMap::from([(("ann", "ben", euro()), 20)]));
    assert_eq!(pay("ann", "ben", 20), BTreeMap::new());
    assert_eq!(ledger.nets, BTreeMap::from([(("ann", euro()), 0), (("ben", euro()), 0)]));
}

#[test]
fn a_ledger_that_is_not_zero_sum_is_detected() {
    let nets = BTreeMap::from([(("ann", euro()), 5), (("ben", euro()), -5), (("ann", currency("USD")), 1)]);
    assert!(!Ledger { nets, debts: BTreeMap::new() }.is_zero_sum());
}

#[test]
fn refusals_say_what_is_wrong() {
    let refused = |payers: &[(&'static str, i64)], shares: &[(&'static str, i64)]| {
        Entry::of(payers, shares, euro()).unwrap_err().to_string()
    };
    assert_eq!(refused(&[("a", 80_00)], &[("b", 100_00)]), "80.00 of 100.00 EUR is paid, 20.00 EUR is left");
    assert_eq!(refused(&[("a", 100_01)], &[("b", 100_00)]), "100.01 of 100.00 EUR is paid, 0.01 EUR is too much");
    assert_eq!(refused(&[], &[("b", 1)]), "there must be at least one payer and one share");
    assert_eq!(refused(&[("a", 1)], &[]), "there must be at least one payer and one share");
    assert_eq!(refused(&[("a", 1), ("a", 1)], &[("b", 2)]), "a member is named twice");
    assert_eq!(refused(&[("a", 2)], &[("b", 1), ("b", 1)]), "a member is named twice");
}
