//! Users over a real database: each test has its own.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod access_tokens;
mod entities;
mod login;
mod register;
mod sessions;

use std::sync::Arc;

use kit::{
    Caller,
    role::Resources,
    testing::{TestSubgraph, resources},
};
use serde_json::{Value, json};
use users::{Users, config::Config};

const PASSWORD: &str = "correct horse battery";

const AUTH: &str = "accessToken refreshToken expiresAt user { id name email }";

/// So long that no test sees a window end: all of 2026 is in one.
const ENDLESS_SECONDS: i64 = 1_000_000_000;

fn config() -> Config {
    Config {
        access_token_seconds: 900,
        refresh_token_days: 30,
        login_failures: 3,
        login_failures_overall: 100,
        login_window_seconds: ENDLESS_SECONDS,
    }
}

async fn subgraph_with(config: Config) -> TestSubgraph<Users> {
    let resources = resources::<Users>(config).await;
    TestSubgraph::new(open(&resources).await, resources)
}

async fn subgraph() -> TestSubgraph<Users> {
    subgraph_with(config()).await
}

async fn open(resources: &Resources<Config>) -> Arc<Users> {
    <Users as kit::Subgraph>::open(resources).await.unwrap()
}

/// Another process over the same database.
async fn replica(subgraph: &TestSubgraph<Users>, own: Config) -> TestSubgraph<Users> {
    let Resources { settings, database, journal, bus, clock, .. } = &subgraph.resources;
    let (settings, database, bus) = (settings.clone(), database.clone(), bus.clone());
    let resources = Resources { settings, own, database, journal: Arc::clone(journal), bus, clock: clock.clone() };
    TestSubgraph::new(open(&resources).await, resources)
}

fn registration(email: &str) -> Value {
    json!({ "name": "Ada", "email": email, "password": PASSWORD })
}

async fn try_to_register(subgraph: &TestSubgraph<Users>, input: Value) -> Value {
    let query = format!("mutation($input: RegisterInput!) {{ register(input: $input) {{ {AUTH} }} }}");
    subgraph.ask(&Caller::anonymous(), &query, json!({ "input": input })).await
}

async fn register(subgraph: &TestSubgraph<Users>, email: &str) -> Value {
    let answer = try_to_register(subgraph, registration(email)).await;
    accepted(answer, "register")
}

async fn try_to_log_in(subgraph: &TestSubgraph<Users>, email: &str, password: &str) -> Value {
    let query = format!("mutation($input: LoginInput!) {{ login(input: $input) {{ {AUTH} }} }}");
    let input = json!({ "email": email, "password": password });
    subgraph.ask(&Caller::anonymous(), &query, json!({ "input": input })).await
}

async fn try_to_refresh(subgraph: &TestSubgraph<Users>, token: &str) -> Value {
    let query = format!("mutation($token: String!) {{ refreshSession(refreshToken: $token) {{ {AUTH} }} }}");
    subgraph.ask(&Caller::anonymous(), &query, json!({ "token": token })).await
}

async fn log_out(subgraph: &TestSubgraph<Users>, token: &str) -> Value {
    let query = "mutation($token: String!) { logout(refreshToken: $token) }";
    subgraph.data(&Caller::anonymous(), query, json!({ "token": token })).await["logout"].take()
}

/// The field of an answer without errors.
fn accepted(mut answer: Value, field: &str) -> Value {
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"][field].take()
}

/// Code and field of the only error of an answer.
fn refusal(answer: &Value) -> (&str, Option<&str>) {
    let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no refusal: {answer:#}"));
    assert_eq!(errors.len(), 1, "{answer:#}");
    let extensions = &errors[0]["extensions"];
    (extensions["code"].as_str().expect("a code"), extensions["field"].as_str())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
