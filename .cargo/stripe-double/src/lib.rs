//! A stand-in for Stripe: the used part of its HTTP API, signed webhooks, and what a browser needs to pay. The tests of
//! payments run it, and so does the demo.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a stand-in fails loudly"
)]

mod browser;
mod deliveries;
mod known;
mod objects;
mod webhooks;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use reqwest::Url;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use known::{Answer, Known, form, refused};

pub use deliveries::Deliveries;
pub use objects::Intent;
pub use webhooks::{Sender, signature, unix_seconds};

/// The signing secrets of webhooks for payments and for Connect.
pub const SECRETS: [&str; 2] = ["whsec_payments", "whsec_connect"];

/// A running stand-in.
pub struct Stripe {
    /// Where it answers.
    pub url: Url,
    known: Arc<Mutex<Known>>,
}

impl Stripe {
    /// Starts it on a free port, for one test.
    pub async fn start() -> Self {
        let known = Arc::new(Mutex::new(Known::default()));
        let url = serve(routes(&known)).await;
        known.lock().unwrap().own = url.to_string();
        Self { url, known }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap()
    }

    /// Makes every request fail, or ends that.
    pub fn set_down(&self, is_down: bool) {
        self.known().is_down = is_down;
    }

    /// Makes the next request with a key take effect but return an error.
    pub fn lose_next_answer(&self) {
        self.known().loses_answer = true;
    }

    /// Delays the next answer about an intent, after the request has taken effect. The receiver gets a sender once the
    /// answer is held: sending to it or dropping it releases the answer.
    pub fn hold_next_answer(&self) -> oneshot::Receiver<oneshot::Sender<()>> {
        let (holder, held) = oneshot::channel();
        self.known().holder = Some(holder);
        held
    }

    /// Returns the ids of all accounts.
    pub fn accounts(&self) -> Vec<String> {
        self.known().accounts.keys().cloned().collect()
    }

    /// Sets whether an account has completed onboarding and can be paid out.
    pub fn set_ready(&self, account: &str, ready: bool) {
        self.known().accounts.insert(account.to_owned(), ready);
    }

    /// Lets the owner of an account end the access to it.
    pub fn forget(&self, account: &str) {
        self.known().accounts.remove(account);
    }

    /// Returns the ids of all intents.
    pub fn intents(&self) -> Vec<String> {
        self.known().intents.keys().cloned().collect()
    }

    /// Returns an intent as it was created and changed.
    pub fn intent(&self, id: &str) -> Intent {
        self.known().intents[id].clone()
    }

    /// Changes an intent, as the payer, the bank or a refund would.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut Intent)) {
        change(self.known().intents.get_mut(id).unwrap());
    }

    /// Creates the body of an event about this object.
    pub fn event(&self, kind: &str, object: &Value) -> String {
        self.known().event(kind, object)
    }
}

/// Returns the routes of a stand-in for a browser and for payments. `own` is its address and `run` tells its ids from
/// those of earlier runs.
pub fn program(own: &Url, run: &str, sender: Sender) -> Router {
    let known = Known { run: run.to_owned(), own: own.to_string(), sender: Some(sender), ..Known::default() };
    routes(&Arc::new(Mutex::new(known)))
}

fn routes(known: &Arc<Mutex<Known>>) -> Router {
    let api = Router::new()
        .route("/v1/accounts", post(create_account))
        .route("/v1/accounts/{id}", get(account))
        .route("/v1/account_links", post(create_link))
        .route("/v1/payment_intents", post(create_intent))
        .route("/v1/payment_intents/{id}", get(intent))
        .route("/v1/payment_intents/{id}/cancel", post(cancel))
        .route("/v1/disputes", get(disputes));
    api.merge(browser::routes()).with_state(Arc::clone(known))
}

/// Serves these routes on localhost until the test ends.
pub async fn serve(routes: Router) -> Url {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    url
}

/// Runs a request once per idempotency key: a repetition gets the same response, another request with the key an error.
fn once(known: &mut Known, headers: &HeaderMap, body: &Bytes, make: impl FnOnce(&mut Known) -> Answer) -> Answer {
    if known.is_down {
        return Err(refused(StatusCode::SERVICE_UNAVAILABLE, "api_error", None));
    }
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    if let Some((first, answer)) = known.keys.get(&key) {
        let same = form(first) == form(body);
        let reused = || refused(StatusCode::BAD_REQUEST, "idempotency_error", None);
        return if same { Ok(Json(answer.clone())) } else { Err(reused()) };
    }
    let Json(answer) = make(known)?;
    known.keys.insert(key, (body.clone(), answer.clone()));
    if std::mem::take(&mut known.loses_answer) {
        return Err(refused(StatusCode::INTERNAL_SERVER_ERROR, "api_error", None));
    }
    Ok(Json(answer))
}

