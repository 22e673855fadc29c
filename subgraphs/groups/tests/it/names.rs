//! Changes of accounts are applied to their members in groups.

use contracts::{Envelope, Event, Timestamp, Trace, UserId, envelope::Place, event::UserFacts};
use kit::{
    Caller,
    bus::{Handled, Handler},
};
use serde_json::json;
use uuid::Uuid;

use crate::fixture::Fixture;

/// Handles an event of users twice, because an event may be delivered again.
async fn tell(fixture: &Fixture, caller: &Caller, name: &str, event: fn(UserFacts) -> Event) {
    let user_id: UserId = caller.user().unwrap();
    let place = Place { stream: user_id.0, version: 2, at: Timestamp::EPOCH };
    let event = event(UserFacts { user_id, name: name.to_owned() });
    let envelope = Envelope::new(Uuid::now_v7(), "users", place, Some(user_id), Trace::start(), event);
    for _ in 0..2 {
        assert_eq!(fixture.subgraph.services.handle(&envelope).await.unwrap(), Handled::Done);
    }
}

#[tokio::test]
async fn a_new_name_is_shown_in_all_current_and_former_groups() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let own = fixture.group(&bob).await;
    let shared = fixture.pair(&ada, &bob).await;
    let left = fixture.pair(&ada, &bob).await;
    fixture.leave(&bob, &left).await;

    tell(&fixture, &bob, "Robert", Event::UserUpdated).await;

    assert_eq!(fixture.member(&bob, &own, "Robert").await["role"], "OWNER");
    assert_eq!(fixture.member(&ada, &shared, "Robert").await["state"], "ACTIVE");
    assert_eq!(fixture.member(&ada, &left, "Robert").await["state"], "LEFT");
    assert_eq!(fixture.read(&ada, &shared).await["version"], 3, "a change that is made already is none");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_account_leaves_its_groups_and_its_balances_stay() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let member = fixture.own_member(&ada, &group).await;
    fixture.facts.expenses.add(&member, 1_000);

    tell(&fixture, &ada, "Deleted person", Event::UserDeleted).await;

    let gone = fixture.member(&bob, &group, "Deleted person").await;
    assert_eq!((&gone["id"], &gone["state"]), (&json!(member), &json!("LEFT")));
    assert_eq!(fixture.member(&bob, &group, "Bob").await["role"], "OWNER");
    let look = "query ($id: ID!) { group(id: $id) { id } }";
    assert_eq!(fixture.subgraph.code(&ada, look, json!({ "id": group })).await, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_asks_to_join_is_shown_by_the_current_name_and_not_at_all_once_the_account_is_deleted() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    let token = fixture.token(&ada, &group).await;
    let request = "mutation ($token: String!, $guest: ID!) { requestClaim(token: $token, memberId: $guest) }";
    for guest in ["B.", "Bobby"] {
        let guest = fixture.guest(&ada, &group, guest).await["id"].take();
        fixture.subgraph.data(&bob, request, json!({ "token": token, "guest": guest })).await;
    }
    let waiting = async || {
        let query = "query ($id: ID!) { group(id: $id) { claimRequests { name } } }";
        fixture.subgraph.data(&ada, query, json!({ "id": group })).await["group"]["claimRequests"].take()
    };

    tell(&fixture, &bob, "Robert", Event::UserUpdated).await;
    assert_eq!(waiting().await, json!([{ "name": "Robert" }, { "name": "Robert" }]));
    tell(&fixture, &bob, "Deleted person", Event::UserDeleted).await;
    assert_eq!(waiting().await, json!([]));
    fixture.subgraph.close().await;
}
