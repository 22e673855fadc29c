//! What groups keeps: one document per group with its members in it, and one per invitation.

use contracts::{GroupId, InviteId, MemberId, Timestamp, UserId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{Write, index, newest_first, stored, unique},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};

use crate::{
    group::{Group, State},
    invite::{Invite, Token},
    refusal::Refusal,
};

const GROUPS: &str = "groups";
const INVITES: &str = "invites";

/// The database of groups.
pub struct Store {
    groups: Collection<Group>,
    invites: Collection<Invite>,
}

impl Store {
    /// Over this database. Call [`Store::prepare`] before using it.
    pub fn new(database: &Database) -> Self {
        Self { groups: database.collection(GROUPS), invites: database.collection(INVITES) }
    }

    /// Makes the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        let of_user = index(doc! { "members.user_id": 1, "created_at": -1, "_id": -1 });
        let of_member = index(doc! { "members.member_id": 1 });
        self.groups.create_indexes([of_user, of_member]).await?;
        self.invites.create_index(unique(doc! { "token_hash": 1 })).await?;
        Ok(())
    }

    /// A group, whoever asks.
    pub async fn group(&self, id: GroupId) -> Outcome<Option<Group>> {
        Ok(self.groups.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Those of these groups that exist, whoever asks.
    pub async fn groups(&self, ids: &[GroupId]) -> Outcome<Vec<Group>> {
        self.all(doc! { "_id": { "$in": texts(ids) } }).await
    }

    /// Those of these groups that the user is or was in.
    pub async fn groups_seen_by(&self, user: UserId, ids: &[GroupId]) -> Outcome<Vec<Group>> {
        self.all(doc! { "_id": { "$in": texts(ids) }, "members.user_id": user.to_string() }).await
    }

    /// The groups with these members that the user is or was in.
    pub async fn groups_of_members(&self, user: UserId, members: &[MemberId]) -> Outcome<Vec<Group>> {
        self.all(doc! { "members.member_id": { "$in": texts(members) }, "members.user_id": user.to_string() }).await
    }

    /// Every group that the user is or was in.
    pub async fn groups_ever_of(&self, user: UserId) -> Outcome<Vec<Group>> {
        self.all(doc! { "members.user_id": user.to_string() }).await
    }

    /// One page of the groups that the user is in, newest first.
    pub async fn groups_of(&self, user: UserId, archived: bool, page: &PageRequest) -> Outcome<Page<Group>> {
        let is_in = doc! { "user_id": user.to_string(), "state": stored(&State::Active)? };
        let is_null = if archived { "$ne" } else { "$eq" };
        let filter = doc! { "members": { "$elemMatch": is_in }, "archived_at": { is_null: Bson::Null } };
        let cursor = |group: &Group| Cursor { key: group.created_at.to_string(), id: group.id.to_string() };
        newest_first(&self.groups, filter, "created_at", page, cursor).await
    }

    /// The invitation with this secret.
    pub async fn invite_by_token(&self, token: &Token) -> Outcome<Option<Invite>> {
        Ok(self.invites.find_one(doc! { "token_hash": token.hash() }).await?)
    }

    /// The invitation with this id.
    pub async fn invite(&self, id: InviteId) -> Outcome<Option<Invite>> {
        Ok(self.invites.find_one(doc! { "_id": id.to_string() }).await?)
    }

    async fn all(&self, filter: Document) -> Outcome<Vec<Group>> {
        Ok(self.groups.find(filter).sort(doc! { "created_at": -1, "_id": -1 }).await?.try_collect().await?)
    }
}

/// Adds a group.
pub fn add_group(group: &Group) -> Outcome<Write> {
    Write::insert(GROUPS, group)
}

/// Stores a changed group, unless somebody else changed it after it was read.
pub fn replace_group(group: &Group) -> Outcome<Write> {
    let read = doc! { "_id": group.id.to_string(), "version": group.version - 1 };
    Ok(Write::replace(GROUPS, read, group)?.or_refuse(Refusal::Stale.into()))
}

/// Adds an invitation.
pub fn add_invite(invite: &Invite) -> Outcome<Write> {
    Write::insert(INVITES, invite)
}

/// Counts one use of an invitation, unless it was used or revoked after it was read.
pub fn use_invite(invite: &Invite) -> Write {
    let read = doc! { "_id": invite.id.to_string(), "uses": invite.uses, "revoked_at": Bson::Null };
    Write::update(INVITES, read, doc! { "$inc": { "uses": 1 } }).or_refuse(Refusal::Stale.into())
}

/// Takes an invitation back, unless that was done already.
pub fn revoke_invite(invite: &Invite, now: Timestamp) -> Outcome<Write> {
    let unrevoked = doc! { "_id": invite.id.to_string(), "revoked_at": Bson::Null };
    let revoked = doc! { "$set": { "revoked_at": stored(&now)? } };
    Ok(Write::update(INVITES, unrevoked, revoked).or_refuse(Refusal::InviteNotFound.into()))
}

fn texts(ids: &[impl ToString]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
