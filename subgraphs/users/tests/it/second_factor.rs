//! The second step of a sign-in.

use kit::Caller;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::fixture::*;

const EMAIL: &str = "ada@example.org";
const BEGIN: &str = "mutation($password: String!) { beginSecondFactor(password: $password) { secret uri } }";
const ENABLE: &str = "mutation($code: String!) { enableSecondFactor(code: $code) { recoveryCodes } }";
const DISABLE: &str = "mutation($password: String!) { disableSecondFactor(password: $password) }";
const STEP_MS: i64 = 30_000;

/// A user with an authenticator app, on a stopped clock.
struct Ada {
    fixture: Fixture,
    caller: Caller,
    secret: String,
}

impl Ada {
    /// Registers and begins to set the second step up.
    async fn open() -> Self {
        let mut resources = kit::testing::resources::<users::Services>(config()).await;
        resources.clock = kit::Clock::standing_at(kit::Clock::system().now());
        let fixture = Fixture::over(resources).await;
        let caller = fixture.person(EMAIL).await;
        let setup = fixture.subgraph.data(&caller, BEGIN, json!({ "password": PASSWORD })).await;
        let secret = text(&setup["beginSecondFactor"]["secret"]).to_owned();
        assert!(text(&setup["beginSecondFactor"]["uri"]).contains(&secret));
        Self { fixture, caller, secret }
    }

    /// Enables the second step; returns the recovery codes.
    async fn enable(&self) -> Vec<String> {
        let answer = self.fixture.subgraph.data(&self.caller, ENABLE, json!({ "code": self.code() })).await;
        serde_json::from_value(answer["enableSecondFactor"]["recoveryCodes"].clone()).unwrap()
    }

    /// The code that the app shows now.
    fn code(&self) -> String {
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        let seconds = self.fixture.subgraph.resources.clock.now().unix_seconds();
        Builder::new()
            .with_secret(secret)
            .with_account_name("ada")
            .build()
            .unwrap()
            .generate(seconds.try_into().unwrap())
            .to_string()
    }

    fn wait_for_the_next_code(&self) {
        self.fixture.subgraph.resources.clock.advance_ms(STEP_MS);
    }

    /// Logs in with the right password; returns "OK" or the code of the refusal.
    async fn log_in(&self, code: Option<&str>) -> String {
        self.log_in_with(json!({ "email": EMAIL, "password": PASSWORD, "code": code })).await
    }

    async fn log_in_with(&self, input: Value) -> String {
        let query = "mutation($input: LoginInput!) { login(input: $input) { user { id hasSecondFactor } } }";
        let answer = self.fixture.subgraph.ask(&Caller::anonymous(), query, json!({ "input": input })).await;
        if answer["data"]["login"].is_null() {
            return refusal(&answer).0.to_owned();
        }
        "OK".to_owned()
    }

    async fn is_on(&self) -> bool {
        self.fixture.subgraph.data(&self.caller, "{ me { hasSecondFactor } }", json!({})).await["me"]["hasSecondFactor"]
            == true
    }
}

