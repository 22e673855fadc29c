//! Cases from the tests of another expense splitter: see `tests/fixtures/README.md`.

use std::collections::BTreeMap;

use contracts::{Event, PaymentId, event::PaymentFacts, roster::Roster};
use money::{Amount, Currency};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, expense, group_key};

const CASES: &str = include_str!("../fixtures/reports.json");

fn case(id: &str) -> Value {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let found = cases["cases"].as_array().unwrap().iter().find(|case| case["id"] == id);
    found.expect("the case is in the file").clone()
}

/// An amount in cents.
fn cents(amount: &Value) -> i64 {
    amount["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

fn payment(group: &Roster, minor: i64) -> PaymentFacts {
    PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(minor, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[1].member_id,
    }
}

#[tokio::test]
async fn categories_add_up_and_reimbursements_are_no_spending() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let case = case("by-category");
    for entry in case["expenses"].as_array().unwrap() {
        let (category, minor) = (entry[0].as_str().unwrap(), entry[1].as_i64().unwrap());
        if entry[2] == "reimbursement" {
            let paid = Event::PaymentProcessed(payment(&group, minor));
            fixture.tell("payments", group.group_id.0, ben, paid).await;
        } else {
            let shares = [minor, 0];
            fixture.spend(&group, &Spending { date: "2026-11-22", category, currency: "EUR", shares: &shares }).await;
        }
    }
    let report = "report { byCategory { category total { amount } } }";
    let report = fixture.entity(ada, group_key(group.group_id), report).await;
    let rows = report["report"]["byCategory"].as_array().unwrap().iter();
    let found: Vec<Value> = rows.map(|row| json!([row["category"], cents(&row["total"])])).collect();
    assert_eq!(json!(found), case["expected"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn members_have_what_they_paid_and_what_they_used() {
    let fixture = Fixture::open().await;
    let people = [fixture.user("alice").await, fixture.user("bob").await];
    let group = fixture.group(&[("alice", people[0]), ("bob", people[1])]).await;
    let case = case("by-member");
    for entry in case["expenses"].as_array().unwrap() {
        let (minor, equal) = (entry["amount"].as_i64().unwrap(), entry["equal"].as_array().unwrap());
        assert_eq!((&entry["paid"], equal.len()), (&json!("alice"), 2), "the first member pays, for both");
        let spending =
            Spending { date: "2026-11-22", category: "other", currency: "EUR", shares: &[minor / 2, minor / 2] };
        let facts = expense(&group, &spending);
        fixture.tell("expenses", group.group_id.0, people[0], Event::ExpenseCreated(facts)).await;
    }
    let report = "report { byMember { member { id } paid { amount } share { amount } } }";
    let report = fixture.entity(people[0], group_key(group.group_id), report).await;
    let mut found = BTreeMap::new();
    for row in report["report"]["byMember"].as_array().unwrap() {
        let member = group.members.iter().find(|member| member.member_id.to_string() == row["member"]["id"]).unwrap();
        found.insert(member.name.as_str(), (cents(&row["paid"]), cents(&row["share"])));
    }
    for (name, expected) in case["expected"].as_object().unwrap() {
        let expected = (expected["paid"].as_i64().unwrap(), expected["share"].as_i64().unwrap());
        assert_eq!(found[name.as_str()], expected, "{name}");
    }
    fixture.subgraph.close().await;
}
