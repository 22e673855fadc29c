//! One set of loaders per request: whatever a request asks about groups and members is one query each.

use std::{collections::HashMap, fmt::Debug, hash::Hash, sync::Arc};

use ::dataloader::{BatchFn, non_cached::Loader};
use contracts::{GroupId, MemberId};
use kit::{Caller, Failure, Outcome};

use crate::{
    Groups,
    group::{Group, Member},
};

type Found<T> = Outcome<Option<T>>;
type InGroup = (Arc<Group>, Member);

/// The loaders of one request.
pub struct Loaders {
    groups: Loader<GroupId, Found<Arc<Group>>, Batch>,
    members: Loader<MemberId, Found<InGroup>, Batch>,
}

/// Asks for all keys of a request at once.
#[derive(Clone)]
struct Batch {
    groups: Arc<Groups>,
    caller: Caller,
}

impl Loaders {
    /// For what this caller may see.
    pub fn new(groups: &Arc<Groups>, caller: &Caller) -> Self {
        let batch = Batch { groups: Arc::clone(groups), caller: caller.clone() };
        Self { groups: Loader::new(batch.clone()), members: Loader::new(batch) }
    }

    /// A group that the caller is or was in.
    pub async fn group(&self, id: GroupId) -> Found<Arc<Group>> {
        self.groups.try_load(id).await.map_err(Failure::internal)?
    }

    /// A member of a group that the caller is or was in.
    pub async fn member(&self, id: MemberId) -> Found<InGroup> {
        self.members.try_load(id).await.map_err(Failure::internal)?
    }
}

impl BatchFn<GroupId, Found<Arc<Group>>> for Batch {
    async fn load(&mut self, ids: &[GroupId]) -> HashMap<GroupId, Found<Arc<Group>>> {
        let found = self.groups.groups_by_id(&self.caller, ids).await;
        answers(ids, found.map(|groups| groups.into_iter().map(|(id, group)| (id, Arc::new(group))).collect()))
    }
}

impl BatchFn<MemberId, Found<InGroup>> for Batch {
    async fn load(&mut self, ids: &[MemberId]) -> HashMap<MemberId, Found<InGroup>> {
        answers(ids, self.groups.members_by_id(&self.caller, ids).await)
    }
}

/// An answer for every key: the loader must not miss one.
fn answers<K: Copy + Debug + Eq + Hash, V>(ids: &[K], found: Outcome<HashMap<K, V>>) -> HashMap<K, Found<V>> {
    match found {
        Ok(mut found) => ids.iter().map(|id| (*id, Ok(found.remove(id)))).collect(),
        Err(failure) => ids.iter().map(|id| (*id, Err(failure.clone()))).collect(),
    }
}