#[tokio::test]
async fn a_login_needs_a_code_once_the_second_step_is_enabled() {
    let ada = Ada::open().await;
    // Begun is not enabled.
    assert_eq!((ada.log_in(None).await.as_str(), ada.is_on().await), ("OK", false));
    assert_eq!(ada.enable().await.len(), 10);
    assert!(ada.is_on().await);
    assert_eq!(ada.log_in(None).await, "SECOND_FACTOR_REQUIRED");
    ada.wait_for_the_next_code();
    assert_eq!(ada.log_in(Some(&ada.code())).await, "OK");
    // A wrong password reveals nothing about the second step.
    let wrong = json!({ "email": EMAIL, "password": "wrong horse battery", "code": ada.code() });
    assert_eq!(ada.log_in_with(wrong).await, "BAD_CREDENTIALS");
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_code_counts_once() {
    let ada = Ada::open().await;
    ada.enable().await;
    assert_eq!(ada.log_in(Some(&ada.code())).await, "SECOND_FACTOR_WRONG", "it enabled the second step");
    ada.wait_for_the_next_code();
    let code = ada.code();
    let both = futures::future::join(ada.log_in(Some(&code)), ada.log_in(Some(&code))).await;
    let mut both = [both.0, both.1];
    both.sort();
    assert_eq!(both, ["OK", "SECOND_FACTOR_WRONG"]);
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_recovery_code_counts_once() {
    let ada = Ada::open().await;
    let codes = ada.enable().await;
    assert_eq!(ada.log_in(Some(&codes[3].to_uppercase())).await, "OK");
    assert_eq!(ada.log_in(Some(&codes[3])).await, "SECOND_FACTOR_WRONG");
    assert_eq!(ada.log_in(Some(&codes[4])).await, "OK");
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn wrong_codes_are_limited() {
    let ada = Ada::open().await;
    ada.enable().await;
    ada.wait_for_the_next_code();
    for _ in 0..3 {
        assert_eq!(ada.log_in(Some("000000")).await, "SECOND_FACTOR_WRONG");
    }
    assert_eq!(ada.log_in(Some(&ada.code())).await, "RATE_LIMITED");
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_wrong_code_enables_nothing_and_an_enabled_step_is_not_replaced() {
    let ada = Ada::open().await;
    let subgraph = &ada.fixture.subgraph;
    for wrong in ["", "000000", "abcdef"] {
        assert_eq!(subgraph.code(&ada.caller, ENABLE, json!({ "code": wrong })).await, "SECOND_FACTOR_WRONG");
    }
    assert!(!ada.is_on().await);
    ada.enable().await;
    assert_eq!(subgraph.code(&ada.caller, BEGIN, json!({ "password": PASSWORD })).await, "NOT_ALLOWED");
    assert_eq!(subgraph.code(&ada.caller, ENABLE, json!({ "code": ada.code() })).await, "NOT_ALLOWED");
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_password_disables_it() {
    let ada = Ada::open().await;
    ada.enable().await;
    let subgraph = &ada.fixture.subgraph;
    assert_eq!(subgraph.code(&ada.caller, DISABLE, json!({ "password": "wrong" })).await, "BAD_CREDENTIALS");
    assert_eq!(ada.log_in(None).await, "SECOND_FACTOR_REQUIRED");
    for _ in 0..2 {
        assert_eq!(
            subgraph.data(&ada.caller, DISABLE, json!({ "password": PASSWORD })).await["disableSecondFactor"],
            true
        );
    }
    assert_eq!(ada.log_in(None).await, "OK");
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn neither_the_secret_nor_a_recovery_code_is_stored_readably() {
    let ada = Ada::open().await;
    let codes = ada.enable().await;
    let stored = ada.fixture.subgraph.resources.database.collection::<Document>("second_factors");
    let stored = stored.find_one(doc! {}).await.unwrap().unwrap().to_string();
    assert!(!stored.contains(&ada.secret));
    assert!(codes.iter().all(|code| !stored.contains(code.as_str())));
    ada.fixture.subgraph.close().await;
}

#[tokio::test]
async fn whoever_owns_the_address_is_told() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let caller = fixture.caller(&fixture.join(&server, EMAIL).await);
    let setup = fixture.subgraph.data(&caller, BEGIN, json!({ "password": PASSWORD })).await;
    let secret = text(&setup["beginSecondFactor"]["secret"]).to_owned();
    let ada = Ada { fixture, caller, secret };
    ada.enable().await;
    assert_eq!(server.next_to(EMAIL).await.subject, "Two-step log-in is on");
    ada.fixture.subgraph.data(&ada.caller, DISABLE, json!({ "password": PASSWORD })).await;
    assert_eq!(server.next_to(EMAIL).await.subject, "Two-step log-in is off");
    ada.fixture.subgraph.close().await;
}
