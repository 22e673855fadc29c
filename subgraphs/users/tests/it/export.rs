//! The export of personal data.

use chrono_tz::Tz;
use contracts::UserId;
use kit::{Caller, Clock, testing::person};
use serde_json::{Value, json};

use crate::fixture::*;

const EXPORT: &str = "{ exportMyData { filename mediaType content } }";

#[tokio::test]
async fn the_export_has_everything_that_is_stored_and_no_secrets() {
    let fixture = Fixture::open().await;
    let registered = fixture.register("ada@example.org").await;
    let ada = fixture.caller(&registered);
    let (ben, eve) = (fixture.person("ben@example.org").await, fixture.person("eve@example.org").await);
    let send = "mutation ($email: String!) { sendFriendRequest(email: $email) }";
    for email in ["ben@example.org", "nobody@example.org"] {
        fixture.subgraph.data(&ada, send, json!({ "email": email })).await;
    }
    fixture.subgraph.data(&ben, send, json!({ "email": "ada@example.org" })).await;
    let block = "mutation ($id: ID!) { blockUser(userId: $id) }";
    fixture.subgraph.data(&ada, block, json!({ "id": eve.user().unwrap().to_string() })).await;

    let file = fixture.subgraph.data(&ada, EXPORT, json!({})).await["exportMyData"].take();
    assert_eq!(file["mediaType"], "application/json");
    let day = ada.today(Clock::system().now());
    assert_eq!(file["filename"], format!("quits-{day}.json"));
    let content = text(&file["content"]);
    let data: Value = serde_json::from_str(content).unwrap();
    assert_eq!(data["account"]["email"], "ada@example.org");
    assert_eq!(data["account"]["id"], registered["user"]["id"]);
    assert_eq!(data["friends"][0]["userId"], ben.user().unwrap().to_string());
    assert_eq!(data["friends"][0]["name"], "Ada");
    assert_eq!(data["friends"].as_array().map(Vec::len), Some(1));
    let requests = data["friendRequests"].as_array().unwrap();
    assert_eq!((requests.len(), &requests[0]["toEmail"]), (1, &json!("nobody@example.org")));
    assert_eq!(data["blockedUserIds"], json!([eve.user().unwrap().to_string()]));
    assert_eq!(data["sessions"].as_array().map(Vec::len), Some(1));
    let session = ada.session().unwrap();
    for secret in ["argon2", text(&registered["refreshToken"]), session, "hash"] {
        assert!(!content.contains(secret), "{secret}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_file_name_has_the_callers_own_day() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    let name = async |zone: Tz| {
        let ada = ada.clone().in_time_zone(zone);
        let file = fixture.subgraph.data(&ada, EXPORT, json!({})).await["exportMyData"].take();
        (text(&file["filename"]).to_owned(), format!("quits-{}.json", ada.today(Clock::system().now())))
    };
    // The dates in these two zones always differ.
    let (late, early) = (name(Tz::Pacific__Kiritimati).await, name(Tz::Pacific__Pago_Pago).await);
    assert_eq!((&late.0, &early.0), (&late.1, &early.1));
    assert_ne!(late.0, early.0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn anonymous_callers_get_no_export() {
    let fixture = Fixture::open().await;
    for caller in [Caller::anonymous(), person(UserId::new())] {
        assert_eq!(fixture.subgraph.code(&caller, EXPORT, json!({})).await, "UNAUTHENTICATED");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn no_export_reveals_whether_an_address_has_an_account() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    fixture.person("ben@example.org").await;
    let send = "mutation ($email: String!) { sendFriendRequest(email: $email) }";
    for email in ["ben@example.org", "nobody@example.org"] {
        fixture.subgraph.data(&ada, send, json!({ "email": email })).await;
    }
    let file = fixture.subgraph.data(&ada, EXPORT, json!({})).await["exportMyData"].take();
    let data: Value = serde_json::from_str(text(&file["content"])).unwrap();
    for request in data["friendRequests"].as_array().unwrap() {
        assert_eq!(request["toUserId"], Value::Null, "{request}");
    }
    fixture.subgraph.close().await;
}
