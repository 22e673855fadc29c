//! Test cases of other expense splitters, see `tests/fixtures/README.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use money::{
    Amount, AmountRefusal, Currency, Entry, Item, Itemized, Ledger, Split, SplitRefusal, ledger::Nets, settle::settle,
    split::split,
};
use serde_json::Value;

use crate::euro;

/// Cases in which Quits deliberately differs, or which belong to another part of it, with the reason.
const NOT_OURS: &[(&str, &str)] = &[
    ("spliit-pct-60-20-normalised", "percentages that do not make 100 are refused, never taken as a ratio"),
    ("sc-subgroup-4", "couples do not settle as one: everybody has a balance of their own"),
    ("parse10", "decimals that the currency does not have are refused, never cut off"),
    ("fx-jpy-usd", "currencies stay apart: nothing is converted"),
    ("fx-eur-thb", "currencies stay apart: nothing is converted"),
    ("fx-neg", "currencies stay apart: nothing is converted"),
    ("fx-back-jpy", "currencies stay apart: nothing is converted"),
    ("fx-rate--1", "currencies stay apart: nothing is converted"),
    ("fx-rate-Infinity", "currencies stay apart: nothing is converted"),
];

type Rows = Vec<(String, i64)>;

fn cases(file: &str) -> Vec<(String, Value)> {
    let path = format!("{}/tests/fixtures/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let table: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = table["cases"].as_array().unwrap().iter();
    cases.map(|case| (case["id"].as_str().unwrap().to_owned(), case.clone())).collect()
}

/// Checks all cases of a file that are not in [`NOT_OURS`].
fn check_all(file: &str, check: impl Fn(&str, &Value)) {
    for (id, case) in cases(file) {
        if !NOT_OURS.iter().any(|(other, _)| *other == id) {
            check(&id, &case);
        }
    }
}

/// The cases use `XXX` if the currency does not matter.
fn currency(case: &Value) -> Currency {
    case["currency"].as_str().map_or(euro(), |code| Currency::from_code(code).unwrap_or(euro()))
}

fn rows(object: &Value) -> Rows {
    object.as_object().unwrap().iter().map(|(member, value)| (member.clone(), value.as_i64().unwrap())).collect()
}

fn hundredths(object: &Value, factor: i64) -> Vec<(String, u64)> {
    rows(object).into_iter().map(|(member, value)| (member, u64::try_from(value * factor).unwrap())).collect()
}

fn sorted(values: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut values: Vec<i64> = values.into_iter().collect();
    values.sort_unstable();
    values
}

fn way(mode: &str, inputs: &Value) -> Split<String> {
    match mode {
        "equal" => Split::Equal(rows(inputs).into_iter().filter(|row| row.1 > 0).map(|row| row.0).collect()),
        "shares" => Split::Weights(hundredths(inputs, 100)),
        "percent_bp" => Split::Percent(hundredths(inputs, 1)),
        "exact" => Split::Exact(rows(inputs)),
        "adjustment" => Split::Adjustments(rows(inputs)),
        "itemized" => receipt(inputs["items"].as_array().unwrap().iter().flat_map(items).collect()),
        other => panic!("unknown mode {other}"),
    }
}

fn receipt(items: Vec<Item<String>>) -> Split<String> {
    Split::Items(Itemized { items, tax: 0, tip: 0, discount: 0 })
}

/// An item with unequal shares becomes one item per member.
fn items(item: &Value) -> Vec<Item<String>> {
    let minor = item["amount"].as_i64().unwrap();
    let members = rows(&item["for"]);
    let all: i64 = members.iter().map(|(_, weight)| weight).sum();
    let item = |minor, members| Item { name: "item".to_owned(), minor, members };
    let is_equal = members.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if is_equal {
        return vec![item(minor, members.into_iter().map(|row| row.0).collect())];
    }
    members.into_iter().map(|(member, weight)| item(minor * weight / all, vec![member])).collect()
}

/// Adds the amount that no item covers as an item: Quits refuses such a receipt, but the other program splits the rest.
fn with_rest(way: Split<String>, case: &Value, left: i64) -> Split<String> {
    let Split::Items(mut receipt) = way else { panic!("only items leave a rest") };
    let inputs = &case["inputs"];
    let everybody =
        inputs["members"].as_array().unwrap().iter().map(|member| (member.as_str().unwrap().to_owned(), 1.into()));
    let rest = match &inputs["rest"] {
        Value::Null => serde_json::json!({ "amount": left, "for": everybody.collect::<serde_json::Map<_, _>>() }),
        rest => serde_json::json!({ "amount": left, "for": rest["for"] }),
    };
    receipt.items.extend(items(&rest));
    Split::Items(receipt)
}

fn check_split(id: &str, case: &Value) {
    let total = Amount::new(case["amount_minor"].as_i64().unwrap(), currency(case));
    let way = way(case["mode"].as_str().unwrap(), &case["inputs"]);
    let outcome = split(total, &way, 0);
    if case["expected_kind"] == "reject" {
        let sentence = outcome.expect_err(id).to_string();
        match id {
            "tricount-exact-80-of-100" => assert!(sentence.contains("80.00 of 100.00"), "{sentence}"),
            "spliit-605-over-by-1" => assert!(sentence.contains("0.01 USD is too much"), "{sentence}"),
            _ => {}
        }
        return;
    }
    let shares = match outcome {
        Err(SplitRefusal::DoesNotAddUp { left, .. }) if case["mode"] == "itemized" => {
            split(total, &with_rest(way, case, left.minor), 0).expect(id)
        }
        outcome => outcome.expect(id),
    };
    if let Some(expected) = case.get("expected_net") {
        let payer = case["payer"].as_str().unwrap().to_owned();
        let entry = Entry::of(&[(payer, total.minor)], &shares, total.currency).unwrap();
        for (member, expected) in rows(expected) {
            let net = entry.nets().get(&(member.clone(), total.currency)).copied().unwrap_or(0);
            assert_eq!(net, expected, "{id}: {member}");
        }
    }
    let expected = &case["expected"];
    match case["expected_kind"].as_str().unwrap() {
        "exact" => {
            let shares: BTreeMap<_, _> = shares.into_iter().collect();
            for (member, share) in rows(expected) {
                assert_eq!(shares.get(&member).copied().unwrap_or(0), share, "{id}: {member}");
            }
        }
        "multiset" | "ordered_first_gets_extra" => {
            let expected = expected.as_array().unwrap().iter().map(|share| share.as_i64().unwrap());
            assert_eq!(sorted(shares.into_iter().map(|row| row.1)), sorted(expected), "{id}");
        }
        other => panic!("{id}: unknown kind {other}"),
    }
}

#[test]
fn splits() {
    check_all("splits", check_split);
}

#[test]
fn percentages_are_not_normalised() {
    let way = Split::Percent(vec![("alice", 60_00), ("bob", 20_00)]);
    let refusal = split(Amount::new(100, euro()), &way, 0).unwrap_err();
    assert_eq!(refusal, SplitRefusal::NotHundredPercent { hundredths: 80_00 });
}

/// The shares of one expense. If only nets are known, a share is the amount paid minus the net.
fn shares(expense: &Value, total: Amount, paid: &Rows, seed: u64) -> Result<Rows, SplitRefusal> {
    let (mode, owed) = expense["owed"].as_object().unwrap().iter().next().unwrap();
    match mode.as_str() {
        "equal" => {
            let members = owed.as_array().unwrap().iter().map(|member| member.as_str().unwrap().to_owned());
            split(total, &Split::Equal(members.collect()), seed)
        }
        "net" => {
            let paid: BTreeMap<_, _> = paid.iter().cloned().collect();
            let share = |(member, net): (String, i64)| (member.clone(), paid.get(&member).unwrap_or(&0) - net);
            Ok(rows(owed).into_iter().map(share).collect())
        }
        mode => split(total, &way(mode, owed), seed),
    }
}

fn balances(case: &Value) -> Result<Ledger<String>, SplitRefusal> {
    let mut ledger = Ledger::default();
    for (seed, expense) in (0..).zip(case["expenses"].as_array().unwrap()) {
        let total = Amount::new(expense["amount"].as_i64().unwrap(), currency(case));
        let paid = rows(&expense["paid"]);
        let shares = shares(expense, total, &paid, seed)?;
        ledger.apply(&Entry::of(&paid, &shares, total.currency).unwrap()).unwrap();
    }
    Ok(ledger)
}

fn check_balances(id: &str, case: &Value) {
    let kind = case["expected_kind"].as_str().unwrap();
    let outcome = balances(case);
    if kind == "reject" {
        assert!(matches!(outcome, Err(SplitRefusal::DoesNotAddUp { .. })), "{id}: {outcome:?}");
        return;
    }
    let ledger = outcome.expect(id);
    let tolerance = match kind {
        "exact" | "rounded" | "global_rounding_rule" => 0,
        "within_1" => 1,
        other => panic!("{id}: unknown kind {other}"),
    };
    for (member, expected) in rows(&case["expected"]) {
        let net = ledger.nets.get(&(member.clone(), currency(case))).copied().unwrap_or(0);
        assert!((net - expected).abs() <= tolerance, "{id}: {member} has {net}, not {expected}");
    }
    if let Some(expected) = case.get("settlements") {
        assert_eq!(transfers(&ledger.nets), listed(expected), "{id}");
    }
}

#[test]
fn nets_after_expenses_and_payments() {
    check_all("balances", check_balances);
}

type Transfers = BTreeSet<(String, String, i64)>;

fn transfers(nets: &Nets<String>) -> Transfers {
    let transfers = settle(nets).unwrap().transfers;
    transfers.into_iter().map(|transfer| (transfer.from, transfer.to, transfer.amount.minor)).collect()
}

fn listed(rows: &Value) -> Transfers {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: &Value| (text(&row[0]), text(&row[1]), row[2].as_i64().unwrap());
    rows.as_array().unwrap().iter().map(row).collect()
}

fn check_settlement(id: &str, case: &Value) {
    let nets: Nets<String> = rows(&case["balances"]).into_iter().map(|(member, net)| ((member, euro()), net)).collect();
    let begin = Instant::now();
    let plan = transfers(&nets);
    if let Some(limit) = case["time_limit_ms"].as_u64() {
        assert!(begin.elapsed() < Duration::from_millis(limit), "{id}: {:?}", begin.elapsed());
    }
    assert!(settle(&nets).unwrap().minimal, "{id}");
    let number = |field: &str| case[field].as_u64().map(|number| usize::try_from(number).unwrap());
    if let Some(count) = number("min_transfers").or(number("expected_transfers_count")) {
        assert_eq!(plan.len(), count, "{id}");
    }
    if let Some(most) = number("max_transfers") {
        assert!(plan.len() <= most, "{id}");
    }
    if let Some(total) = case["total_moved"].as_i64() {
        assert_eq!(plan.iter().map(|(_, _, minor)| minor).sum::<i64>(), total, "{id}");
    }
    if let Some(expected) = case.get("transfers") {
        assert_eq!(plan, listed(expected), "{id}");
    }
    if case.get("stability").is_some() {
        for transfer in &plan {
            check_rest_stays(&nets, &plan, transfer);
        }
    }
}

fn check_rest_stays(nets: &Nets<String>, plan: &Transfers, transfer: &(String, String, i64)) {
    let mut nets = nets.clone();
    let (from, to, minor) = transfer;
    *nets.get_mut(&(from.clone(), euro())).unwrap() += minor;
    *nets.get_mut(&(to.clone(), euro())).unwrap() -= minor;
    let rest: Transfers = plan.iter().filter(|other| *other != transfer).cloned().collect();
    assert_eq!(transfers(&nets), rest);
}

#[test]
fn settlements() {
    check_all("settlements", check_settlement);
}

fn check_text(id: &str, case: &Value) {
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap();
    let (text, currency) = match case["op"].as_str().unwrap() {
        "parse en-US USD" => (case["input"].as_str().unwrap().to_owned(), crate::currency("USD")),
        "parse csv amount" => (case["input"].as_str().unwrap().to_owned(), currency(case)),
        // Symbols and separators of a locale belong to the app; only digits are compared.
        "format" => {
            let digits = case["text"].as_str().unwrap().chars().filter(|c| c.is_ascii_digit() || *c == '.');
            (digits.collect(), currency(case))
        }
        other => panic!("{id}: unknown operation {other}"),
    };
    let amount = Amount::parse(&text, currency).expect(id);
    assert_eq!(amount.minor, number(&case["minor"]), "{id}");
    assert_eq!(Amount::parse(&amount.to_string(), currency), Ok(amount), "{id}");
}

#[test]
fn amounts_as_text() {
    check_all("money_text_and_fx", check_text);
    let refusal = Amount::parse("0.000000000000000000000000000001", crate::currency("USD"));
    assert_eq!(refusal, Err(AmountRefusal::TooManyDecimals { allowed: 2 }));
}

#[test]
fn every_excluded_case_exists() {
    let files = ["splits", "balances", "settlements", "money_text_and_fx"];
    let ids: BTreeSet<String> = files.into_iter().flat_map(cases).map(|(id, _)| id).collect();
    for (id, reason) in NOT_OURS {
        assert!(ids.contains(*id), "no case {id} ({reason})");
    }
}
