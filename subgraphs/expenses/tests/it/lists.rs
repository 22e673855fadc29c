//! The cost of lists and of new expenses does not grow with the group.

use kit::{Caller, testing::examined};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::{CREATE, Fixture};

/// How much a query may examine in addition to ten times its results.
const BESIDE: i64 = 50;

/// How much a count may examine: 1,000 and one more, besides the page of one.
const COUNTED: i64 = 1_001 + 10 + BESIDE;

const PAGE: &str = "query($group: ID!, $after: String, $filter: ExpenseFilter) {
    _entities(representations: [{ __typename: \"Group\", id: $group }]) { ... on Group {
        expenses(first: 20, after: $after, filter: $filter) { edges { cursor node { id date } } pageInfo { hasNextPage endCursor } } } } }";
const COUNT: &str =
    "query($group: ID!, $filter: ExpenseFilter) { _entities(representations: [{ __typename: \"Group\", id: $group }]) {
    ... on Group { expenses(first: 1, filter: $filter) { totalCount } } } }";

const OWN: &str = "query($r: [_Any!]!, $filter: ExpenseFilter) { _entities(representations: $r) { ... on User {
    expenses(first: 20, filter: $filter) { edges { node { id } } } } } }";

/// Inserts copies of an expense, one per day. Every tenth has another category, every twentieth is deleted, every
/// fiftieth has another description, every thousandth another amount.
pub(crate) async fn fill(fixture: &Fixture, copies: usize) {
    let expenses = fixture.subgraph.resources.database.collection::<Document>("expenses");
    let pattern = expenses.find_one(doc! {}).await.unwrap().unwrap();
    let created_at = pattern.get_str("created_at").unwrap().to_owned();
    let copy = |number: usize| {
        let day = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(number as u64 % 9_000);
        let mut copy = pattern.clone();
        copy.insert("_id", contracts::ExpenseId::new().to_string());
        copy.insert("date", day.to_string());
        copy.insert("sorted_by", format!("{day} {created_at}"));
        copy.insert("category", if number.is_multiple_of(10) { "travel" } else { "other" });
        if number.is_multiple_of(50) {
            copy.insert("description", "Sushi");
            copy.insert("words", vec!["s", "su", "sus", "sush"]);
        }
        if number % 1_000 == 500 {
            copy.insert("total", doc! { "amount_minor": 99_999_i64, "currency": "EUR" });
        }
        if number % 20 == 1 {
            copy.insert("deleted_at", created_at.clone());
        }
        copy
    };
    let numbers: Vec<usize> = (0..copies).collect();
    for some in numbers.chunks(5_000) {
        expenses.insert_many(some.iter().map(|number| copy(*number))).await.unwrap();
    }
}

fn through_router(fixture: &Fixture) -> Caller {
    kit::testing::through_router(fixture.caller(0))
}

async fn page(fixture: &Fixture, after: Value, filter: Value) -> Value {
    let variables = json!({ "group": fixture.group.group_id, "after": after, "filter": filter });
    let mut answer = fixture.subgraph.data(&through_router(fixture), PAGE, variables).await;
    answer["_entities"][0]["expenses"].take()
}

/// Asks for the page of a filter; it keeps to the bound.
async fn bounded_page(fixture: &Fixture, after: Value, filter: &Value) -> Value {
    let page = page(fixture, after, filter.clone()).await;
    let given = page["edges"].as_array().unwrap().len();
    let (most, plans) = examined(&fixture.subgraph.resources.database, None).await;
    assert!(most <= 10 * i64::try_from(given).unwrap() + BESIDE, "{filter}: {most} examined for {given}, {plans:?}");
    page
}

/// Returns every combination of conditions.
fn combinations(conditions: &[Value]) -> Vec<Value> {
    let combination = |chosen: usize| {
        let conditions = conditions.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
        let fields = conditions.flat_map(|(_, condition)| condition.as_object().unwrap().clone());
        Value::Object(fields.collect())
    };
    (0..1 << conditions.len()).map(combination).collect()
}

async fn profiled(copies: usize) -> Fixture {
    let fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fill(&fixture, copies).await;
    fixture.subgraph.resources.database.run_command(doc! { "profile": 2 }).await.unwrap();
    fixture
}

