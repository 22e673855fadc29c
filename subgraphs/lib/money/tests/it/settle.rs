use std::{
    cmp::Reverse,
    collections::BTreeMap,
    iter,
    time::{Duration, Instant},
};

use money::{
    Currency, Settlement, Transfer,
    ledger::{Debts, Nets},
    settle::{SettleRefusal, settle, settle_debts},
};
use proptest::{prelude::*, sample::Index, test_runner::TestCaseResult};

use crate::{
    cases, currency, euro,
    families::{any_group, large_trip, nets, pairs_among_others, planted, random_cents, round_sums, trip},
    laws,
};

type Plan = Vec<(u8, u8, i64)>;

fn plan(nets: &Nets<u8>) -> Plan {
    let transfers = settle(nets).unwrap().transfers;
    transfers.into_iter().map(|transfer| (transfer.from, transfer.to, transfer.amount.minor)).collect()
}

fn book(nets: &mut Nets<u8>, (from, to, minor): (u8, u8, i64)) {
    *nets.get_mut(&(from, euro())).unwrap() += minor;
    *nets.get_mut(&(to, euro())).unwrap() -= minor;
}

fn open(nets: &Nets<u8>) -> Vec<i64> {
    nets.values().copied().filter(|net| *net != 0).collect()
}

fn check_plan(nets: &Nets<u8>, plan: &Plan) -> TestCaseResult {
    prop_assert!(plan.len() <= open(nets).len().saturating_sub(1));
    let mut left = nets.clone();
    for (from, to, minor) in plan {
        prop_assert!(*minor > 0 && nets[&(*from, euro())] < 0 && nets[&(*to, euro())] > 0);
        book(&mut left, (*from, *to, *minor));
    }
    prop_assert!(left.values().all(|net| *net == 0));
    prop_assert!(plan.is_sorted());
    Ok(())
}

/// Books the proposed transfers in any order until nothing is left, and checks that the plan is stable.
fn check_stability(mut nets: Nets<u8>, order: &[Index]) -> TestCaseResult {
    let mut expected = plan(&nets);
    for choice in order.iter().cycle() {
        if expected.is_empty() {
            break;
        }
        book(&mut nets, expected.remove(choice.index(expected.len())));
        prop_assert_eq!(&plan(&nets), &expected);
    }
    prop_assert!(nets.values().all(|net| *net == 0));
    Ok(())
}

fn any_order() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 8)
}

/// The fewest transfers, found by trying all partitions of the people into zero-sum groups.
fn fewest_transfers(open: &[i64]) -> usize {
    fn most_groups(zero_sum: &[bool], people: usize) -> usize {
        if people == 0 {
            return 0;
        }
        let first = people & people.wrapping_neg();
        let others = people ^ first;
        let subsets = iter::successors(Some(others), |subset| subset.checked_sub(1).map(|less| less & others));
        let groups = subsets.map(|subset| subset | first).filter(|group| zero_sum[*group]);
        groups.map(|group| 1 + most_groups(zero_sum, people ^ group)).max().unwrap_or(0)
    }
    let sum = |group: usize| -> i64 {
        (0..open.len()).filter(|person| group >> person & 1 == 1).map(|person| open[person]).sum()
    };
    let zero_sum: Vec<bool> = (0..1 << open.len()).map(|group| sum(group) == 0).collect();
    open.len() - most_groups(&zero_sum, (1 << open.len()) - 1)
}

/// All plans in which each transfer settles at least one person, found by exhaustive search.
fn every_plan(nets: &Nets<u8>, so_far: &mut Plan, found: &mut Vec<Plan>) {
    let people = |sign: i64| nets.iter().filter(move |(_, net)| **net * sign > 0);
    if people(-1).next().is_none() {
        let mut plan = so_far.clone();
        plan.sort_by_key(|(from, to, minor)| (*from, *to, Reverse(*minor)));
        found.push(plan);
    }
    for ((from, _), debt) in people(-1) {
        for ((to, _), credit) in people(1) {
            let transfer = (*from, *to, *credit.min(&-debt));
            let mut left = nets.clone();
            book(&mut left, transfer);
            so_far.push(transfer);
            every_plan(&left, so_far, found);
            so_far.pop();
        }
    }
}

