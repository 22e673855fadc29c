//! Queries of expenses, by persons and by the router.

use contracts::UserId;
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const EXPENSE: &str = "query($id: ID!) { expense(id: $id) { description } }";
const GROUPS: &str = "query($r: [_Any!]!, $first: Int, $after: String) { _entities(representations: $r) { ... on Group {
    id expenses(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { description } } }
    expenseNets { version nets { memberId amount currency } debts { from to amount currency } } } } }";
const EXPENSES: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Expense { description } } }";

fn group(id: &str) -> Value {
    json!({ "__typename": "Group", "id": id })
}

#[tokio::test]
async fn an_expense_is_shown_to_its_group_only() {
    let mut fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].clone();
    fixture.leave(2);
    for user in 0..3 {
        let shown = fixture.subgraph.data(&fixture.caller(user), EXPENSE, json!({ "id": id })).await;
        assert_eq!(shown["expense"]["description"], "Dinner");
    }
    for caller in [person(UserId::new()), through_router(person(UserId::new()))] {
        assert_eq!(fixture.subgraph.code(&caller, EXPENSE, json!({ "id": id })).await, "EXPENSE_NOT_FOUND");
    }
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), EXPENSE, json!({ "id": "none" })).await, "EXPENSE_NOT_FOUND");
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), EXPENSE, json!({ "id": id })).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_router_gets_groups_that_the_caller_may_see() {
    let mut fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fixture.leave(2);
    let id = fixture.group.group_id.to_string();
    let unknown = contracts::GroupId::new().to_string();
    let asked = json!({ "r": [group(&unknown), group(&id), group("?")], "first": 10 });
    for user in [0, 2] {
        let caller = through_router(fixture.caller(user));
        let answer = fixture.subgraph.data(&caller, GROUPS, asked.clone()).await;
        let entities = answer["_entities"].as_array().unwrap();
        assert_eq!((&entities[0], &entities[2]), (&Value::Null, &Value::Null));
        assert_eq!(entities[1]["expenses"]["edges"][0]["node"]["description"], "Dinner");
        let nets = &entities[1]["expenseNets"];
        assert_eq!(nets["version"], 1);
        assert_eq!(nets["nets"].as_array().unwrap().len(), 3);
        assert_eq!(nets["debts"].as_array().unwrap().len(), 2);
    }
    let stranger = through_router(person(UserId::new()));
    let answer = fixture.subgraph.data(&stranger, GROUPS, asked.clone()).await;
    assert_eq!(answer["_entities"], json!([null, null, null]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn debts_are_listed_only_for_groups_that_do_not_simplify_them() {
    let mut fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    let caller = through_router(fixture.caller(0));
    let asked = json!({ "r": [group(&fixture.group.group_id.to_string())], "first": 1 });
    for simplify in [true, false, true] {
        fixture.group.simplify = simplify;
        fixture.rosters.put(fixture.group.clone());
        let answer = fixture.subgraph.data(&caller, GROUPS, asked.clone()).await;
        let nets = &answer["_entities"][0]["expenseNets"];
        assert_eq!((nets["debts"].is_null(), nets["nets"].as_array().map(Vec::len)), (simplify, Some(3)), "{nets:#}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_router_can_query_entities() {
    let fixture = Fixture::open().await;
    let expense = fixture.create(0, fixture.dinner("k")).await["id"].clone();
    let asked = json!({ "r": [{ "__typename": "Expense", "id": expense }] });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), EXPENSES, asked.clone()).await, "UNAUTHENTICATED");
    let nobody = through_router(Caller::anonymous());
    assert_eq!(fixture.subgraph.code(&nobody, EXPENSES, asked.clone()).await, "UNAUTHENTICATED");
    let stranger = through_router(person(UserId::new()));
    assert_eq!(fixture.subgraph.data(&stranger, EXPENSES, asked.clone()).await["_entities"], json!([null]));
    let member = through_router(fixture.caller(1));
    assert_eq!(fixture.subgraph.data(&member, EXPENSES, asked).await["_entities"][0]["description"], "Dinner");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn pages_are_newest_first_and_complete() {
    let fixture = Fixture::open().await;
    for (number, date) in ["2026-01-03", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-01"].iter().enumerate() {
        let changes = json!({ "description": format!("{date} {number}"), "date": date });
        fixture.create(0, fixture.dinner_with(&format!("k{number}"), &changes)).await;
    }
    let caller = through_router(fixture.caller(0));
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let asked = json!({ "r": [group(&fixture.group.group_id.to_string())], "first": 2, "after": after });
        let answer = fixture.subgraph.data(&caller, GROUPS, asked).await;
        let page = &answer["_entities"][0]["expenses"];
        assert_eq!(page["totalCount"], 5);
        let edges = page["edges"].as_array().unwrap();
        seen.extend(edges.iter().map(|edge| edge["node"]["description"].as_str().unwrap().to_owned()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen, ["2026-01-03 3", "2026-01-03 0", "2026-01-02 2", "2026-01-01 4", "2026-01-01 1"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expenses_added_between_two_pages_neither_repeat_nor_hide_any() {
    let fixture = Fixture::open().await;
    let add = async |date: &str| {
        let changes = json!({ "description": date, "date": date });
        fixture.create(0, fixture.dinner_with(date, &changes)).await;
    };
    for date in ["2026-01-02", "2026-01-04", "2026-01-06", "2026-01-08"] {
        add(date).await;
    }
    let caller = through_router(fixture.caller(0));
    let page = async |after: &Value| {
        let asked = json!({ "r": [group(&fixture.group.group_id.to_string())], "first": 2, "after": after });
        fixture.subgraph.data(&caller, GROUPS, asked).await["_entities"][0]["expenses"].take()
    };
    let names = |page: &Value| -> Vec<String> {
        let edges = page["edges"].as_array().unwrap();
        edges.iter().map(|edge| edge["node"]["description"].as_str().unwrap().to_owned()).collect()
    };
    let first = page(&Value::Null).await;
    assert_eq!(names(&first), ["2026-01-08", "2026-01-06"]);
    // One before, one at and one after the place where the first page ends.
    for date in ["2026-01-07", "2026-01-05", "2026-01-01"] {
        add(date).await;
    }
    let second = page(&first["pageInfo"]["endCursor"]).await;
    assert_eq!(names(&second), ["2026-01-05", "2026-01-04"]);
    let third = page(&second["pageInfo"]["endCursor"]).await;
    assert_eq!(names(&third), ["2026-01-02", "2026-01-01"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn payments_gets_the_nets_of_former_members_too() {
    let mut fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fixture.leave(2);
    let nets = "query($r: [_Any!]!) { _entities(representations: $r) { ... on User {
        expenseNets { groupId nets { nets { amount } } } expenses { edges { node { id } } } } } }";
    let foreign = contracts::testing::roster(&[UserId::new()], 0);
    let foreign_id = foreign.group_id;
    fixture.rosters.put(foreign);
    let represented = |user: usize| {
        let memberships = [json!({ "groupId": fixture.group.group_id }), json!({ "groupId": foreign_id })];
        json!({ "r": [{ "__typename": "User", "id": fixture.users[user], "memberships": memberships }] })
    };
    let of_former = fixture.subgraph.data(&through_router(fixture.caller(2)), nets, represented(2)).await;
    let groups = of_former["_entities"][0]["expenseNets"].as_array().unwrap();
    assert_eq!(groups.len(), 1, "nothing of a group that the user never was in");
    assert_eq!(groups[0]["nets"]["nets"].as_array().unwrap().len(), 3);
    assert_eq!(of_former["_entities"][0]["expenses"]["edges"], json!([]));
    fixture.subgraph.close().await;
}
