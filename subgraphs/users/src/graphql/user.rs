//! People in the API: an account in the eyes of its owner, of a friend and of anybody, with what belongs to it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{Timestamp, UserId};
use futures::future::try_join_all;
use kit::{
    Caller, Failure, Outcome,
    graphql::{Connection, CurrencyCode, DateTime, Loader, PageRequest, data, request},
};
use uuid::Uuid;

use super::pay_handle::PayHandle;
use crate::{
    account::{Account, Email, Profile},
    friendship::{self, FriendRequest as Request},
    refusal::Refusal,
    services::Services,
    session,
};

const PAGE: i32 = 50;

/// How many blocked people are shown.
const BLOCKED: usize = 500;

/// A person with an account, as one viewer may see it.
pub(super) struct User {
    id: Uuid,
    name: String,
    avatar_url: Option<String>,
    /// For the owner and the owner's friends.
    email: Option<Email>,
    /// For the owner alone.
    own: Option<Account>,
}

/// An account, and whether it is one of a friend of the caller.
#[derive(Clone)]
pub(crate) struct Seen {
    account: Account,
    is_friend: bool,
}

impl User {
    /// An account in the eyes of its owner.
    pub(super) fn oneself(account: Account) -> Self {
        Self { email: Some(account.email.clone()), own: Some(account.clone()), ..Self::public(account) }
    }

    /// An account in the eyes of this viewer.
    pub(super) fn seen_by(viewer: UserId, Seen { account, is_friend }: Seen) -> Self {
        if account.id == viewer {
            return Self::oneself(account);
        }
        Self { email: is_friend.then(|| account.email.clone()), ..Self::public(account) }
    }

    /// Somebody of whom no more than an address is known, with or without an account.
    pub(super) fn addressed(id: Uuid, email: Email) -> Self {
        Self { id, name: email.as_str().to_owned(), avatar_url: None, email: Some(email), own: None }
    }

    fn public(account: Account) -> Self {
        let Profile { name, avatar_url, .. } = account.profile;
        Self { id: account.id.0, name, avatar_url, email: None, own: None }
    }

    /// What only the owner may see. Elsewhere an error at the field alone.
    fn own(&self) -> Outcome<&Account> {
        Ok(self.own.as_ref().ok_or(Refusal::Private)?)
    }
}

/// A person with an account. Others see the name and the picture.
#[Object]
impl User {
    /// Never changes.
    async fn id(&self) -> ID {
        self.id.into()
    }

    /// The name shown to others.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The address to sign in with; only for oneself and friends, null for others.
    async fn email(&self) -> Option<&str> {
        self.email.as_ref().map(Email::as_str)
    }

    /// Whether mail to the address is known to arrive; only for oneself.
    async fn email_verified(&self) -> Outcome<bool> {
        Ok(self.own()?.email_verified_at.is_some())
    }

    /// The address of a picture.
    async fn avatar_url(&self) -> Option<&str> {
        self.avatar_url.as_deref()
    }

    /// The currency that new groups start with; only for oneself.
    async fn default_currency(&self) -> Outcome<CurrencyCode> {
        Ok(self.own()?.profile.default_currency.into())
    }

    /// A language tag such as "de-AT"; only for oneself.
    async fn locale(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.locale)
    }

    /// A name of the IANA time zone database such as "Europe/Vienna"; only for oneself.
    async fn time_zone(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.time_zone)
    }

    /// When the account was opened; only for oneself.
    async fn created_at(&self) -> Outcome<DateTime> {
        Ok(self.own()?.created_at.into())
    }

    /// Friends, newest first; only for oneself.
    async fn friends(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
    ) -> Outcome<Connection<Friend>> {
        let user = self.own()?.id;
        let (services, caller) = request::<Services>(ctx)?;
        let page = PageRequest::new(first.unwrap_or(PAGE), after.as_deref())?;
        let friends = services.friendships.page(caller, &page).await?;
        Ok(friends.connection(|friendship| Friend::new(user, friendship)))
    }

    /// Requests to become friends that wait for an answer, those to oneself first, at most a hundred each; only for
    /// oneself.
    async fn friend_requests(&self, ctx: &Context<'_>) -> Outcome<Vec<FriendRequest>> {
        self.own()?;
        let (services, caller) = request::<Services>(ctx)?;
        let requests = services.friendships.requests(caller).await?;
        Ok(requests.into_iter().map(FriendRequest::of).collect())
    }

    /// Whom one has blocked, at most five hundred; only for oneself.
    async fn blocked(&self, ctx: &Context<'_>) -> Outcome<Vec<User>> {
        let own = self.own()?.id;
        let (services, caller) = request::<Services>(ctx)?;
        let accounts = data::<AccountLoader>(ctx)?;
        let blocked = services.friendships.blocked(caller).await?.into_iter().take(BLOCKED);
        let seen = try_join_all(blocked.map(|id| accounts.load(id))).await?;
        Ok(seen.into_iter().flatten().map(|seen| User::seen_by(own, seen)).collect())
    }

    /// How one can be paid outside of Quits, at most ten ways; only for oneself.
    async fn pay_handles(&self, ctx: &Context<'_>) -> Outcome<Vec<PayHandle>> {
        self.own()?;
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.pay_handles.own(caller).await?.into_iter().map(PayHandle::from).collect())
    }

    /// The sessions that have not ended, at most a hundred; only for oneself.
    async fn sessions(&self, ctx: &Context<'_>) -> Outcome<Vec<Session>> {
        self.own()?;
        let (services, caller) = request::<Services>(ctx)?;
        let sessions = services.sessions.list(caller).await?;
        Ok(sessions.into_iter().map(|session| Session::new(caller, session)).collect())
    }
}

