//! Somebody leaves a group, and maybe comes back.

use serde_json::json;

use crate::fixture::Fixture;

#[tokio::test]
async fn who_leaves_stays_as_one_who_left() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;

    fixture.leave(&bob, &group).await;

    assert_eq!(fixture.member(&ada, &group, "Bob").await["state"], "LEFT");
    let list = fixture.subgraph.data(&bob, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["groups"]["totalCount"], 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_left_can_look_but_not_act() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let invite = fixture.invite(&bob, &group, None).await;
    fixture.leave(&bob, &group).await;

    assert_eq!(fixture.read(&bob, &group).await["members"].as_array().unwrap().len(), 2);
    for action in [
        "mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }",
        "mutation ($id: ID!) { createInvite(groupId: $id) { id } }",
        "mutation ($id: ID!) { leaveGroup(groupId: $id) }",
    ] {
        assert_eq!(fixture.subgraph.code(&bob, action, json!({ "id": group })).await, "NOT_ALLOWED", "{action}");
    }
    let revoke = "mutation ($id: ID!) { revokeInvite(id: $id) }";
    assert_eq!(fixture.subgraph.code(&bob, revoke, json!({ "id": invite["id"] })).await, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_comes_back_is_the_same_member() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let before = fixture.member(&ada, &group, "Bob").await;
    fixture.leave(&bob, &group).await;
    let token = fixture.token(&ada, &group).await;

    let after = fixture.join(&bob, &token, None).await;

    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["state"], "ACTIVE");
    assert_eq!(fixture.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_last_owner_hands_over_to_who_has_been_in_it_longest() {
    let fixture = Fixture::open().await;
    let (ada, bob, cleo) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Cleo"));
    let group = fixture.pair(&ada, &bob).await;
    fixture.guest(&ada, &group, "Guest").await;
    let token = fixture.token(&ada, &group).await;
    fixture.join(&cleo, &token, None).await;

    fixture.leave(&ada, &group).await;

    assert_eq!(fixture.member(&bob, &group, "Bob").await["role"], "OWNER");
    assert_eq!(fixture.member(&bob, &group, "Cleo").await["role"], "MEMBER");
    assert_eq!(fixture.join(&ada, &token, None).await["role"], "MEMBER");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_comes_into_a_group_without_users_owns_it() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    fixture.guest(&ada, &group, "Guest").await;
    let token = fixture.token(&ada, &group).await;

    fixture.leave(&ada, &group).await;

    assert_eq!(fixture.member(&ada, &group, "Guest").await["role"], "MEMBER");
    assert_eq!(fixture.join(&ada, &token, None).await["role"], "OWNER");
    fixture.subgraph.close().await;
}
