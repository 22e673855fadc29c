//! Who is who: groups and accounts as events have told them, and the caller's right to read about a group.

mod membership;
mod operations;
mod store;

use std::collections::HashMap;

use contracts::{
    GroupId, MemberId, UserId,
    event::{GroupFacts, MemberFacts, UserFacts},
};
use serde::{Deserialize, Serialize};

pub(crate) use membership::{Membership, groups};
pub(crate) use operations::Directory;

/// For somebody of whom no event has told yet.
const SOMEBODY: &str = "Somebody";
/// The actor of what a service did by itself.
const ITSELF: &str = "Quits";

/// A group as its last event told it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownGroup {
    /// Which group.
    #[serde(rename = "_id")]
    pub(crate) id: GroupId,
    /// Its name.
    pub(crate) name: String,
    /// Everyone who is or was a member.
    pub(crate) members: Vec<MemberFacts>,
}

/// An account as its last event told it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownUser {
    /// Whose account.
    #[serde(rename = "_id")]
    pub(crate) id: UserId,
    /// The name shown to others.
    pub(crate) name: String,
}

impl KnownGroup {
    /// As an event tells it.
    pub(crate) fn of(facts: &GroupFacts) -> Self {
        Self { id: facts.group_id, name: facts.name.clone(), members: facts.members.clone() }
    }
}

impl KnownUser {
    /// As an event tells it.
    pub(crate) fn of(facts: &UserFacts) -> Self {
        Self { id: facts.user_id, name: facts.name.clone() }
    }
}

/// The names needed for a page of the feed.
#[derive(Debug, Default)]
pub(crate) struct Names {
    groups: HashMap<GroupId, KnownGroup>,
    users: HashMap<UserId, String>,
}

impl Names {
    /// From what is known.
    pub(crate) fn new(
        groups: impl IntoIterator<Item = KnownGroup>,
        users: impl IntoIterator<Item = KnownUser>,
    ) -> Self {
        Self {
            groups: groups.into_iter().map(|group| (group.id, group)).collect(),
            users: users.into_iter().map(|user| (user.id, user.name)).collect(),
        }
    }

    /// The name of a group.
    pub(crate) fn group(&self, group: GroupId) -> &str {
        self.groups.get(&group).map_or("a group", |group| &group.name)
    }

    /// The name of a member.
    pub(crate) fn member(&self, group: GroupId, member: MemberId) -> &str {
        self.find(group, |known| known.member_id == member).map_or(SOMEBODY, |known| &known.name)
    }

    /// The name of whoever did something: as the group knows it, or else as the account has it.
    pub(crate) fn actor(&self, group: GroupId, actor: Option<UserId>) -> &str {
        let Some(user) = actor else { return ITSELF };
        let member = self.find(group, |known| known.user_id == Some(user)).map(|known| &known.name);
        member.or_else(|| self.users.get(&user)).map_or(SOMEBODY, String::as_str)
    }

    /// Whether a user is that member.
    pub(crate) fn is(&self, group: GroupId, user: Option<UserId>, member: MemberId) -> bool {
        user.is_some() && self.find(group, |known| known.member_id == member && known.user_id == user).is_some()
    }

    fn find(&self, group: GroupId, matches: impl Fn(&MemberFacts) -> bool) -> Option<&MemberFacts> {
        self.groups.get(&group)?.members.iter().find(|member| matches(member))
    }
}
