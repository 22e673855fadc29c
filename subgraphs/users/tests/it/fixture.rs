//! The subgraph and helpers for tests.

use std::{sync::Arc, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use kit::{
    Caller, Clock,
    mail::MailSettings,
    role::Resources,
    testing::{TestSubgraph, mail::MailServer, person, resources},
};
use serde_json::{Value, json};
use users::{Services, config::Config};

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) const AUTH: &str = "accessToken refreshToken expiresAt user { id name email }";

/// A rate window that no test sees the end of: all of 2026 is in one.
pub(crate) const ENDLESS_SECONDS: i64 = 1_000_000_000;

pub(crate) fn config() -> Config {
    Config {
        access_token_seconds: 900,
        key_encryption_key: "a key for keys in tests".into(),
        refresh_token_days: 30,
        session_days: 90,
        login_failures: 3,
        login_failures_overall: 100,
        login_window_seconds: ENDLESS_SECONDS,
        mail: mail(None),
    }
}

pub(crate) fn mail(smtp_url: Option<&str>) -> MailSettings {
    MailSettings {
        smtp_url: smtp_url.map(Into::into),
        mail_from: "Quits <quits@example.org>".parse().unwrap(),
        app_url: "https://quits.example".parse().unwrap(),
    }
}

/// The running subgraph over its own database.
pub(crate) struct Fixture {
    pub subgraph: TestSubgraph<Services>,
}

/// Opens the services.
pub(crate) async fn open(resources: &Resources<Config>) -> Arc<Services> {
    <Services as kit::Subgraph>::open(resources).await.unwrap()
}

pub(crate) fn registration(email: &str) -> Value {
    json!({ "name": "Ada", "email": email, "password": PASSWORD })
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::open_with(config()).await
    }

    pub(crate) async fn open_with(config: Config) -> Self {
        Self::over(resources::<Services>(config).await).await
    }

    /// Opens it with a mail server and a stopped clock, including everything that `serve` runs in the background.
    pub(crate) async fn open_with_mail() -> (Self, MailServer) {
        let server = MailServer::start().await;
        let config = Config { mail: mail(Some(&server.url)), ..config() };
        let mut resources = resources::<Services>(config).await;
        resources.clock = Clock::standing_at(Clock::system().now());
        let fixture = Self::over(resources).await;
        fixture.subgraph.run("serve");
        (fixture, server)
    }

    pub(crate) async fn over(resources: Resources<Config>) -> Self {
        Self { subgraph: TestSubgraph::new(open(&resources).await, resources) }
    }

    /// Opens another instance over the same database.
    pub(crate) async fn replica(&self, own: Config) -> Self {
        let Resources { settings, database, journal, bus, clock, .. } = &self.subgraph.resources;
        let (settings, database, bus) = (settings.clone(), database.clone(), bus.clone());
        let (journal, clock) = (Arc::clone(journal), clock.clone());
        Self::over(Resources { settings, own, database, journal, bus, clock }).await
    }

    #[must_use]
    pub(crate) async fn try_to_register(&self, input: Value) -> Value {
        let query = format!("mutation($input: RegisterInput!) {{ register(input: $input) {{ {AUTH} }} }}");
        self.subgraph.ask(&Caller::anonymous(), &query, json!({ "input": input })).await
    }

    pub(crate) async fn register(&self, email: &str) -> Value {
        let answer = self.try_to_register(registration(email)).await;
        accepted(answer, "register")
    }

    #[must_use]
    pub(crate) async fn try_to_log_in(&self, email: &str, password: &str) -> Value {
        self.log_in_with(json!({ "email": email, "password": password })).await
    }

    #[must_use]
    pub(crate) async fn try_from_device(&self, email: &str, password: &str, key: &str) -> Value {
        self.log_in_with(json!({ "email": email, "password": password, "deviceKey": key })).await
    }

    async fn log_in_with(&self, input: Value) -> Value {
        let query = format!("mutation($input: LoginInput!) {{ login(input: $input) {{ {AUTH} }} }}");
        self.subgraph.ask(&Caller::anonymous(), &query, json!({ "input": input })).await
    }

    /// Tries to log in with a wrong password, which is refused as wrong or as too frequent.
    pub(crate) async fn mistype_password(&self, email: &str) {
        let answer = self.try_to_log_in(email, "wrong").await;
        let (code, _) = refusal(&answer);
        assert!(["BAD_CREDENTIALS", "RATE_LIMITED"].contains(&code), "{answer:#}");
    }

    #[must_use]
    pub(crate) async fn try_to_refresh(&self, token: &str) -> Value {
        let query = format!("mutation($token: String!) {{ refreshSession(refreshToken: $token) {{ {AUTH} }} }}");
        self.subgraph.ask(&Caller::anonymous(), &query, json!({ "token": token })).await
    }

    /// Registers an account; returns its owner in that session.
    pub(crate) async fn person(&self, email: &str) -> Caller {
        let signed_in = self.register(email).await;
        self.caller(&signed_in)
    }

    /// Registers an account and verifies its address; returns the session.
    pub(crate) async fn join(&self, server: &MailServer, email: &str) -> Value {
        let registered = self.register(email).await;
        let question = server.next_to(email).await;
        assert_eq!(self.confirm(question.token()).await["data"]["confirmEmail"], true);
        registered
    }

    #[must_use]
    pub(crate) async fn confirm(&self, token: &str) -> Value {
        let query = "mutation ($token: String!) { confirmEmail(token: $token) }";
        self.subgraph.ask(&Caller::anonymous(), query, json!({ "token": token })).await
    }

    /// Returns the caller that these tokens belong to.
    pub(crate) fn caller(&self, signed_in: &Value) -> Caller {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text(&signed_in["refreshToken"])).unwrap();
        // The selector of a refresh token is the id of its session.
        let session = BASE64_URL_SAFE_NO_PAD.encode(&bytes[..16]);
        person(text(&signed_in["user"]["id"]).parse().unwrap()).in_session(session)
    }

    pub(crate) async fn log_out(&self, token: &str) -> Value {
        let query = "mutation($token: String!) { logout(refreshToken: $token) }";
        self.subgraph.data(&Caller::anonymous(), query, json!({ "token": token })).await["logout"].take()
    }
}

/// Returns a field of a response without errors.
pub(crate) fn accepted(mut answer: Value, field: &str) -> Value {
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"][field].take()
}

/// Returns code and field of the only error of a response.
pub(crate) fn refusal(answer: &Value) -> (&str, Option<&str>) {
    let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no refusal: {answer:#}"));
    assert_eq!(errors.len(), 1, "{answer:#}");
    let extensions = &errors[0]["extensions"];
    (extensions["code"].as_str().expect("a code"), extensions["field"].as_str())
}

/// Polls until the condition holds.
pub(crate) async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it never holds");
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
