//! Joining a group by an invitation.

use contracts::Timestamp;
use kit::{Caller, Clock};
use serde_json::json;

use crate::fixture::{Fixture, GROUPS_PER_PERSON, code};

const PREVIEW: &str = "query ($token: String!) {
    invite(token: $token) { groupName kind memberNames guests { memberId name } } }";

#[tokio::test]
async fn a_link_shows_the_group_before_signing_in() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let guest = fixture.guest(&ada, &group, "Bob").await;
    let invite = fixture.invite(&ada, &group, Some(5)).await;
    let token = invite["token"].as_str().unwrap();
    assert_eq!(invite["url"], format!("https://quits.example/join#{token}"));
    assert_eq!(token.len(), 32);
    assert_eq!(invite["maxUses"], 5);
    assert_eq!(invite["uses"], 0);

    let shown = fixture.subgraph.data(&Caller::anonymous(), PREVIEW, json!({ "token": token })).await;

    assert_eq!(
        shown["invite"],
        json!({
            "groupName": "Lisbon",
            "kind": "OTHER",
            "memberNames": ["Ada", "Bob"],
            "guests": [{ "memberId": guest["id"], "name": "Bob" }],
        })
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_link_expires_after_a_week_by_default() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let invite = fixture.invite(&ada, &group, None).await;
    let expires_at: Timestamp = invite["expiresAt"].as_str().unwrap().parse().unwrap();
    let hours = Clock::system().now().milliseconds_until(expires_at) / 3_600_000;
    assert_eq!(hours, 167);
    assert!(invite["maxUses"].is_null());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_joined_member_has_the_name_of_the_account() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    let token = fixture.token(&ada, &group).await;

    let member = fixture.join(&bob, &token, None).await;

    assert_eq!(member["name"], "Bob");
    assert_eq!(member["role"], "MEMBER");
    assert_eq!(member["state"], "ACTIVE");
    assert_eq!(member["isGuest"], false);
    assert_eq!(member["group"]["version"], 2);
    assert_eq!(fixture.read(&bob, &group).await["members"].as_array().unwrap().len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn joining_again_gives_the_same_member_and_uses_nothing_up() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    let invite = fixture.invite(&ada, &group, Some(1)).await;
    let token = invite["token"].as_str().unwrap();

    let first = fixture.join(&bob, token, None).await;
    let second = fixture.join(&bob, token, None).await;

    assert_eq!(first, second);
    let eve = fixture.person("Eve");
    assert_eq!(code(&fixture.try_join(&eve, token, None).await), "INVITE_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn unknown_expired_used_up_and_revoked_invitations_look_the_same() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let group = fixture.group(&ada).await;

    let used_up = fixture.invite(&ada, &group, Some(1)).await;
    fixture.join(&bob, used_up["token"].as_str().unwrap(), None).await;

    let revoked = fixture.invite(&ada, &group, None).await;
    let query = "mutation ($id: ID!) { revokeInvite(id: $id) }";
    fixture.subgraph.data(&ada, query, json!({ "id": revoked["id"] })).await;
    assert_eq!(fixture.subgraph.code(&ada, query, json!({ "id": revoked["id"] })).await, "INVITE_NOT_FOUND");

    let expired = fixture.invite(&ada, &group, None).await;
    let invites = fixture.subgraph.resources.database.collection::<mongodb::bson::Document>("invites");
    let past = Clock::system().now().plus_ms(-1).to_string();
    let end = mongodb::bson::doc! { "$set": { "expires_at": past } };
    let this = mongodb::bson::doc! { "_id": expired["id"].as_str().unwrap() };
    assert_eq!(invites.update_one(this, end).await.unwrap().modified_count, 1);

    let unknown = json!({ "token": "nobody-ever-made-this" });
    for invite in [used_up, revoked, expired, unknown] {
        let token = invite["token"].as_str().unwrap();
        assert_eq!(code(&fixture.try_join(&eve, token, None).await), "INVITE_NOT_FOUND");
        assert!(fixture.subgraph.data(&eve, PREVIEW, json!({ "token": token })).await["invite"].is_null());
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_secret_is_not_in_the_database() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let token = fixture.token(&ada, &group).await;
    for name in ["invites", "journal"] {
        use futures::TryStreamExt;
        let all = fixture.subgraph.resources.database.collection::<mongodb::bson::Document>(name);
        let all: Vec<_> = all.find(mongodb::bson::doc! {}).await.unwrap().try_collect().await.unwrap();
        assert!(!all.is_empty());
        assert!(!format!("{all:?}").contains(&token));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nobody_is_in_more_groups_than_their_balances_can_add_up() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let mut last = fixture.group(&ada).await;
    let token = fixture.token(&ada, &last).await;
    for _ in 1..GROUPS_PER_PERSON {
        last = fixture.group(&bob).await;
    }
    fixture.join(&bob, &token, None).await;

    let create = "mutation { createGroup(input: { name: \"One more\", currency: \"EUR\" }) { id } }";
    assert_eq!(fixture.subgraph.code(&bob, create, json!({})).await, "NOT_ALLOWED");
    let other = fixture.group(&ada).await;
    let token = fixture.token(&ada, &other).await;
    assert_eq!(code(&fixture.try_join(&bob, &token, None).await), "NOT_ALLOWED");
    // Whoever is in a group already comes into no further one.
    fixture.leave(&bob, &last).await;
    let token = fixture.token(&ada, &other).await;
    assert_eq!(code(&fixture.try_join(&bob, &token, None).await), "NOT_ALLOWED", "groups that one has left count");
    fixture.subgraph.close().await;
}
