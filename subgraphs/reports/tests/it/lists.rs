//! What a page of the feed or of notifications costs does not depend on how many there are: counted by MongoDB's
//! profiler, which also shows that nothing is sorted in memory.

use kit::testing::examined;
use mongodb::bson::{Document, doc};
use uuid::Uuid;

use crate::fixture::{Fixture, Spending, group_key, user_key};

const PAGE: usize = 20;
/// What a page may examine beside ten times what it returns.
const BESIDE: usize = 50;
/// More groups than MongoDB merges ranges of an index for.
const GROUPS: usize = 250;
const COPIES: usize = 40;

/// Adds copies of an entry of a feed at other times.
async fn copy(fixture: &Fixture, collection: &str, of: Document) {
    let documents = fixture.subgraph.resources.database.collection::<Document>(collection);
    let one = documents.find_one(of).await.unwrap().unwrap();
    let copy = |number: usize| {
        let mut copy = one.clone();
        copy.insert("_id", Uuid::now_v7().to_string());
        copy.insert("at", format!("2026-01-{:02}T{:02}:00:00.000Z", number % 28 + 1, number % 24));
        copy
    };
    documents.insert_many((0..COPIES).map(copy)).await.unwrap();
}

/// Fails if the first or second page costs too much; each group that is looked into may cost two keys more.
async fn pages_cost_the_same(
    fixture: &Fixture,
    (collection, groups): (&str, usize),
    page: impl AsyncFn(String) -> (usize, String),
) {
    let database = &fixture.subgraph.resources.database;
    examined(database, Some(collection)).await;
    let mut after = String::new();
    for _ in 0..2 {
        let (given, end) = page(after).await;
        assert_eq!(given, PAGE);
        let (most, _) = examined(database, Some(collection)).await;
        assert!(most <= i64::try_from(10 * given + BESIDE + 2 * groups).unwrap(), "{most} examined of {collection}");
        after = format!(", after: {end}");
    }
}

#[tokio::test]
async fn every_page_of_a_feed_costs_the_same() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let mut key = None;
    for _ in 0..GROUPS {
        let group = fixture.group(&[("Ada", ada)]).await;
        copy(&fixture, "activities", doc! { "group_id": group.group_id.to_string() }).await;
        key = Some(group_key(group.group_id));
    }

    for (key, groups) in [(key.unwrap(), 1), (user_key(ada), GROUPS)] {
        let page = async |after: String| {
            let fields =
                format!("activity(first: {PAGE}{after}) {{ edges {{ node {{ id }} }} pageInfo {{ endCursor }} }}");
            let feed = fixture.entity(ada, key.clone(), &fields).await;
            let edges = feed["activity"]["edges"].as_array().map_or(0, Vec::len);
            (edges, feed["activity"]["pageInfo"]["endCursor"].to_string())
        };
        pages_cost_the_same(&fixture, ("activities", groups), page).await;
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn every_page_of_notifications_costs_the_same() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let spending = Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[50, 50] };
    for _ in 0..GROUPS {
        let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
        fixture.spend(&group, &spending).await;
        let to = group.members[1].member_id.to_string();
        copy(&fixture, "notifications", doc! { "to": { "$regex": to } }).await;
    }

    let page = async |after: String| {
        let query = format!(
            "{{ notifications(first: {PAGE}{after}) {{ edges {{ node {{ id }} }} pageInfo {{ endCursor }} }} }}"
        );
        let found = fixture.subgraph.data(&kit::testing::person(ben), &query, serde_json::json!({})).await;
        let edges = found["notifications"]["edges"].as_array().map_or(0, Vec::len);
        (edges, found["notifications"]["pageInfo"]["endCursor"].to_string())
    };
    pages_cost_the_same(&fixture, ("notifications", GROUPS), page).await;
    fixture.subgraph.close().await;
}
