//! HTTP requests to the local stack.

use std::{sync::LazyLock, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use ureq::Agent;

static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    // The system's proxy could not reach the loopback address.
    let config = Agent::config_builder().proxy(None).http_status_as_error(false);
    config.timeout_global(Some(Duration::from_secs(20))).build().into()
});

/// Whether this URL responds with success.
pub(crate) fn answers(url: &str) -> bool {
    AGENT.get(url).call().is_ok_and(|answer| answer.status().is_success())
}

/// Executes a query of the public API, with an access token if it is not empty; returns the data of a response without
/// errors.
pub(crate) fn ask(router: &str, token: &str, query: &str, variables: &Value) -> Result<Value> {
    let mut request = AGENT.post(format!("{router}/graphql"));
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = json!({"query": query, "variables": variables});
    let answer: Value = request.send_json(body).context(router.to_owned())?.body_mut().read_json()?;
    match answer.get("errors") {
        None => Ok(answer["data"].clone()),
        Some(errors) => bail!("{query} was refused: {errors}"),
    }
}
