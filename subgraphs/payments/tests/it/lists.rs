//! What a page of payments costs does not depend on how many there are: counted by MongoDB's profiler.

use contracts::PaymentId;
use kit::testing::examined;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::Fixture;

/// What a page may examine beside ten times what it returns.
const BESIDE: usize = 50;

const COPIES: usize = 5_000;

const PAYMENTS: &str = "query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Group {
    page: payments(first: 50, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } } }";
const CAUSES: &str = "query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Group {
    balances { member { id } page: because(first: 50, after: $after) {
    edges { node { payment { id } } } pageInfo { hasNextPage endCursor } } } } } }";

/// Adds many payments of different days: of twenty, nineteen are from the third member to the guest, and one is from
/// the second to the first.
async fn fill(fixture: &Fixture) {
    fixture.subgraph.services.prepare().await.unwrap();
    fixture.record(1, fixture.cash("k")).await;
    let payments = fixture.subgraph.resources.database.collection::<Document>("payments");
    let one = payments.find_one(doc! {}).await.unwrap().unwrap();
    let copy = |number: usize| {
        let (from, to) = if number.is_multiple_of(20) { (1, 0) } else { (2, 3) };
        let date = format!("20{:02}-{:02}-{:02}", number / 300 % 25, number / 25 % 12 + 1, number % 25 + 1);
        let mut copy = one.clone();
        copy.insert("_id", PaymentId::new().to_string());
        copy.insert("date", date);
        copy.insert("from", fixture.member(from).to_string());
        copy.insert("to", fixture.member(to).to_string());
        copy
    };
    payments.insert_many((0..COPIES).map(copy)).await.unwrap();
}

/// Reads all pages of the first of the lists that a query asks for; fails if one costs too much. Returns the number of
/// payments.
async fn walk(fixture: &Fixture, query: &str, pages_of: impl Fn(&mut Value) -> Vec<Value>) -> usize {
    let (mut after, mut found) = (Value::Null, 0);
    examined(&fixture.subgraph.resources.database, Some("payments")).await;
    loop {
        let variables = json!({ "r": [fixture.represented()], "after": after });
        let mut data = fixture.subgraph.data(&fixture.router(0), query, variables).await;
        let mut pages = pages_of(&mut data["_entities"][0]);
        let length = |page: &Value| page["edges"].as_array().unwrap().len();
        let given: usize = pages.iter().map(length).sum();
        let (most, _) = examined(&fixture.subgraph.resources.database, Some("payments")).await;
        assert!(most <= i64::try_from(10 * given + BESIDE).unwrap(), "{most} examined for {given}, after {found}");
        let page = &mut pages[0];
        found += length(page);
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

#[tokio::test]
async fn every_page_of_payments_costs_the_same() {
    let fixture = Fixture::open().await;
    fill(&fixture).await;
    let found = walk(&fixture, PAYMENTS, |group| vec![group["page"].take()]).await;
    assert_eq!(found, COPIES + 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn every_page_of_an_explanation_costs_the_same() {
    let fixture = Fixture::open().await;
    fill(&fixture).await;
    for (place, expected) in [(1, COPIES / 20 + 1), (2, COPIES - COPIES / 20)] {
        let id = json!(fixture.member(place).to_string());
        let pages_of = |group: &mut Value| {
            let rows = group["balances"].as_array_mut().unwrap();
            rows.sort_by_key(|row| row["member"]["id"] != id);
            rows.iter_mut().map(|row| row["page"].take()).collect()
        };
        assert_eq!(walk(&fixture, CAUSES, pages_of).await, expected);
    }
    fixture.subgraph.close().await;
}