async fn costs_do_not_grow(copies: usize) {
    let fixture = profiled(copies).await;
    let database = &fixture.subgraph.resources.database;
    let (ada, ben, guest) = (fixture.member(0), fixture.member(1), fixture.member(3));
    let conditions = [
        json!({ "text": "sushi" }),
        json!({ "category": "travel" }),
        json!({ "memberId": ben }),
        json!({ "payerId": ada }),
        json!({ "from": "2001-02-01", "to": "2012-01-01" }),
        json!({ "minAmount": "500", "maxAmount": "1000" }),
        json!({ "includeDeleted": true }),
    ];
    let special = [
        json!({ "to": "2012-01-01" }),
        json!({ "text": "dinn" }),
        json!({ "text": "bicycle" }),
        json!({ "memberId": guest }),
        json!({ "memberId": guest, "payerId": ada }),
        json!({ "payerId": ben, "text": "sushi" }),
        json!({ "maxAmount": "100" }),
    ];
    for filter in combinations(&conditions).iter().chain(&special) {
        let mut first = bounded_page(&fixture, Value::Null, filter).await;
        if first["pageInfo"]["hasNextPage"] == true {
            bounded_page(&fixture, first["pageInfo"]["endCursor"].take(), filter).await;
        }
    }
    let represented = json!([{ "__typename": "User", "id": fixture.users[0],
        "memberships": [{ "groupId": fixture.group.group_id }] }]);
    for filter in [json!({}), json!({ "category": "travel" }), json!({ "text": "sushi" })] {
        let variables = json!({ "r": represented, "filter": filter });
        let found = fixture.subgraph.data(&through_router(&fixture), OWN, variables).await;
        let given = found["_entities"][0]["expenses"]["edges"].as_array().unwrap().len();
        let (most, plans) = examined(database, None).await;
        assert!(most <= 10 * i64::try_from(given).unwrap() + BESIDE, "mine, {filter}: {most} examined with {plans:?}");
    }
    let (all, costly) = (copies - copies / 20 + 1, copies.div_ceil(1_000) * usize::from(copies > 500));
    for (filter, total) in [(json!({}), all), (json!({ "minAmount": "500" }), costly)] {
        let variables = json!({ "group": fixture.group.group_id, "filter": filter });
        let counted = fixture.subgraph.data(&through_router(&fixture), COUNT, variables).await;
        let counted = counted["_entities"][0]["expenses"]["totalCount"].as_u64().unwrap();
        assert_eq!(counted, if copies > 1_000 { 1_001 } else { total as u64 }, "{filter}");
        let (most, plans) = examined(database, None).await;
        assert!(most <= COUNTED, "count of {filter}: {most} examined with {plans:?}");
    }

    fixture.subgraph.data(&fixture.caller(0), CREATE, json!({ "input": fixture.dinner("one more") })).await;
    let (most, plans) = examined(database, None).await;
    assert!(most <= BESIDE, "createExpense: {most} examined with {plans:?}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn lists_and_new_expenses_cost_the_same_with_a_hundred_expenses() {
    costs_do_not_grow(100).await;
}

#[tokio::test]
async fn lists_and_new_expenses_cost_the_same_with_a_hundred_thousand() {
    costs_do_not_grow(100_000).await;
}

#[tokio::test]
async fn a_search_that_no_index_covers_finds_everything_page_by_page() {
    let fixture = profiled(2_000).await;
    let (ada, ben, guest) = (fixture.member(0), fixture.member(1), fixture.member(3));
    let searches = [
        (json!({ "minAmount": "500" }), 2),
        (json!({ "minAmount": "500", "memberId": ben }), 2),
        (json!({ "text": "sushi", "payerId": ada, "category": "travel", "minAmount": "50" }), 40),
        (json!({ "text": "sushi", "payerId": ben }), 0),
        (json!({ "payerId": ada, "memberId": guest, "category": "travel" }), 0),
    ];
    for (filter, expected) in searches {
        let (mut after, mut found) = (Value::Null, 0);
        loop {
            let mut page = bounded_page(&fixture, after, &filter).await;
            found += page["edges"].as_array().unwrap().len();
            after = page["pageInfo"]["endCursor"].take();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(found, expected, "{filter}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn advice_looks_at_the_expenses_of_the_same_total_only() {
    let fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    let database = &fixture.subgraph.resources.database;
    let expenses = database.collection::<Document>("expenses");
    let pattern = expenses.find_one(doc! {}).await.unwrap().unwrap();
    let others = (0..1_000_i64).map(|number| {
        let mut other = pattern.clone();
        other.insert("_id", contracts::ExpenseId::new().to_string());
        other.insert("total", doc! { "amount_minor": 20_000 + number, "currency": "EUR" });
        other
    });
    expenses.insert_many(others).await.unwrap();
    let envelopes = fixture.envelopes().await;
    examined(database, None).await;

    fixture.handle(&envelopes[0]).await;
    let (most, plans) = examined(database, None).await;
    assert!(most <= BESIDE, "{most} examined with {plans:?}");
    fixture.subgraph.close().await;
}
