//! The question that every subgraph asks about a group: who is in it, and may the caller know?

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    Code, GroupId, MemberId, Refusal, Trace, UserId, amount,
    ask::{Asker, Denied, OwnerClient, Question, Unavailable},
    event::MemberFacts,
};

/// A group's members, as groups knows them now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// Which group.
    pub group_id: GroupId,
    /// What the group is called.
    #[serde(default)]
    pub name: String,
    /// Grows with every change of the group.
    pub version: i64,
    /// The group's own currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Whether the group is put away and takes no new entries.
    pub archived: bool,
    /// Whether settlements may pass debts on to save transfers: then nobody needs to know who paid for whom.
    #[serde(default)]
    pub simplify: bool,
    /// Everyone who is or was a member.
    pub members: Vec<MemberFacts>,
}

impl Roster {
    /// The member that this user is, if still in the group.
    pub fn active_member_of(&self, user: UserId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.user_id == Some(user) && !member.left)
    }

    /// The member that this user was before leaving the group or being removed from it.
    pub fn former_member_of(&self, user: UserId) -> Option<&MemberFacts> {
        let is_former = self.active_member_of(user).is_none();
        self.members.iter().find(|member| is_former && member.user_id == Some(user))
    }

    /// The member with this id, whether still in the group or not.
    pub fn member(&self, id: MemberId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.member_id == id)
    }
}

/// A group as one of its members knows it.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Everyone in it.
    pub roster: Roster,
    /// The member who asks.
    pub member: MemberFacts,
}

/// The group in which a user is about to change something, asked afresh: refused to those who may not see it, to those
/// who have left, and when it is archived.
pub async fn membership(
    rosters: &dyn Rosters,
    asker: &Asker,
    user: UserId,
    group: GroupId,
) -> Result<Membership, Denied> {
    let mut answer = rosters.rosters(asker, &[group]).await?;
    let roster = answer.remove(&group).ok_or_else(group_not_found)?;
    let left = || Refusal::new(Code::NotAllowed, "You have left this group.");
    let member = roster.active_member_of(user).cloned().ok_or_else(left)?;
    if roster.archived {
        return Err(Refusal::new(Code::NotAllowed, "This group is archived. Restore it first.").into());
    }
    Ok(Membership { roster, member })
}

/// What an outsider is told about a group, whether it exists or not.
pub fn group_not_found() -> Refusal {
    Refusal::new(Code::GroupNotFound, "There is no such group.")
}

/// Who is in which group. Answered by groups.
#[async_trait]
pub trait Rosters: Send + Sync {
    /// The rosters of those of the groups that exist and that the asker may see: a person those that the person is in.
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable>;
}

/// Who shares which groups. Answered by groups.
#[async_trait]
pub trait SharedGroups: Send + Sync {
    /// The rosters of the groups that the asking person and this user are both in.
    async fn shared_with(&self, asker: &Asker, other: UserId) -> Result<Vec<Roster>, Unavailable>;
}

/// The question about shared groups as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct SharedGroupsQuestion {
    /// With whom.
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

/// Tells which groups a person has left or was removed from. To the person groups says nothing about them, so this asks as a
/// service, for what somebody who has left still needs: the own balance and what it takes to settle it.
#[derive(Clone)]
pub struct FormerRosters {
    rosters: Arc<dyn Rosters>,
    service_key: String,
}

impl FormerRosters {
    /// Asks with the key of the services.
    pub fn new(rosters: Arc<dyn Rosters>, service_key: &str) -> Self {
        Self { rosters, service_key: service_key.to_owned() }
    }

    /// The rosters of those of these groups that the user was in and no longer is.
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

/// The question as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct RosterQuestion {
    /// About which groups.
    pub groups: Vec<GroupId>,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct RosterAnswer {
    /// In no order; groups that do not exist or may not be seen are left out.
    pub rosters: Vec<Roster>,
}

impl Question for RosterQuestion {
    const PATH: &'static str = "/rosters";
    type Answer = RosterAnswer;
}

/// Asks groups over HTTP.
pub struct HttpRosters(OwnerClient);

impl HttpRosters {
    /// Will ask at this address, such as `http://127.0.0.1:4002`.
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
