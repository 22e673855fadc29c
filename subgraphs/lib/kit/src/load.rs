//! Loaders that several subgraphs need: who may see which group, and where its ledger stands.
//!
//! One set per request, by the crate `dataloader`: all keys of a request are asked for together.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use ::dataloader::{BatchFn, non_cached::Loader};
use contracts::{
    GroupId, UserId,
    event::MemberFacts,
    roster::{Roster, Rosters},
};

use crate::{
    Caller,
    failure::{Code, Failure, Outcome, Refusal},
    journal::{Head, Journal},
};

/// Loads the rosters that the caller may see.
pub type RosterLoader = Loader<GroupId, Outcome<Option<Arc<Roster>>>, RosterBatch>;

/// Loads the heads of groups' ledgers.
pub type HeadLoader = Loader<GroupId, Outcome<Option<Arc<Head>>>, HeadBatch>;

/// Asks for all rosters of a request at once.
pub struct RosterBatch {
    rosters: Arc<dyn Rosters>,
    caller: Caller,
}

/// Reads all heads of a request at once.
pub struct HeadBatch(Arc<Journal>);

/// A loader of rosters for one request.
pub fn roster_loader(rosters: &Arc<dyn Rosters>, caller: &Caller) -> RosterLoader {
    Loader::new(RosterBatch { rosters: Arc::clone(rosters), caller: caller.clone() })
}

/// A loader of heads for one request.
pub fn head_loader(journal: &Arc<Journal>) -> HeadLoader {
    Loader::new(HeadBatch(Arc::clone(journal)))
}

impl BatchFn<GroupId, Outcome<Option<Arc<Roster>>>> for RosterBatch {
    async fn load(&mut self, groups: &[GroupId]) -> HashMap<GroupId, Outcome<Option<Arc<Roster>>>> {
        let answer = async {
            let asker = self.caller.asker()?;
            Ok(self.rosters.rosters(&asker, groups).await?)
        };
        answers(groups, answer.await)
    }
}

impl BatchFn<GroupId, Outcome<Option<Arc<Head>>>> for HeadBatch {
    async fn load(&mut self, groups: &[GroupId]) -> HashMap<GroupId, Outcome<Option<Arc<Head>>>> {
        let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
        let heads = self.0.heads(&streams).await;
        let by_group = |head: Head| head.stream.parse().ok().map(|group: GroupId| (group, head));
        answers(groups, heads.map(|heads| heads.into_iter().filter_map(by_group).collect()))
    }
}

/// An answer for every key: the loader must not miss one.
#[allow(clippy::implicit_hasher, reason = "dataloader wants this one")]
pub fn answers<K, V>(keys: &[K], found: Outcome<HashMap<K, V>>) -> HashMap<K, Outcome<Option<Arc<V>>>>
where
    K: Copy + Eq + Hash,
{
    match found {
        Ok(mut found) => keys.iter().map(|key| (*key, Ok(found.remove(key).map(Arc::new)))).collect(),
        Err(failure) => keys.iter().map(|key| (*key, Err(failure.clone()))).collect(),
    }
}

/// A group as one of its members sees it.
pub struct Membership {
    /// Everyone in it.
    pub roster: Roster,
    /// The caller.
    pub member: MemberFacts,
}

/// The group in which the caller is about to change something, asked afresh: refused to those who may not see it,
/// to those who have left, and when it is archived.
pub async fn membership(rosters: &dyn Rosters, caller: &Caller, group: GroupId) -> Outcome<Membership> {
    let user = caller.user()?;
    let mut answer = rosters.rosters(&caller.asker()?, &[group]).await?;
    let roster = answer.remove(&group).ok_or_else(group_not_found)?;
    let member = active_member(&roster, user)?;
    if roster.archived {
        return Err(Refusal::new(Code::NotAllowed, "This group is archived. Restore it first.").into());
    }
    Ok(Membership { roster, member })
}

fn active_member(roster: &Roster, user: UserId) -> Outcome<MemberFacts> {
    let left = || Refusal::new(Code::NotAllowed, "You have left this group.");
    Ok(roster.active_member_of(user).cloned().ok_or_else(left)?)
}

/// What an outsider is told about a group, whether it exists or not.
pub fn group_not_found() -> Failure {
    Refusal::new(Code::GroupNotFound, "There is no such group.").into()
}
