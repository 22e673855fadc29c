//! A scripted server that speaks Gemini's protocol.

use std::{
    collections::VecDeque,
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, Response, StatusCode, header},
    routing::post,
};
use futures::{StreamExt, stream};
use gemini::{Connection, Gemini};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const KEY: &str = "AIza-a-key-that-nobody-may-see";
pub(crate) const MODEL: &str = "gemini-test-flash";

/// A scripted response.
pub(crate) enum Say {
    /// A status, a content type and a body.
    Reply(StatusCode, &'static str, String),
    /// A response with an additional header.
    With(header::HeaderName, String, Box<Say>),
    /// A response after a delay.
    Late(Duration, Box<Say>),
    /// A part of a response, after which the connection is cut.
    Cut,
    /// A response that never ends.
    Endless,
}

/// A received request.
pub(crate) struct Heard {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

/// The server. It sends each scripted response once, in order, and after that status 500.
#[derive(Clone, Default)]
pub(crate) struct StandIn {
    /// Its base URL.
    pub url: String,
    script: Arc<Mutex<VecDeque<Say>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Say {
    /// A complete answer with this text.
    pub(crate) fn text(text: &str) -> Self {
        Self::parts(&json!([{ "text": text, "thoughtSignature": "c2lnbmF0dXJl" }]))
    }

    /// A complete answer with these parts.
    pub(crate) fn parts(parts: &Value) -> Self {
        Self::candidate(&json!({ "content": { "role": "model", "parts": parts }, "finishReason": "STOP", "index": 0 }))
    }

    /// A response with this candidate.
    pub(crate) fn candidate(candidate: &Value) -> Self {
        let usage = json!({ "promptTokenCount": 700, "candidatesTokenCount": 90, "totalTokenCount": 790 });
        Self::json(StatusCode::OK, &json!({ "candidates": [candidate], "usageMetadata": usage, "modelVersion": MODEL }))
    }

    /// An error in the format of Google's APIs.
    pub(crate) fn error(status: u16, name: &str, details: &Value) -> Self {
        let error = json!({ "code": status, "message": "as told", "status": name, "details": details });
        Self::json(StatusCode::from_u16(status).unwrap(), &json!({ "error": error }))
    }

    /// Status 429 with a requested delay.
    pub(crate) fn exhausted(delay: &str) -> Self {
        let help = json!({ "@type": "type.googleapis.com/google.rpc.Help", "links": [{ "description": "quotas" }] });
        let retry = json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay });
        Self::error(429, "RESOURCE_EXHAUSTED", &json!([help, retry]))
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::Reply(status, "application/json; charset=UTF-8", body.to_string())
    }

    fn into_response(self) -> Response<Body> {
        let response = |status, kind, body| {
            Response::builder().status(status).header(header::CONTENT_TYPE, kind).body(body).unwrap()
        };
        match self {
            Self::Reply(status, kind, text) => response(status, kind, Body::from(text)),
            Self::With(name, value, say) => {
                let mut response = say.into_response();
                response.headers_mut().insert(name, value.parse().unwrap());
                response
            }
            Self::Late(_, say) => say.into_response(),
            Self::Cut => {
                let begin = Ok(Bytes::from_static(b"{\"candidates\": [{\"content\": "));
                let body = stream::iter([begin, Err("cut")]);
                response(StatusCode::OK, "application/json", Body::from_stream(body))
            }
            Self::Endless => {
                let spaces = Bytes::from(vec![b' '; 16 * 1_024]);
                let body = stream::repeat(spaces).map(Ok::<_, Infallible>);
                response(StatusCode::OK, "application/json", Body::from_stream(body))
            }
        }
    }
}

impl StandIn {
    /// Starts a server with these responses, and a client for it.
    pub(crate) async fn with(script: impl IntoIterator<Item = Say>) -> (Self, Gemini) {
        Self::with_timeout(script, Duration::from_secs(20)).await
    }

    /// Like [`Self::with`], with a timeout for the client.
    pub(crate) async fn with_timeout(script: impl IntoIterator<Item = Say>, timeout: Duration) -> (Self, Gemini) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stand_in = Self { url: format!("http://{}/", listener.local_addr().unwrap()), ..Self::default() };
        stand_in.script.lock().unwrap().extend(script);
        let routes = Router::new().route("/v1beta/models/{call}", post(answer)).with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let gemini = client(&stand_in.url, MODEL, timeout);
        (stand_in, gemini)
    }

    /// A client for another model.
    pub(crate) fn client_of(&self, model: &str) -> Gemini {
        client(&self.url, model, Duration::from_secs(20))
    }

    /// Takes the requests since the last call.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// Adds a response to the script.
    pub(crate) fn say(&self, say: Say) {
        self.script.lock().unwrap().push_back(say);
    }
}

pub(crate) fn client(url: &str, model: &str, timeout: Duration) -> Gemini {
    Gemini::new(&Connection { key: KEY, url: &url.parse().unwrap(), model, timeout }).unwrap()
}

async fn answer(
    State(stand_in): State<StandIn>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let is_allowed = headers.get("x-goog-api-key").is_some_and(|key| key == KEY);
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let is_question = path.ends_with(":generateContent") && body["contents"][0]["parts"].is_array();
    stand_in.heard.lock().unwrap().push(Heard { path, headers, body });
    let say = match stand_in.script.lock().unwrap().pop_front() {
        _ if !is_allowed => Say::error(403, "PERMISSION_DENIED", &json!([])),
        _ if !is_question => Say::error(400, "INVALID_ARGUMENT", &json!([])),
        Some(say) => say,
        None => Say::error(500, "INTERNAL", &json!([])),
    };
    if let Say::Late(pause, _) = &say {
        tokio::time::sleep(*pause).await;
    }
    say.into_response()
}
