//! Email addresses: their verification, and their replacement.

use contracts::UserId;
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::*;

const ME: &str = "{ me { email emailVerified } }";
const VERIFY: &str = "mutation { requestEmailVerification }";
const CHANGE: &str = "mutation ($password: String!, $email: String!) {
    requestEmailChange(password: $password, email: $email) }";
const RESET: &str = "mutation ($token: String!, $new: String!) { resetPassword(token: $token, new: $new) }";
const REQUESTS: &str = "{ me { friendRequests { from { name } } } }";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn me(fixture: &Fixture, caller: &Caller) -> Value {
    fixture.subgraph.data(caller, ME, json!({})).await["me"].take()
}

async fn change(fixture: &Fixture, caller: &Caller, email: &str) -> Value {
    fixture.subgraph.ask(caller, CHANGE, json!({ "password": PASSWORD, "email": email })).await
}

#[tokio::test]
async fn an_address_is_verified_by_a_link_in_a_mail() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.person("ada@example.org").await;
    assert_eq!(me(&fixture, &ada).await, json!({ "email": "ada@example.org", "emailVerified": false }));
    let first = server.next_to("ada@example.org").await;
    assert_eq!(first.subject, "Confirm your mail address");
    assert_eq!(first.text.lines().next(), Some("Hello,"), "what anybody may have chosen as a name is left out");
    assert!(first.link().starts_with("https://quits.example/confirm#token="), "{}", first.link());

    fixture.subgraph.data(&ada, VERIFY, json!({})).await;
    let second = server.next_to("ada@example.org").await;
    assert_eq!(refusal(&fixture.confirm(first.token()).await), ("LINK_EXPIRED", Some("token")));
    assert_eq!(fixture.confirm(second.token()).await["data"]["confirmEmail"], true);
    assert_eq!(me(&fixture, &ada).await["emailVerified"], true);
    assert_eq!(refusal(&fixture.confirm(second.token()).await).0, "LINK_EXPIRED");

    // A verified address gets no further mail.
    assert_eq!(fixture.subgraph.data(&ada, VERIFY, json!({})).await["requestEmailVerification"], true);
    change(&fixture, &ada, "lovelace@example.org").await;
    server.next_to("lovelace@example.org").await;
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_link_is_valid_for_its_own_topic_only() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.register("ada@example.org").await;
    let question = server.next_to("ada@example.org").await;
    let reset = json!({ "token": question.token(), "new": "staple of another battery" });
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), RESET, reset).await, "LINK_EXPIRED");
    fixture.subgraph.resources.clock.advance_ms(3 * DAY_MS);
    assert_eq!(refusal(&fixture.confirm(question.token()).await).0, "LINK_EXPIRED");

    let forgotten = "mutation { requestPasswordReset(email: \"ada@example.org\") }";
    fixture.subgraph.data(&Caller::anonymous(), forgotten, json!({})).await;
    let mail = server.next_to("ada@example.org").await;
    assert_eq!(refusal(&fixture.confirm(mail.token()).await).0, "LINK_EXPIRED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_new_address_replaces_the_old_one_when_its_link_is_followed() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);

    assert_eq!(change(&fixture, &ada, " Lovelace@Example.org").await["data"]["requestEmailChange"], true);
    let mail = server.next_to("lovelace@example.org").await;
    assert_eq!(me(&fixture, &ada).await["email"], "ada@example.org");
    assert_eq!(fixture.confirm(mail.token()).await["data"]["confirmEmail"], true);

    assert_eq!(me(&fixture, &ada).await, json!({ "email": "lovelace@example.org", "emailVerified": true }));
    let notice = server.next_to("ada@example.org").await;
    assert_eq!(notice.subject, "Your mail address was changed");
    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "BAD_CREDENTIALS");
    accepted(fixture.try_to_log_in("lovelace@example.org", PASSWORD).await, "login");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_taken_address_is_revealed_only_to_the_reader_of_its_mail() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);
    fixture.join(&server, "ben@example.org").await;
    let taken = change(&fixture, &ada, "ben@example.org").await;
    assert_eq!(taken, change(&fixture, &ada, "nobody@example.org").await);
    server.next_to("nobody@example.org").await;

    change(&fixture, &ada, "ben@example.org").await;
    server.next_to("ben@example.org").await;
    let mail = server.next_to("ben@example.org").await;
    assert_eq!(refusal(&fixture.confirm(mail.token()).await), ("EMAIL_TAKEN", Some("token")));
    assert_eq!(me(&fixture, &ada).await["email"], "ada@example.org");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn changing_the_address_needs_the_password() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);
    for caller in [Caller::anonymous(), through_router(Caller::anonymous()), person(UserId::new())] {
        assert_eq!(refusal(&change(&fixture, &caller, "eve@example.org").await).0, "UNAUTHENTICATED");
        assert_eq!(fixture.subgraph.code(&caller, VERIFY, json!({})).await, "UNAUTHENTICATED");
    }
    let wrong = json!({ "password": "wrong horse battery", "email": "eve@example.org" });
    assert_eq!(fixture.subgraph.code(&ada, CHANGE, wrong).await, "BAD_CREDENTIALS");
    for email in ["no address", "ada@example.org"] {
        assert_eq!(refusal(&change(&fixture, &ada, email).await), ("VALIDATION", Some("email")));
    }
    for number in 0..5 {
        change(&fixture, &ada, &format!("ada{number}@example.org")).await;
    }
    assert_eq!(refusal(&change(&fixture, &ada, "once.more@example.org").await).0, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_owner_sees_whether_an_address_is_verified() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let eve = through_router(fixture.person("eve@example.org").await);
    let query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { emailVerified } } }";
    let of = json!({ "r": [{ "__typename": "User", "id": registered["user"]["id"] }] });
    assert_eq!(fixture.subgraph.code(&eve, query, of).await, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn friend_requests_wait_until_the_address_is_verified() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);
    let send = "mutation ($email: String!) { sendFriendRequest(email: $email) }";
    fixture.subgraph.data(&ada, send, json!({ "email": "ben@example.org" })).await;
    let ben = fixture.person("ben@example.org").await;
    let question = server.next_to("ben@example.org").await;
    let cleo = fixture.caller(&fixture.join(&server, "cleo@example.org").await);
    fixture.subgraph.data(&cleo, send, json!({ "email": "ben@example.org" })).await;

    let requests = async || fixture.subgraph.data(&ben, REQUESTS, json!({})).await["me"]["friendRequests"].take();
    assert_eq!(requests().await, json!([]));
    accepted(fixture.confirm(question.token()).await, "confirmEmail");
    assert_eq!(requests().await.as_array().map(Vec::len), Some(2));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn resetting_the_password_verifies_the_address() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.person("ada@example.org").await;
    server.next_to("ada@example.org").await;
    let forgotten = "mutation { requestPasswordReset(email: \"ada@example.org\") }";
    fixture.subgraph.data(&Caller::anonymous(), forgotten, json!({})).await;
    let mail = server.next_to("ada@example.org").await;
    let variables = json!({ "token": mail.token(), "new": "staple of another battery" });
    assert_eq!(fixture.subgraph.data(&Caller::anonymous(), RESET, variables).await["resetPassword"], true);
    assert_eq!(me(&fixture, &ada).await["emailVerified"], true);
    fixture.subgraph.close().await;
}
