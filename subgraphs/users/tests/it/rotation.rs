//! The keys of access tokens: rotation and storage.

use axum::http::{HeaderMap, header::AUTHORIZATION};
use contracts::UserId;
use futures::TryStreamExt;
use jsonwebtoken::{decode_header, jwk::JwkSet};
use kit::{
    Clock, Code, Outcome, Subgraph,
    auth::{Keys, TokenCheck},
    testing::resources,
};
use mongodb::bson::{Document, doc};
use serde_json::Value;
use users::{Services, config::Config};

use crate::fixture::*;

/// Longer than the old key is valid after the new one has taken over.
const OVERLAP_MS: i64 = (60 + 900 + 60) * 1_000;
const TAKES_OVER_MS: i64 = 60_000;

async fn fixture() -> Fixture {
    let mut resources = resources::<Services>(config()).await;
    resources.clock = Clock::standing_at(Clock::system().now());
    Fixture::over(resources).await
}

fn token(signed_in: &Value) -> &str {
    text(&signed_in["accessToken"])
}

fn kid(signed_in: &Value) -> String {
    decode_header(token(signed_in)).unwrap().kid.unwrap()
}

impl Fixture {
    fn keys(&self) -> Keys {
        self.subgraph.services.keys(&self.subgraph.resources.settings)
    }

    /// Returns the ids of the published keys.
    fn published(&self) -> Vec<String> {
        let Keys::Own(keys) = self.keys() else { panic!("users has its own keys") };
        let JwkSet { keys } = keys();
        keys.into_iter().map(|key| key.common.key_id.unwrap()).collect()
    }

    /// Returns the user of a token, verified with the keys that are published now.
    async fn holder(&self, token: &str) -> Outcome<UserId> {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, format!("Bearer {token}").parse().unwrap())]);
        TokenCheck::new(self.keys(), "quits", "quits").unwrap().caller(&headers).await?.user()
    }

    async fn refreshed(&self, signed_in: &Value) -> Value {
        accepted(self.try_to_refresh(text(&signed_in["refreshToken"])).await, "refreshSession")
    }

    async fn stored_keys(&self) -> Vec<Document> {
        let keys = self.subgraph.resources.database.collection::<Document>("signing_keys");
        keys.find(doc! {}).await.unwrap().try_collect().await.unwrap()
    }
}

#[tokio::test]
async fn a_session_continues_while_its_key_is_replaced() {
    let fixture = fixture().await;
    let replica = fixture.replica(config()).await;
    let clock = &fixture.subgraph.resources.clock;
    let before = fixture.register("ada@example.org").await;
    let old = kid(&before);
    assert_eq!(fixture.published(), std::slice::from_ref(&old));

    // The new key is published before it signs, so that verifiers know it before its first token.
    fixture.subgraph.services.rotate_key().await.unwrap();
    replica.subgraph.services.reload_keys().await.unwrap();
    let published = fixture.published();
    assert_eq!((published.len(), &published[0]), (2, &old));
    assert_eq!(replica.published(), published);
    let still = fixture.refreshed(&before).await;
    assert_eq!(kid(&still), old);

    clock.advance_ms(TAKES_OVER_MS);
    let after = replica.refreshed(&still).await;
    assert_eq!(kid(&after), published[1]);
    for signed_in in [&before, &still, &after] {
        assert!(fixture.holder(token(signed_in)).await.is_ok());
        assert!(replica.holder(token(signed_in)).await.is_ok());
    }

    clock.advance_ms(OVERLAP_MS);
    fixture.subgraph.services.reload_keys().await.unwrap();
    assert_eq!(fixture.published(), [published[1].clone()]);
    assert_eq!(replica.published(), [published[1].clone()], "also where it was not looked for new keys");
    assert!(fixture.holder(token(&still)).await.unwrap_err().is(Code::Unauthenticated));
    assert!(fixture.holder(token(&after)).await.is_ok());
    assert_eq!(fixture.stored_keys().await.len(), 1, "the old key is removed");
    replica.subgraph.stop();
    assert_eq!(kid(&fixture.refreshed(&after).await), published[1]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_pending_rotation_is_not_repeated() {
    let fixture = fixture().await;
    let first = fixture.subgraph.services.rotate_key().await.unwrap();
    assert_eq!(fixture.subgraph.services.rotate_key().await.unwrap(), first);
    assert_eq!(fixture.published().len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn stored_keys_are_encrypted() {
    let fixture = fixture().await;
    fixture.subgraph.services.rotate_key().await.unwrap();
    let stored = fixture.stored_keys().await;
    assert_eq!(stored.len(), 2);
    for key in stored {
        assert!(!key.to_string().contains("PRIVATE KEY"), "{:?}", key.get("_id"));
    }
    let other = Config { key_encryption_key: "another key for keys".into(), ..config() };
    let mut resources = resources::<Services>(other).await;
    resources.database = fixture.subgraph.resources.database.clone();
    assert!(Services::open(&resources).await.is_err(), "another secret opens none of them");
    fixture.subgraph.close().await;
}

/// A key from before keys were encrypted keeps signing, and is removed after its successor has taken over.
#[tokio::test]
async fn an_unencrypted_key_is_valid_until_it_is_replaced() {
    let fixture = fixture().await;
    let keys = fixture.subgraph.resources.database.collection::<Document>("signing_keys");
    let pem = p256_pem();
    let created_at = fixture.subgraph.resources.clock.now().to_string();
    let plain = doc! { "_id": "access", "private_key": &pem, "created_at": created_at };
    keys.replace_one(doc! { "_id": "access" }, plain).await.unwrap();
    fixture.subgraph.services.reload_keys().await.unwrap();
    let before = fixture.register("ada@example.org").await;
    assert!(fixture.holder(token(&before)).await.is_ok());

    fixture.subgraph.services.rotate_key().await.unwrap();
    fixture.subgraph.resources.clock.advance_ms(TAKES_OVER_MS);
    assert_ne!(kid(&fixture.refreshed(&before).await), kid(&before));
    assert!(fixture.holder(token(&before)).await.is_ok());
    fixture.subgraph.resources.clock.advance_ms(OVERLAP_MS);
    fixture.subgraph.services.reload_keys().await.unwrap();
    assert!(fixture.stored_keys().await.iter().all(|key| !key.to_string().contains("PRIVATE KEY")));
    fixture.subgraph.close().await;
}

fn p256_pem() -> String {
    use p256::{
        SecretKey,
        elliptic_curve::rand_core::OsRng,
        pkcs8::{EncodePrivateKey, LineEnding},
    };
    SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).unwrap().as_str().to_owned()
}
