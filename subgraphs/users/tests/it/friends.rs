//! Friendships and friend requests.

use contracts::{FriendRequestId, UserId};
use kit::{Caller, testing::through_router};
use serde_json::{Value, json};

use crate::fixture::*;

const SEND: &str = "mutation ($email: String!) { sendFriendRequest(email: $email) }";
pub(crate) const SEND_TO: &str = "mutation ($id: ID!) { sendFriendRequestTo(userId: $id) }";
pub(crate) const ACCEPT: &str = "mutation ($id: ID!) { acceptFriendRequest(id: $id) { user { id name email } since } }";
pub(crate) const DECLINE: &str = "mutation ($id: ID!) { declineFriendRequest(id: $id) }";
const REMOVE: &str = "mutation ($id: ID!) { removeFriend(userId: $id) }";
pub(crate) const BLOCK: &str = "mutation ($id: ID!) { blockUser(userId: $id) }";
const UNBLOCK: &str = "mutation ($id: ID!) { unblockUser(userId: $id) }";
const REQUESTS: &str = "{ me { friendRequests { id from { id name email } to { id name email } createdAt } } }";
const FRIENDS: &str = "{ me { friends(first: 10) { totalCount edges { node { user { id name email } since } } } } }";

pub(crate) async fn requests(fixture: &Fixture, caller: &Caller) -> Vec<Value> {
    let me = fixture.subgraph.data(caller, REQUESTS, json!({})).await["me"].take();
    me["friendRequests"].as_array().unwrap().clone()
}

