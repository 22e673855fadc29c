//! Sessions and their refresh tokens.

use mongodb::bson::{Document, doc};

use super::*;

async fn refresh(bed: &Bed<Users>, token: &str) -> String {
    let refreshed = accepted(try_to_refresh(bed, token).await, "refreshSession");
    text(&refreshed["refreshToken"]).to_owned()
}

async fn is_refused(bed: &Bed<Users>, token: &str) -> bool {
    let answer = try_to_refresh(bed, token).await;
    answer.get("errors").is_some() && refusal(&answer) == ("UNAUTHENTICATED", None)
}

#[tokio::test]
async fn each_refresh_replaces_the_token() {
    let bed = bed().await;
    let registered = register(&bed, "ada@example.org").await;
    let first = text(&registered["refreshToken"]);
    let refreshed = accepted(try_to_refresh(&bed, first).await, "refreshSession");
    let second = text(&refreshed["refreshToken"]);
    assert_eq!(refreshed["user"], registered["user"]);
    assert_ne!(first, second);
    assert_ne!(refresh(&bed, second).await, second);
    bed.close().await;
}

#[tokio::test]
async fn a_token_used_up_before_ends_the_whole_family() {
    let bed = bed().await;
    let other = register(&bed, "ada@example.org").await;
    let signed_in = accepted(try_to_log_in(&bed, "ada@example.org", PASSWORD).await, "login");
    let first = text(&signed_in["refreshToken"]);
    let second = refresh(&bed, first).await;
    let third = refresh(&bed, &second).await;
    for token in [first, &second, &third] {
        assert!(is_refused(&bed, token).await);
    }
    // Another sign-in of the same person is another family.
    refresh(&bed, text(&other["refreshToken"])).await;
    bed.close().await;
}

#[tokio::test]
async fn tabs_that_refresh_at_once_get_the_same_token() {
    let bed = bed().await;
    let token = text(&register(&bed, "ada@example.org").await["refreshToken"]).to_owned();
    let answers = futures::future::join_all((0..8).map(|_| refresh(&bed, &token))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    // One family with one token: it still goes on, and an old token still ends it.
    let next = refresh(&bed, &answers[0]).await;
    assert!(is_refused(&bed, &token).await);
    assert!(is_refused(&bed, &next).await);
    bed.close().await;
}

#[tokio::test]
async fn a_session_ends_with_logout() {
    let bed = bed().await;
    let token = text(&register(&bed, "ada@example.org").await["refreshToken"]).to_owned();
    let kept = accepted(try_to_log_in(&bed, "ada@example.org", PASSWORD).await, "login");
    assert_eq!(log_out(&bed, &token).await, true);
    assert!(is_refused(&bed, &token).await);
    for again in [token.as_str(), "", "no token"] {
        assert_eq!(log_out(&bed, again).await, true);
    }
    refresh(&bed, text(&kept["refreshToken"])).await;
    bed.close().await;
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let bed = bed().await;
    let token = text(&register(&bed, "ada@example.org").await["refreshToken"]).to_owned();
    for other in ["", "x", &token[1..], &format!("{token}A"), &"A".repeat(64)] {
        assert!(is_refused(&bed, other).await, "{other:?}");
    }
    refresh(&bed, &token).await;
    bed.close().await;
}

#[tokio::test]
async fn a_session_that_was_not_refreshed_in_time_has_ended() {
    let bed = bed().await;
    let token = text(&register(&bed, "ada@example.org").await["refreshToken"]).to_owned();
    let sessions = bed.parts.database.collection::<Document>("sessions");
    let past = doc! { "$set": { "expires_at": "2020-01-01T00:00:00.000Z" } };
    assert_eq!(sessions.update_many(doc! {}, past).await.unwrap().modified_count, 1);
    assert!(is_refused(&bed, &token).await);
    bed.close().await;
}

#[tokio::test]
async fn sessions_are_cleaned_up_when_they_end() {
    let bed = bed().await;
    register(&bed, "ada@example.org").await;
    let sessions = bed.parts.database.collection::<Document>("sessions");
    assert!(sessions.list_index_names().await.unwrap().contains(&"purge_at_1".to_owned()));
    assert_eq!(sessions.count_documents(doc! { "purge_at": { "$type": "date" } }).await.unwrap(), 1);
    bed.close().await;
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let bed = bed().await;
    let token = text(&register(&bed, "ada@example.org").await["refreshToken"]).to_owned();
    let restarted = open(&bed.parts).await;
    let bed = Bed::new(restarted, bed.parts);
    refresh(&bed, &token).await;
    bed.close().await;
}
