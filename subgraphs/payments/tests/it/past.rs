//! Past balances.

use contracts::UserId;
use kit::{
    Clock,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const PAST: &str = "query($r: [_Any!]!, $at: DateTime!) { _entities(representations: $r) { ... on Group {
    balancesAt(at: $at) { net { amount } } } } }";

#[tokio::test]
async fn past_balances_do_not_change() {
    let fixture = Fixture::open().await;
    let before = Clock::system().now().plus_ms(-1);
    let one = fixture
        .record(1, fixture.cash_with("one", &json!({ "amount": { "amount": "10.00", "currency": "EUR" } })))
        .await;
    let about = one["id"].as_str().unwrap().parse().unwrap();
    let between = fixture.subgraph.resources.journal.history(fixture.group.group_id.0, about).await.unwrap()[0].at;
    fixture.record(1, fixture.cash_with("two", &json!({ "amount": { "amount": "5.00", "currency": "EUR" } }))).await;
    let later = Clock::system().now().plus_ms(60_000);

    for (at, expected) in [(before, vec![]), (between, vec!["-10.00", "10.00"]), (later, vec!["-15.00", "15.00"])] {
        let asked = json!({ "r": [fixture.represented()], "at": at.to_string() });
        let answer = fixture.subgraph.data(&fixture.router(0), PAST, asked).await;
        let rows = answer["_entities"][0]["balancesAt"].as_array().unwrap();
        let mut nets: Vec<&str> = rows.iter().map(|row| row["net"]["amount"].as_str().unwrap()).collect();
        nets.sort_unstable();
        assert_eq!(nets, expected, "{at}");
    }
    let asked = json!({ "r": [fixture.represented()], "at": "yesterday" });
    assert_eq!(fixture.subgraph.code(&fixture.router(0), PAST, asked).await, "VALIDATION");
    let asked = json!({ "r": [fixture.represented()], "at": later.to_string() });
    let stranger = through_router(person(UserId::new()));
    assert_eq!(fixture.subgraph.data(&stranger, PAST, asked).await["_entities"], json!([Value::Null]));
    fixture.subgraph.close().await;
}
