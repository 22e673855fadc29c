//! Limits of login attempts, WebSockets and subscriptions per client.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::timeout;

use crate::{
    person::{GROUP, Live, Person, code},
    stack::{Stack, eventually},
    trip::{Trip, create_expense},
};

const LOGIN: &str = "mutation($input: LoginInput!) { login(input: $input) { accessToken } }";
const SOCKETS: usize = 10;
const SUBSCRIPTIONS: usize = 20;

fn watching() -> String {
    format!("subscription($id: ID!) {{ groupMoved(groupId: $id) {{ {GROUP} }} }}")
}

#[tokio::test]
async fn login_attempts_are_limited_per_address() {
    let stack = Stack::start().await;
    let (eve, ada) = (Person::nobody(&stack), stack.register("Ada").await);
    let guess = json!({ "input": { "email": "ben@example.org", "password": "not the password" } });
    let mut codes = Vec::new();
    for _ in 0..25 {
        codes.push(eve.code(LOGIN, guess.clone()).await);
    }
    assert_eq!(codes[0], "BAD_CREDENTIALS");
    assert!(codes.contains(&"RATE_LIMITED".to_owned()), "{codes:?}");
    assert!(ada.sign_in(&stack).await.token.is_some());
    assert_eq!(eve.code("{ me { id } }", json!({})).await, "UNAUTHENTICATED", "what is cheap is still answered");
}

#[tokio::test]
async fn subscriptions_are_served_on_sockets_only() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada"]).await;
    for accept in ["text/event-stream", "multipart/mixed;subscriptionSpec=1.0, application/json"] {
        let (watching, headers) = (watching(), [("accept", accept)]);
        let body = trip.people[0].body(&watching, json!({ "id": trip.id }), &headers);
        let body = timeout(Duration::from_secs(10), body).await.expect("it ends");
        assert!(body.contains("errors") && !body.contains("groupMoved"), "{accept}: {body}");
    }
}

#[tokio::test]
async fn a_person_has_ten_sockets_with_twenty_subscriptions_each() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let (ada, id) = (&trip.people[0], json!({ "id": trip.id }));

    let mut first = ada.connect().await;
    for number in 0..SUBSCRIPTIONS {
        first.subscribe(&number.to_string(), &watching(), id.clone()).await;
        assert_eq!(first.message().await["type"], "next");
    }
    first.subscribe("one more", &watching(), id.clone()).await;
    assert_eq!(answer_to(&mut first, "one more").await, "RATE_LIMITED");
    first.complete("0").await;
    let mut tries = 0;
    eventually("a subscription may take the place of the one that ended", async || {
        tries += 1;
        let name = format!("instead {tries}");
        first.subscribe(&name, &watching(), id.clone()).await;
        (answer_to(&mut first, &name).await == "next").then_some(())
    })
    .await;

    let mut others = Vec::new();
    for _ in 1..SOCKETS {
        let mut socket = ada.watch(&trip.id).await;
        socket.group_at(0).await;
        others.push(socket);
    }
    assert_eq!(ada.watch(&trip.id).await.refusal().await, "RATE_LIMITED");
    trip.people[1].watch(&trip.id).await.group_at(0).await;
    drop(others.pop());
    eventually("a socket is free again", async || {
        let mut socket = ada.watch(&trip.id).await;
        let message = socket.message().await;
        message["payload"]["errors"].is_null().then_some(())
    })
    .await;
}

/// Returns the type of the next message of an operation, or its error code if it has one.
async fn answer_to(live: &mut Live, id: &str) -> String {
    loop {
        let message = live.message().await;
        if message["id"] != id {
            continue;
        }
        let refused = message["payload"]["errors"].is_array();
        return if refused { code(&message["payload"]) } else { message["type"].as_str().unwrap().to_owned() };
    }
}

#[tokio::test]
async fn anonymous_sockets_are_closed_and_expired_tokens_refused() {
    let stack =
        Stack::start_with(&[("QUITS_ANONYMOUS_SOCKET_SECONDS", "2"), ("QUITS_ACCESS_TOKEN_SECONDS", "20")]).await;
    let trip = Trip::of(&stack, &["Ada"]).await;
    let mut known = trip.people[0].watch(&trip.id).await;
    known.group_at(0).await;

    let opened = Instant::now();
    let mut anonymous = Person::nobody(&stack).connect().await;
    assert_eq!(anonymous.message().await["type"], "close");
    assert!(opened.elapsed() < Duration::from_secs(8), "{:?}", opened.elapsed());

    // The subscription ends when its token expires, and later operations on the same WebSocket are refused.
    let end = loop {
        let message = known.message().await;
        if message["type"] != "next" || message["payload"]["errors"].is_array() {
            break message;
        }
    };
    assert_ne!(end["type"], "close", "{end:#}");
    known.subscribe("2", &watching(), json!({ "id": trip.id })).await;
    assert_eq!(answer_to(&mut known, "2").await, "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_client_that_never_reads_is_closed() {
    let stack = Stack::start_with(&[("QUITS_STALLED_SOCKET_SECONDS", "3"), ("QUITS_SOCKETS_PER_PERSON", "1")]).await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let [ada, ben] = &trip.people[..] else { unreachable!("two people") };
    let verbose = "subscription($id: ID!) { groupMoved(groupId: $id) { id ledgerVersion expenses(first: 5) { edges {
        node { id a: notes b: notes c: notes d: notes e: notes f: notes g: notes h: notes } } } } }";
    let mut silent = ada.connect().await;
    for number in 0..SUBSCRIPTIONS {
        silent.subscribe(&number.to_string(), verbose, json!({ "id": trip.id })).await;
    }
    assert_eq!(silent.message().await["type"], "next");
    assert_eq!(ada.watch(&trip.id).await.refusal().await, "RATE_LIMITED", "the only socket is taken");

    // Nothing more is read from the socket: what is sent fills the buffers between the router and the client.
    let notes = "🧾".repeat(1_000);
    let closing = async {
        for change in 0.. {
            let mut input = trip.expense(1, "1.00", &change.to_string());
            input["notes"] = json!(notes);
            ben.data(&create_expense(), json!({ "input": input })).await;
            let mut another = ada.watch(&trip.id).await;
            if another.message().await["payload"]["errors"].is_null() {
                return;
            }
        }
    };
    timeout(Duration::from_mins(2), closing).await.expect("the socket is closed, and another may be opened");
    drop(silent);
}
