//! Creating a group.

use contracts::profile::HttpProfiles;
use groups::{Owners, Services};
use kit::testing::{TestSubgraph, resources};
use serde_json::json;
use std::sync::Arc;

use crate::fixture::{Facts, Fixture, config};

const CREATE: &str = "mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }";

#[tokio::test]
async fn the_creator_is_the_owner_and_the_guests_are_members() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");

    let group = fixture
        .create(
            &ada,
            json!({ "name": " Lisbon ", "kind": "TRIP", "currency": "EUR", "description": "June", "guests": ["Bob", "Zoë"] }),
        )
        .await;

    assert_eq!(group["name"], "Lisbon");
    assert_eq!(group["description"], "June");
    assert_eq!(group["kind"], "TRIP");
    assert_eq!(group["currency"], "EUR");
    assert_eq!(group["version"], 1);
    assert!(group["archivedAt"].is_null());
    let members = group["members"].as_array().unwrap();
    let names: Vec<_> = members.iter().map(|member| member["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ada", "Bob", "Zoë"]);
    assert_eq!(members[0], group["viewerMember"]);
    assert_eq!(members[0]["role"], "OWNER");
    assert_eq!(members[0]["user"]["id"], ada.user().unwrap().to_string());
    assert_eq!(members[1]["isGuest"], true);
    assert!(members[1]["user"].is_null());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn omitted_fields_have_defaults() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group =
        fixture.create(&ada, json!({ "name": "Lisbon", "currency": "EUR", "guests": null, "kind": null })).await;
    assert_eq!(group["kind"], "OTHER");
    assert_eq!(group["simplify"], true);
    assert_eq!(group["members"].as_array().unwrap().len(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_input_is_refused_with_its_field() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let many: Vec<_> = (0..101).map(|number| format!("Guest {number}")).collect();
    let cases = [
        (json!({ "name": " ", "currency": "EUR" }), "input.name"),
        (json!({ "name": "x".repeat(101), "currency": "EUR" }), "input.name"),
        (json!({ "name": "a\u{7}b", "currency": "EUR" }), "input.name"),
        (json!({ "name": "Lisbon", "currency": "eur" }), "input.currency"),
        (json!({ "name": "Lisbon", "currency": "EUR", "kind": "DIRECT" }), "input.kind"),
        (json!({ "name": "Lisbon", "currency": "EUR", "description": "x".repeat(1001) }), "input.description"),
        (json!({ "name": "Lisbon", "currency": "EUR", "guests": ["Bob", " bob"] }), "input.guests"),
        (json!({ "name": "Lisbon", "currency": "EUR", "guests": ["ADA"] }), "input.guests"),
        (json!({ "name": "Lisbon", "currency": "EUR", "guests": [""] }), "input.guests"),
        (json!({ "name": "Lisbon", "currency": "EUR", "guests": many }), "input.guests"),
    ];
    for (input, field) in cases {
        let answer = fixture.subgraph.ask(&ada, CREATE, json!({ "input": input })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "VALIDATION", "{answer:#}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{answer:#}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn guests_have_unique_names() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let guest = fixture.guest(&ada, &group, " Bob ").await;
    assert_eq!(guest["name"], "Bob");
    assert_eq!(guest["isGuest"], true);
    assert_eq!(fixture.read(&ada, &group).await["version"], 2);

    let query = "mutation ($id: ID!, $name: String!) { addGuest(groupId: $id, name: $name) { id } }";
    for name in ["BOB", "ada", ""] {
        let answer = fixture.subgraph.ask(&ada, query, json!({ "id": group, "name": name })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "VALIDATION", "{answer:#}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], "name");
    }
    assert_eq!(fixture.read(&ada, &group).await["version"], 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_list_is_paged_newest_first_and_contains_only_own_groups() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(fixture.group(&ada).await);
    }
    fixture.group(&bob).await;
    let left = fixture.pair(&bob, &ada).await;
    fixture.leave(&ada, &left).await;
    made.reverse();

    let query = "query ($after: String, $archived: Boolean) { groups(first: 2, after: $after, archived: $archived) {
        totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
    let first = &fixture.subgraph.data(&ada, query, json!({})).await["groups"];
    assert_eq!(first["totalCount"], 3);
    assert_eq!(first["edges"][0]["node"]["id"], made[0]);
    assert_eq!(first["edges"][1]["node"]["id"], made[1]);
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let after = &first["pageInfo"]["endCursor"];
    let second = &fixture.subgraph.data(&ada, query, json!({ "after": after })).await["groups"];
    assert_eq!(second["edges"].as_array().unwrap().len(), 1);
    assert_eq!(second["edges"][0]["node"]["id"], made[2]);
    assert_eq!(second["pageInfo"]["hasNextPage"], false);
    let archived = &fixture.subgraph.data(&ada, query, json!({ "archived": true })).await["groups"];
    assert_eq!(archived["totalCount"], 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn without_users_no_group_is_created() {
    let resources = resources::<Services>(config()).await;
    // No server listens on port 1.
    let profiles = Arc::new(HttpProfiles::new(resources.own.users_url.as_str()).unwrap());
    let owners = Owners { profiles, ..Facts::default().owners() };
    let groups = Services::new(&resources, owners).await.unwrap();
    let subgraph = TestSubgraph::new(Arc::new(groups), resources);
    let ada = kit::testing::person(contracts::UserId::new());

    let code = subgraph.code(&ada, CREATE, json!({ "input": { "name": "Lisbon", "currency": "EUR" } })).await;

    assert_eq!(code, "SERVICE_UNAVAILABLE");
    let list = subgraph.data(&ada, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["groups"]["totalCount"], 0);
    subgraph.close().await;
}

#[tokio::test]
async fn a_key_creates_one_group() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.person("Ada"), fixture.person("Ben"));
    let input = json!({ "name": "Lisbon", "currency": "EUR", "idempotencyKey": "k" });
    let (one, two) = tokio::join!(fixture.create(&ada, input.clone()), fixture.create(&ada, input.clone()));
    assert_eq!(one["id"], two["id"]);
    assert_eq!(fixture.create(&ada, input.clone()).await["id"], one["id"]);
    assert_ne!(fixture.create(&ben, input).await["id"], one["id"], "a key belongs to a person");
    let other = json!({ "name": "Porto", "currency": "EUR", "idempotencyKey": "k" });
    assert_eq!(fixture.subgraph.code(&ada, CREATE, json!({ "input": other })).await, "IDEMPOTENCY_KEY_REUSED");
    fixture.subgraph.close().await;
}
