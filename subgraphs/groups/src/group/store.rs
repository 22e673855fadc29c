//! MongoDB access for groups: one document per group, which contains its members.

use std::sync::Arc;

use contracts::{ClaimRequestId, GroupId, MemberId, UserId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    gather::Gather,
    graphql::{Cursor, Page, PageRequest},
    mongo::{Write, index, newest_first, stored},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};

use super::{Group, State};
use crate::refusal::Refusal;

const GROUPS: &str = "groups";

/// The collection of groups.
pub(crate) struct GroupStore {
    groups: Collection<Group>,
    read: Gather<GroupId, Option<Arc<Group>>>,
}

impl GroupStore {
    /// Creates the store. Call [`GroupStore::prepare`] before using it.
    pub(crate) fn new(database: &Database) -> Self {
        Self { groups: database.collection(GROUPS), read: Gather::default() }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let of_user = index(doc! { "members.user_id": 1, "created_at": -1, "_id": -1 });
        let of_member = index(doc! { "members.member_id": 1 });
        let of_claim_request = index(doc! { "claim_requests.request_id": 1 });
        let of_claimant = index(doc! { "claim_requests.user_id": 1 });
        self.groups.create_indexes([of_user, of_member, of_claim_request, of_claimant]).await?;
        Ok(())
    }

    /// Returns a group without authorisation.
    pub(crate) async fn group(&self, id: GroupId) -> Outcome<Option<Group>> {
        Ok(self.groups.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns those of these groups that exist, without authorisation. A single one is read once for all who want it
    /// at the same moment.
    pub(crate) async fn groups(&self, ids: &[GroupId]) -> Outcome<Vec<Arc<Group>>> {
        if let [id] = ids {
            let read = || async { Ok(self.group(*id).await?.map(Arc::new)) };
            return Ok(self.read.load(*id, read).await?.into_iter().collect());
        }
        let groups = self.all(doc! { "_id": { "$in": texts(ids) } }).await?;
        Ok(groups.into_iter().map(Arc::new).collect())
    }

    /// Returns those of these groups of which the user is a member.
    pub(crate) async fn groups_seen_by(&self, user: UserId, ids: &[GroupId]) -> Outcome<Vec<Arc<Group>>> {
        if ids.len() == 1 {
            let mut groups = self.groups(ids).await?;
            groups.retain(|group| group.active_member_of(user).is_ok());
            return Ok(groups);
        }
        let groups = self.all(doc! { "_id": { "$in": texts(ids) }, "members": is_active(user)? }).await?;
        Ok(groups.into_iter().map(Arc::new).collect())
    }

    /// Returns the groups with these members of which the user is a member.
    pub(crate) async fn groups_of_members(&self, user: UserId, members: &[MemberId]) -> Outcome<Vec<Group>> {
        self.all(doc! { "members.member_id": { "$in": texts(members) }, "members": is_active(user)? }).await
    }

    /// Returns the group with this claim request, if the user is an active member.
    pub(crate) async fn group_of_claim_request(&self, user: UserId, id: ClaimRequestId) -> Outcome<Option<Group>> {
        let filter = doc! { "claim_requests.request_id": id.to_string(), "members": is_active(user)? };
        Ok(self.groups.find_one(filter).await?)
    }

    /// The groups that both of these users are in.
    pub(crate) async fn groups_shared(&self, one: UserId, other: UserId) -> Outcome<Vec<Group>> {
        self.all(doc! { "$and": [{ "members": is_active(one)? }, { "members": is_active(other)? }] }).await
    }

    /// Returns all groups of which the user is or was a member.
    pub(crate) async fn groups_ever_of(&self, user: UserId) -> Outcome<Vec<Group>> {
        self.all(doc! { "members.user_id": user.to_string() }).await
    }

    /// Returns the ids of all groups that the user is or was in, or asks to be in.
    pub(crate) async fn groups_naming(&self, user: UserId) -> Outcome<Vec<GroupId>> {
        let user = user.to_string();
        let groups = self.all(doc! { "$or": [{ "members.user_id": &user }, { "claim_requests.user_id": &user }] });
        Ok(groups.await?.into_iter().map(|group| group.id).collect())
    }

    /// How many groups the user is or was in, counted up to this many.
    pub(crate) async fn count_ever_of(&self, user: UserId, most: u64) -> Outcome<u64> {
        Ok(self.groups.count_documents(doc! { "members.user_id": user.to_string() }).limit(most).await?)
    }

    /// Returns a page of the groups of which the user is a member, newest first.
    pub(crate) async fn groups_of(&self, user: UserId, archived: bool, page: &PageRequest) -> Outcome<Page<Group>> {
        let is_null = if archived { "$ne" } else { "$eq" };
        let filter = doc! { "members": is_active(user)?, "archived_at": { is_null: Bson::Null } };
        let cursor = |group: &Group| Cursor { key: group.created_at.to_string(), id: group.id.to_string() };
        newest_first(&self.groups, filter, "created_at", page, cursor).await
    }

    /// Inserts a group.
    pub(crate) fn insert(&self, group: &Group) -> Outcome<Write> {
        Write::insert(GROUPS, group)
    }

    /// Replaces a group; refused if another request has changed it since it was read.
    pub(crate) fn replace(&self, group: &Group) -> Outcome<Write> {
        let read = doc! { "_id": group.id.to_string(), "version": group.version - 1 };
        Ok(Write::replace(GROUPS, read, group)?.or_refuse(Refusal::Stale.into()))
    }

    async fn all(&self, filter: Document) -> Outcome<Vec<Group>> {
        Ok(self.groups.find(filter).sort(doc! { "created_at": -1, "_id": -1 }).await?.try_collect().await?)
    }
}

fn is_active(user: UserId) -> Outcome<Document> {
    Ok(doc! { "$elemMatch": { "user_id": user.to_string(), "state": stored(&State::Active)? } })
}

fn texts(ids: &[impl ToString]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
