//! The state that all handlers of a subgraph use.

use std::sync::Arc;

use async_graphql::Schema;
use tokio_util::sync::CancellationToken;

use crate::{admission::Admission, auth::TokenCheck, clock::Clock, role::Subgraph};

/// The state for handling requests.
pub(super) struct Server<S: Subgraph> {
    pub(super) subgraph: Arc<S>,
    pub(super) schema: Schema<S::Query, S::Mutation, S::Subscription>,
    pub(super) tokens: Arc<TokenCheck>,
    pub(super) admission: Admission,
    pub(super) clock: Clock,
    pub(super) stop: CancellationToken,
}
