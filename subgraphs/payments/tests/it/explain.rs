//! Explanations: the parts of a balance or a proposed transfer add up to it exactly.

use kit::testing::{person, through_router};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const PARTS: &str =
    "because(first: 2, after: $after) { edges { node { expense { id } payment { id } otherReceiver { id } member { id }
    amount { amount } } } pageInfo { hasNextPage endCursor } }";

/// Parses an amount to cents.
fn cents(amount: &Value) -> i64 {
    let text = amount["amount"].as_str().unwrap();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    sign * digits.replace('.', "").parse::<i64>().unwrap()
}

/// Collects all parts of one balance or transfer, page by page.
async fn parts(fixture: &Fixture, group: &Value, list: &str, place: usize) -> (i64, Vec<Value>) {
    parts_of(fixture, group, (list, ""), place).await
}

/// Like [`parts`], of a list with arguments.
async fn parts_of(
    fixture: &Fixture,
    group: &Value,
    (list, arguments): (&str, &str),
    place: usize,
) -> (i64, Vec<Value>) {
    let fields = if list == "balances" {
        format!("balances{arguments} {{ net {{ amount }}")
    } else {
        format!("settlement{arguments} {{ transfers {{ amount {{ amount }}")
    };
    let close = if list == "balances" { "}" } else { "} }" };
    let query = format!(
        "query($r: [_Any!]!, $after: String) {{ _entities(representations: $r) {{ ... on Group {{ {fields} {PARTS} {close} }} }} }}"
    );
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = fixture.subgraph.data(&fixture.router(0), &query, json!({ "r": [group], "after": after })).await;
        let group = &data["_entities"][0];
        let row = if list == "balances" { &group["balances"][place] } else { &group["settlement"]["transfers"][place] };
        let edges = row["because"]["edges"].as_array().unwrap();
        found.extend(edges.iter().map(|edge| edge["node"].clone()));
        if row["because"]["pageInfo"]["hasNextPage"] == false {
            let whole = if list == "balances" { &row["net"] } else { &row["amount"] };
            return (cents(whole), found);
        }
        after = row["because"]["pageInfo"]["endCursor"].clone();
    }
}

fn sum(parts: &[Value]) -> i64 {
    parts.iter().map(|part| cents(&part["amount"])).sum()
}

/// A group in which the second owes the first 20.00 and the third 30.00, because of five expenses and two payments.
async fn a_history() -> (Fixture, Value) {
    let fixture = Fixture::open().await;
    let [a, b, c] = [0, 1, 2].map(|place| fixture.member(place));
    for (date, payer, minor) in
        [("2026-01-01", a, 10_00), ("2026-01-03", a, 20_00), ("2026-01-05", c, 25_00), ("2026-01-07", c, 15_00)]
    {
        fixture.expenses.add(date, &[(payer, minor)], &[(b, minor)]);
    }
    // An expense that moves nothing between them.
    fixture.expenses.add("2026-01-02", &[(b, 7_00)], &[(b, 7_00)]);
    for (key, to, date, amount) in [("one", a, "2026-01-04", "10.00"), ("two", c, "2026-01-06", "10.00")] {
        let changes = json!({
            "toMemberId": to.to_string(), "date": date, "amount": { "amount": amount, "currency": "EUR" },
        });
        fixture.record(1, fixture.cash_with(key, &changes)).await;
    }
    let net = |place: usize, amount: &str| json!({ "memberId": fixture.member(place).to_string(), "amount": amount, "currency": "EUR" });
    let debt = |place: usize, amount: &str| {
        let (from, to) = (fixture.member(1).to_string(), fixture.member(place).to_string());
        json!({ "from": from, "to": to, "amount": amount, "currency": "EUR" })
    };
    let mut group = fixture.represented();
    group["expenseNets"]["nets"] = json!([net(0, "30.00"), net(1, "-70.00"), net(2, "40.00")]);
    group["expenseNets"]["debts"] = json!([debt(0, "30.00"), debt(2, "40.00")]);
    (fixture, group)
}

