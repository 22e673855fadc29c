//! GraphQL types of friendships.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, Subscription};
use futures::{StreamExt, stream, stream::BoxStream};
use kit::{
    Caller, Outcome,
    graphql::{read_id, request},
};

use super::user::{Friend, User};
use crate::{refusal::Refusal, services::Services};

/// Mutations of friendships.
#[derive(Default)]
pub(super) struct FriendshipMutations;

#[Object]
impl FriendshipMutations {
    /// Sends a friend request to an email address. The response does not reveal whether it has an account; if it has
    /// none, the request waits until there is one.
    async fn send_friend_request(&self, ctx: &Context<'_>, email: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.friendships.request_by_email(caller, &email).await?;
        Ok(true)
    }

    /// Sends a friend request to a member of a shared group.
    async fn send_friend_request_to(&self, ctx: &Context<'_>, user_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        // The response for a malformed id is the same as for an unknown one.
        if let Ok(to) = read_id(&user_id, Refusal::OwnFriend) {
            services.friendships.request_by_id(caller, to).await?;
        }
        Ok(true)
    }

    /// Accepts a request to the caller.
    async fn accept_friend_request(&self, ctx: &Context<'_>, #[graphql(name = "id")] asked: ID) -> Outcome<Friend> {
        let (services, caller) = request::<Services>(ctx)?;
        let id = read_id(&asked, Refusal::FriendRequestNotFound)?;
        let (friendship, _) = services.friendships.accept(caller, id).await?;
        Ok(Friend::new(caller.user()?, friendship))
    }

    /// Declines a request to the caller, without notifying its sender, or withdraws a request of the caller.
    async fn decline_friend_request(&self, ctx: &Context<'_>, #[graphql(name = "id")] asked: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.friendships.end_request(caller, read_id(&asked, Refusal::FriendRequestNotFound)?).await?;
        Ok(true)
    }

    /// Ends a friendship; true even if there is none.
    async fn remove_friend(&self, ctx: &Context<'_>, user_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.friendships.remove(caller, read_id(&user_id, Refusal::NotAFriend)?).await?;
        Ok(true)
    }

    /// Ends a friendship, and prevents the other from sending requests. The other is not notified.
    async fn block_user(&self, ctx: &Context<'_>, user_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.friendships.block(caller, read_id(&user_id, Refusal::NotAFriend)?).await?;
        Ok(true)
    }

    /// Allows a blocked user to send requests again.
    async fn unblock_user(&self, ctx: &Context<'_>, user_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.friendships.unblock(caller, read_id(&user_id, Refusal::NotAFriend)?).await?;
        Ok(true)
    }
}

/// Subscriptions to friends.
#[derive(Default)]
pub(super) struct FriendshipSubscription;

#[Subscription]
impl FriendshipSubscription {
    /// Emits the caller at once, and again after every change of the caller's friends and requests.
    async fn friends_changed(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, User>> {
        let (services, caller) = request::<Services>(ctx)?;
        // Subscribe before the first emission, so that no change is missed in between.
        let watch = services.watch_friends(caller)?;
        let own = services.accounts.me(caller).await?;
        let seen = services.friendships.seen(caller).await?;
        let (services, caller): (Arc<Services>, Caller) = (Arc::clone(services), caller.clone());
        let changes = stream::unfold((watch, seen), move |(mut watch, before)| {
            let (services, caller) = (Arc::clone(&services), caller.clone());
            async move {
                loop {
                    while !watch.next().await {}
                    let seen = services.friendships.seen(&caller).await.ok()?;
                    if seen != before {
                        let account = services.accounts.me(&caller).await.ok()?;
                        return Some((User::oneself(account), (watch, seen)));
                    }
                }
            }
        });
        Ok(stream::iter([User::oneself(own)]).chain(changes).boxed())
    }
}
