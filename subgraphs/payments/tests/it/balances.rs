//! Balances and settlements, from payments and from the expense nets that the router provides.

use std::sync::atomic::Ordering;

use contracts::{MemberId, UserId, testing::roster};
use kit::testing::{person, through_router};
use serde_json::{Value, json};

use crate::fixture::{Fixture, RECORD};

const BALANCES: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group {
    id ledgerVersion payments { totalCount } balances { member { id } net { amount currency } }
    settlement { minimal ledgerVersion transfers { from { id } to { id } amount { amount currency } } } } } }";

/// Returns the router's response for one group, and the number of failed fields.
async fn balances(fixture: &Fixture, representation: Value) -> (Value, usize) {
    let mut answer = fixture.subgraph.ask(&fixture.router(0), BALANCES, json!({ "r": [representation] })).await;
    let errors = answer["errors"].as_array().map_or(0, Vec::len);
    (answer["data"]["_entities"][0].take(), errors)
}

fn nets(fixture: &Fixture, group: &Value) -> Vec<(usize, String)> {
    let rows = group["balances"].as_array().unwrap().iter();
    rows.map(|row| {
        let place = (0..4).find(|place| row["member"]["id"] == fixture.member(*place).to_string()).unwrap();
        let net = |name: &str| row["net"][name].as_str().unwrap().to_owned();
        (place, format!("{} {}", net("amount"), net("currency")))
    })
    .collect()
}

fn transfers(fixture: &Fixture, group: &Value) -> Vec<(usize, usize, String)> {
    let place = |id: &Value| (0..4).find(|place| *id == fixture.member(*place).to_string()).unwrap();
    let rows = group["settlement"]["transfers"].as_array().unwrap().iter();
    rows.map(|row| {
        let amount = row["amount"]["amount"].as_str().unwrap().to_owned();
        (place(&row["from"]["id"]), place(&row["to"]["id"]), amount)
    })
    .collect()
}

