//! Sessions and their refresh tokens.

use mongodb::bson::{Document, doc};

use super::*;

async fn refresh(subgraph: &TestSubgraph<Users>, token: &str) -> String {
    let refreshed = accepted(try_to_refresh(subgraph, token).await, "refreshSession");
    text(&refreshed["refreshToken"]).to_owned()
}

async fn is_refused(subgraph: &TestSubgraph<Users>, token: &str) -> bool {
    let answer = try_to_refresh(subgraph, token).await;
    answer.get("errors").is_some() && refusal(&answer) == ("UNAUTHENTICATED", None)
}

#[tokio::test]
async fn each_refresh_replaces_the_token() {
    let subgraph = subgraph().await;
    let registered = register(&subgraph, "ada@example.org").await;
    let first = text(&registered["refreshToken"]);
    let refreshed = accepted(try_to_refresh(&subgraph, first).await, "refreshSession");
    let second = text(&refreshed["refreshToken"]);
    assert_eq!(refreshed["user"], registered["user"]);
    assert_ne!(first, second);
    assert_ne!(refresh(&subgraph, second).await, second);
    subgraph.close().await;
}

#[tokio::test]
async fn a_token_used_up_before_ends_the_whole_family() {
    let subgraph = subgraph().await;
    let other = register(&subgraph, "ada@example.org").await;
    let signed_in = accepted(try_to_log_in(&subgraph, "ada@example.org", PASSWORD).await, "login");
    let first = text(&signed_in["refreshToken"]);
    let second = refresh(&subgraph, first).await;
    let third = refresh(&subgraph, &second).await;
    for token in [first, &second, &third] {
        assert!(is_refused(&subgraph, token).await);
    }
    // Another sign-in of the same person is another family.
    refresh(&subgraph, text(&other["refreshToken"])).await;
    subgraph.close().await;
}

#[tokio::test]
async fn tabs_that_refresh_at_once_get_the_same_token() {
    let subgraph = subgraph().await;
    let token = text(&register(&subgraph, "ada@example.org").await["refreshToken"]).to_owned();
    let answers = futures::future::join_all((0..8).map(|_| refresh(&subgraph, &token))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    // One family with one token: it still goes on, and an old token still ends it.
    let next = refresh(&subgraph, &answers[0]).await;
    assert!(is_refused(&subgraph, &token).await);
    assert!(is_refused(&subgraph, &next).await);
    subgraph.close().await;
}

#[tokio::test]
async fn a_session_ends_with_logout() {
    let subgraph = subgraph().await;
    let token = text(&register(&subgraph, "ada@example.org").await["refreshToken"]).to_owned();
    let kept = accepted(try_to_log_in(&subgraph, "ada@example.org", PASSWORD).await, "login");
    assert_eq!(log_out(&subgraph, &token).await, true);
    assert!(is_refused(&subgraph, &token).await);
    for again in [token.as_str(), "", "no token"] {
        assert_eq!(log_out(&subgraph, again).await, true);
    }
    refresh(&subgraph, text(&kept["refreshToken"])).await;
    subgraph.close().await;
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let subgraph = subgraph().await;
    let token = text(&register(&subgraph, "ada@example.org").await["refreshToken"]).to_owned();
    for other in ["", "x", &token[1..], &format!("{token}A"), &"A".repeat(64)] {
        assert!(is_refused(&subgraph, other).await, "{other:?}");
    }
    refresh(&subgraph, &token).await;
    subgraph.close().await;
}

#[tokio::test]
async fn a_session_that_was_not_refreshed_in_time_has_ended() {
    let subgraph = subgraph().await;
    let token = text(&register(&subgraph, "ada@example.org").await["refreshToken"]).to_owned();
    let sessions = subgraph.resources.database.collection::<Document>("sessions");
    let past = doc! { "$set": { "expires_at": "2020-01-01T00:00:00.000Z" } };
    assert_eq!(sessions.update_many(doc! {}, past).await.unwrap().modified_count, 1);
    assert!(is_refused(&subgraph, &token).await);
    subgraph.close().await;
}

#[tokio::test]
async fn sessions_are_cleaned_up_when_they_end() {
    let subgraph = subgraph().await;
    register(&subgraph, "ada@example.org").await;
    let sessions = subgraph.resources.database.collection::<Document>("sessions");
    assert!(sessions.list_index_names().await.unwrap().contains(&"purge_at_1".to_owned()));
    assert_eq!(sessions.count_documents(doc! { "purge_at": { "$type": "date" } }).await.unwrap(), 1);
    subgraph.close().await;
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let subgraph = subgraph().await;
    let token = text(&register(&subgraph, "ada@example.org").await["refreshToken"]).to_owned();
    let restarted = open(&subgraph.resources).await;
    let subgraph = TestSubgraph::new(restarted, subgraph.resources);
    refresh(&subgraph, &token).await;
    subgraph.close().await;
}