#[tokio::test]
async fn the_parts_of_a_balance_add_up_to_it() {
    let (fixture, group) = a_history().await;
    for place in 0..3 {
        let (net, parts) = parts(&fixture, &group, "balances", place).await;
        assert_eq!(sum(&parts), net, "{parts:#?}");
    }
    let (net, parts) = parts(&fixture, &group, "balances", 1).await;
    assert_eq!((net, parts.len()), (-50_00, 6));
    // Expenses and payments are mixed, the newest first.
    let kinds: Vec<_> = parts.iter().map(|part| part["payment"].is_object()).collect();
    assert_eq!(kinds, [false, true, false, true, false, false]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_parts_of_a_transfer_add_up_to_it_with_and_without_simplifying() {
    let (fixture, mut group) = a_history().await;
    for place in 0..2 {
        let (amount, parts) = parts(&fixture, &group, "transfers", place).await;
        assert_eq!(sum(&parts), amount, "{parts:#?}");
        assert!(parts[0]["otherReceiver"].is_object(), "what is paid to the other is taken off");
    }
    group["simplify"] = json!(false);
    for (place, count) in [(0, 3), (1, 3)] {
        let (amount, parts) = parts(&fixture, &group, "transfers", place).await;
        assert_eq!((sum(&parts), parts.len()), (amount, count), "{parts:#?}");
        assert!(parts.iter().all(|part| part["otherReceiver"].is_null()));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_parts_of_a_household_add_up_over_all_its_members() {
    let together = "(perHousehold: true)";
    // The household of the first two owes the third 30.00; that of the first and the third is owed 50.00.
    for (household, payers, whole) in [([0, 1], vec![0, 1], 30_00), ([0, 2], vec![1], 50_00)] {
        let (mut fixture, mut group) = a_history().await;
        fixture.settle_together(&household);
        let payers: Vec<_> = payers.iter().map(|place| fixture.member(*place).to_string()).collect();
        for simplify in [true, false] {
            group["simplify"] = json!(simplify);
            let (amount, parts) = parts_of(&fixture, &group, ("transfers", together), 0).await;
            assert_eq!((sum(&parts), amount), (whole, whole), "{parts:#?}");
            let mut of: Vec<_> = parts.iter().map(|part| part["member"]["id"].as_str().unwrap()).collect();
            of.dedup();
            assert!(of.iter().all(|member| payers.contains(&(*member).to_owned())), "{of:?}");
            assert!(!simplify || of.len() == payers.len(), "one member after the other");
        }
        let mut nets = Vec::new();
        for place in 0..2 {
            let (net, parts) = parts_of(&fixture, &group, ("balances", together), place).await;
            assert_eq!(sum(&parts), net, "{parts:#?}");
            nets.push(net);
        }
        nets.sort_unstable();
        assert_eq!(nets, [-whole, whole]);
        fixture.subgraph.close().await;
    }
}

#[tokio::test]
async fn a_voided_payment_is_not_a_part() {
    let (fixture, group) = a_history().await;
    let id = fixture.record(1, fixture.cash("k")).await["id"].take();
    let before = parts(&fixture, &group, "balances", 0).await;
    let void = "mutation($id: ID!) { voidPayment(id: $id) { id } }";
    fixture.subgraph.data(&fixture.caller(1), void, json!({ "id": id })).await;
    let after = parts(&fixture, &group, "balances", 0).await;
    assert_eq!((before.1.len(), after.1.len()), (4, 3));
    assert_eq!(sum(&after.1), after.0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_stranger_gets_no_explanation() {
    let (fixture, group) = a_history().await;
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { balances {
        because { edges { node { amount { amount } } } } } } } }";
    let stranger = through_router(person(contracts::UserId::new()));
    let answer = fixture.subgraph.data(&stranger, query, json!({ "r": [group] })).await;
    assert_eq!(answer["_entities"], json!([null]));
    let anonymous = through_router(kit::Caller::anonymous());
    assert_eq!(fixture.subgraph.code(&anonymous, query, json!({ "r": [group] })).await, "UNAUTHENTICATED");
    let broken = query.replace("because {", "because(after: \"?\") {");
    let answer = fixture.subgraph.ask(&fixture.router(0), &broken, json!({ "r": [group] })).await;
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "after" }));
    fixture.subgraph.close().await;
}
