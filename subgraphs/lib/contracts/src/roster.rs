//! The question that every subgraph asks about a group: who is in it, and may the caller know?

use std::collections::HashMap;

use async_trait::async_trait;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId, MemberId, UserId, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
    event::MemberFacts,
};

/// A group's members, as groups knows them now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// Which group.
    pub group_id: GroupId,
    /// Grows with every change of the group.
    pub version: i64,
    /// The group's own currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Whether the group is put away and takes no new entries.
    pub archived: bool,
    /// Everyone who is or was a member.
    pub members: Vec<MemberFacts>,
}

impl Roster {
    /// The member that this user is, if still in the group.
    pub fn active_member_of(&self, user: UserId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.user_id == Some(user) && !member.left)
    }

    /// The member with this id, whether still in the group or not.
    pub fn member(&self, id: MemberId) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.member_id == id)
    }
}

/// Who is in which group. Answered by groups.
#[async_trait]
pub trait Rosters: Send + Sync {
    /// The rosters of those of the groups that exist and that the asker may see. Left members may
    /// see the groups they were in.
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable>;
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
