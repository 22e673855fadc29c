//! Signing in.

use kit::Caller;
use mongodb::bson::{Document, doc};
use serde_json::json;

use users::config::Config;

use crate::fixture::*;

#[tokio::test]
async fn the_right_password_signs_in_whatever_the_case_of_the_address() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let signed_in = accepted(fixture.try_to_log_in(" ADA@Example.org", PASSWORD).await, "login");
    assert_eq!(signed_in["user"], registered["user"]);
    assert_ne!(signed_in["refreshToken"], registered["refreshToken"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_response() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    let wrong = fixture.try_to_log_in("ada@example.org", "wrong horse battery").await;
    assert_eq!(refusal(&wrong), ("BAD_CREDENTIALS", None));
    for (email, password) in [("eve@example.org", PASSWORD), ("", ""), ("ada@example.org", "")] {
        assert_eq!(fixture.try_to_log_in(email, password).await, wrong, "{email}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn after_too_many_failures_even_the_right_password_has_to_wait() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    fixture.register("eve@example.org").await;
    for _ in 0..3 {
        assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", "wrong").await).0, "BAD_CREDENTIALS");
    }
    let answer = fixture.try_to_log_in("Ada@example.org", PASSWORD).await;
    assert_eq!(refusal(&answer), ("RATE_LIMITED", None));
    let wait: i64 = text(&answer["errors"][0]["extensions"]["retryAfterSeconds"]).parse().unwrap();
    assert!((1..=ENDLESS_SECONDS).contains(&wait));

    accepted(fixture.try_to_log_in("eve@example.org", PASSWORD).await, "login");
    // Another replica refuses as well: the count is not kept in the process.
    let replica = fixture.replica(config()).await;
    assert_eq!(refusal(&replica.try_to_log_in("ada@example.org", PASSWORD).await).0, "RATE_LIMITED");
    replica.subgraph.stop();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_address_without_an_account_is_limited_as_well() {
    let fixture = Fixture::open().await;
    for _ in 0..3 {
        assert_eq!(refusal(&fixture.try_to_log_in("nobody@example.org", "wrong").await).0, "BAD_CREDENTIALS");
    }
    assert_eq!(refusal(&fixture.try_to_log_in("nobody@example.org", "wrong").await).0, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn concurrent_attempts_do_not_bypass_the_limit() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    let answers =
        futures::future::join_all((0..12).map(|_| fixture.try_to_log_in("ada@example.org", "wrong horse"))).await;
    let looked_at = answers.iter().filter(|answer| refusal(answer).0 == "BAD_CREDENTIALS").count();
    let limited = answers.iter().filter(|answer| refusal(answer).0 == "RATE_LIMITED").count();
    assert_eq!((looked_at, limited), (3, 9));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_successful_sign_in_resets_the_count() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    for _ in 0..3 {
        for _ in 0..2 {
            assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", "wrong").await).0, "BAD_CREDENTIALS");
        }
        accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_limit_ends_with_its_window() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    for _ in 0..4 {
        fixture.mistype_password("ada@example.org").await;
    }
    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "RATE_LIMITED");
    // Simulates the passing of time: windows of another length are separate windows.
    let later = fixture.replica(Config { login_window_seconds: 3_600, ..config() }).await;
    accepted(later.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    later.subgraph.stop();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn failures_are_also_limited_over_all_addresses() {
    let fixture = Fixture::open_with(Config { login_failures_overall: 2, ..config() }).await;
    fixture.register("ada@example.org").await;
    for _ in 0..3 {
        accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    }
    for email in ["a@example.org", "b@example.org"] {
        assert_eq!(refusal(&fixture.try_to_log_in(email, "wrong").await).0, "BAD_CREDENTIALS");
    }
    assert_eq!(refusal(&fixture.try_to_log_in("c@example.org", "wrong").await).0, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn stored_failures_expire_and_do_not_contain_the_address() {
    let fixture = Fixture::open().await;
    fixture.mistype_password("ada@example.org").await;
    let failures = fixture.subgraph.resources.database.collection::<Document>("login_failures");
    let indexes = failures.list_index_names().await.unwrap();
    assert!(indexes.contains(&"purge_at_1".to_owned()), "{indexes:?}");
    assert_eq!(failures.count_documents(doc! { "purge_at": { "$type": "date" } }).await.unwrap(), 2);
    assert_eq!(failures.count_documents(doc! { "_id": { "$regex": "ada" } }).await.unwrap(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_first_sign_in_from_a_device_sends_a_mail() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    let log_in = async |device: &str| {
        let query = "mutation($input: LoginInput!) { login(input: $input) { user { id } } }";
        let input = json!({ "email": "ada@example.org", "password": PASSWORD, "device": device });
        fixture.subgraph.data(&Caller::anonymous(), query, json!({ "input": input })).await;
    };
    // The device of the registration is known.
    log_in("").await;
    for _ in 0..2 {
        log_in("Firefox on Linux").await;
    }
    let notice = server.next_to("ada@example.org").await;
    assert_eq!(notice.subject, "A new device");
    log_in("Safari on iPhone").await;
    assert_eq!(server.next_to("ada@example.org").await.subject, "A new device");
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn failures_of_others_do_not_lock_out_a_device_that_has_signed_in() {
    let fixture = Fixture::open_with(Config { login_failures_overall: 3, ..config() }).await;
    fixture.register("ada@example.org").await;
    let (known, unknown) = ("the-key-of-ada's-phone", "the-key-of-eve's-phone");
    accepted(fixture.try_from_device("ada@example.org", PASSWORD, known).await, "login");
    for _ in 0..6 {
        fixture.mistype_password("ada@example.org").await;
    }
    let code = async |password: &str, key: &str| {
        let answer = fixture.try_from_device("ada@example.org", password, key).await;
        answer["data"]["login"].is_null().then(|| refusal(&answer).0.to_owned())
    };
    assert_eq!(code(PASSWORD, unknown).await.as_deref(), Some("RATE_LIMITED"));
    assert_eq!(code(PASSWORD, known).await, None);
    // Its own failures are limited all the same.
    for _ in 0..3 {
        assert_eq!(code("wrong", known).await.as_deref(), Some("BAD_CREDENTIALS"));
    }
    assert_eq!(code(PASSWORD, known).await.as_deref(), Some("RATE_LIMITED"));
    // A device is known for the accounts that it signed in to.
    assert_eq!(refusal(&fixture.try_from_device("eve@example.org", "wrong", known).await).0, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn failures_of_others_do_not_keep_a_signed_in_user_from_changing_the_password() {
    let fixture = Fixture::open().await;
    let ada = fixture.caller(&fixture.register("ada@example.org").await);
    for _ in 0..4 {
        fixture.mistype_password("ada@example.org").await;
    }
    let change = "mutation($current: String!, $new: String!) { changePassword(current: $current, new: $new) }";
    let words = json!({ "current": PASSWORD, "new": "another horse than the battery" });
    assert_eq!(fixture.subgraph.data(&ada, change, words).await["changePassword"], true);
    fixture.subgraph.close().await;
}
