//! Use cases of one's own account.

use contracts::UserId;
use kit::{
    Caller,
    testing::{person, through_router},
};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::*;

const UPDATE: &str = "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
    name avatarUrl defaultCurrency locale timeZone } }";
const SESSIONS: &str = "{ me { sessions { id device createdAt lastSeenAt current } } }";
const END: &str = "mutation ($id: ID!) { endSession(id: $id) }";
const END_OTHERS: &str = "mutation { endOtherSessions }";
const CHANGE: &str = "mutation ($current: String!, $new: String!) { changePassword(current: $current, new: $new) }";
const DELETE: &str = "mutation ($password: String!) { deleteAccount(password: $password) }";
const NEW_PASSWORD: &str = "staple of another battery";

#[tokio::test]
async fn anonymous_callers_cannot_change_an_account() {
    let fixture = Fixture::open().await;
    for caller in [Caller::anonymous(), through_router(Caller::anonymous())] {
        for (operation, variables) in [
            (UPDATE, json!({ "input": { "name": "" } })),
            (SESSIONS, json!({})),
            (END, json!({ "id": "x" })),
            (END_OTHERS, json!({})),
            (CHANGE, json!({ "current": PASSWORD, "new": "x" })),
            (DELETE, json!({ "password": PASSWORD })),
        ] {
            assert_eq!(fixture.subgraph.code(&caller, operation, variables).await, "UNAUTHENTICATED", "{operation}");
        }
    }
    // A token of a user without an account.
    let code = fixture.subgraph.code(&person(UserId::new()), UPDATE, json!({ "input": { "name": "Eve" } })).await;
    assert_eq!(code, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_given_fields_of_a_profile_are_changed() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    let update = async |input: Value| fixture.subgraph.data(&ada, UPDATE, json!({ "input": input })).await;

    let changed = update(json!({ "name": " Ada L. ", "avatarUrl": "https://example.org/a.png" })).await;
    let expected = json!({ "name": "Ada L.", "avatarUrl": "https://example.org/a.png", "defaultCurrency": "EUR",
        "locale": "en", "timeZone": "UTC" });
    assert_eq!(changed["updateProfile"], expected);

    let input = json!({ "avatarUrl": null, "defaultCurrency": "GBP", "locale": "en-gb", "timeZone": "Europe/London" });
    let expected = json!({ "name": "Ada L.", "avatarUrl": null, "defaultCurrency": "GBP", "locale": "en-GB",
        "timeZone": "Europe/London" });
    assert_eq!(update(input).await["updateProfile"], expected);

    for (field, value) in [
        ("name", " "),
        ("avatarUrl", "javascript:alert(1)"),
        ("defaultCurrency", "XXX"),
        ("locale", "x"),
        ("timeZone", "Mars/Olympus"),
    ] {
        let answer = fixture.subgraph.ask(&ada, UPDATE, json!({ "input": { field: value } })).await;
        assert_eq!(refusal(&answer), ("VALIDATION", Some(format!("input.{field}").as_str())));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_person_sees_and_ends_own_sessions_only() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    let eve = fixture.person("eve@example.org").await;
    let input = json!({ "email": "ada@example.org", "password": PASSWORD, "device": "Firefox on Linux" });
    let login = format!("mutation ($input: LoginInput!) {{ login(input: $input) {{ {AUTH} }} }}");
    let second = fixture.subgraph.data(&Caller::anonymous(), &login, json!({ "input": input })).await["login"].take();

    let sessions = fixture.subgraph.data(&fixture.caller(&second), SESSIONS, json!({})).await["me"]["sessions"].take();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let current = sessions.iter().find(|session| session["current"] == true).unwrap();
    assert_eq!(current["device"], "Firefox on Linux");
    let other = sessions.iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(other["device"], "Unknown device");

    // The id of another user's session has no effect.
    assert_eq!(fixture.subgraph.data(&eve, END, json!({ "id": current["id"] })).await["endSession"], true);
    let kept = accepted(fixture.try_to_refresh(text(&second["refreshToken"])).await, "refreshSession");
    assert_eq!(fixture.subgraph.data(&ada, END, json!({ "id": current["id"] })).await["endSession"], true);
    assert_eq!(refusal(&fixture.try_to_refresh(text(&kept["refreshToken"])).await).0, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn all_sessions_except_the_current_one_are_ended() {
    let fixture = Fixture::open().await;
    let first = fixture.register("ada@example.org").await;
    let second = accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");

    let ended = fixture.subgraph.data(&fixture.caller(&second), END_OTHERS, json!({})).await;

    assert_eq!(ended["endOtherSessions"], true);
    assert_eq!(refusal(&fixture.try_to_refresh(text(&first["refreshToken"])).await).0, "UNAUTHENTICATED");
    accepted(fixture.try_to_refresh(text(&second["refreshToken"])).await, "refreshSession");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn changing_the_password_needs_the_old_one_and_ends_other_sessions() {
    let fixture = Fixture::open().await;
    let first = fixture.register("ada@example.org").await;
    let second = accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    let ada = fixture.caller(&second);

    let wrong = json!({ "current": "wrong horse battery", "new": NEW_PASSWORD });
    assert_eq!(fixture.subgraph.code(&ada, CHANGE, wrong).await, "BAD_CREDENTIALS");
    for new in ["too short", "1234567890"] {
        let answer = fixture.subgraph.ask(&ada, CHANGE, json!({ "current": PASSWORD, "new": new })).await;
        assert_eq!(refusal(&answer), ("VALIDATION", Some("new")));
    }
    let variables = json!({ "current": PASSWORD, "new": NEW_PASSWORD });
    assert_eq!(fixture.subgraph.data(&ada, CHANGE, variables).await["changePassword"], true);

    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "BAD_CREDENTIALS");
    accepted(fixture.try_to_log_in("ada@example.org", NEW_PASSWORD).await, "login");
    assert_eq!(refusal(&fixture.try_to_refresh(text(&first["refreshToken"])).await).0, "UNAUTHENTICATED");
    accepted(fixture.try_to_refresh(text(&second["refreshToken"])).await, "refreshSession");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn guessing_the_password_of_an_open_session_is_limited() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    for _ in 0..3 {
        let code = fixture.subgraph.code(&ada, DELETE, json!({ "password": "wrong" })).await;
        assert_eq!(code, "BAD_CREDENTIALS");
    }
    let variables = json!({ "current": PASSWORD, "new": NEW_PASSWORD });
    assert_eq!(fixture.subgraph.code(&ada, CHANGE, variables).await, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_account_does_not_identify_its_owner() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let ada = fixture.caller(&registered);
    let id = text(&registered["user"]["id"]);

    assert_eq!(fixture.subgraph.data(&ada, DELETE, json!({ "password": PASSWORD })).await["deleteAccount"], true);

    assert_eq!(fixture.subgraph.code(&ada, "{ me { id } }", json!({})).await, "UNAUTHENTICATED");
    assert_eq!(refusal(&fixture.try_to_refresh(text(&registered["refreshToken"])).await).0, "UNAUTHENTICATED");
    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "BAD_CREDENTIALS");
    let accounts = fixture.subgraph.resources.database.collection::<Document>("accounts");
    let rest = format!("{:?}", accounts.find_one(doc! { "_id": id }).await.unwrap().unwrap());
    for secret in ["Ada", "ada@example.org", "argon2"] {
        assert!(!rest.contains(secret), "{rest}");
    }
    // Others still resolve the id in their ledgers, and the address can be registered again.
    let eve = through_router(fixture.person("eve@example.org").await);
    let query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { name avatarUrl email } } }";
    let of = json!({ "r": [{ "__typename": "User", "id": id }] });
    let seen = fixture.subgraph.data(&eve, query, of).await["_entities"].take();
    assert_eq!(seen, json!([{ "name": "Deleted person", "avatarUrl": null, "email": null }]));
    assert_ne!(fixture.register("ada@example.org").await["user"]["id"], id);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn events_of_an_account_contain_no_secrets() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let ada = fixture.caller(&registered);
    fixture.subgraph.data(&ada, UPDATE, json!({ "input": { "name": "Ada L." } })).await;
    fixture.subgraph.data(&ada, CHANGE, json!({ "current": PASSWORD, "new": NEW_PASSWORD })).await;
    fixture.subgraph.data(&ada, DELETE, json!({ "password": NEW_PASSWORD })).await;

    let id = text(&registered["user"]["id"]);
    let journal = fixture.subgraph.resources.database.collection::<Document>("journal");
    for (version, kind, name) in [
        (2_i64, "user.updated.v1", "Ada L."),
        (3, "user.password_changed.v1", "Ada L."),
        (4, "user.deleted.v1", "Deleted person"),
    ] {
        let entry = journal.find_one(doc! { "stream": id, "version": version }).await.unwrap().expect("an entry");
        let event = entry.get_document("event").unwrap();
        assert_eq!(event.get_str("type").unwrap(), kind);
        assert_eq!(event.get_document("data").unwrap(), &doc! { "user_id": id, "name": name });
    }
    fixture.subgraph.close().await;
}
