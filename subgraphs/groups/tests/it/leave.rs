//! Somebody leaves a group, and maybe comes back.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn who_leaves_stays_as_one_who_left() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.pair(&ada, &bob).await;

    house.leave(&bob, &group).await;

    assert_eq!(house.member(&ada, &group, "Bob").await["state"], "LEFT");
    let list = house.bed.data(&bob, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["groups"]["totalCount"], 0);
    house.bed.close().await;
}

#[tokio::test]
async fn who_left_can_look_but_not_act() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.pair(&ada, &bob).await;
    let invite = house.invite(&bob, &group, None).await;
    house.leave(&bob, &group).await;

    assert_eq!(house.read(&bob, &group).await["members"].as_array().unwrap().len(), 2);
    for action in [
        "mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }",
        "mutation ($id: ID!) { createInvite(groupId: $id) { id } }",
        "mutation ($id: ID!) { leaveGroup(groupId: $id) }",
    ] {
        assert_eq!(house.bed.code(&bob, action, json!({ "id": group })).await, "NOT_ALLOWED", "{action}");
    }
    let revoke = "mutation ($id: ID!) { revokeInvite(id: $id) }";
    assert_eq!(house.bed.code(&bob, revoke, json!({ "id": invite["id"] })).await, "NOT_ALLOWED");
    house.bed.close().await;
}

#[tokio::test]
async fn who_comes_back_is_the_same_member() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.pair(&ada, &bob).await;
    let before = house.member(&ada, &group, "Bob").await;
    house.leave(&bob, &group).await;
    let token = house.token(&ada, &group).await;

    let after = house.join(&bob, &token, None).await;

    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["state"], "ACTIVE");
    assert_eq!(house.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    house.bed.close().await;
}

#[tokio::test]
async fn the_last_owner_hands_over_to_who_has_been_in_it_longest() {
    let house = House::open().await;
    let (ada, bob, cleo) = (house.person("Ada"), house.person("Bob"), house.person("Cleo"));
    let group = house.pair(&ada, &bob).await;
    house.guest(&ada, &group, "Guest").await;
    let token = house.token(&ada, &group).await;
    house.join(&cleo, &token, None).await;

    house.leave(&ada, &group).await;

    assert_eq!(house.member(&bob, &group, "Bob").await["role"], "OWNER");
    assert_eq!(house.member(&bob, &group, "Cleo").await["role"], "MEMBER");
    assert_eq!(house.join(&ada, &token, None).await["role"], "MEMBER");
    house.bed.close().await;
}

#[tokio::test]
async fn who_comes_into_a_group_without_users_owns_it() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    house.guest(&ada, &group, "Guest").await;
    let token = house.token(&ada, &group).await;

    house.leave(&ada, &group).await;

    assert_eq!(house.member(&ada, &group, "Guest").await["role"], "MEMBER");
    assert_eq!(house.join(&ada, &token, None).await["role"], "OWNER");
    house.bed.close().await;
}
