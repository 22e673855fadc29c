//! The types Group and Member as other types refer to them.

use std::sync::Arc;

use async_graphql::Enum;

use crate::group;

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::Kind")]
pub(super) enum GroupKind {
    /// A trip.
    Trip,
    /// A shared flat or house.
    Home,
    /// A couple.
    Couple,
    /// An event, such as a party or a wedding.
    Event,
    /// Anything else.
    Other,
    /// Two friends; created by `directGroup`.
    Direct,
}

/// People who share expenses.
pub(super) struct Group(pub(super) Arc<group::Group>);

/// A user or a guest in one group.
pub(super) struct Member {
    pub(super) group: Arc<group::Group>,
    pub(super) member: group::Member,
}

impl From<group::Group> for Group {
    fn from(group: group::Group) -> Self {
        Self(Arc::new(group))
    }
}

impl From<(Arc<group::Group>, group::Member)> for Member {
    fn from((group, member): (Arc<group::Group>, group::Member)) -> Self {
        Self { group, member }
    }
}

impl From<(group::Group, group::Member)> for Member {
    fn from((group, member): (group::Group, group::Member)) -> Self {
        Self { group: Arc::new(group), member }
    }
}
