//! The HTTP client for Gemini. It retries a request while that may help, within one deadline.

use std::time::Duration;

use reader::{Question, Reading};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderValue},
    redirect::Policy,
};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};

use crate::{GeminiFailure, Photo, answer, reply, request, retry};

const API_KEY: &str = "x-goog-api-key";

const JSON: &str = "application/json";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

const MAX_ATTEMPTS: u32 = 3;

/// The connection settings. Not `Debug`, so that no log can show the key.
#[derive(Clone, Copy)]
pub struct Connection<'a> {
    /// The API key.
    pub key: &'a str,
    /// The base URL of the API, without a path.
    pub url: &'a Url,
    /// The name of the model.
    pub model: &'a str,
    /// The timeout for one reading, including all retries.
    pub timeout: Duration,
}

/// Why a client cannot be created. No variant contains the invalid value, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    /// The key is not a valid header value.
    #[error("the Gemini API key is not a valid header value")]
    Key,
    /// The name of the model is empty or has characters that could change the path of the request.
    #[error("the name of the Gemini model is invalid")]
    Model,
    /// The path of the endpoint cannot be appended to the base URL.
    #[error("the URL of Gemini is invalid")]
    Url,
    /// The HTTP client cannot be built.
    #[error("the HTTP client for Gemini cannot be built")]
    Client,
}

/// A client for Gemini.
#[derive(Debug)]
pub struct Gemini {
    client: Client,
    endpoint: Url,
    key: HeaderValue,
    model: String,
    timeout: Duration,
}

/// The number of attempts and the last status, for the log.
#[derive(Default)]
struct Progress {
    tries: u32,
    status: Option<u16>,
}

/// Why an attempt failed, and whether to retry.
struct FailedAttempt {
    failure: GeminiFailure,
    retry: Retry,
}

enum Retry {
    Never,
    WithBackoff,
    After(Duration),
}

impl Gemini {
    /// Creates a client; connects with the first request.
    pub fn new(connection: &Connection<'_>) -> Result<Self, Misconfigured> {
        let mut key = HeaderValue::from_str(connection.key).map_err(|_| Misconfigured::Key)?;
        // Hides the key when headers are printed.
        key.set_sensitive(true);
        // A redirect would send the key and the text to another server.
        let client = Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT).build();
        Ok(Self {
            client: client.map_err(|_| Misconfigured::Client)?,
            endpoint: endpoint(connection)?,
            key,
            model: connection.model.to_owned(),
            timeout: connection.timeout,
        })
    }

    /// Reads a text. Retries within the timeout.
    pub async fn read(&self, question: &Question<'_>) -> Result<Reading, GeminiFailure> {
        self.converse(question, &request::body(question, None)).await
    }

    /// Reads the photo of a receipt. The text of the question is the person's remark on it.
    pub async fn read_photo(&self, photo: &Photo<'_>, question: &Question<'_>) -> Result<Reading, GeminiFailure> {
        self.converse(question, &request::body(question, Some(photo))).await
    }

    async fn converse(&self, question: &Question<'_>, body: &Value) -> Result<Reading, GeminiFailure> {
        let begin = Instant::now();
        let deadline = begin + self.timeout;
        let mut progress = Progress::default();
        let text = timeout_at(deadline, self.ask(body, deadline, &mut progress)).await;
        let text = text.unwrap_or(Err(GeminiFailure::TooLate));
        let reading = text.and_then(|text| answer::reading(&text, question).map_err(GeminiFailure::Invalid));
        let outcome = reading.as_ref().map_or_else(ToString::to_string, |_| "read".to_owned());
        tracing::info!(
            model = self.model,
            status = progress.status,
            tries = progress.tries,
            elapsed_ms = begin.elapsed().as_millis(),
            outcome,
            "Gemini was asked"
        );
        reading
    }

    /// Sends the request until it succeeds, fails permanently, has been tried [`MAX_ATTEMPTS`] times, or the next
    /// attempt would start after the deadline.
    async fn ask(&self, body: &Value, deadline: Instant, progress: &mut Progress) -> Result<String, GeminiFailure> {
        let mut pauses = retry::pauses();
        loop {
            let failed = match self.ask_once(body, progress).await {
                Ok(text) => return Ok(text),
                Err(failed) => failed,
            };
            let pause = match failed.retry {
                Retry::WithBackoff => pauses.next(),
                Retry::After(pause) => Some(pause),
                Retry::Never => None,
            };
            let Some(pause) = pause else { return Err(failed.failure) };
            if progress.tries == MAX_ATTEMPTS || pause >= deadline.saturating_duration_since(Instant::now()) {
                return Err(failed.failure);
            }
            sleep(pause).await;
        }
    }

    async fn ask_once(&self, body: &Value, progress: &mut Progress) -> Result<String, FailedAttempt> {
        (progress.tries, progress.status) = (progress.tries + 1, None);
        let request = self.client.post(self.endpoint.clone()).header(API_KEY, self.key.clone()).json(body);
        let response = request.send().await.map_err(FailedAttempt::unreachable)?;
        let status = response.status();
        progress.status = Some(status.as_u16());
        if retry::is_transient(status) {
            let headers = response.headers().clone();
            let body = body_of(response).await.unwrap_or_default();
            let retry = retry::requested_pause(&headers, &body).map_or(Retry::WithBackoff, Retry::After);
            return Err(FailedAttempt { failure: GeminiFailure::Busy(status.as_u16()), retry });
        }
        if status != StatusCode::OK {
            return Err(GeminiFailure::Refused(status.as_u16()).into());
        }
        if !is_json(&response) {
            return Err(GeminiFailure::Invalid("it is not JSON").into());
        }
        Ok(reply::text(&body_of(response).await?)?)
    }
}

impl FailedAttempt {
    fn unreachable(error: reqwest::Error) -> Self {
        Self { failure: GeminiFailure::Unreachable(causes(&error.without_url())), retry: Retry::WithBackoff }
    }
}

impl From<GeminiFailure> for FailedAttempt {
    fn from(failure: GeminiFailure) -> Self {
        Self { failure, retry: Retry::Never }
    }
}

/// Returns the URL of the model's endpoint; refuses a model name that could change the path.
fn endpoint(connection: &Connection<'_>) -> Result<Url, Misconfigured> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let model = connection.model;
    if model.is_empty() || !model.chars().all(allowed) {
        return Err(Misconfigured::Model);
    }
    let base = connection.url.as_str().trim_end_matches('/');
    Url::parse(&format!("{base}/v1beta/models/{model}:generateContent")).map_err(|_| Misconfigured::Url)
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(JSON))
}

/// Reads the body; refuses one that is longer than the limit.
async fn body_of(mut response: Response) -> Result<Vec<u8>, FailedAttempt> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(FailedAttempt::unreachable)? {
        if body.len() + chunk.len() > reply::MAX_BYTES {
            return Err(GeminiFailure::Invalid("it is too long").into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Joins the messages of an error and its sources, because the error's own message rarely states the cause.
fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
