//! The services of the subgraph, as resolvers find them.

use crate::{account::operations::Accounts, session::operations::Sessions};
use std::sync::Arc;

/// The services of users.
pub struct Services {
    /// Accounts and profiles.
    pub(crate) accounts: Arc<Accounts>,
    /// Sessions and the keys that access tokens are signed with.
    pub(crate) sessions: Sessions,
}
