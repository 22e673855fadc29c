//! What a browser needs: a stand-in for Stripe.js, the confirmation of an intent, and the page of onboarding.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect},
    routing::{get, post},
};
use reqwest::Url;
use serde_json::{Value, json};

use crate::{
    known::{Known, form, refused},
    objects,
};

/// How long the bank takes with the card that is not decided at once.
const BANK: Duration = Duration::from_secs(4);

/// The card whose bank wants to be visited.
const BY_REDIRECT: &str = "4000000000003220";

type Shared = Arc<Mutex<Known>>;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/stripe.js", get(script))
        .route("/v1/payment_intents/{id}/confirm", post(confirm))
        .route("/bank/{id}", get(bank).post(leave_bank))
        .route("/onboarding/{account}", get(onboarding).post(finish_onboarding))
        .route("/ready", get(async || StatusCode::OK))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], include_str!("stripe.js"))
}

/// What becomes of an intent, by the number of the card: the numbers are those of Stripe's test mode.
fn outcome(card: &str, is_authenticated: bool) -> Result<&'static str, &'static str> {
    match card {
        "4242424242424242" => Ok("succeeded"),
        "4000002500003155" | BY_REDIRECT if is_authenticated => Ok("succeeded"),
        "4000002500003155" | BY_REDIRECT => Ok("requires_action"),
        "4000000000000077" => Ok("processing"),
        "4000000000009995" => Err("Your card has insufficient funds."),
        _ => Err("Your card was declined."),
    }
}

/// Confirms an intent, as Stripe.js does with the client secret.
async fn confirm(State(known): State<Shared>, Path(id): Path<String>, body: Bytes) -> impl IntoResponse {
    let form = form(&body);
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let answer = confirm_once(&known, &id, &field("client_secret"), &field("card"), field("authenticated") == "true");
    // Only the app's page calls this, from another origin.
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], answer)
}

fn confirm_once(
    known: &Shared,
    id: &str,
    secret: &str,
    card: &str,
    is_authenticated: bool,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let mut locked = known.lock().unwrap();
    let intent = locked.intents.get_mut(id).filter(|_| secret == format!("{id}_secret"));
    let Some(intent) = intent.filter(|intent| !matches!(intent.status, "succeeded" | "canceled")) else {
        return Err(refused(StatusCode::BAD_REQUEST, "invalid_request_error", None));
    };
    let result = outcome(card, is_authenticated);
    intent.status = result.unwrap_or("requires_payment_method");
    let object = intent.object();
    match result {
        Ok(status) => {
            locked.tell(&format!("payment_intent.{status}"), &object);
            if status == "processing" {
                tokio::spawn(decide(Arc::clone(known), id.to_owned()));
            }
            Ok(Json(object))
        }
        Err(message) => {
            locked.tell("payment_intent.payment_failed", &object);
            let error = json!({ "type": "card_error", "code": "card_declined", "message": message });
            Err((StatusCode::PAYMENT_REQUIRED, Json(json!({ "error": error }))))
        }
    }
}

/// The bank says yes after a while.
async fn decide(known: Shared, id: String) {
    tokio::time::sleep(BANK).await;
    let mut known = known.lock().unwrap();
    let Some(intent) = known.intents.get_mut(&id) else { return };
    intent.status = "succeeded";
    let object = intent.object();
    known.tell("payment_intent.succeeded", &object);
}

async fn bank() -> Html<&'static str> {
    Html(include_str!("bank.html"))
}

/// The person has approved the payment at the bank or not, and goes back to the app.
async fn leave_bank(
    State(known): State<Shared>,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    body: Bytes,
) -> Redirect {
    let is_approved = form(&body).get("approved").is_some_and(|approved| approved == "yes");
    let secret = query.get("secret").map_or("", String::as_str);
    let paid = confirm_once(&known, &id, secret, if is_approved { BY_REDIRECT } else { "" }, is_approved);
    let mut back: Url = query["back"].parse().unwrap();
    back.query_pairs_mut()
        .append_pair("payment_intent", &id)
        .append_pair("payment_intent_client_secret", secret)
        .append_pair("redirect_status", if paid.is_ok() { "succeeded" } else { "failed" });
    Redirect::to(back.as_str())
}

async fn onboarding() -> Html<&'static str> {
    Html(include_str!("onboarding.html"))
}

/// The person has entered everything: the account can be paid, and the person goes back to the app.
async fn finish_onboarding(
    State(known): State<Shared>,
    Path(account): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Redirect {
    let mut known = known.lock().unwrap();
    known.accounts.insert(account.clone(), true);
    known.tell("account.updated", &objects::account(&account, true));
    Redirect::to(query.get("back").map_or("/", String::as_str))
}
