//! MongoDB access for invitations.

use contracts::{InviteId, Timestamp};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index, stored, unique},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, doc},
};

use super::{Invite, Token};
use crate::{group::Group, refusal::Refusal};

const INVITES: &str = "invites";

/// The collection of invitations.
pub(crate) struct InviteStore {
    invites: Collection<Invite>,
}

impl InviteStore {
    /// Creates the store. Call [`InviteStore::prepare`] before using it.
    pub(crate) fn new(database: &Database) -> Self {
        Self { invites: database.collection(INVITES) }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.invites.create_index(unique(doc! { "token_hash": 1 })).await?;
        self.invites.create_index(index(doc! { "group_id": 1, "expires_at": -1 })).await?;
        Ok(())
    }

    /// The invitation with this secret token.
    pub(crate) async fn with_token(&self, token: &Token) -> Outcome<Option<Invite>> {
        Ok(self.invites.find_one(doc! { "token_hash": token.hash() }).await?)
    }

    /// The invitation with this id.
    pub(crate) async fn invite(&self, id: InviteId) -> Outcome<Option<Invite>> {
        Ok(self.invites.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns at most `limit` invitations to a group that can still be used, the one that expires last first.
    pub(crate) async fn open_of(&self, group: &Group, now: Timestamp, limit: i64) -> Outcome<Vec<Invite>> {
        let is_used_up =
            doc! { "$expr": { "$and": [{ "$ne": ["$max_uses", Bson::Null] }, { "$gte": ["$uses", "$max_uses"] }] } };
        let mut unusable = vec![is_used_up];
        for member in &group.members {
            let Some(removed_at) = member.removed_at else { continue };
            let until_then = doc! { "$not": { "$gt": stored(&removed_at)? } };
            unusable.push(doc! { "made_by": member.id.to_string(), "created_at": until_then });
        }
        let filter = doc! {
            "group_id": group.id.to_string(),
            "expires_at": { "$gt": stored(&now)? },
            "revoked_at": Bson::Null,
            "$nor": unusable,
        };
        Ok(self.invites.find(filter).sort(doc! { "expires_at": -1 }).limit(limit).await?.try_collect().await?)
    }

    /// Inserts an invitation.
    pub(crate) fn insert(&self, invite: &Invite) -> Outcome<Write> {
        Write::insert(INVITES, invite)
    }

    /// Counts one use of an invitation; refused if it has been used or revoked since it was read.
    pub(crate) fn count_use(&self, invite: &Invite) -> Write {
        let read = doc! { "_id": invite.id.to_string(), "uses": invite.uses, "revoked_at": Bson::Null };
        Write::update(INVITES, read, doc! { "$inc": { "uses": 1 } }).or_refuse(Refusal::Stale.into())
    }

    /// Revokes an invitation; refused if it is revoked already.
    pub(crate) fn revoke(&self, invite: &Invite, now: Timestamp) -> Outcome<Write> {
        let unrevoked = doc! { "_id": invite.id.to_string(), "revoked_at": Bson::Null };
        let revoked = doc! { "$set": { "revoked_at": stored(&now)? } };
        Ok(Write::update(INVITES, unrevoked, revoked).or_refuse(Refusal::InviteNotFound.into()))
    }
}
