//! The cost of lists and of new expenses does not grow with the group.

use futures::TryStreamExt;
use kit::Caller;
use mongodb::{
    Database,
    bson::{Document, doc},
};
use serde_json::{Value, json};

use crate::fixture::{CREATE, Fixture};

/// How much a query may examine in addition to ten times its results.
const BESIDE: i64 = 50;

const PAGE: &str = "query($group: ID!, $after: String, $filter: ExpenseFilter) {
    _entities(representations: [{ __typename: \"Group\", id: $group }]) { ... on Group {
        expenses(first: 20, after: $after, filter: $filter) { edges { cursor node { id date } } pageInfo { hasNextPage endCursor } } } } }";
const COUNT: &str = "query($group: ID!) { _entities(representations: [{ __typename: \"Group\", id: $group }]) {
    ... on Group { expenses(first: 1) { totalCount } } } }";

const OWN: &str = "query($r: [_Any!]!, $filter: ExpenseFilter) { _entities(representations: $r) { ... on User {
    expenses(first: 20, filter: $filter) { edges { node { id } } } } } }";

/// How much a page may examine if no index covers its whole filter: 1,000 expenses and the deleted ones between them.
const LOOKED_AT: i64 = 1_000 + 100;

/// Inserts copies of an expense, one per day. Every tenth has another category, every twentieth is deleted, every
/// fiftieth has another description, every thousandth another amount.
pub async fn fill(fixture: &Fixture, copies: usize) {
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

/// Returns how many documents or keys, whichever is more, this database has examined since the last call.
async fn examined(database: &Database) -> (i64, Vec<String>) {
    let profile = database.collection::<Document>("system.profile");
    let ours = doc! { "ns": { "$not": { "$regex": "system\\.profile$" } } };
    let operations: Vec<Document> = profile.find(ours).await.unwrap().try_collect().await.unwrap();
    let number = |operation: &Document, name: &str| {
        operation.get_i32(name).map(i64::from).or_else(|_| operation.get_i64(name)).unwrap_or(0)
    };
    let sum = |name: &str| operations.iter().map(|operation| number(operation, name)).sum::<i64>();
    let most = sum("docsExamined").max(sum("keysExamined"));
    let plans = operations.iter().filter_map(|operation| Some(operation.get_str("planSummary").ok()?.to_owned()));
    let result = (most, plans.collect());
    assert!(operations.iter().all(|operation| !operation.get_bool("hasSortStage").unwrap_or(false)), "{operations:#?}");
    database.run_command(doc! { "profile": 0 }).await.unwrap();
    profile.drop().await.unwrap();
    database.run_command(doc! { "profile": 2 }).await.unwrap();
    result
}

fn through_router(fixture: &Fixture) -> Caller {
    kit::testing::through_router(fixture.caller(0))
}

async fn page(fixture: &Fixture, after: Value, filter: Value) -> Value {
    let variables = json!({ "group": fixture.group.group_id, "after": after, "filter": filter });
    let mut answer = fixture.subgraph.data(&through_router(fixture), PAGE, variables).await;
    answer["_entities"][0]["expenses"].take()
}

/// Returns the number of expenses on all pages of a filter, and the most that one page has examined.
async fn walk(fixture: &Fixture, filter: &Value) -> (usize, i64) {
    let (mut after, mut found, mut most) = (Value::Null, 0, 0);
    loop {
        let mut page = page(fixture, after, filter.clone()).await;
        found += page["edges"].as_array().unwrap().len();
        most = most.max(examined(&fixture.subgraph.resources.database).await.0);
        if page["pageInfo"]["hasNextPage"] == false {
            return (found, most);
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

async fn costs_do_not_grow(copies: usize) {
    let fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fill(&fixture, copies).await;
    let database = &fixture.subgraph.resources.database;
    database.run_command(doc! { "profile": 2 }).await.unwrap();

    let mut middle = page(&fixture, Value::Null, json!({ "to": "2012-01-01" })).await;
    let after = middle["edges"][0]["cursor"].take();
    let (ada, ben, guest) = (fixture.member(0), fixture.member(1), fixture.member(3));
    let cases = [
        ("first page", Value::Null, json!({})),
        ("middle page", after, json!({})),
        ("days", Value::Null, json!({ "from": "2003-02-01", "to": "2003-03-01" })),
        ("category", Value::Null, json!({ "category": "travel" })),
        ("category and days", Value::Null, json!({ "category": "travel", "to": "2010-01-01" })),
        ("member", Value::Null, json!({ "memberId": ada })),
        ("member without expenses", Value::Null, json!({ "memberId": guest })),
        ("deleted too", Value::Null, json!({ "includeDeleted": true })),
        ("payer", Value::Null, json!({ "payerId": ada })),
        ("payer and category", Value::Null, json!({ "payerId": ada, "category": "travel" })),
        ("member and category", Value::Null, json!({ "memberId": ben, "category": "travel" })),
        (
            "member, category and days",
            Value::Null,
            json!({ "memberId": ben, "category": "travel", "to": "2010-01-01" }),
        ),
        ("frequent words", Value::Null, json!({ "text": "dinn" })),
        ("rare words", Value::Null, json!({ "text": "sushi" })),
        ("words and days", Value::Null, json!({ "text": "sushi", "to": "2010-01-01" })),
        ("unknown words", Value::Null, json!({ "text": "bicycle" })),
        ("payer and member", Value::Null, json!({ "payerId": ada, "memberId": ben })),
        ("amount", Value::Null, json!({ "maxAmount": "100" })),
    ];
    examined(database).await;
    for (name, after, filter) in cases {
        let given = page(&fixture, after, filter).await["edges"].as_array().unwrap().len();
        let (most, plans) = examined(database).await;
        let bound = 10 * i64::try_from(given).unwrap() + BESIDE;
        assert!(most <= bound, "{name}: {most} examined for {given} with {plans:?}");
        assert!(plans.iter().all(|plan| plan != "COLLSCAN"), "{name}: {plans:?}");
    }
    for filter in
        [json!({ "minAmount": "500" }), json!({ "text": "sushi", "payerId": ben }), json!({ "payerId": guest })]
    {
        let (found, most) = walk(&fixture, &filter).await;
        let expected =
            if filter["minAmount"].is_null() { 0 } else { copies.div_ceil(1_000) * usize::from(copies > 500) };
        assert_eq!(found, expected, "{filter}");
        assert!(most <= LOOKED_AT, "{filter}: {most} examined");
    }
    let represented = json!([{ "__typename": "User", "id": fixture.users[0],
        "memberships": [{ "groupId": fixture.group.group_id }] }]);
    for filter in [json!({}), json!({ "category": "travel" }), json!({ "text": "sushi" })] {
        let variables = json!({ "r": represented, "filter": filter });
        let found = fixture.subgraph.data(&through_router(&fixture), OWN, variables).await;
        let given = found["_entities"][0]["expenses"]["edges"].as_array().unwrap().len();
        let (most, plans) = examined(database).await;
        assert!(most <= 10 * i64::try_from(given).unwrap() + BESIDE, "mine, {filter}: {most} examined with {plans:?}");
    }
    let variables = json!({ "group": fixture.group.group_id });
    let counted = fixture.subgraph.data(&through_router(&fixture), COUNT, variables).await;
    let total = counted["_entities"][0]["expenses"]["totalCount"].as_u64().unwrap();
    assert_eq!(total, if copies > 1_000 { 1_001 } else { copies as u64 - copies as u64 / 20 + 1 });

    examined(database).await;
    fixture.subgraph.data(&fixture.caller(0), CREATE, json!({ "input": fixture.dinner("one more") })).await;
    let (most, plans) = examined(database).await;
    assert!(most <= BESIDE, "createExpense: {most} examined with {plans:?}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn lists_and_new_expenses_cost_the_same_with_a_hundred_expenses() {
    costs_do_not_grow(100).await;
}

#[tokio::test]
async fn lists_and_new_expenses_cost_the_same_with_twenty_thousand() {
    costs_do_not_grow(20_000).await;
}
