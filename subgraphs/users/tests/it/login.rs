//! Signing in.

use mongodb::bson::{Document, doc};

use super::*;

#[tokio::test]
async fn the_right_password_signs_in_whatever_the_case_of_the_address() {
    let subgraph = subgraph().await;
    let registered = register(&subgraph, "ada@example.org").await;
    let signed_in = accepted(try_to_log_in(&subgraph, " ADA@Example.org", PASSWORD).await, "login");
    assert_eq!(signed_in["user"], registered["user"]);
    assert_ne!(signed_in["refreshToken"], registered["refreshToken"]);
    subgraph.close().await;
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    let wrong = try_to_log_in(&subgraph, "ada@example.org", "wrong horse battery").await;
    assert_eq!(refusal(&wrong), ("BAD_CREDENTIALS", None));
    for (email, password) in [("eve@example.org", PASSWORD), ("", ""), ("ada@example.org", "")] {
        assert_eq!(try_to_log_in(&subgraph, email, password).await, wrong, "{email}");
    }
    subgraph.close().await;
}

#[tokio::test]
async fn after_too_many_failures_even_the_right_password_has_to_wait() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    register(&subgraph, "eve@example.org").await;
    for _ in 0..3 {
        assert_eq!(refusal(&try_to_log_in(&subgraph, "ada@example.org", "wrong").await).0, "BAD_CREDENTIALS");
    }
    let answer = try_to_log_in(&subgraph, "Ada@example.org", PASSWORD).await;
    assert_eq!(refusal(&answer), ("RATE_LIMITED", None));
    let wait: i64 = text(&answer["errors"][0]["extensions"]["retryAfterSeconds"]).parse().unwrap();
    assert!((1..=ENDLESS_SECONDS).contains(&wait));

    accepted(try_to_log_in(&subgraph, "eve@example.org", PASSWORD).await, "login");
    // The same on another replica: nothing is remembered in the process.
    let replica = replica(&subgraph, config()).await;
    assert_eq!(refusal(&try_to_log_in(&replica, "ada@example.org", PASSWORD).await).0, "RATE_LIMITED");
    subgraph.close().await;
}

#[tokio::test]
async fn an_address_without_an_account_is_limited_as_well() {
    let subgraph = subgraph().await;
    for _ in 0..3 {
        assert_eq!(refusal(&try_to_log_in(&subgraph, "nobody@example.org", "wrong").await).0, "BAD_CREDENTIALS");
    }
    assert_eq!(refusal(&try_to_log_in(&subgraph, "nobody@example.org", "wrong").await).0, "RATE_LIMITED");
    subgraph.close().await;
}

#[tokio::test]
async fn many_tries_at_once_are_no_way_around_the_limit() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    let answers =
        futures::future::join_all((0..12).map(|_| try_to_log_in(&subgraph, "ada@example.org", "wrong horse"))).await;
    let looked_at = answers.iter().filter(|answer| refusal(answer).0 == "BAD_CREDENTIALS").count();
    let limited = answers.iter().filter(|answer| refusal(answer).0 == "RATE_LIMITED").count();
    assert_eq!((looked_at, limited), (3, 9));
    subgraph.close().await;
}

#[tokio::test]
async fn who_signs_in_starts_anew() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    for _ in 0..3 {
        for _ in 0..2 {
            assert_eq!(refusal(&try_to_log_in(&subgraph, "ada@example.org", "wrong").await).0, "BAD_CREDENTIALS");
        }
        accepted(try_to_log_in(&subgraph, "ada@example.org", PASSWORD).await, "login");
    }
    subgraph.close().await;
}

#[tokio::test]
async fn the_limit_ends_with_its_window() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    for _ in 0..4 {
        try_to_log_in(&subgraph, "ada@example.org", "wrong").await;
    }
    assert_eq!(refusal(&try_to_log_in(&subgraph, "ada@example.org", PASSWORD).await).0, "RATE_LIMITED");
    // As if time had passed: windows of another length are other windows.
    let later = replica(&subgraph, Config { login_window_seconds: 3_600, ..config() }).await;
    accepted(try_to_log_in(&later, "ada@example.org", PASSWORD).await, "login");
    subgraph.close().await;
}

#[tokio::test]
async fn failures_are_limited_over_all_addresses_too() {
    let subgraph = subgraph_with(Config { login_failures_overall: 2, ..config() }).await;
    register(&subgraph, "ada@example.org").await;
    for _ in 0..3 {
        accepted(try_to_log_in(&subgraph, "ada@example.org", PASSWORD).await, "login");
    }
    for email in ["a@example.org", "b@example.org"] {
        assert_eq!(refusal(&try_to_log_in(&subgraph, email, "wrong").await).0, "BAD_CREDENTIALS");
    }
    assert_eq!(refusal(&try_to_log_in(&subgraph, "c@example.org", "wrong").await).0, "RATE_LIMITED");
    subgraph.close().await;
}

#[tokio::test]
async fn failures_are_cleaned_up_and_do_not_name_the_address() {
    let subgraph = subgraph().await;
    try_to_log_in(&subgraph, "ada@example.org", "wrong").await;
    let failures = subgraph.resources.database.collection::<Document>("login_failures");
    let indexes = failures.list_index_names().await.unwrap();
    assert!(indexes.contains(&"purge_at_1".to_owned()), "{indexes:?}");
    assert_eq!(failures.count_documents(doc! { "purge_at": { "$type": "date" } }).await.unwrap(), 2);
    assert_eq!(failures.count_documents(doc! { "_id": { "$regex": "ada" } }).await.unwrap(), 0);
    subgraph.close().await;
}
