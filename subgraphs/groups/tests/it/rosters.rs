//! Rosters, as other subgraphs request them over HTTP.

use std::collections::HashMap;

use contracts::{
    GroupId, Trace, UserId,
    ask::{Asker, Unavailable},
    roster::{HttpRosters, Roster, Rosters, SharedGroups},
};
use jsonwebtoken::{
    EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet},
};
use kit::{
    Caller, Clock, Subgraph,
    auth::{ALGORITHM, Claims, Keys, TOKEN_TYPE, TokenCheck},
    settings::ExposeSecret,
};
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use std::sync::Arc;

use crate::fixture::Fixture;

const KID: &str = "test";

/// Signs tokens that the subgraph under test accepts.
struct Signer(EncodingKey);

impl Signer {
    fn new() -> Self {
        let key = p256::SecretKey::from_slice(&[7; 32]).unwrap().to_pkcs8_pem(LineEnding::LF).unwrap();
        Self(EncodingKey::from_ec_pem(key.as_bytes()).unwrap())
    }

    fn keys(&self) -> Keys {
        let mut key = Jwk::from_encoding_key(&self.0, ALGORITHM).unwrap();
        key.common.key_id = Some(KID.to_owned());
        Keys::fixed(JwkSet { keys: vec![key] })
    }

    fn token(&self, sub: UserId) -> String {
        let iat = Clock::system().now().unix_seconds();
        let (iss, aud) = ("quits".to_owned(), "quits".to_owned());
        let claims = Claims { sub, iss, aud, iat, exp: iat + 60, sid: None, zoneinfo: None };
        let (typ, kid) = (Some(TOKEN_TYPE.to_owned()), Some(KID.to_owned()));
        let header = Header { typ, kid, ..Header::new(ALGORITHM) };
        encode(&header, &claims, &self.0).unwrap()
    }
}

/// Serves the routes of groups, and a client for them like that of other subgraphs.
struct RosterClient {
    signer: Signer,
    rosters: HttpRosters,
}

impl RosterClient {
    async fn open(fixture: &Fixture) -> Self {
        let signer = Signer::new();
        let tokens = TokenCheck::new(signer.keys(), "quits", "quits").unwrap();
        let settings = &fixture.subgraph.resources.settings;
        let tokens = tokens.with_secrets(settings.router_key.clone(), settings.service_key.clone());
        let routes = fixture.subgraph.services.routes(&Arc::new(tokens));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { signer, rosters: HttpRosters::new(&address).unwrap() }
    }

    async fn by_token(&self, caller: &Caller, ids: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        let token = self.signer.token(caller.user().unwrap());
        self.rosters.rosters(&Asker::Person { token, trace: Trace::start() }, ids).await
    }

    async fn by_key(&self, key: &str, ids: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        self.rosters.rosters(&Asker::Service { key: key.to_owned(), trace: Trace::start() }, ids).await
    }
}

#[tokio::test]
async fn a_person_gets_the_rosters_of_own_groups_only() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let group: GroupId = fixture.pair(&ada, &bob).await.parse().unwrap();
    let other: GroupId = fixture.group(&ada).await.parse().unwrap();
    fixture.guest(&ada, &group.to_string(), "Guest").await;
    fixture.leave(&bob, &group.to_string()).await;
    let client = RosterClient::open(&fixture).await;
    let ids = [group, other, GroupId::new()];

    assert_eq!(client.by_token(&ada, &ids).await.unwrap().len(), 2);
    assert!(client.by_token(&eve, &ids).await.unwrap().is_empty());
    assert!(client.by_token(&bob, &ids).await.unwrap().is_empty());
    let of_ada = client.by_token(&ada, &ids).await.unwrap();
    let roster = &of_ada[&group];
    assert_eq!(roster.version, 4);
    assert_eq!(roster.currency.code(), "EUR");
    assert!(!roster.archived);
    assert_eq!(roster.members.len(), 3);
    assert_eq!(roster.active_member_of(ada.user().unwrap()).unwrap().name, "Ada");
    assert!(roster.active_member_of(bob.user().unwrap()).is_none());
    assert!(roster.members.iter().any(|member| member.user_id.is_none() && member.name == "Guest"));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_service_with_the_key_gets_all_rosters() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group: GroupId = fixture.group(&ada).await.parse().unwrap();
    let client = RosterClient::open(&fixture).await;
    let key = fixture.subgraph.resources.settings.service_key.expose_secret().to_owned();
    assert_eq!(client.by_key(&key, &[group, GroupId::new()]).await.unwrap().len(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_wrong_key_or_token_gets_no_roster() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group: GroupId = fixture.group(&ada).await.parse().unwrap();
    let client = RosterClient::open(&fixture).await;
    let refused = |answer: Result<_, Unavailable>| answer.unwrap_err().reason.contains("401");
    for key in ["", "a service key for tests!", "a router key for tests"] {
        assert!(refused(client.by_key(key, &[group]).await), "{key}");
    }
    let trace = Trace::start();
    let forged = format!("{}x", client.signer.token(ada.user().unwrap()));
    for token in [forged, "nonsense".to_owned(), String::new()] {
        assert!(refused(client.rosters.rosters(&Asker::Person { token, trace }, &[group]).await));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_person_gets_the_groups_shared_with_another_and_no_others() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let shared: GroupId = fixture.pair(&ada, &bob).await.parse().unwrap();
    let left = fixture.pair(&ada, &bob).await;
    fixture.leave(&bob, &left).await;
    fixture.group(&ada).await;
    fixture.pair(&bob, &eve).await;
    let client = RosterClient::open(&fixture).await;
    let shared_by = async |one: &Caller, other: &Caller| {
        let token = client.signer.token(one.user().unwrap());
        let asker = Asker::Person { token, trace: Trace::start() };
        let rosters = client.rosters.shared_with(&asker, other.user().unwrap()).await.unwrap();
        rosters.into_iter().map(|roster| roster.group_id).collect::<Vec<_>>()
    };
    assert_eq!(shared_by(&ada, &bob).await, [shared]);
    assert_eq!(shared_by(&bob, &ada).await, [shared]);
    assert_eq!(shared_by(&ada, &eve).await, []);
    let key = fixture.subgraph.resources.settings.service_key.expose_secret().to_owned();
    let service = Asker::Service { key, trace: Trace::start() };
    assert!(client.rosters.shared_with(&service, bob.user().unwrap()).await.is_err(), "only people share groups");
    fixture.subgraph.close().await;
}
