//! What the stand-in knows, and how it reads and answers.

use std::collections::HashMap;

use axum::{Json, body::Bytes, http::StatusCode};
use reqwest::Url;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{objects::Intent, webhooks::Sender};

/// What it knows, and whom it tells.
#[derive(Default)]
pub(crate) struct Known {
    /// What all ids have in common, so that they differ from those of an earlier run.
    pub(crate) run: String,
    /// Its own address, for links.
    pub(crate) own: String,
    /// Where webhooks go.
    pub(crate) sender: Option<Sender>,
    /// How many accounts were opened.
    pub(crate) opened: usize,
    /// Whether each account can receive payments.
    pub(crate) accounts: HashMap<String, bool>,
    pub(crate) intents: HashMap<String, Intent>,
    /// The body and the response of each request with an idempotency key.
    pub(crate) keys: HashMap<String, (Bytes, Value)>,
    pub(crate) events: usize,
    pub(crate) is_down: bool,
    /// Makes the next request with a key take effect but return an error.
    pub(crate) loses_answer: bool,
    /// Who is told that the next answer about an intent is held, and when it may go.
    pub(crate) holder: Option<oneshot::Sender<oneshot::Sender<()>>>,
}

pub(crate) type Refused = (StatusCode, Json<Value>);
pub(crate) type Answer = Result<Json<Value>, Refused>;

impl Known {
    pub(crate) fn event(&mut self, kind: &str, object: &Value) -> String {
        self.events += 1;
        let id = format!("evt_{}{}", self.run, self.events);
        json!({ "id": id, "object": "event", "type": kind, "data": { "object": object } }).to_string()
    }

    /// Tells the receiver of webhooks, if there is one.
    pub(crate) fn tell(&mut self, kind: &str, object: &Value) {
        let body = self.event(kind, object);
        if let Some(sender) = self.sender.clone() {
            tokio::spawn(async move { sender.send(body).await });
        }
    }
}

pub(crate) fn refused(status: StatusCode, kind: &str, code: Option<&str>) -> Refused {
    let error = json!({ "error": { "type": kind, "code": code, "message": "no" } });
    (status, Json(error))
}

/// Decodes a form by Stripe's field names.
pub(crate) fn form(body: &Bytes) -> HashMap<String, String> {
    let url = Url::parse(&format!("http://x/?{}", std::str::from_utf8(body).unwrap())).unwrap();
    url.query_pairs().into_owned().collect()
}