async fn friends(fixture: &Fixture, caller: &Caller) -> Vec<Value> {
    let me = fixture.subgraph.data(caller, FRIENDS, json!({})).await["me"].take();
    me["friends"]["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["user"].clone()).collect()
}

pub(crate) async fn send(fixture: &Fixture, caller: &Caller, email: &str) {
    assert_eq!(fixture.subgraph.data(caller, SEND, json!({ "email": email })).await["sendFriendRequest"], true);
}

pub(crate) fn id_of(caller: &Caller) -> String {
    caller.user().unwrap().to_string()
}

#[tokio::test]
async fn an_accepted_request_makes_friends_on_both_sides() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    send(&fixture, &ada, " Eve@Example.org ").await;

    let asked = requests(&fixture, &eve).await;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["from"]["id"], id_of(&ada));
    assert_eq!(asked[0]["from"]["email"], Value::Null, "no friend yet");
    assert_eq!(asked[0]["to"]["id"], id_of(&eve));

    let friend =
        fixture.subgraph.data(&eve, ACCEPT, json!({ "id": asked[0]["id"] })).await["acceptFriendRequest"].take();
    assert_eq!(friend["user"]["id"], id_of(&ada));
    assert_eq!(friend["user"]["email"], "ada@example.org");
    for (one, other) in [(&ada, &eve), (&eve, &ada)] {
        assert_eq!(
            friends(&fixture, one).await.iter().map(|friend| &friend["id"]).collect::<Vec<_>>(),
            [&id_of(other)]
        );
        assert!(requests(&fixture, one).await.is_empty());
    }
    // Friends see each other's address in every place.
    let query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { email } } }";
    let of = json!({ "r": [{ "__typename": "User", "id": id_of(&ada) }] });
    let seen = fixture.subgraph.data(&through_router(eve), query, of).await;
    assert_eq!(seen["_entities"][0]["email"], "ada@example.org");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nothing_reveals_whether_an_address_has_an_account() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    for email in ["eve@example.org", "nobody@example.org"] {
        send(&fixture, &ada, email).await;
        send(&fixture, &ada, email).await;
    }
    let asked = requests(&fixture, &eve).await;
    fixture.subgraph.data(&eve, DECLINE, json!({ "id": asked[0]["id"] })).await;
    assert!(requests(&fixture, &eve).await.is_empty());

    // The sender sees no difference between a declined request and one that waits for an account.
    let sent = requests(&fixture, &ada).await;
    assert_eq!(sent.len(), 2, "{sent:#?}");
    for (request, email) in sent.iter().zip(["nobody@example.org", "eve@example.org"]) {
        assert_eq!((&request["to"]["name"], &request["to"]["email"]), (&json!(email), &json!(email)));
        assert_eq!(request["to"]["id"], request["id"], "not the id of an account");
    }
    // A repeated request after it was declined is not delivered.
    send(&fixture, &ada, "eve@example.org").await;
    assert!(requests(&fixture, &eve).await.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_request_waits_until_its_address_is_registered() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    send(&fixture, &ada, "eve@example.org").await;

    let eve = fixture.person("eve@example.org").await;

    let asked = requests(&fixture, &eve).await;
    assert_eq!(asked[0]["from"]["id"], id_of(&ada));
    fixture.subgraph.data(&eve, ACCEPT, json!({ "id": asked[0]["id"] })).await;
    assert_eq!(friends(&fixture, &ada).await[0]["id"], id_of(&eve));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn mutual_requests_make_friends() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    send(&fixture, &ada, "eve@example.org").await;
    fixture.subgraph.data(&eve, SEND_TO, json!({ "id": id_of(&ada) })).await;
    for person in [&ada, &eve] {
        assert_eq!(friends(&fixture, person).await.len(), 1);
        assert!(requests(&fixture, person).await.is_empty());
    }
    // A request to a friend has no effect.
    send(&fixture, &ada, "eve@example.org").await;
    assert!(requests(&fixture, &eve).await.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_sender_and_receiver_can_use_a_request() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    let stranger = fixture.person("mallory@example.org").await;
    send(&fixture, &ada, "eve@example.org").await;
    let id = requests(&fixture, &eve).await[0]["id"].clone();

    // The sender cannot accept it either.
    for caller in [&stranger, &ada] {
        assert_eq!(fixture.subgraph.code(caller, ACCEPT, json!({ "id": id })).await, "FRIEND_REQUEST_NOT_FOUND");
    }
    for unknown in [json!(FriendRequestId::new().to_string()), json!("nonsense")] {
        assert_eq!(fixture.subgraph.code(&eve, ACCEPT, json!({ "id": unknown })).await, "FRIEND_REQUEST_NOT_FOUND");
        assert_eq!(fixture.subgraph.code(&eve, DECLINE, json!({ "id": unknown })).await, "FRIEND_REQUEST_NOT_FOUND");
    }
    assert_eq!(fixture.subgraph.code(&stranger, DECLINE, json!({ "id": id })).await, "FRIEND_REQUEST_NOT_FOUND");
    for field in ["friends { totalCount }", "friendRequests { id }", "sessions { id }"] {
        let query =
            format!("query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on User {{ {field} }} }} }}");
        let of = json!({ "r": [{ "__typename": "User", "id": id_of(&ada) }] });
        assert_eq!(fixture.subgraph.code(&through_router(eve.clone()), &query, of).await, "NOT_ALLOWED");
    }

    let anonymous = Caller::anonymous();
    for (operation, variables) in [
        (SEND, json!({ "email": "eve@example.org" })),
        (SEND_TO, json!({ "id": id_of(&eve) })),
        (ACCEPT, json!({ "id": id })),
        (DECLINE, json!({ "id": id })),
        (REMOVE, json!({ "id": id_of(&eve) })),
        (BLOCK, json!({ "id": id_of(&eve) })),
        (UNBLOCK, json!({ "id": id_of(&eve) })),
    ] {
        assert_eq!(fixture.subgraph.code(&anonymous, operation, variables).await, "UNAUTHENTICATED", "{operation}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_request_can_be_withdrawn_and_a_friendship_ended() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    send(&fixture, &ada, "eve@example.org").await;
    let id = requests(&fixture, &ada).await[0]["id"].clone();
    fixture.subgraph.data(&ada, DECLINE, json!({ "id": id })).await;
    assert!(requests(&fixture, &eve).await.is_empty() && requests(&fixture, &ada).await.is_empty());

    send(&fixture, &ada, "eve@example.org").await;
    send(&fixture, &eve, "ada@example.org").await;
    for _ in 0..2 {
        let ended = fixture.subgraph.data(&eve, REMOVE, json!({ "id": id_of(&ada) })).await;
        assert_eq!(ended["removeFriend"], true, "twice is once");
    }
    assert!(friends(&fixture, &ada).await.is_empty() && friends(&fixture, &eve).await.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_blocked_user_is_not_notified_and_sends_no_requests() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    send(&fixture, &ada, "eve@example.org").await;
    send(&fixture, &eve, "ada@example.org").await;

    fixture.subgraph.data(&ada, BLOCK, json!({ "id": id_of(&eve) })).await;

    assert!(friends(&fixture, &eve).await.is_empty());
    send(&fixture, &eve, "ada@example.org").await;
    fixture.subgraph.data(&eve, SEND_TO, json!({ "id": id_of(&ada) })).await;
    assert!(requests(&fixture, &ada).await.is_empty());
    let sent = requests(&fixture, &eve).await;
    assert_eq!(sent[0]["to"]["email"], "ada@example.org");

    fixture.subgraph.data(&ada, UNBLOCK, json!({ "id": id_of(&eve) })).await;
    fixture.subgraph.data(&eve, DECLINE, json!({ "id": sent[0]["id"] })).await;
    send(&fixture, &eve, "ada@example.org").await;
    assert_eq!(requests(&fixture, &ada).await.len(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_friends_are_refused() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    for email in ["", "ada", " ADA@example.org"] {
        let answer = fixture.subgraph.ask(&ada, SEND, json!({ "email": email })).await;
        assert_eq!(refusal(&answer), ("VALIDATION", Some("email")), "{email}");
    }
    // The response for an unknown id is the same as for a known one.
    for id in [UserId::new().to_string(), "nonsense".to_owned()] {
        assert_eq!(fixture.subgraph.data(&ada, SEND_TO, json!({ "id": id })).await["sendFriendRequestTo"], true);
    }
    assert!(requests(&fixture, &ada).await.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn many_requests_in_one_hour_are_limited() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    for number in 0..60 {
        send(&fixture, &ada, &format!("friend{number}@example.org")).await;
    }
    let answer = fixture.subgraph.ask(&ada, SEND, json!({ "email": "one.more@example.org" })).await;
    assert_eq!(refusal(&answer), ("RATE_LIMITED", None));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_account_has_no_friends() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    send(&fixture, &ada, "eve@example.org").await;
    send(&fixture, &eve, "ada@example.org").await;
    let delete = "mutation ($password: String!) { deleteAccount(password: $password) }";
    fixture.subgraph.data(&ada, delete, json!({ "password": PASSWORD })).await;
    assert!(friends(&fixture, &eve).await.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_second_request_to_an_address_tells_nothing_after_it_was_registered() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.person("ada@example.org").await, fixture.person("ben@example.org").await);
    send(&fixture, &ada, "eve@example.org").await;
    send(&fixture, &ben, "eve@example.org").await;
    let eve = fixture.person("eve@example.org").await;

    send(&fixture, &ada, "eve@example.org").await;
    fixture.subgraph.data(&ada, SEND_TO, json!({ "id": id_of(&eve) })).await;
    assert_eq!(requests(&fixture, &ada).await.len(), 1, "one row for one address");
    let asked = requests(&fixture, &eve).await;
    assert_eq!(asked.len(), 2, "one of each sender: {asked:#?}");

    let of_ada = asked.iter().find(|request| request["from"]["id"] == id_of(&ada)).unwrap();
    fixture.subgraph.data(&eve, DECLINE, json!({ "id": of_ada["id"] })).await;
    send(&fixture, &ada, "eve@example.org").await;
    assert_eq!(requests(&fixture, &eve).await.len(), 1, "what was declined does not come again");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn requests_that_waited_are_delivered_once_and_not_to_who_has_blocked_their_sender() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let (ada, ben) = (fixture.join(&server, "ada@example.org").await, fixture.join(&server, "ben@example.org").await);
    let (ada, ben) = (fixture.caller(&ada), fixture.caller(&ben));
    let eve = fixture.caller(&fixture.register("eve@example.org").await);
    let question = server.next_to("eve@example.org").await;
    // Ada knows her from a group too, and the address waits until it is verified.
    send(&fixture, &ada, "eve@example.org").await;
    fixture.subgraph.data(&ada, SEND_TO, json!({ "id": id_of(&eve) })).await;
    send(&fixture, &ben, "eve@example.org").await;
    fixture.subgraph.data(&eve, BLOCK, json!({ "id": id_of(&ben) })).await;

    assert_eq!(fixture.confirm(question.token()).await["data"]["confirmEmail"], true);

    let asked = requests(&fixture, &eve).await;
    assert_eq!(asked.len(), 1, "{asked:#?}");
    assert_eq!((requests(&fixture, &ada).await.len(), requests(&fixture, &ben).await.len()), (2, 1), "as before");
    fixture.subgraph.data(&eve, ACCEPT, json!({ "id": asked[0]["id"] })).await;
    for person in [&ada, &eve] {
        assert!(requests(&fixture, person).await.is_empty(), "between friends nothing waits");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_owner_sees_blocked_users() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    let blocked = "{ me { blocked { id name email } } }";
    fixture.subgraph.data(&ada, BLOCK, json!({ "id": id_of(&eve) })).await;
    // Blocking an id without an account leaves no trace in the list.
    fixture.subgraph.data(&ada, BLOCK, json!({ "id": UserId::new().to_string() })).await;
    let of_ada = fixture.subgraph.data(&ada, blocked, json!({})).await["me"]["blocked"].take();
    assert_eq!(of_ada, json!([{ "id": id_of(&eve), "name": "Ada", "email": null }]));
    assert_eq!(fixture.subgraph.data(&eve, blocked, json!({})).await["me"]["blocked"], json!([]));
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), blocked, json!({})).await, "UNAUTHENTICATED");
    let entity = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { blocked { id } } } }";
    let asked = json!({ "r": [{ "__typename": "User", "id": id_of(&ada) }] });
    assert_eq!(fixture.subgraph.code(&through_router(eve.clone()), entity, asked).await, "NOT_ALLOWED");

    fixture.subgraph.data(&ada, UNBLOCK, json!({ "id": id_of(&eve) })).await;
    assert_eq!(fixture.subgraph.data(&ada, blocked, json!({})).await["me"]["blocked"], json!([]));
    fixture.subgraph.close().await;
}
