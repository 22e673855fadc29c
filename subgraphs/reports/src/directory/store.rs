//! MongoDB access for the copies of groups and accounts.

use std::collections::HashMap;

use contracts::{GroupId, MemberId, UserId, event::MemberFacts};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};

use super::{Holder, KnownGroup, KnownUser, Names};

/// The collection of copies of groups.
pub(crate) const GROUPS: &str = "groups";
const USERS: &str = "users";

/// The collections of groups and accounts.
pub(super) struct DirectoryStore {
    groups: Collection<KnownGroup>,
    users: Collection<KnownUser>,
}

impl DirectoryStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { groups: database.collection(GROUPS), users: database.collection(USERS) }
    }

    /// Creates the indexes, and with them the collections.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        let (of_user, of_member) = (index(doc! { "members.user_id": 1 }), index(doc! { "members.member_id": 1 }));
        self.groups.create_indexes([of_user, of_member]).await?;
        self.users.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Removes all copies.
    pub(super) async fn clear(&self) -> Outcome<()> {
        self.groups.delete_many(doc! {}).await?;
        self.users.delete_many(doc! {}).await?;
        Ok(())
    }

    /// Replaces the copy of a group.
    pub(super) fn put_group(&self, group: &KnownGroup) -> Outcome<Write> {
        Write::put(GROUPS, doc! { "_id": group.id.to_string() }, group)
    }

    /// Replaces the copy of an account.
    pub(super) fn put_user(&self, user: &KnownUser) -> Outcome<Write> {
        Write::put(USERS, doc! { "_id": user.id.to_string() }, user)
    }

    /// The groups of which the user is or was a member.
    pub(super) async fn groups_of(&self, user: UserId) -> Outcome<Vec<GroupId>> {
        let ids = self.groups.distinct("_id", doc! { "members.user_id": user.to_string() }).await?;
        Ok(ids.iter().filter_map(Bson::as_str).filter_map(|id| id.parse().ok()).collect())
    }

    /// Returns the present and former members of a group.
    pub(super) async fn members_in(&self, group: GroupId) -> Outcome<Vec<MemberFacts>> {
        let group = self.groups.find_one(doc! { "_id": group.to_string() }).await?;
        Ok(group.map(|group| group.members).unwrap_or_default())
    }

    /// Returns the present and former members of these groups.
    pub(super) async fn members_in_each(&self, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Vec<MemberFacts>>> {
        let groups: Vec<KnownGroup> = self.groups.find(doc! { "_id": one_of(groups) }).await?.try_collect().await?;
        Ok(groups.into_iter().map(|group| (group.id, group.members)).collect())
    }

    /// Returns the members that a user is at present, with their groups.
    pub(super) async fn members_of(&self, user: UserId) -> Outcome<Vec<(GroupId, MemberId)>> {
        let groups = self.groups.find(doc! { "members.user_id": user.to_string() }).await?;
        let groups: Vec<KnownGroup> = groups.try_collect().await?;
        let member = |group: &KnownGroup| {
            let own = group.members.iter().find(|member| member.user_id == Some(user) && !member.left)?;
            Some((group.id, own.member_id))
        };
        Ok(groups.iter().filter_map(member).collect())
    }

    /// Returns every member that a user is or was.
    pub(super) async fn ever_members_of(&self, user: UserId) -> Outcome<Vec<MemberId>> {
        let groups = self.groups.find(doc! { "members.user_id": user.to_string() }).await?;
        let groups: Vec<KnownGroup> = groups.try_collect().await?;
        let own = groups.iter().flat_map(|group| &group.members).filter(|member| member.user_id == Some(user));
        Ok(own.map(|member| member.member_id).collect())
    }

    /// Returns who is behind a member, if it is known.
    pub(super) async fn holder(&self, member: MemberId) -> Outcome<Option<Holder>> {
        let user = |known: MemberFacts| known.user_id.filter(|_| !known.left);
        let found = self.group_of(member).await?;
        Ok(found.map(|(_, known)| user(known).map_or(Holder::Nobody, Holder::User)))
    }

    /// Returns the group of a member, with the member.
    pub(super) async fn group_of(&self, member: MemberId) -> Outcome<Option<(GroupId, MemberFacts)>> {
        let Some(group) = self.groups.find_one(doc! { "members.member_id": member.to_string() }).await? else {
            return Ok(None);
        };
        let found = group.members.into_iter().find(|known| known.member_id == member);
        Ok(found.map(|known| (group.id, known)))
    }

    /// Returns the names of these groups, their members and these users.
    pub(super) async fn names(&self, groups: &[GroupId], users: &[UserId]) -> Outcome<Names> {
        let groups = self.groups.find(doc! { "_id": one_of(groups) }).await?.try_collect::<Vec<_>>();
        let users = self.users.find(doc! { "_id": one_of(users) }).await?.try_collect::<Vec<_>>();
        let (groups, users) = futures::try_join!(groups, users)?;
        Ok(Names::new(groups, users))
    }
}

fn one_of(ids: &[impl ToString]) -> Document {
    doc! { "$in": ids.iter().map(ToString::to_string).collect::<Vec<_>>() }
}
