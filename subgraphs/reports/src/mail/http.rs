//! The page at which a person ends mail, without signing in (RFC 8058): mail programs post to it with one click, people who
//! open it are asked first, because programs that check links open them too.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Query, State},
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY},
    },
    response::{Html, IntoResponse, Response},
    routing::get,
};
use kit::{mail::Language, run_to_end};
use serde::Deserialize;

use super::{address::UNSUBSCRIBE, operations::MailChannel};
use crate::delivery::Deliveries;

type Mails = Deliveries<MailChannel>;

const PAGE: &str = include_str!("page.html");

/// The page loads nothing, and sends its form only to where it came from.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

#[derive(Deserialize)]
struct Address {
    #[serde(default)]
    token: String,
}

pub(crate) fn routes(mails: &Arc<Mails>) -> Router {
    Router::new().route(UNSUBSCRIBE, get(ask).post(end)).with_state(Arc::clone(mails))
}

async fn ask(State(mails): State<Arc<Mails>>, Query(address): Query<Address>, headers: HeaderMap) -> Response {
    let language = language(&headers);
    let words = words(language);
    match mails.channel.is_address(&address.token) {
        Ok(true) => page(StatusCode::OK, language, words.question, Some(words.button)),
        Ok(false) => page(StatusCode::NOT_FOUND, language, words.unknown, None),
        Err(_) => page(StatusCode::SERVICE_UNAVAILABLE, language, words.later, None),
    }
}

async fn end(State(mails): State<Arc<Mails>>, Query(address): Query<Address>, headers: HeaderMap) -> Response {
    let language = language(&headers);
    let words = words(language);
    match run_to_end(async move { mails.channel.end_mail(&address.token).await }).await.flatten() {
        Ok(true) => page(StatusCode::OK, language, words.done, None),
        Ok(false) => page(StatusCode::NOT_FOUND, language, words.unknown, None),
        Err(failure) => {
            tracing::error!(reason = failure.log_text(), "somebody could not end mail");
            page(StatusCode::SERVICE_UNAVAILABLE, language, words.later, None)
        }
    }
}

fn page(status: StatusCode, language: Language, text: &str, button: Option<&str>) -> Response {
    let form = button.map(|button| format!("<form method=\"post\"><button>{button}</button></form>"));
    let html = PAGE.replace("{language}", language.tag()).replace("{text}", text);
    let html = html.replace("{form}", &form.unwrap_or_default());
    let headers: [(HeaderName, &str); 3] =
        [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")];
    (status, headers, Html(html)).into_response()
}

/// The first language that the browser asks for.
fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    Language::of(asked.split([',', ';']).next().unwrap_or_default())
}

struct Words {
    question: &'static str,
    button: &'static str,
    done: &'static str,
    unknown: &'static str,
    later: &'static str,
}

fn words(language: Language) -> Words {
    match language {
        Language::English => Words {
            question: "Do you want no more mail about notifications from Quits?",
            button: "No more mail",
            done: "You get no more mail about notifications. In the settings of Quits you can turn it on again.",
            unknown: "This link does not work. Please use the one from a newer mail, or the settings of Quits.",
            later: "That did not work. Please try again in a moment.",
        },
        Language::German => Words {
            question: "Möchtest du keine Mails mehr über Mitteilungen von Quits?",
            button: "Keine Mails mehr",
            done: "Du bekommst keine Mails mehr über Mitteilungen. In den Einstellungen von Quits kannst du sie wieder einschalten.",
            unknown: "Dieser Link gilt nicht. Nimm bitte den aus einer neueren Mail oder die Einstellungen von Quits.",
            later: "Das hat nicht geklappt. Bitte versuche es gleich noch einmal.",
        },
        Language::Spanish => Words {
            question: "¿No quieres más correos sobre notificaciones de Quits?",
            button: "No más correos",
            done: "Ya no recibirás correos sobre notificaciones. Puedes volver a activarlos en los ajustes de Quits.",
            unknown: "Este enlace no sirve. Usa el de un correo más reciente o los ajustes de Quits.",
            later: "No ha funcionado. Inténtalo de nuevo en un momento.",
        },
    }
}
