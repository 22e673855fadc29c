//! The answer to the question in `contracts::roster`: other subgraphs ask who is in which group.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use contracts::{
    ask::SERVICE_KEY,
    roster::{PATH, Roster, RosterAnswer, RosterQuestion},
};
use kit::{Failure, Outcome, auth::TokenCheck};

use crate::Groups;

#[derive(Clone)]
struct Desk {
    groups: Arc<Groups>,
    tokens: Arc<TokenCheck>,
}

/// The route of the question.
pub fn routes(groups: &Arc<Groups>, tokens: &Arc<TokenCheck>) -> Router {
    let desk = Desk { groups: Arc::clone(groups), tokens: Arc::clone(tokens) };
    Router::new().route(PATH, post(answer)).with_state(desk)
}

async fn answer(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Json(question): Json<RosterQuestion>,
) -> Result<Json<RosterAnswer>, StatusCode> {
    match desk.rosters(&headers, &question).await {
        Ok(rosters) => Ok(Json(RosterAnswer { rosters })),
        Err(Failure::Refused(_)) => Err(StatusCode::UNAUTHORIZED),
        Err(failure @ Failure::Internal(_)) => {
            tracing::error!(reason = failure.log_text(), "no answer about rosters");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

impl Desk {
    /// A service shows its key, a person's subgraph passes on the person's token.
    async fn rosters(&self, headers: &HeaderMap, question: &RosterQuestion) -> Outcome<Vec<Roster>> {
        if let Some(key) = headers.get(SERVICE_KEY) {
            return self.groups.rosters_for_service(key.as_bytes(), &question.groups).await;
        }
        let caller = self.tokens.caller(headers, self.groups.router_key.expose()).await?;
        self.groups.rosters(&caller, &question.groups).await
    }
}
