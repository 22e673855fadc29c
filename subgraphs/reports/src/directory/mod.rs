//! Copies of groups and accounts, built from events, and the caller's permission to read about a group.

mod membership;
mod operations;
mod store;

use std::collections::HashMap;

use contracts::{
    GroupId, MemberId, UserId,
    event::{GroupFacts, MemberFacts, UserFacts},
};
use serde::{Deserialize, Serialize};

pub(crate) use membership::{Membership, groups, members};
pub(crate) use operations::Directory;
pub(crate) use store::GROUPS;

/// The name for a person of whom no event has arrived yet.
const SOMEBODY: &str = "Somebody";
/// The actor's name if a service caused the event.
const ITSELF: &str = "Quits";

/// A group according to its latest event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownGroup {
    #[serde(rename = "_id")]
    pub(crate) id: GroupId,
    pub(crate) name: String,
    /// All current and former members.
    pub(crate) members: Vec<MemberFacts>,
}

/// An account according to its latest event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownUser {
    #[serde(rename = "_id")]
    pub(crate) id: UserId,
    /// The display name.
    pub(crate) name: String,
}

/// Who is behind a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    User(UserId),
    /// A guest, who has no account, or somebody who has left: to them the group is gone.
    Nobody,
}

impl KnownGroup {
    /// Whether a user is or was a member.
    pub(crate) fn has_known(&self, user: UserId) -> bool {
        self.members.iter().any(|member| member.user_id == Some(user))
    }

    /// The group of an event.
    pub(crate) fn of(facts: &GroupFacts) -> Self {
        Self { id: facts.group_id, name: facts.name.clone(), members: facts.members.clone() }
    }
}

impl KnownUser {
    /// The account of an event.
    pub(crate) fn of(facts: &UserFacts) -> Self {
        Self { id: facts.user_id, name: facts.name.clone() }
    }
}

/// The names for the summaries of a page of the feed.
#[derive(Debug, Default)]
pub(crate) struct Names {
    groups: HashMap<GroupId, KnownGroup>,
    users: HashMap<UserId, String>,
}

impl Names {
    pub(crate) fn new(
        groups: impl IntoIterator<Item = KnownGroup>,
        users: impl IntoIterator<Item = KnownUser>,
    ) -> Self {
        Self {
            groups: groups.into_iter().map(|group| (group.id, group)).collect(),
            users: users.into_iter().map(|user| (user.id, user.name)).collect(),
        }
    }

    /// The name of a group, or a placeholder.
    pub(crate) fn group(&self, group: impl Into<Option<GroupId>>) -> &str {
        group.into().and_then(|group| self.groups.get(&group)).map_or("a group", |group| &group.name)
    }

    /// The name of a member, or a placeholder.
    pub(crate) fn member(&self, group: impl Into<Option<GroupId>>, member: MemberId) -> &str {
        self.find(group.into(), |known| known.member_id == member).map_or(SOMEBODY, |known| &known.name)
    }

    /// The name of an event's actor: the member's name in the group, else the account's, else a placeholder.
    pub(crate) fn actor(&self, group: Option<GroupId>, actor: Option<UserId>) -> &str {
        let Some(user) = actor else { return ITSELF };
        let member = self.find(group, |known| known.user_id == Some(user)).map(|known| &known.name);
        member.or_else(|| self.users.get(&user)).map_or(SOMEBODY, String::as_str)
    }

    /// Whether the user is this member.
    pub(crate) fn is(&self, group: Option<GroupId>, user: Option<UserId>, member: MemberId) -> bool {
        user.is_some() && self.find(group, |known| known.member_id == member && known.user_id == user).is_some()
    }

    fn find(&self, group: Option<GroupId>, matches: impl Fn(&MemberFacts) -> bool) -> Option<&MemberFacts> {
        self.groups.get(&group?)?.members.iter().find(|member| matches(member))
    }
}
