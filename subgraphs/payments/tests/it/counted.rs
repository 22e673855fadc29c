//! Another subgraph asks over HTTP which payments count in a group.

use std::sync::Arc;

use contracts::{
    Trace, UserId,
    ask::Asker,
    payments::{GroupPayments, HttpGroupPayments, PaymentRow, PaymentsQuestion},
};
use jsonwebtoken::{
    EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet},
};
use kit::{
    Clock, Subgraph,
    auth::{ALGORITHM, Claims, Keys, TOKEN_TYPE, TokenCheck},
};
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use serde_json::json;

use crate::fixture::{Fixture, Groups};

const KID: &str = "test";
const VOID: &str = "mutation($id: ID!) { voidPayment(id: $id) { status } }";

/// Serves the internal HTTP routes of payments, and calls them with the client that expenses uses.
struct PaymentsClient {
    groups: Arc<Groups>,
    key: EncodingKey,
    payments: HttpGroupPayments,
}

impl PaymentsClient {
    async fn open(fixture: &Fixture) -> Self {
        let secret = p256::SecretKey::from_slice(&[7; 32]).unwrap().to_pkcs8_pem(LineEnding::LF).unwrap();
        let key = EncodingKey::from_ec_pem(secret.as_bytes()).unwrap();
        let mut published = Jwk::from_encoding_key(&key, ALGORITHM).unwrap();
        published.common.key_id = Some(KID.to_owned());
        let tokens = TokenCheck::new(Keys::fixed(JwkSet { keys: vec![published] }), "quits", "quits").unwrap();
        let routes = fixture.subgraph.services.routes(&Arc::new(tokens));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { groups: Arc::clone(&fixture.groups), key, payments: HttpGroupPayments::new(&address).unwrap() }
    }

    async fn ask(&self, user: UserId, question: &PaymentsQuestion) -> Vec<PaymentRow> {
        let iat = Clock::system().now().unix_seconds();
        let (iss, aud) = ("quits".to_owned(), "quits".to_owned());
        let claims = Claims { sub: user, iss, aud, iat, exp: iat + 60, sid: None, zoneinfo: None };
        let (typ, kid) = (Some(TOKEN_TYPE.to_owned()), Some(KID.to_owned()));
        let token = encode(&Header { typ, kid, ..Header::new(ALGORITHM) }, &claims, &self.key).unwrap();
        self.groups.signed.lock().unwrap().insert(token.clone(), user);
        self.payments.payments(&Asker::Person { token, trace: Trace::start() }, question).await.unwrap()
    }
}

#[tokio::test]
async fn payments_that_count_are_paged_for_members_only() {
    let fixture = Fixture::open().await;
    let mut ids = Vec::new();
    for (key, date) in [("a", "2026-01-03"), ("b", "2026-01-01"), ("c", "2026-01-02"), ("d", "2026-01-04")] {
        ids.push(fixture.record(1, fixture.cash_with(key, &json!({ "date": date, "note": key }))).await["id"].take());
    }
    fixture.subgraph.data(&fixture.caller(1), VOID, json!({ "id": ids[3] })).await;

    let client = PaymentsClient::open(&fixture).await;
    let mut question = PaymentsQuestion { group: fixture.group.group_id, first: 2, after: None };
    let first = client.ask(fixture.users[0], &question).await;
    question.after = first.last().map(|payment| payment.place);
    let second = client.ask(fixture.users[0], &question).await;
    let notes: Vec<_> = first.iter().chain(&second).map(|payment| payment.note.as_deref().unwrap()).collect();
    assert_eq!(notes, ["a", "c", "b"], "the latest first, without the voided one");
    assert_eq!((first[0].from, first[0].to, first[0].amount.minor), (fixture.member(1), fixture.member(0), 3_000));

    question.after = None;
    assert!(client.ask(UserId::new(), &question).await.is_empty());
    fixture.subgraph.close().await;
}