async fn create_account(State(known): State<Arc<Mutex<Known>>>, headers: HeaderMap, body: Bytes) -> Answer {
    once(&mut known.lock().unwrap(), &headers, &body, |known| {
        let form = form(&body);
        assert_eq!(form["controller[stripe_dashboard][type]"], "express");
        assert_eq!(form["capabilities[transfers][requested]"], "true");
        known.opened += 1;
        let id = format!("acct_{}{}", known.run, known.opened);
        known.accounts.insert(id.clone(), false);
        Ok(Json(objects::account(&id, false)))
    })
}

async fn account(State(known): State<Arc<Mutex<Known>>>, Path(id): Path<String>) -> Answer {
    let known = known.lock().unwrap();
    match known.accounts.get(&id) {
        _ if known.is_down => Err(refused(StatusCode::SERVICE_UNAVAILABLE, "api_error", None)),
        Some(ready) => Ok(Json(objects::account(&id, *ready))),
        None => Err(refused(StatusCode::FORBIDDEN, "invalid_request_error", Some("account_invalid"))),
    }
}

async fn create_link(State(known): State<Arc<Mutex<Known>>>, body: Bytes) -> Answer {
    let form = form(&body);
    let known = known.lock().unwrap();
    if !known.accounts.contains_key(&form["account"]) {
        return Err(refused(StatusCode::FORBIDDEN, "invalid_request_error", Some("account_invalid")));
    }
    let mut url = Url::parse(&known.own).unwrap().join("onboarding/").unwrap();
    url = url.join(&form["account"]).unwrap();
    url.query_pairs_mut().append_pair("back", &form["return_url"]);
    Ok(Json(json!({ "object": "account_link", "created": 1, "expires_at": 2, "url": url.as_str() })))
}

/// Waits for as long as a test holds the next answer.
async fn hold(known: &Mutex<Known>) {
    let holder = known.lock().unwrap().holder.take();
    let (release, released) = oneshot::channel();
    if holder.is_some_and(|holder| holder.send(release).is_ok()) {
        let _ = released.await;
    }
}

async fn create_intent(State(known): State<Arc<Mutex<Known>>>, headers: HeaderMap, body: Bytes) -> Answer {
    let answer = once(&mut known.lock().unwrap(), &headers, &body, |known| {
        let form = form(&body);
        let amount: i64 = form["amount"].parse().unwrap();
        if amount < 50 {
            return Err(refused(StatusCode::BAD_REQUEST, "invalid_request_error", Some("amount_too_small")));
        }
        let id = format!("pi_{}{}", known.run, known.intents.len() + 1);
        let intent = Intent::new(&id, amount, &form);
        let answer = intent.object();
        known.intents.insert(id, intent);
        Ok(Json(answer))
    });
    hold(&known).await;
    answer
}

async fn intent(State(known): State<Arc<Mutex<Known>>>, Path(id): Path<String>) -> Answer {
    let answer = present(&known, &id);
    hold(&known).await;
    answer
}

fn present(known: &Mutex<Known>, id: &str) -> Answer {
    let known = known.lock().unwrap();
    match known.intents.get(id) {
        _ if known.is_down => Err(refused(StatusCode::SERVICE_UNAVAILABLE, "api_error", None)),
        Some(intent) => Ok(Json(intent.object())),
        None => Err(refused(StatusCode::NOT_FOUND, "invalid_request_error", Some("resource_missing"))),
    }
}

async fn cancel(State(known): State<Arc<Mutex<Known>>>, Path(id): Path<String>) -> Answer {
    let mut known = known.lock().unwrap();
    let intent = known.intents.get_mut(&id).filter(|intent| intent.status.starts_with("requires_"));
    let unexpected =
        || refused(StatusCode::BAD_REQUEST, "invalid_request_error", Some("payment_intent_unexpected_state"));
    let intent = intent.ok_or_else(unexpected)?;
    intent.status = "canceled";
    let object = intent.object();
    known.tell("payment_intent.canceled", &object);
    Ok(Json(object))
}

async fn disputes(State(known): State<Arc<Mutex<Known>>>, Query(query): Query<HashMap<String, String>>) -> Answer {
    let known = known.lock().unwrap();
    let disputes: Vec<Value> = known.intents[&query["payment_intent"]].disputes();
    Ok(Json(json!({ "object": "list", "url": "/v1/disputes", "has_more": false, "data": disputes })))
}
