//! Friendships, requests and blocks in MongoDB.

use std::collections::HashSet;

use contracts::{FriendRequestId, Timestamp, UserId};
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
use serde::Deserialize;

use super::{FriendRequest, Friendship};
use crate::{account::Email, refusal::Refusal};

const FRIENDSHIPS: &str = "friendships";
const REQUESTS: &str = "friend_requests";
const BLOCKS: &str = "blocks";

pub(crate) struct FriendshipStore {
    friendships: Collection<Friendship>,
    requests: Collection<FriendRequest>,
    blocks: Collection<Document>,
}

impl FriendshipStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            friendships: database.collection(FRIENDSHIPS),
            requests: database.collection(REQUESTS),
            blocks: database.collection(BLOCKS),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.friendships.create_index(index(doc! { "users": 1, "since": -1, "_id": -1 })).await?;
        let of_receiver = index(doc! { "to": 1, "created_at": -1 });
        let waiting = index(doc! { "email": 1, "to": 1 });
        let of_sender = unique(doc! { "from": 1, "target": 1 });
        self.requests.create_indexes([of_receiver, waiting, of_sender]).await?;
        self.blocks.create_index(unique(doc! { "by": 1, "whom": 1 })).await?;
        Ok(())
    }

    pub(crate) async fn are_friends(&self, one: UserId, other: UserId) -> Outcome<bool> {
        Ok(self.friendship(one, other).await?.is_some())
    }

    /// Returns the friendship of these two.
    pub(crate) async fn friendship(&self, one: UserId, other: UserId) -> Outcome<Option<Friendship>> {
        Ok(self.friendships.find_one(doc! { "_id": Friendship::id(one, other) }).await?)
    }

    /// Returns those of these users who are friends of this one.
    pub(crate) async fn friends_among(&self, user: UserId, others: &[UserId]) -> Outcome<HashSet<UserId>> {
        let ids: Vec<String> = others.iter().map(|other| Friendship::id(user, *other)).collect();
        let found: Vec<Friendship> = self.friendships.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?;
        Ok(found.iter().map(|friendship| friendship.friend_of(user)).collect())
    }

    /// Returns a page of a user's friendships, newest first.
    pub(crate) async fn page(&self, user: UserId, page: &PageRequest) -> Outcome<Page<Friendship>> {
        let cursor = |friendship: &Friendship| Cursor { key: friendship.since.to_string(), id: friendship.id.clone() };
        newest_first(&self.friendships, doc! { "users": user.to_string() }, "since", page, cursor).await
    }

    /// Returns all of a user's friendships, newest first.
    pub(crate) async fn all(&self, user: UserId) -> Outcome<Vec<Friendship>> {
        let newest_first = doc! { "since": -1, "_id": -1 };
        Ok(self.friendships.find(doc! { "users": user.to_string() }).sort(newest_first).await?.try_collect().await?)
    }

    /// Inserts a friendship, unless there is one already.
    pub(crate) fn put(&self, friendship: &Friendship) -> Outcome<Write> {
        let insert = doc! { "$setOnInsert": stored(friendship)? };
        Ok(Write::upsert(FRIENDSHIPS, doc! { "_id": &friendship.id }, insert))
    }

    /// Removes a friendship.
    pub(crate) fn delete(&self, one: UserId, other: UserId) -> Write {
        Write::delete(FRIENDSHIPS, doc! { "_id": Friendship::id(one, other) })
    }

    pub(crate) async fn request(&self, id: FriendRequestId) -> Outcome<Option<FriendRequest>> {
        Ok(self.requests.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the requests from one of these users to the other, in both directions.
    pub(crate) async fn requests_between(&self, one: UserId, other: UserId) -> Outcome<Vec<FriendRequest>> {
        let (one, other) = (one.to_string(), other.to_string());
        let both = doc! { "$or": [{ "from": &one, "to": &other }, { "from": &other, "to": &one }] };
        Ok(self.requests.find(both).await?.try_collect().await?)
    }

    /// Returns the pending requests to a user, newest first.
    pub(crate) async fn incoming(&self, user: UserId, limit: i64) -> Outcome<Vec<FriendRequest>> {
        self.newest(doc! { "to": user.to_string(), "declined_at": Bson::Null }, limit).await
    }

    /// Returns the requests that a user has sent, newest first.
    pub(crate) async fn outgoing(&self, user: UserId, limit: i64) -> Outcome<Vec<FriendRequest>> {
        self.newest(doc! { "from": user.to_string() }, limit).await
    }

    /// Returns the requests that wait for an account with this address.
    pub(crate) async fn waiting_for(&self, email: &Email, limit: i64) -> Outcome<Vec<FriendRequest>> {
        self.newest(doc! { "email": email.as_str(), "to": Bson::Null }, limit).await
    }

    async fn newest(&self, filter: Document, limit: i64) -> Outcome<Vec<FriendRequest>> {
        Ok(self.requests.find(filter).sort(doc! { "created_at": -1 }).limit(limit).await?.try_collect().await?)
    }

    /// Inserts a request; refused if the same request exists.
    pub(crate) fn insert_request(&self, request: &FriendRequest) -> Outcome<Write> {
        Ok(Write::insert(REQUESTS, request)?.or_refuse(Refusal::AlreadyRequested.into()))
    }

    /// Delivers a request that waited for an account. From then on the account is what it was sent to, so that its sender
    /// cannot send it again; `is_second` if the account has another one of the same sender.
    pub(crate) fn deliver(&self, request: &FriendRequest, is_second: bool) -> Outcome<Write> {
        let waiting = doc! { "_id": request.id.to_string(), "to": Bson::Null };
        let to = stored(&request.to)?;
        let mut delivered = doc! { "to": &to, "declined_at": stored(&request.declined_at)? };
        if !is_second {
            delivered.insert("target", to);
        }
        Ok(Write::update(REQUESTS, waiting, doc! { "$set": delivered }))
    }

    /// Marks a request as declined; refused if it is gone or declined already.
    pub(crate) fn decline(&self, request: &FriendRequest, now: Timestamp) -> Outcome<Write> {
        let open = doc! { "_id": request.id.to_string(), "declined_at": Bson::Null };
        let declined = doc! { "$set": { "declined_at": stored(&now)? } };
        Ok(Write::update(REQUESTS, open, declined).or_refuse(Refusal::FriendRequestNotFound.into()))
    }

    pub(crate) fn delete_request(&self, request: &FriendRequest) -> Write {
        Write::delete(REQUESTS, doc! { "_id": request.id.to_string() })
    }

    pub(crate) async fn has_blocked(&self, by: UserId, whom: UserId) -> Outcome<bool> {
        Ok(self.blocks.find_one(block(by, whom)).await?.is_some())
    }

    /// Returns the users whom a user has blocked.
    pub(crate) async fn blocked(&self, by: UserId) -> Outcome<Vec<UserId>> {
        let blocks: Vec<Block> =
            self.blocks.clone_with_type().find(doc! { "by": by.to_string() }).await?.try_collect().await?;
        Ok(blocks.into_iter().map(|block| block.whom).collect())
    }

    pub(crate) fn block(&self, by: UserId, whom: UserId) -> Write {
        Write::upsert(BLOCKS, block(by, whom), doc! { "$setOnInsert": block(by, whom) })
    }

    /// Removes a block.
    pub(crate) async fn unblock(&self, by: UserId, whom: UserId) -> Outcome<()> {
        self.blocks.delete_one(block(by, whom)).await?;
        Ok(())
    }

    /// Removes everything that is stored about a user.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        let user = user.to_string();
        self.friendships.delete_many(doc! { "users": &user }).await?;
        self.requests.delete_many(doc! { "$or": [{ "from": &user }, { "to": &user }] }).await?;
        self.blocks.delete_many(doc! { "$or": [{ "by": &user }, { "whom": &user }] }).await?;
        Ok(())
    }
}

#[derive(Deserialize)]
struct Block {
    whom: UserId,
}

fn block(by: UserId, whom: UserId) -> Document {
    doc! { "by": by.to_string(), "whom": whom.to_string() }
}
