//! Access tokens, verified as other subgraphs do: with the keys that users publishes.

use std::sync::Arc;

use axum::http::{HeaderMap, header::AUTHORIZATION};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono_tz::Tz;
use contracts::UserId;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::JwkSet};
use kit::{
    Caller, Clock, Code, Outcome, Subgraph,
    auth::{Claims, Keys, TokenCheck},
};
use tokio::net::TcpListener;
use users::{Holder, Signer, SigningKey};

use kit::testing::resources;
use serde_json::{Value, json};
use users::Services;

use crate::fixture::*;

const ISSUER: &str = "quits";
const AUDIENCE: &str = "quits";

/// Publishes the keys of the fixture over HTTP; returns the URL.
async fn publish(fixture: &Fixture) -> reqwest::Url {
    let own = TokenCheck::new(fixture.subgraph.services.keys(&fixture.subgraph.resources.settings), ISSUER, AUDIENCE)
        .unwrap();
    let routes = fixture.subgraph.services.routes(&Arc::new(own));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}/.well-known/jwks.json").parse().unwrap()
}

async fn published(fixture: &Fixture) -> JwkSet {
    reqwest::get(publish(fixture).await).await.unwrap().json().await.unwrap()
}

fn headers(token: &str) -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, format!("Bearer {token}").parse().unwrap())])
}

async fn caller(check: &TokenCheck, token: &str) -> Outcome<UserId> {
    check.caller(&headers(token)).await?.user()
}

async fn whole_caller(check: &TokenCheck, token: &str) -> Caller {
    check.caller(&headers(token)).await.unwrap()
}

fn holder(user: UserId) -> Holder<'static> {
    Holder { user, session: "session", time_zone: "UTC" }
}

fn claims(exp: i64) -> Claims {
    let now = Clock::system().now().unix_seconds();
    Claims {
        sub: UserId::new(),
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        iat: now,
        exp: now + exp,
        sid: None,
        zoneinfo: None,
    }
}

#[tokio::test]
async fn a_token_is_verified_with_the_published_keys() {
    let fixture = Fixture::open().await;
    let signed_in = fixture.register("ada@example.org").await;
    let id: UserId = text(&signed_in["user"]["id"]).parse().unwrap();
    let token = text(&signed_in["accessToken"]);
    let elsewhere = TokenCheck::new(Keys::Published(publish(&fixture).await), ISSUER, AUDIENCE).unwrap();
    let here = TokenCheck::new(fixture.subgraph.services.keys(&fixture.subgraph.resources.settings), ISSUER, AUDIENCE)
        .unwrap();
    for check in [&elsewhere, &here] {
        assert_eq!(caller(check, token).await.unwrap(), id);
    }
    let left = Clock::system().now().milliseconds_until(text(&signed_in["expiresAt"]).parse().unwrap());
    assert!((890_000..=900_000).contains(&left), "{left}");
    fixture.subgraph.close().await;
}

/// "Today" depends on the zone in the token; a changed profile takes effect with the next token.
#[tokio::test]
async fn a_token_carries_the_time_zone_of_the_account() {
    let fixture = Fixture::open().await;
    let input =
        json!({ "name": "Ada", "email": "ada@example.org", "password": PASSWORD, "timeZone": "Pacific/Kiritimati" });
    let signed_in = accepted(fixture.try_to_register(input).await, "register");
    let check = TokenCheck::new(Keys::Published(publish(&fixture).await), ISSUER, AUDIENCE).unwrap();
    let zone = async |signed_in: &Value| whole_caller(&check, text(&signed_in["accessToken"])).await.time_zone();
    assert_eq!(zone(&signed_in).await, Tz::Pacific__Kiritimati);

    let ada = fixture.caller(&signed_in);
    let update = "mutation ($zone: String!) { updateProfile(input: { timeZone: $zone }) { id } }";
    fixture.subgraph.data(&ada, update, json!({ "zone": "Pacific/Pago_Pago" })).await;
    assert_eq!(zone(&signed_in).await, Tz::Pacific__Kiritimati);
    let refreshed = accepted(fixture.try_to_refresh(text(&signed_in["refreshToken"])).await, "refreshSession");
    let logged_in = accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    for next in [refreshed, logged_in] {
        assert_eq!(zone(&next).await, Tz::Pacific__Pago_Pago);
    }
    fixture.subgraph.close().await;
}