#[tokio::test]
async fn the_members_of_a_household_settle_as_one() {
    let mut fixture = Fixture::open().await;
    fixture.settle_together(&[0, 1]);
    let query = BALANCES
        .replace("balances {", "balances(perHousehold: true) { because { pageInfo { hasNextPage } }")
        .replace("settlement {", "settlement(perHousehold: true) {");
    let ask = async |query: &str| {
        let answer = fixture.subgraph.ask(&fixture.router(0), query, json!({ "r": [fixture.represented()] })).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["_entities"][0].clone()
    };
    // 0 is owed 66.66, of which 33.33 by 1, who is of the same household.
    let together = ask(&query).await;
    let expected = [(0, "33.33 EUR"), (2, "-33.33 EUR")].map(|(place, net)| (place, net.to_owned()));
    assert_eq!(nets(&fixture, &together), expected);
    assert_eq!(transfers(&fixture, &together), [(2, 0, "33.33".to_owned())]);
    assert!(together["balances"][0]["because"].is_object(), "{together:#}");

    let alone = ask(BALANCES).await;
    let expected = [(0, "66.66 EUR"), (1, "-33.33 EUR"), (2, "-33.33 EUR")].map(|(place, net)| (place, net.to_owned()));
    assert_eq!(nets(&fixture, &alone), expected);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_balance_is_the_sum_of_expenses_and_payments() {
    let fixture = Fixture::open().await;
    let (before, _) = balances(&fixture, fixture.represented()).await;
    let expected = [(0, "66.66 EUR"), (1, "-33.33 EUR"), (2, "-33.33 EUR")].map(|(place, net)| (place, net.to_owned()));
    assert_eq!(nets(&fixture, &before), expected);
    assert_eq!((&before["ledgerVersion"], &before["settlement"]["ledgerVersion"]), (&json!(4), &json!(4)));
    let plan = [(1, 0, "33.33"), (2, 0, "33.33")].map(|(from, to, amount)| (from, to, amount.to_owned()));
    assert_eq!(transfers(&fixture, &before), plan);
    assert_eq!(before["settlement"]["minimal"], true);

    // After the proposed transfer is paid, one balance is zero and the rest of the plan is unchanged.
    let amount = json!({ "amount": { "amount": "33.33", "currency": "EUR" } });
    fixture.record(1, fixture.cash_with("k", &amount)).await;
    let yen = json!({ "amount": { "amount": "500", "currency": "JPY" } });
    fixture.record(1, fixture.cash_with("yen", &yen)).await;
    let (after, errors) = balances(&fixture, fixture.represented()).await;
    assert_eq!(errors, 0);
    let expected = [(0, "33.33 EUR"), (0, "-500 JPY"), (1, "0.00 EUR"), (1, "500 JPY"), (2, "-33.33 EUR")];
    assert_eq!(nets(&fixture, &after), expected.map(|(place, net)| (place, net.to_owned())));
    assert_eq!(after["ledgerVersion"], 6);
    let plan = [(2, 0, "33.33"), (0, 1, "500")].map(|(from, to, amount)| (from, to, amount.to_owned()));
    assert_eq!(transfers(&fixture, &after), plan);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn without_simplifying_the_transfers_follow_the_debts() {
    let fixture = Fixture::open().await;
    let third = json!({ "fromMemberId": fixture.member(0).to_string(), "toMemberId": fixture.member(2).to_string() });
    fixture.record(0, fixture.cash_with("k", &third)).await;
    let mut group = fixture.represented();
    group["simplify"] = json!(false);
    let (group, errors) = balances(&fixture, group).await;
    assert_eq!(errors, 0);
    let plan = [(1, 0, "33.33"), (2, 0, "63.33")].map(|(from, to, amount)| (from, to, amount.to_owned()));
    assert_eq!(transfers(&fixture, &group), plan);
    fixture.subgraph.close().await;
}

/// Debts can be thousands of rows and are only needed without simplifying.
#[tokio::test]
async fn debts_are_required_only_without_simplifying() {
    let fixture = Fixture::open().await;
    fixture.record(1, fixture.cash("k")).await;
    let mut group = fixture.represented();
    let (with_debts, _) = balances(&fixture, group.clone()).await;
    group["expenseNets"]["debts"] = Value::Null;
    let (without, errors) = balances(&fixture, group.clone()).await;
    assert_eq!((errors, &without), (0, &with_debts));
    group["simplify"] = json!(false);
    let (refused, errors) = balances(&fixture, group).await;
    assert_eq!(errors, 3, "{refused:#}");
    assert_eq!([&refused["balances"], &refused["settlement"]], [&Value::Null; 2]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn missing_or_malformed_required_fields_are_refused_and_never_zero() {
    let fixture = Fixture::open().await;
    fixture.record(0, fixture.cash("k")).await;
    let whole = fixture.represented();
    let without = |name: &str| {
        let mut group = whole.clone();
        group.as_object_mut().unwrap().remove(name);
        group
    };
    let with = |path: &str, value: Value| {
        let mut group = whole.clone();
        *group.pointer_mut(path).unwrap() = value;
        group
    };
    let stranger = MemberId::new().to_string();
    let row = whole["expenseNets"]["nets"][0].clone();
    let broken = [
        without("expenseNets"),
        without("simplify"),
        with("/expenseNets", Value::Null),
        with("/simplify", Value::Null),
        with("/simplify", json!("true")),
        with("/expenseNets/version", Value::Null),
        with("/expenseNets/version", json!(-1)),
        with("/expenseNets/version", json!(i32::MAX)),
        with("/expenseNets/nets", Value::Null),
        with("/expenseNets/nets", json!([])),
        with("/expenseNets/nets", json!([null])),
        with("/expenseNets/debts", json!([])),
        with("/expenseNets/debts/0", Value::Null),
        with("/expenseNets/nets/0/amount", json!("66.67")),
        with("/expenseNets/nets/0/amount", json!("66.660")),
        with("/expenseNets/nets/0/amount", json!(66.66)),
        with("/expenseNets/nets/0/amount", Value::Null),
        with("/expenseNets/nets/0/currency", json!("USD")),
        with("/expenseNets/nets/0/currency", json!("???")),
        with("/expenseNets/nets/0/memberId", json!("?")),
        with("/expenseNets/nets/0/memberId", json!(stranger)),
        with("/expenseNets/nets/1", row),
        with("/expenseNets/debts/0/amount", json!("-33.33")),
    ];
    for representation in broken {
        let (group, errors) = balances(&fixture, representation.clone()).await;
        let fields = [&group["balances"], &group["settlement"], &group["ledgerVersion"]];
        assert_eq!(fields, [&Value::Null; 3], "{representation:#}");
        assert_eq!(errors, 3, "{representation:#}");
        // The subgraph's own fields are still resolved.
        assert_eq!(group["payments"]["totalCount"], 1, "{representation:#}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_reached_from_within_the_subgraph_has_no_invented_balances() {
    let fixture = Fixture::open().await;
    let asked = RECORD.replace("group { id }", "group { id balances { net { amount } } ledgerVersion }");
    let answer = fixture.subgraph.ask(&fixture.caller(0), &asked, json!({ "input": fixture.cash("k") })).await;
    let payment = &answer["data"]["recordPayment"];
    assert_eq!(payment["amount"]["amount"], "30.00");
    assert_eq!((&payment["group"]["balances"], &payment["group"]["ledgerVersion"]), (&Value::Null, &Value::Null));
    let codes: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|e| &e["extensions"]["code"]).collect();
    assert_eq!(codes, ["INTERNAL", "INTERNAL"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_representation_proves_nothing() {
    let mut fixture = Fixture::open().await;
    fixture.leave(2);
    let foreign = roster(&[UserId::new()], 1);
    let mut group = fixture.represented();
    group["id"] = json!(foreign.group_id.to_string());
    fixture.groups.fixed.put(foreign);
    assert_eq!(balances(&fixture, group).await, (Value::Null, 0));

    // Neither former members nor strangers see the group.
    let stranger = through_router(person(UserId::new()));
    for (caller, seen) in [(fixture.router(1), true), (fixture.router(2), false), (stranger, false)] {
        let answer = fixture.subgraph.data(&caller, BALANCES, json!({ "r": [fixture.represented()] })).await;
        assert_eq!(answer["_entities"][0].is_object(), seen);
    }
    let direct = fixture.subgraph.code(&fixture.caller(0), BALANCES, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(direct, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn without_rosters_there_are_no_balances() {
    let fixture = Fixture::open().await;
    fixture.groups.down.store(true, Ordering::SeqCst);
    let code = fixture.subgraph.code(&fixture.router(0), BALANCES, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(code, "SERVICE_UNAVAILABLE");
    fixture.subgraph.close().await;
}

#[test]
fn the_three_fields_require_the_same() {
    let sdl = kit::sdl::<payments::Services>();
    let required: Vec<_> = sdl.lines().filter_map(|line| line.split_once("@requires(")).map(|(_, what)| what).collect();
    // The requirements of a group, and those of a user.
    for begin in ["fields: \"simplify", "fields: \"memberships { groupId memberId name simplify } expenseNets"] {
        let required: Vec<_> = required.iter().filter(|what| what.starts_with(begin)).collect();
        assert_eq!(required.len(), 3);
        assert!(required.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
