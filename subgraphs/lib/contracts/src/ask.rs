//! Requests between subgraphs: over HTTP, on behalf of a person or of a service.

use std::{fmt, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use tracing::{Instrument, field::Empty, info_span};

use crate::{Refusal, Trace, UserId, trace::TRACEPARENT};

/// The header with which a service authenticates to another subgraph.
pub const SERVICE_KEY: &str = "x-service-key";

/// The header with which a service names the person whom it acts for. It counts only together with the service key.
pub const ON_BEHALF_OF: &str = "x-on-behalf-of";

/// The timeout of a request, in milliseconds.
const TIMEOUT_MS: u64 = 3_000;

/// On whose behalf a request is made.
#[derive(Clone)]
pub enum Asker {
    /// A person, authenticated by the person's access token.
    Person {
        /// The token, without `Bearer`.
        token: String,
        /// The trace of the person's request.
        trace: Trace,
    },
    /// A consumer or a background task, authenticated by the service key.
    Service {
        /// The key.
        key: String,
        /// The trace of the work that causes the request.
        trace: Trace,
    },
    /// A background task that finishes what a person began, authenticated by the service key. It may do what the person
    /// may do.
    Representative {
        /// The person.
        person: UserId,
        /// The key.
        key: String,
        /// The trace of the work that causes the request.
        trace: Trace,
    },
}

impl Asker {
    fn trace(&self) -> Trace {
        match self {
            Self::Person { trace, .. } | Self::Service { trace, .. } | Self::Representative { trace, .. } => *trace,
        }
    }
}

impl fmt::Debug for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person { .. } => f.write_str("Asker::Person"),
            Self::Service { .. } => f.write_str("Asker::Service"),
            Self::Representative { .. } => f.write_str("Asker::Representative"),
        }
    }
}

/// The owner of a fact could not be reached or failed; nothing may be decided without the fact.
#[derive(Debug, thiserror::Error)]
#[error("{owner} did not answer: {reason}")]
pub struct Unavailable {
    /// The name of the owner.
    pub owner: &'static str,
    /// The cause, for the log only.
    pub reason: String,
}

/// Why a request failed.
#[derive(Debug)]
pub enum Denied {
    /// The owner refused, or the refusal follows from its response.
    Refused(Box<Refusal>),
    /// The owner could not be reached or failed.
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

/// A request that a subgraph accepts from other subgraphs, with its path and response type.
pub trait Question: Serialize + DeserializeOwned {
    /// The path of the route, appended to the owner's URL.
    const PATH: &'static str;
    /// The response.
    type Answer: Serialize + DeserializeOwned + Send + 'static;
}

/// An HTTP client of the subgraph that owns a fact.
pub struct OwnerClient {
    owner: &'static str,
    client: reqwest::Client,
    url: String,
}

impl OwnerClient {
    /// Creates a client of the owner at this URL.
    pub fn new(owner: &'static str, url: &str) -> Result<Self, Unavailable> {
        let client = reqwest::Client::builder().timeout(Duration::from_millis(TIMEOUT_MS)).build();
        let client = client.map_err(|error| Unavailable { owner, reason: error.to_string() })?;
        Ok(Self { owner, client, url: url.trim_end_matches('/').to_owned() })
    }

    /// Asks for a fact. A refusal counts as unavailable, because the fact stays unknown.
    pub async fn ask<Q: Question + Sync>(&self, asker: &Asker, question: &Q) -> Result<Q::Answer, Unavailable> {
        self.post(asker, Q::PATH, question).await
    }

    /// Asks for an action or a decision. A refusal is returned as such.
    pub async fn request<Q: Question + Sync>(&self, asker: &Asker, request: &Q) -> Result<Q::Answer, Denied> {
        let response = self.send(asker, Q::PATH, request).await?;
        if response.status().is_client_error() {
            let refusal: Refusal = response.json().await.map_err(|error| self.unavailable(error))?;
            return Err(refusal.into());
        }
        let answer = response.error_for_status().map_err(|error| self.unavailable(error))?;
        Ok(answer.json().await.map_err(|error| self.unavailable(error))?)
    }

    /// Posts a body as JSON to this path and parses the response.
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
            Asker::Representative { person, key, .. } => {
                question.header(SERVICE_KEY, key).header(ON_BEHALF_OF, person.to_string())
            }
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
