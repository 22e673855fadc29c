//! The request by which every subgraph gets the members of a group, and whether the caller may see it.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use chrono_tz::Tz;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    Code, GroupId, MemberId, Refusal, Trace, UserId, amount,
    ask::{Asker, Denied, OwnerClient, Question, Unavailable},
    event::MemberFacts,
};

/// Whose expenses a member may change. Owners and admins may change all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExpenseEditing {
    /// Everybody's.
    #[default]
    All,
    /// Those that the member entered, paid for or shares.
    Involved,
    /// Those that the member entered.
    Own,
}

/// The present state of a group's members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// The group.
    pub group_id: GroupId,
    /// The name of the group.
    #[serde(default)]
    pub name: String,
    /// Increases with every change of the group.
    pub version: i64,
    /// The group's own currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Whether the group is archived and takes no new entries.
    pub archived: bool,
    /// Whether settlements simplify debts, to save transfers; then the individual debts are not needed.
    #[serde(default)]
    pub simplify: bool,
    /// All present and former members.
    pub members: Vec<MemberFacts>,
    /// The members who settle together. A member is in at most one household.
    #[serde(default)]
    pub households: Vec<Vec<MemberId>>,
    /// Whose expenses a member may change.
    #[serde(default)]
    pub expense_editing: ExpenseEditing,
    /// The owners and admins.
    #[serde(default)]
    pub managers: Vec<MemberId>,
    /// The time zone of its schedules, if the group has one.
    #[serde(default)]
    pub time_zone: Option<Tz>,
}

impl Roster {
    /// Creates the roster of a group with these members and the settings that a group has unless it is changed.
    pub fn new(group_id: GroupId, currency: Currency, members: Vec<MemberFacts>) -> Self {
        Self {
            group_id,
            name: String::new(),
            version: 1,
            currency,
            archived: false,
            simplify: true,
            members,
            households: Vec::new(),
            expense_editing: ExpenseEditing::All,
            managers: Vec::new(),
            time_zone: None,
        }
    }

    /// Returns the present member of this user.
    pub fn active_member_of(&self, user: UserId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.user_id == Some(user) && !member.left)
    }

    /// Returns the member that this user was, if the user has left or was removed.
    pub fn former_member_of(&self, user: UserId) -> Option<&MemberFacts> {
        let is_former = self.active_member_of(user).is_none();
        self.members.iter().find(|member| is_former && member.user_id == Some(user))
    }

    /// Returns the member with this id, present or former.
    pub fn member(&self, id: MemberId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.member_id == id)
    }
}

/// A group from the point of view of one of its members.
#[derive(Clone, Debug)]
pub struct Membership {
    /// All members.
    pub roster: Roster,
    /// The asking member.
    pub member: MemberFacts,
}

/// Returns the membership of a user who is about to change a group, by asking groups without a cache. Refused to people
/// who may not see the group or have left it, and if it is archived.
pub async fn membership(
    rosters: &dyn Rosters,
    asker: &Asker,
    user: UserId,
    group: GroupId,
) -> Result<Membership, Denied> {
    let mut answer = rosters.rosters(asker, &[group]).await?;
    let roster = answer.remove(&group).ok_or_else(group_not_found)?;
    let left = || Refusal::forbidden("LEFT_GROUP", "You have left this group.");
    let member = roster.active_member_of(user).cloned().ok_or_else(left)?;
    if roster.archived {
        return Err(Refusal::forbidden("ARCHIVED", "This group is archived. Restore it first.").into());
    }
    Ok(Membership { roster, member })
}

/// The refusal that an outsider gets for a group, whether it exists or not.
pub fn group_not_found() -> Refusal {
    Refusal::new(Code::GroupNotFound, "There is no such group.")
}

/// Returns rosters. Implemented by groups.
#[async_trait]
pub trait Rosters: Send + Sync {
    /// Returns the rosters of those groups that exist and that the asker may see; a person may see those that the
    /// person is in.
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable>;
}

/// Returns the groups that two people share. Implemented by groups.
#[async_trait]
pub trait SharedGroups: Send + Sync {
    /// Returns the rosters of the groups that both the asking person and this user are in.
    async fn shared_with(&self, asker: &Asker, other: UserId) -> Result<Vec<Roster>, Unavailable>;
}

/// The request for shared groups.
#[derive(Debug, Serialize, Deserialize)]
pub struct SharedGroupsQuestion {
    /// The other user.
    pub with: UserId,
}

impl Question for SharedGroupsQuestion {
    const PATH: &'static str = "/shared-groups";
    type Answer = RosterAnswer;
}

#[async_trait]
impl SharedGroups for HttpRosters {
    async fn shared_with(&self, asker: &Asker, other: UserId) -> Result<Vec<Roster>, Unavailable> {
        Ok(self.0.ask(asker, &SharedGroupsQuestion { with: other }).await?.rosters)
    }
}

/// Finds the groups that a person has left or was removed from. Groups does not return them to the person, so this asks
/// with the service key, for what a former member still needs: the own balance and how to settle it.
#[derive(Clone)]
pub struct FormerRosters {
    rosters: Arc<dyn Rosters>,
    service_key: String,
}

impl FormerRosters {
    /// Creates the service with the service key.
    pub fn new(rosters: Arc<dyn Rosters>, service_key: &str) -> Self {
        Self { rosters, service_key: service_key.to_owned() }
    }

    /// Returns the rosters of those groups that the user was in and no longer is.
    pub async fn of(
        &self,
        user: UserId,
        groups: &[GroupId],
        trace: Trace,
    ) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        let asker = Asker::Service { key: self.service_key.clone(), trace };
        let mut rosters = self.rosters.rosters(&asker, groups).await?;
        rosters.retain(|_, roster| roster.former_member_of(user).is_some());
        Ok(rosters)
    }
}

/// The request.
#[derive(Debug, Serialize, Deserialize)]
pub struct RosterQuestion {
    /// The groups.
    pub groups: Vec<GroupId>,
}

/// The response.
#[derive(Serialize, Deserialize)]
pub struct RosterAnswer {
    /// Unordered; omits groups that do not exist or that the asker may not see.
    pub rosters: Vec<Roster>,
}

impl Question for RosterQuestion {
    const PATH: &'static str = "/rosters";
    type Answer = RosterAnswer;
}

/// Asks groups over HTTP.
pub struct HttpRosters(OwnerClient);

impl HttpRosters {
    /// Creates a client for this URL, such as `http://127.0.0.1:4002`.
    pub fn new(groups_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("groups", groups_url).map(Self)
    }
}

#[async_trait]
impl Rosters for HttpRosters {
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        if groups.is_empty() {
            return Ok(HashMap::new());
        }
        let answer = self.0.ask(asker, &RosterQuestion { groups: groups.to_vec() }).await?;
        Ok(answer.rosters.into_iter().map(|roster| (roster.group_id, roster)).collect())
    }
}
