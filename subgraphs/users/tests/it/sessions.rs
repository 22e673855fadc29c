//! Sessions and their refresh tokens.

use mongodb::bson::{Document, doc};

use crate::fixture::*;

async fn refresh(fixture: &Fixture, token: &str) -> String {
    let refreshed = accepted(fixture.try_to_refresh(token).await, "refreshSession");
    text(&refreshed["refreshToken"]).to_owned()
}

async fn is_refused(fixture: &Fixture, token: &str) -> bool {
    let answer = fixture.try_to_refresh(token).await;
    answer.get("errors").is_some() && refusal(&answer) == ("UNAUTHENTICATED", None)
}

#[tokio::test]
async fn each_refresh_replaces_the_token() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let first = text(&registered["refreshToken"]);
    let refreshed = accepted(fixture.try_to_refresh(first).await, "refreshSession");
    let second = text(&refreshed["refreshToken"]);
    assert_eq!(refreshed["user"], registered["user"]);
    assert_ne!(first, second);
    assert_ne!(refresh(&fixture, second).await, second);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn reusing_a_replaced_token_ends_the_whole_family() {
    let fixture = Fixture::open().await;
    let other = fixture.register("ada@example.org").await;
    let signed_in = accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    let first = text(&signed_in["refreshToken"]);
    let second = refresh(&fixture, first).await;
    let third = refresh(&fixture, &second).await;
    for token in [first, &second, &third] {
        assert!(is_refused(&fixture, token).await);
    }
    // Another sign-in of the same person is a separate family.
    refresh(&fixture, text(&other["refreshToken"])).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn concurrent_refreshes_get_the_same_token() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["refreshToken"]).to_owned();
    let answers = futures::future::join_all((0..8).map(|_| refresh(&fixture, &token))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    // There is one family with one current token: it can be refreshed, and an old token still ends it.
    let next = refresh(&fixture, &answers[0]).await;
    assert!(is_refused(&fixture, &token).await);
    assert!(is_refused(&fixture, &next).await);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_session_ends_with_logout() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["refreshToken"]).to_owned();
    let kept = accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    assert_eq!(fixture.log_out(&token).await, true);
    assert!(is_refused(&fixture, &token).await);
    for again in [token.as_str(), "", "no token"] {
        assert_eq!(fixture.log_out(again).await, true);
    }
    refresh(&fixture, text(&kept["refreshToken"])).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn malformed_tokens_are_refused() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["refreshToken"]).to_owned();
    for other in ["", "x", &token[1..], &format!("{token}A"), &"A".repeat(64)] {
        assert!(is_refused(&fixture, other).await, "{other:?}");
    }
    refresh(&fixture, &token).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_session_that_was_not_refreshed_in_time_has_expired() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["refreshToken"]).to_owned();
    let sessions = fixture.subgraph.resources.database.collection::<Document>("sessions");
    let past = doc! { "$set": { "expires_at": "2020-01-01T00:00:00.000Z" } };
    assert_eq!(sessions.update_many(doc! {}, past).await.unwrap().modified_count, 1);
    assert!(is_refused(&fixture, &token).await);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expired_sessions_are_removed() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    let sessions = fixture.subgraph.resources.database.collection::<Document>("sessions");
    assert!(sessions.list_index_names().await.unwrap().contains(&"purge_at_1".to_owned()));
    assert_eq!(sessions.count_documents(doc! { "purge_at": { "$type": "date" } }).await.unwrap(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["refreshToken"]).to_owned();
    let restarted = Fixture::over(fixture.subgraph.stop()).await;
    refresh(&restarted, &token).await;
    restarted.subgraph.close().await;
}
