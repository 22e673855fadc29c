//! How one subgraph asks another: over HTTP, on behalf of a person or of itself.

use std::{fmt, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use tracing::{Instrument, field::Empty, info_span};

use crate::{Refusal, Trace, trace::TRACEPARENT};

/// The header with which a consumer or timer identifies itself to another subgraph.
pub const SERVICE_KEY: &str = "x-service-key";

/// How long an answer may take before the question has failed.
const TIMEOUT_MS: u64 = 3_000;

/// On whose behalf a question is asked.
#[derive(Clone)]
pub enum Asker {
    /// A person, by the access token that the person sent.
    Person {
        /// The token, without `Bearer`.
        token: String,
        /// The trace of the person's request.
        trace: Trace,
    },
    /// A consumer or timer, by the service key.
    Service {
        /// The key.
        key: String,
        /// The trace of what it works on.
        trace: Trace,
    },
}

impl Asker {
    fn trace(&self) -> Trace {
        match self {
            Self::Person { trace, .. } | Self::Service { trace, .. } => *trace,
        }
    }
}

impl fmt::Debug for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person { .. } => f.write_str("Asker::Person"),
            Self::Service { .. } => f.write_str("Asker::Service"),
        }
    }
}

/// The owner of a fact did not answer; nothing may be decided without it.
#[derive(Debug, thiserror::Error)]
#[error("{owner} did not answer: {reason}")]
pub struct Unavailable {
    /// Who was asked.
    pub owner: &'static str,
    /// What went wrong, for the log only.
    pub reason: String,
}

/// Why a question has no answer.
#[derive(Debug)]
pub enum Denied {
    /// The owner says no, and why; or it follows from the owner's answer.
    Refused(Box<Refusal>),
    /// The owner did not answer.
    Unavailable(Unavailable),
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Unavailable> for Denied {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable(unavailable)
    }
}

/// A question that one subgraph answers to others.
pub trait Question: Serialize + DeserializeOwned {
    /// Where it is answered, below the owner's address.
    const PATH: &'static str;
    /// What is answered.
    type Answer: Serialize + DeserializeOwned + Send + 'static;
}

/// Asks the subgraph that owns a fact.
pub struct OwnerClient {
    owner: &'static str,
    client: reqwest::Client,
    url: String,
}

impl OwnerClient {
    /// Will ask the owner at this address.
    pub fn new(owner: &'static str, url: &str) -> Result<Self, Unavailable> {
        let client = reqwest::Client::builder().timeout(Duration::from_millis(TIMEOUT_MS)).build();
        let client = client.map_err(|error| Unavailable { owner, reason: error.to_string() })?;
        Ok(Self { owner, client, url: url.trim_end_matches('/').to_owned() })
    }

    /// Asks for a fact; a refusal leaves it as unknown as no answer does.
    pub async fn ask<Q: Question + Sync>(&self, asker: &Asker, question: &Q) -> Result<Q::Answer, Unavailable> {
        self.post(asker, Q::PATH, question).await
    }

    /// Asks for something to be done or decided; a refusal is an answer.
    pub async fn request<Q: Question + Sync>(&self, asker: &Asker, request: &Q) -> Result<Q::Answer, Denied> {
        let response = self.send(asker, Q::PATH, request).await?;
        if response.status().is_client_error() {
            let refusal: Refusal = response.json().await.map_err(|error| self.unavailable(error))?;
            return Err(refusal.into());
        }
        let answer = response.error_for_status().map_err(|error| self.unavailable(error))?;
        Ok(answer.json().await.map_err(|error| self.unavailable(error))?)
    }

    /// Sends a question as JSON to this path and reads the answer.
    pub(crate) async fn post<A>(
        &self,
        asker: &Asker,
        path: &str,
        question: &(impl Serialize + Sync),
    ) -> Result<A, Unavailable>
    where
        A: DeserializeOwned,
    {
        let response = self.send(asker, path, question).await?;
        let answer = response.error_for_status().map_err(|error| self.unavailable(error))?;
        answer.json().await.map_err(|error| self.unavailable(error))
    }

    async fn send(
        &self,
        asker: &Asker,
        path: &str,
        question: &(impl Serialize + Sync),
    ) -> Result<reqwest::Response, Unavailable> {
        let (trace, owner) = (asker.trace(), self.owner);
        let span = info_span!("ask", otel.kind = "client", trace_id = trace.id(), owner, otel.status_code = Empty);
        let trace = trace.within(&span);
        let question = self.client.post(format!("{}{path}", self.url)).json(question);
        let question = question.header(TRACEPARENT, trace.to_string());
        let question = match asker {
            Asker::Person { token, .. } => question.bearer_auth(token),
            Asker::Service { key, .. } => question.header(SERVICE_KEY, key),
        };
        let response = question.send().instrument(span.clone()).await;
        if !response.as_ref().is_ok_and(|response| response.status().is_success()) {
            span.record("otel.status_code", "ERROR");
        }
        response.map_err(|error| self.unavailable(error))
    }

    #[allow(clippy::needless_pass_by_value, reason = "map_err passes the error by value")]
    pub(crate) fn unavailable(&self, reason: impl ToString) -> Unavailable {
        Unavailable { owner: self.owner, reason: reason.to_string() }
    }
}
