//! One conversation with Gemini: a question, repeated as long as that helps, within one deadline.

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

const MOST_TRIES: u32 = 3;

/// How Gemini is reached. Not `Debug`, so that no log can show the key.
#[derive(Clone, Copy)]
pub struct Connection<'a> {
    /// The API key.
    pub key: &'a str,
    /// The address of the API, without a path.
    pub url: &'a Url,
    /// Which model is asked.
    pub model: &'a str,
    /// How long one reading may take, with every repetition.
    pub timeout: Duration,
}

/// Why there can be no client for a connection. No variant shows the value that is wrong: it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    /// The key cannot stand in a header.
    #[error("the key for Gemini is not a key")]
    Key,
    /// The name of the model would lead elsewhere.
    #[error("the name of Gemini's model is not one")]
    Model,
    /// The address cannot be extended by a path.
    #[error("the address of Gemini is not one")]
    Url,
    /// The HTTP client cannot be built.
    #[error("there is no HTTP client for Gemini")]
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

/// How a conversation goes, for the log.
#[derive(Default)]
struct Course {
    tries: u32,
    status: Option<u16>,
}

/// Why one try failed, and whether another may help.
struct Setback {
    failure: GeminiFailure,
    again: Again,
}

enum Again {
    Never,
    Soon,
    After(Duration),
}

impl Gemini {
    /// A client for this connection; opens none yet.
    pub fn new(connection: &Connection<'_>) -> Result<Self, Misconfigured> {
        let mut key = HeaderValue::from_str(connection.key).map_err(|_| Misconfigured::Key)?;
        // Keeps it out of whatever prints headers.
        key.set_sensitive(true);
        // A redirect would take the key and the text elsewhere.
        let client = Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT).build();
        Ok(Self {
            client: client.map_err(|_| Misconfigured::Client)?,
            endpoint: endpoint(connection)?,
            key,
            model: connection.model.to_owned(),
            timeout: connection.timeout,
        })
    }

    /// Reads a text.
    pub async fn read(&self, question: &Question<'_>) -> Result<Reading, GeminiFailure> {
        self.converse(question, &request::body(question, None)).await
    }

    /// Reads a receipt; the text of the question is what the person says about it.
    pub async fn read_photo(&self, photo: &Photo<'_>, question: &Question<'_>) -> Result<Reading, GeminiFailure> {
        self.converse(question, &request::body(question, Some(photo))).await
    }

    async fn converse(&self, question: &Question<'_>, body: &Value) -> Result<Reading, GeminiFailure> {
        let begin = Instant::now();
        let deadline = begin + self.timeout;
        let mut course = Course::default();
        let text = timeout_at(deadline, self.ask(body, deadline, &mut course)).await;
        let text = text.unwrap_or(Err(GeminiFailure::TooLate));
        let reading = text.and_then(|text| answer::reading(&text, question).map_err(GeminiFailure::Invalid));
        let outcome = reading.as_ref().map_or_else(ToString::to_string, |_| "read".to_owned());
        tracing::info!(
            model = self.model,
            status = course.status,
            tries = course.tries,
            elapsed_ms = begin.elapsed().as_millis(),
            outcome,
            "Gemini was asked"
        );
        reading
    }

    /// Asks until there is an answer, asking again does not help, or would be too late.
    async fn ask(&self, body: &Value, deadline: Instant, course: &mut Course) -> Result<String, GeminiFailure> {
        let mut pauses = retry::pauses();
        loop {
            let setback = match self.ask_once(body, course).await {
                Ok(text) => return Ok(text),
                Err(setback) => setback,
            };
            let pause = match setback.again {
                Again::Soon => pauses.next(),
                Again::After(pause) => Some(pause),
                Again::Never => None,
            };
            let Some(pause) = pause else { return Err(setback.failure) };
            if course.tries == MOST_TRIES || pause >= deadline.saturating_duration_since(Instant::now()) {
                return Err(setback.failure);
            }
            sleep(pause).await;
        }
    }

    async fn ask_once(&self, body: &Value, course: &mut Course) -> Result<String, Setback> {
        (course.tries, course.status) = (course.tries + 1, None);
        let request = self.client.post(self.endpoint.clone()).header(API_KEY, self.key.clone()).json(body);
        let response = request.send().await.map_err(Setback::unreachable)?;
        let status = response.status();
        course.status = Some(status.as_u16());
        if retry::may_pass(status) {
            let headers = response.headers().clone();
            let body = body_of(response).await.unwrap_or_default();
            let again = retry::requested_pause(&headers, &body).map_or(Again::Soon, Again::After);
            return Err(Setback { failure: GeminiFailure::Busy(status.as_u16()), again });
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

impl Setback {
    fn unreachable(error: reqwest::Error) -> Self {
        Self { failure: GeminiFailure::Unreachable(causes(&error.without_url())), again: Again::Soon }
    }
}

impl From<GeminiFailure> for Setback {
    fn from(failure: GeminiFailure) -> Self {
        Self { failure, again: Again::Never }
    }
}

/// Where the model answers; refuses a name that would lead elsewhere.
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

/// The body, as long as it is not too long.
async fn body_of(mut response: Response) -> Result<Vec<u8>, Setback> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Setback::unreachable)? {
        if body.len() + chunk.len() > reply::MOST_BYTES {
            return Err(GeminiFailure::Invalid("it is too long").into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// An error and what lies behind it: the first alone says little more than that there was one.
fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