/// The number of transfers of the greedy plan: the largest debtor always pays the largest creditor.
fn greedy_transfers(nets: &Nets<u8>) -> usize {
    let mut open = open(nets);
    let mut transfers = 0;
    while !open.is_empty() {
        open.sort_unstable();
        let (debt, credit) = (open[0], open[open.len() - 1]);
        let minor = credit.min(-debt);
        let last = open.len() - 1;
        (open[0], open[last]) = (debt + minor, credit - minor);
        open.retain(|net| *net != 0);
        transfers += 1;
    }
    transfers
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn a_plan_settles_everything(nets in any_group(1..=14)) {
        check_plan(&nets, &plan(&nets))?;
    }

    #[test]
    fn random_cents_take_the_fewest_transfers(nets in (2_usize..=9).prop_flat_map(random_cents)) {
        prop_assert_eq!(plan(&nets).len(), fewest_transfers(&open(&nets)));
    }

    #[test]
    fn round_sums_take_the_fewest_transfers(nets in (2_usize..=9).prop_flat_map(round_sums)) {
        prop_assert_eq!(plan(&nets).len(), fewest_transfers(&open(&nets)));
    }

    #[test]
    fn trips_take_the_fewest_transfers(nets in (2_usize..=9).prop_flat_map(trip)) {
        prop_assert_eq!(plan(&nets).len(), fewest_transfers(&open(&nets)));
    }

    #[test]
    fn planted_groups_take_the_fewest_transfers(nets in (2_usize..=9).prop_flat_map(planted)) {
        prop_assert_eq!(plan(&nets).len(), fewest_transfers(&open(&nets)));
    }

    #[test]
    fn the_plan_is_the_least_of_all_with_the_fewest_transfers(nets in any_group(2..=6)) {
        let mut found = Vec::new();
        every_plan(&nets, &mut Vec::new(), &mut found);
        let least = found.into_iter().min_by_key(|plan| {
            (plan.len(), plan.iter().map(|(from, to, minor)| (*from, *to, Reverse(*minor))).collect::<Vec<_>>())
        });
        prop_assert_eq!(Some(plan(&nets)), least);
    }

    #[test]
    fn booking_any_transfer_leaves_the_rest_of_the_plan(nets in any_group(2..=12), order in any_order()) {
        check_stability(nets, &order)?;
    }

    #[test]
    fn forty_people_never_take_more_than_greedy(nets in any_group(40..=40)) {
        let plan = plan(&nets);
        check_plan(&nets, &plan)?;
        prop_assert!(plan.len() <= greedy_transfers(&nets));
    }

    #[test]
    fn currencies_and_settled_people_do_not_affect_each_other(nets in any_group(2..=8), zeros in any::<u8>()) {
        let dollar = currency("USD");
        let mut both: Nets<u8> = nets.clone();
        both.extend(nets.iter().map(|((person, _), net)| ((*person, dollar), -net)));
        both.insert((zeros.saturating_add(100), dollar), 0);
        let transfers = settle(&both).unwrap().transfers;
        let euros: Vec<_> = transfers.iter().filter(|transfer| transfer.amount.currency == euro()).cloned().collect();
        prop_assert_eq!(euros, settle(&nets).unwrap().transfers);
        prop_assert!(transfers.is_sorted_by_key(|transfer| (transfer.amount.currency, transfer.from, transfer.to)));
    }

    #[test]
    fn balances_that_are_not_zero_sum_are_refused(nets in any_group(2..=8), off in prop_oneof![-9_i64..0, 1_i64..9], who: Index) {
        let mut nets = nets;
        let person = *nets.keys().nth(who.index(nets.len())).unwrap();
        *nets.get_mut(&person).unwrap() += off;
        prop_assert_eq!(settle(&nets), Err(SettleRefusal::NotZeroSum { currency: euro() }));
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn twelve_people_take_the_fewest_transfers(nets in any_group(10..=12)) {
        prop_assert_eq!(plan(&nets).len(), fewest_transfers(&open(&nets)));
    }

    #[test]
    fn hidden_groups_are_found(people in 13_u8..=20, balances in prop::collection::vec(-12_i64..=12, 20)) {
        // Two zero-sum halves that are also settled separately.
        let (one, other) = balances[..usize::from(people)].split_at(usize::from(people / 2));
        let both: Vec<i64> = nets(one.to_vec()).into_values().chain(nets(other.to_vec()).into_values()).collect();
        let apart = plan(&nets(one.to_vec())).len() + plan(&nets(other.to_vec())).len();
        prop_assert!(plan(&nets(both)).len() <= apart);
    }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn twenty_people_are_stable_and_proved(nets in any_group(20..=20), order in any_order()) {
        prop_assert!(settle(&nets).unwrap().minimal);
        check_stability(nets, &order)?;
    }

    #[test]
    fn a_large_trip_is_stable_and_proved(nets in (21_usize..=40).prop_flat_map(large_trip), order in any_order()) {
        prop_assert!(settle(&nets).unwrap().minimal);
        check_stability(nets, &order)?;
    }

    #[test]
    fn pairs_among_more_than_twenty_are_stable_and_proved(nets in (21_usize..=27).prop_flat_map(|people| pairs_among_others(people, 5_000)), order in any_order()) {
        prop_assert!(settle(&nets).unwrap().minimal);
        check_stability(nets, &order)?;
    }

    #[test]
    fn pairs_that_appear_while_booking_do_not_change_the_plan(nets in (24_usize..=25).prop_flat_map(|people| pairs_among_others(people, 40)), order in any_order()) {
        check_stability(nets, &order)?;
    }
}

/// Only release builds are measured, because the time limit does not apply to unoptimised code.
#[test]
fn twenty_people_are_settled_within_a_second() {
    let hardest = [
        nets((1..=20).map(|person| (1 << person) * if person % 2 == 0 { 1 } else { -1 }).collect()),
        nets((1..=20).map(|person| person * if person % 2 == 0 { 100 } else { -100 }).collect()),
        nets((0..20).map(|person| if person < 10 { 100 + person } else { -91 - person }).collect()),
    ];
    for nets in hardest {
        let begin = Instant::now();
        assert!(settle(&nets).unwrap().minimal);
        assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    }
}

/// Both cases would take far longer without the search budget.
#[test]
fn thousands_of_people_are_settled_within_five_seconds() {
    let cubes = (1..=1_000).map(|person: i64| person.pow(3));
    let pairs = cubes.clone().map(|cube| -cube).chain(cubes.rev()).collect::<Vec<_>>();
    let two_prices = iter::repeat_n(-2, 1_200).chain(iter::repeat_n(3, 800)).collect();
    for balances in [pairs, two_prices] {
        let nets: Nets<u16> = (0..).zip(balances).map(|(person, balance)| ((person, euro()), balance)).collect();
        let begin = Instant::now();
        assert!(!settle(&nets).unwrap().transfers.is_empty());
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    }
}

/// Without one budget for all of them, a hundred and fifty would take as long as each of them, a hundred and fifty times.
#[test]
fn many_currencies_take_no_longer_than_a_few() {
    let triples = (1..=7).flat_map(|n: i64| {
        let (a, b) = (1_000 + 37 * n * n, 5_000 + 211 * n * n * n);
        [a, b, -a - b]
    });
    let balances: Vec<i64> = triples.chain([77_777, -77_777]).collect();
    let time = |currencies: usize| {
        let rows = Currency::all()
            .take(currencies)
            .flat_map(|currency| (0_u8..).zip(&balances).map(move |(person, balance)| ((person, currency), *balance)));
        let (nets, begin): (Nets<u8>, _) = (rows.collect(), Instant::now());
        assert!(settle(&nets).unwrap().transfers.len() >= 15 * currencies);
        begin.elapsed()
    };
    let (few, many) = (time(8), time(150));
    assert!(many < 8 * few + Duration::from_secs(1), "{many:?} for 150, {few:?} for 8");
}

/// Repeated a thousand times, so that a search would exceed the time limit.
#[test]
fn a_single_debtor_or_creditor_needs_no_search() {
    for sign in [-1, 1] {
        let nets = nets((0..20).map(|person| if person == 19 { 0 } else { sign * (1 << person) }).collect());
        let begin = Instant::now();
        for _ in 0..1_000 {
            assert_eq!(settle(&nets).unwrap().transfers.len(), 19);
        }
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    }
}

#[test]
fn known_traps_of_greedy_are_avoided() {
    assert_eq!(plan(&nets(vec![-200, 200, 800, -800])), [(0, 1, 200), (3, 2, 800)]);
    assert_eq!(plan(&nets(vec![300, 500, -500, -700, 400])).len(), 3);
}

#[test]
fn nothing_to_settle_is_settled() {
    let nothing = Settlement { transfers: Vec::new(), minimal: true };
    assert_eq!(settle(&Nets::<u8>::new()), Ok(nothing.clone()));
    assert_eq!(settle(&nets(vec![0, 0])), Ok(nothing.clone()));
    assert_eq!(settle_debts(&Debts::<u8>::new()), nothing);
}

#[test]
fn a_large_group_with_one_creditor_is_proved_minimal() {
    let settlement = settle(&nets((1..=200).map(|person| if person == 200 { 0 } else { -person }).collect())).unwrap();
    assert_eq!((settlement.transfers.len(), settlement.minimal), (199, true));
}

#[test]
fn a_large_group_of_pairs_is_proved_minimal() {
    let balances = (1..=90).map(|person: i64| person.pow(4)).chain((1..=90).map(|person: i64| -person.pow(4)));
    let settlement = settle(&nets(balances.collect())).unwrap();
    assert_eq!((settlement.transfers.len(), settlement.minimal), (90, true));
}

#[test]
fn triples_in_a_large_group_are_found_and_proved() {
    // Only unions of whole triples add up to zero, so no group can be smaller than a triple.
    let triples = (0..13).map(|power| (-4_i64).pow(power)).flat_map(|unit| [unit, -3 * unit, 2 * unit]);
    let settlement = settle(&nets(triples.collect())).unwrap();
    assert_eq!((settlement.transfers.len(), settlement.minimal), (26, true));
}

#[test]
fn the_number_of_debtors_or_creditors_bounds_the_groups() {
    for sign in [-1, 1] {
        let large = (1..=30).map(|person: i64| 1_000 * person.pow(3));
        let balances = [-500, 500, -3, 1, 2].into_iter().chain(large).chain([0]).map(|balance| sign * balance);
        let settlement = settle(&nets(balances.collect())).unwrap();
        // A pair, a triple, and all the others in one group with the only large opposite balance.
        assert_eq!((settlement.transfers.len(), settlement.minimal), (1 + 2 + 30, true));
    }
}

#[test]
fn most_groups_that_greedy_breaks_up_are_found_in_a_large_group() {
    // Two triples for each of six magnitudes.
    let mixed_up =
        (0..6).map(|power| 100_i64.pow(power)).flat_map(|unit| [8, -5, -3, 7, -6, -1].map(|part| part * unit));
    let nets = nets(mixed_up.collect());
    assert!(plan(&nets).len() <= 25);
    assert_eq!(greedy_transfers(&nets), 30);
}

#[test]
fn a_large_group_without_proof_does_not_claim_one() {
    let balances = (1..=60).map(|person: i64| person.pow(5) * if person % 2 == 0 { 1 } else { -1 });
    assert!(!settle(&nets(balances.collect())).unwrap().minimal);
}

fn debts(
    rows: &[(&'static str, &'static str, Currency, i64)],
) -> BTreeMap<(&'static str, &'static str, Currency), i64> {
    rows.iter().map(|(from, to, currency, minor)| ((*from, *to, *currency), *minor)).collect()
}

#[test]
fn without_simplifying_each_debt_is_a_transfer() {
    let dollar = currency("USD");
    let settlement = settle_debts(&debts(&[("a", "b", dollar, 5), ("a", "b", euro(), 7), ("b", "c", euro(), 9)]));
    let rows: Vec<_> = settlement
        .transfers
        .iter()
        .map(|Transfer { from, to, amount }| (*from, *to, amount.currency.code(), amount.minor))
        .collect();
    assert_eq!(rows, [("a", "b", "EUR", 7), ("b", "c", "EUR", 9), ("a", "b", "USD", 5)]);
    assert!(!settlement.minimal);
}

#[test]
fn debts_of_separate_pairs_are_minimal() {
    let dollar = currency("USD");
    let apart = [("a", "b", euro(), 1), ("c", "d", euro(), 1), ("b", "c", dollar, 1)];
    assert!(settle_debts(&debts(&apart)).minimal);
}

#[test]
fn a_sum_that_is_not_zero_names_the_currency() {
    let refusal = settle(&Nets::from([((1_u8, euro()), 5)])).unwrap_err();
    assert_eq!(refusal.to_string(), "the balances in EUR do not add up to zero");
}
