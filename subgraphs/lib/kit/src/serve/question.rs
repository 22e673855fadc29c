//! Routes for requests between subgraphs.

use std::{fmt::Debug, sync::Arc};

use axum::{
    Extension, Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use contracts::ask::Question;

use crate::{
    admission::Admission,
    auth::{Caller, TokenCheck},
    failure::{Code, Failure, Outcome},
    tasks::run_to_end,
};

/// Returns the route of one kind of request. The caller is a person, by the token that the asking subgraph passes on,
/// or a service, by the service key. `answer` must check whether the caller may have the response.
pub fn question<Q, S, F>(
    services: &Arc<S>,
    tokens: &Arc<TokenCheck>,
    answer: impl Fn(Arc<S>, Caller, Q) -> F + Clone + Send + Sync + 'static,
) -> Router
where
    Q: Question + Debug + Send + 'static,
    S: Send + Sync + 'static,
    F: Future<Output = Outcome<Q::Answer>> + Send + 'static,
{
    let (services, tokens) = (Arc::clone(services), Arc::clone(tokens));
    let route = async move |admission: Option<Extension<Admission>>, headers: HeaderMap, Json(question): Json<Q>| {
        let answering = async move {
            let caller = tokens.caller(&headers).await?;
            answer(services, caller, question).await
        };
        let answered = match admission {
            // It is part of a request that has a place of its person already, where it was made.
            Some(Extension(admission)) => admission.run(None, answering).await,
            None => run_to_end(answering).await,
        };
        answered.flatten().map(Json).map_err(|failure| not_answered(failure, Q::PATH))
    };
    Router::new().route(Q::PATH, post(route))
}

/// Refusals are returned to the asking subgraph, which may pass them on; internal failures are only logged.
fn not_answered(failure: Failure, path: &str) -> Response {
    match failure {
        Failure::Refused(refusal) if refusal.code == Code::Unauthenticated => {
            (StatusCode::UNAUTHORIZED, Json(refusal)).into_response()
        }
        Failure::Refused(refusal) if refusal.code == Code::Overloaded => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(refusal)).into_response()
        }
        Failure::Refused(refusal) => (StatusCode::FORBIDDEN, Json(refusal)).into_response(),
        Failure::Internal(_) => {
            tracing::error!(reason = failure.log_text(), path, "a request of another subgraph failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
