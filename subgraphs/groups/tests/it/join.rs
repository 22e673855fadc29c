//! Somebody follows a link into a group.

use contracts::Timestamp;
use kit::Caller;
use serde_json::json;

use crate::house::{House, code};

const PREVIEW: &str = "query ($token: String!) {
    invite(token: $token) { groupName kind memberNames guests { memberId name } } }";

#[tokio::test]
async fn a_link_shows_the_group_before_signing_in() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let guest = house.guest(&ada, &group, "Bob").await;
    let invite = house.invite(&ada, &group, Some(5)).await;
    let token = invite["token"].as_str().unwrap();
    assert_eq!(invite["url"], format!("https://quits.example/join/{token}"));
    assert_eq!(token.len(), 32);
    assert_eq!(invite["maxUses"], 5);
    assert_eq!(invite["uses"], 0);

    let shown = house.bed.data(&Caller::anonymous(), PREVIEW, json!({ "token": token })).await;

    assert_eq!(
        shown["invite"],
        json!({
            "groupName": "Lisbon",
            "kind": "OTHER",
            "memberNames": ["Ada", "Bob"],
            "guests": [{ "memberId": guest["id"], "name": "Bob" }],
        })
    );
    house.bed.close().await;
}

#[tokio::test]
async fn a_link_lasts_a_week_unless_said_otherwise() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let invite = house.invite(&ada, &group, None).await;
    let expires_at: Timestamp = invite["expiresAt"].as_str().unwrap().parse().unwrap();
    let hours = Timestamp::now().milliseconds_until(expires_at) / 3_600_000;
    assert_eq!(hours, 167);
    assert!(invite["maxUses"].is_null());
    house.bed.close().await;
}

#[tokio::test]
async fn whoever_joins_is_a_member_under_the_name_of_the_account() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.group(&ada).await;
    let token = house.token(&ada, &group).await;

    let member = house.join(&bob, &token, None).await;

    assert_eq!(member["name"], "Bob");
    assert_eq!(member["role"], "MEMBER");
    assert_eq!(member["state"], "ACTIVE");
    assert_eq!(member["isGuest"], false);
    assert_eq!(member["group"]["version"], 2);
    assert_eq!(house.read(&bob, &group).await["members"].as_array().unwrap().len(), 2);
    house.bed.close().await;
}

#[tokio::test]
async fn joining_again_gives_the_same_member_and_uses_nothing_up() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.group(&ada).await;
    let invite = house.invite(&ada, &group, Some(1)).await;
    let token = invite["token"].as_str().unwrap();

    let first = house.join(&bob, token, None).await;
    let second = house.join(&bob, token, None).await;

    assert_eq!(first, second);
    let eve = house.person("Eve");
    assert_eq!(code(&house.try_join(&eve, token, None).await), "INVITE_NOT_FOUND");
    house.bed.close().await;
}

#[tokio::test]
async fn unknown_expired_used_up_and_revoked_are_the_same() {
    let house = House::open().await;
    let (ada, bob, eve) = (house.person("Ada"), house.person("Bob"), house.person("Eve"));
    let group = house.group(&ada).await;

    let used_up = house.invite(&ada, &group, Some(1)).await;
    house.join(&bob, used_up["token"].as_str().unwrap(), None).await;

    let revoked = house.invite(&ada, &group, None).await;
    let query = "mutation ($id: ID!) { revokeInvite(id: $id) }";
    house.bed.data(&ada, query, json!({ "id": revoked["id"] })).await;
    assert_eq!(house.bed.code(&ada, query, json!({ "id": revoked["id"] })).await, "INVITE_NOT_FOUND");

    let expired = house.invite(&ada, &group, None).await;
    let invites = house.bed.parts.database.collection::<mongodb::bson::Document>("invites");
    let past = Timestamp::now().plus_ms(-1).to_string();
    let end = mongodb::bson::doc! { "$set": { "expires_at": past } };
    let this = mongodb::bson::doc! { "_id": expired["id"].as_str().unwrap() };
    assert_eq!(invites.update_one(this, end).await.unwrap().modified_count, 1);

    let unknown = json!({ "token": "nobody-ever-made-this" });
    for invite in [used_up, revoked, expired, unknown] {
        let token = invite["token"].as_str().unwrap();
        assert_eq!(code(&house.try_join(&eve, token, None).await), "INVITE_NOT_FOUND");
        assert!(house.bed.data(&eve, PREVIEW, json!({ "token": token })).await["invite"].is_null());
    }
    house.bed.close().await;
}

#[tokio::test]
async fn the_secret_is_not_in_the_database() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let token = house.token(&ada, &group).await;
    for name in ["invites", "journal"] {
        use futures::TryStreamExt;
        let all = house.bed.parts.database.collection::<mongodb::bson::Document>(name);
        let all: Vec<_> = all.find(mongodb::bson::doc! {}).await.unwrap().try_collect().await.unwrap();
        assert!(!all.is_empty());
        assert!(!format!("{all:?}").contains(&token));
    }
    house.bed.close().await;
}