/// Such tokens were issued before the claim existed, or have a zone that is unknown here.
#[tokio::test]
async fn a_token_without_a_known_time_zone_uses_utc() {
    let key = SigningKey::generate(Clock::system().now()).unwrap();
    let fixture = Fixture::open().await;
    let signer = Signer::new(&[key], &fixture.subgraph.resources.settings, 60).unwrap();
    let check = TokenCheck::new(Keys::fixed(signer.published(Clock::system().now())), ISSUER, AUDIENCE).unwrap();
    for time_zone in ["", "Mars/Olympus_Mons"] {
        let holder = Holder { time_zone, ..holder(UserId::new()) };
        let token = signer.sign(holder, Clock::system().now()).unwrap().text;
        assert_eq!(whole_caller(&check, &token).await.time_zone(), Tz::UTC);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_public_keys_are_published() {
    let fixture = Fixture::open().await;
    let keys: Value = reqwest::get(publish(&fixture).await).await.unwrap().json().await.unwrap();
    let key = &keys["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("EC"), &json!("P-256"), &json!("ES256"), &json!("sig"))
    );
    assert!(key["kid"].is_string() && key.get("d").is_none(), "{keys}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_token_of_another_issuer_audience_or_key_is_refused() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["accessToken"]).to_owned();
    let keys = published(&fixture).await;
    for (issuer, audience) in [("other", AUDIENCE), (ISSUER, "other")] {
        let check = TokenCheck::new(Keys::fixed(keys.clone()), issuer, audience).unwrap();
        assert!(caller(&check, &token).await.unwrap_err().is(Code::Unauthenticated));
    }
    let check = TokenCheck::new(Keys::fixed(keys.clone()), ISSUER, AUDIENCE).unwrap();
    let other =
        Signer::new(&[SigningKey::generate(Clock::system().now()).unwrap()], &fixture.subgraph.resources.settings, 900)
            .unwrap();
    let foreign = other.sign(holder(UserId::new()), Clock::system().now()).unwrap().text;
    assert!(caller(&check, &foreign).await.unwrap_err().is(Code::Unauthenticated));
    // A foreign signature with a known key id.
    let (header, _) = token.split_once('.').unwrap();
    let (_, rest) = foreign.split_once('.').unwrap();
    assert!(caller(&check, &format!("{header}.{rest}")).await.unwrap_err().is(Code::Unauthenticated));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let fixture = Fixture::open().await;
    let key = SigningKey::generate(Clock::system().now()).unwrap();
    let signer = Signer::new(&[key], &fixture.subgraph.resources.settings, 60).unwrap();
    let check = TokenCheck::new(Keys::fixed(signer.published(Clock::system().now())), ISSUER, AUDIENCE).unwrap();
    let user = UserId::new();
    let signed =
        |seconds_ago: i64| signer.sign(holder(user), Clock::system().now().plus_ms(-1_000 * seconds_ago)).unwrap().text;
    assert_eq!(caller(&check, &signed(50)).await.unwrap(), user);
    assert!(caller(&check, &signed(70)).await.unwrap_err().is(Code::Unauthenticated));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn other_algorithms_are_refused() {
    let fixture = Fixture::open().await;
    let keys = published(&fixture).await;
    let check = TokenCheck::new(Keys::fixed(keys.clone()), ISSUER, AUDIENCE).unwrap();
    let kid = keys.keys[0].common.key_id.clone();

    // HS256 with the public key as the secret, in every encoding.
    let written = serde_json::to_value(&keys.keys[0]).unwrap();
    let [x, y] = ["x", "y"].map(|part| BASE64_URL_SAFE_NO_PAD.decode(text(&written[part])).unwrap());
    let point = [&[4], &x[..], &y[..]].concat();
    let document = serde_json::to_vec(&written).unwrap();
    for secret in [&point, &x, &document] {
        let header = Header { kid: kid.clone(), ..Header::new(Algorithm::HS256) };
        let forged = jsonwebtoken::encode(&header, &claims(900), &EncodingKey::from_secret(secret)).unwrap();
        assert!(caller(&check, &forged).await.unwrap_err().is(Code::Unauthenticated));
    }

    let part = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let payload = part(serde_json::to_value(claims(900)).unwrap());
    for algorithm in ["none", "None", "ES256"] {
        let header = part(json!({ "alg": algorithm, "typ": "at+jwt", "kid": kid }));
        for forged in [format!("{header}.{payload}."), format!("{header}.{payload}")] {
            assert!(caller(&check, &forged).await.unwrap_err().is(Code::Unauthenticated));
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_token_without_a_key_id_or_modified_is_refused() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["accessToken"]).to_owned();
    let check = TokenCheck::new(fixture.subgraph.services.keys(&fixture.subgraph.resources.settings), ISSUER, AUDIENCE)
        .unwrap();
    let [header, _, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims(900)).unwrap());
    assert!(caller(&check, &format!("{header}.{payload}.{signature}")).await.unwrap_err().is(Code::Unauthenticated));
    let nameless = BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "ES256", "typ": "at+jwt" }).to_string());
    assert!(caller(&check, &format!("{nameless}.{payload}.{signature}")).await.unwrap_err().is(Code::Unauthenticated));
    assert!(caller(&check, "rubbish").await.unwrap_err().is(Code::Unauthenticated));
    fixture.subgraph.close().await;
}

/// RFC 9068: a JWT signed with the same key for another purpose is not an access token.
#[tokio::test]
async fn only_a_token_of_the_right_type_is_an_access_token() {
    let key = SigningKey::generate(Clock::system().now()).unwrap();
    let fixture = Fixture::open().await;
    let signer = Signer::new(&[key], &fixture.subgraph.resources.settings, 60).unwrap();
    let token = signer.sign(holder(UserId::new()), Clock::system().now()).unwrap().text;
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    let check = TokenCheck::new(Keys::fixed(signer.published(Clock::system().now())), ISSUER, AUDIENCE).unwrap();
    assert!(caller(&check, &token).await.is_ok());
    for typ in [Some("JWT".to_owned()), None] {
        let header = Header { typ, ..header.clone() };
        let other = signer.sign_as(Some(&header), holder(UserId::new()), Clock::system().now()).unwrap();
        assert!(caller(&check, &other).await.unwrap_err().is(Code::Unauthenticated));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_key_survives_a_restart() {
    let fixture = Fixture::open().await;
    let token = text(&fixture.register("ada@example.org").await["accessToken"]).to_owned();
    let restarted = open(&fixture.subgraph.resources).await;
    let check = TokenCheck::new(restarted.keys(&fixture.subgraph.resources.settings), ISSUER, AUDIENCE).unwrap();
    assert!(caller(&check, &token).await.is_ok());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn replicas_that_start_at_once_share_one_key() {
    let resources = resources::<Services>(config()).await;
    let replicas = futures::future::join_all((0..6).map(|_| open(&resources))).await;
    let keys = replicas.iter().map(|replica| match replica.keys(&resources.settings) {
        Keys::Own(keys) => keys(),
        Keys::Published(_) => panic!("users knows its own keys"),
    });
    let keys: Vec<JwkSet> = keys.collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    resources.database.drop().await.unwrap();
}
