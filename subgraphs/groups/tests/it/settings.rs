//! Changing the settings of a group, archiving and restoring it.

use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::{Fixture, id};

const UPDATE: &str = "mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) {
    name description kind currency simplify expenseEditing timeZone version } }";
const ARCHIVE: &str = "mutation ($id: ID!) { archiveGroup(id: $id) { archivedAt version } }";
const RESTORE: &str = "mutation ($id: ID!) { restoreGroup(id: $id) { archivedAt version } }";
const LIST: &str = "query ($archived: Boolean) { groups(archived: $archived) { totalCount } }";

async fn update(fixture: &Fixture, caller: &Caller, input: Value) -> Value {
    fixture.subgraph.data(caller, UPDATE, json!({ "input": input })).await["updateGroup"].take()
}

#[tokio::test]
async fn given_settings_change_and_the_others_stay() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let new = json!({ "name": "Lisbon", "currency": "EUR", "description": "In May" });
    let group = id(&fixture.create(&ada, new).await);

    let changed = update(&fixture, &ada, json!({ "id": group, "expectedVersion": 1, "name": " Porto " })).await;
    assert_eq!(changed["name"], "Porto");
    assert_eq!(changed["description"], "In May");
    assert_eq!(changed["version"], 2);

    let input = json!({ "id": group, "expectedVersion": 2, "description": null, "kind": "TRIP", "currency": "GBP",
        "simplify": false, "expenseEditing": "OWN", "timeZone": " Europe/Lisbon " });
    let changed = update(&fixture, &ada, input).await;
    let expected = json!({ "name": "Porto", "description": null, "kind": "TRIP", "currency": "GBP", "simplify": false,
        "expenseEditing": "OWN", "timeZone": "Europe/Lisbon", "version": 3 });
    assert_eq!(changed, expected);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_outdated_edit_is_refused_with_the_current_version() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    fixture.guest(&ada, &group, "Guest").await;

    let input = json!({ "id": group, "expectedVersion": 1, "name": "Porto" });
    let answer = fixture.subgraph.ask(&ada, UPDATE, json!({ "input": input })).await;

    assert_eq!(answer["errors"][0]["extensions"]["code"], "STALE_VERSION", "{answer:#}");
    assert_eq!(answer["errors"][0]["extensions"]["version"], "2");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_settings_are_refused_with_their_field() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    for (field, value) in [
        ("name", " "),
        ("name", "a\nb"),
        ("description", "a\u{0}"),
        ("currency", "eur"),
        ("kind", "DIRECT"),
        ("timeZone", "Lisbon"),
    ] {
        let mut input = json!({ "id": group, "expectedVersion": 1 });
        input[field] = json!(value);
        let answer = fixture.subgraph.ask(&ada, UPDATE, json!({ "input": input })).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "VALIDATION", "{answer:#}");
        assert_eq!(extensions["field"], format!("input.{field}"));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_is_in_the_time_zone_of_who_created_it() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada").in_time_zone("Pacific/Kiritimati".parse().unwrap());
    let group = fixture.create(&ada, json!({ "name": "Atoll", "currency": "AUD" })).await;

    let query = "query ($id: ID!) { group(id: $id) { timeZone expenseEditing } }";
    let shown = fixture.subgraph.data(&ada, query, json!({ "id": id(&group) })).await["group"].take();

    assert_eq!(shown, json!({ "timeZone": "Pacific/Kiritimati", "expenseEditing": "ALL" }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_archived_group_is_listed_separately_and_accepts_no_change_until_restored() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    let token = fixture.token(&ada, &group).await;
    let archived = fixture.subgraph.data(&ada, ARCHIVE, json!({ "id": group })).await["archiveGroup"].take();
    assert!(archived["archivedAt"].is_string());
    let again = fixture.subgraph.data(&ada, ARCHIVE, json!({ "id": group })).await["archiveGroup"].take();
    assert_eq!(again, archived, "twice is once");

    for (is_archived, count) in [(true, 1), (false, 0)] {
        let list = fixture.subgraph.data(&ada, LIST, json!({ "archived": is_archived })).await;
        assert_eq!(list["groups"]["totalCount"], count);
    }
    for action in [
        "mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }",
        "mutation ($id: ID!) { createInvite(groupId: $id) { id } }",
        "mutation ($id: ID!) { updateGroup(input: {id: $id, expectedVersion: 2}) { id } }",
    ] {
        assert_eq!(fixture.subgraph.code(&ada, action, json!({ "id": group })).await, "NOT_ALLOWED", "{action}");
    }
    let join = fixture.try_join(&bob, &token, None).await;
    assert_eq!(crate::fixture::code(&join), "INVITE_NOT_FOUND");
    let preview = "query ($token: String!) { invite(token: $token) { groupName } }";
    let seen = fixture.subgraph.data(&bob, preview, json!({ "token": token })).await;
    assert_eq!(seen["invite"], Value::Null, "nobody can join, so nobody is invited");

    let restored = fixture.subgraph.data(&ada, RESTORE, json!({ "id": group })).await["restoreGroup"].take();
    assert_eq!(restored, json!({ "archivedAt": null, "version": 3 }));
    fixture.guest(&ada, &group, "Eve").await;
    fixture.join(&bob, &token, None).await;
    fixture.subgraph.close().await;
}