/// A friend of the caller.
pub(super) struct Friend {
    friend: UserId,
    friendship: friendship::Friendship,
}

/// A request to become friends, as one of the two sees it.
pub(super) struct FriendRequest(Request);

impl Friend {
    /// A friendship as this user, who is one of the two, sees it.
    pub(super) fn new(user: UserId, friendship: friendship::Friendship) -> Self {
        Self { friend: friendship.friend_of(user), friendship }
    }
}

impl FriendRequest {
    /// A request as the API shows it.
    fn of(request: Request) -> Self {
        Self(request)
    }
}

/// A friend of the caller.
#[Object]
impl Friend {
    /// Who it is.
    async fn user(&self, ctx: &Context<'_>) -> Outcome<User> {
        user(ctx, self.friend).await
    }

    /// Since when.
    async fn since(&self) -> DateTime {
        self.friendship.since.into()
    }
}

/// A request to become friends. Its sender is shown the same whether or not there is an account with the address.
#[Object]
impl FriendRequest {
    /// Which request.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Who asks.
    async fn from(&self, ctx: &Context<'_>) -> Outcome<User> {
        user(ctx, self.0.from).await
    }

    /// Who is asked. For the sender of a request to a mail address that is somebody of whom no more than the address is
    /// known.
    async fn to(&self, ctx: &Context<'_>) -> Outcome<User> {
        let (_, caller) = request::<Services>(ctx)?;
        match (&self.0.email, self.0.to) {
            (Some(email), _) if self.0.from == caller.user()? => Ok(User::addressed(self.0.id.0, email.clone())),
            (_, Some(to)) => user(ctx, to).await,
            (_, None) => Err(Failure::internal("a request to nobody")),
        }
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

async fn user(ctx: &Context<'_>, id: UserId) -> Outcome<User> {
    let (_, caller) = request::<Services>(ctx)?;
    let seen = data::<AccountLoader>(ctx)?.load(id).await?;
    let seen = seen.ok_or_else(|| Failure::internal("a friend without an account"))?;
    Ok(User::seen_by(caller.user()?, seen))
}

/// A sign-in that has not ended.
#[derive(SimpleObject)]
pub(super) struct Session {
    /// Which session; to end it.
    id: ID,
    /// What it was opened on, in words.
    device: String,
    /// When it was opened.
    created_at: DateTime,
    /// When it was used the last time, to within the life of an access token.
    last_seen_at: DateTime,
    /// Whether it is the one that asks.
    current: bool,
}

impl Session {
    /// A session as the caller sees it, who is its owner.
    pub(super) fn new(caller: &Caller, session: session::Session) -> Self {
        // A session from before these were kept ends a month after its last refresh.
        let created_at = session.created_at.unwrap_or(Timestamp::EPOCH);
        Self {
            current: caller.session() == Some(&session.id),
            device: session.device.unwrap_or_else(|| "Unknown device".to_owned()),
            created_at: created_at.into(),
            last_seen_at: session.last_seen_at.unwrap_or(created_at).into(),
            id: session.id.into(),
        }
    }
}

/// Loads accounts for one request.
pub(crate) type AccountLoader = Loader<UserId, Seen>;

/// A loader for one request of this caller.
pub(crate) fn account_loader(services: &Arc<Services>, caller: &Caller) -> AccountLoader {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |ids: Vec<UserId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move {
            let accounts = services.accounts.by_ids(&caller, &ids).await?;
            let friends = services.friendships.friends_among(&caller, &ids).await?;
            let seen = |(id, account)| (id, Seen { account, is_friend: friends.contains(&id) });
            Ok(accounts.into_iter().map(seen).collect())
        }
    })
}
