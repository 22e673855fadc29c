//! The answer to the question in `contracts::nets`: payments asks about the past.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use contracts::nets::{NetRow, NetsAnswer, NetsQuestion, PATH};
use kit::{Failure, Outcome, auth::TokenCheck};

use crate::Expenses;

#[derive(Clone)]
struct Desk {
    expenses: Arc<Expenses>,
    tokens: Arc<TokenCheck>,
}

/// The route of the question.
pub(crate) fn routes(expenses: &Arc<Expenses>, tokens: &Arc<TokenCheck>) -> Router {
    let desk = Desk { expenses: Arc::clone(expenses), tokens: Arc::clone(tokens) };
    Router::new().route(PATH, post(answer)).with_state(desk)
}

async fn answer(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Json(question): Json<NetsQuestion>,
) -> Result<Json<NetsAnswer>, StatusCode> {
    match desk.nets(&headers, &question).await {
        Ok(nets) => Ok(Json(NetsAnswer { nets })),
        Err(Failure::Refused(_)) => Err(StatusCode::UNAUTHORIZED),
        Err(failure @ Failure::Internal(_)) => {
            tracing::error!(reason = failure.log_text(), "no answer about nets");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

impl Desk {
    async fn nets(&self, headers: &HeaderMap, question: &NetsQuestion) -> Outcome<Vec<NetRow>> {
        let caller = self.tokens.caller(headers, self.expenses.router_key.expose()).await?;
        self.expenses.nets_at(&caller, question.group, question.at).await
    }
}
