//! GraphQL types of users: an account as its owner, a friend, or anybody else sees it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use contracts::{Timestamp, UserId, pay_handles::PayHandle as StoredHandle};
use futures::future::try_join_all;
use kit::{
    Caller, Failure, Outcome,
    graphql::{Connection, CurrencyCode, DateTime, Loader, PageRequest, data, request},
};
use uuid::Uuid;

use crate::{
    account::{Account, Email, Profile},
    friendship::{self, FriendRequest as Request},
    pay_handle,
    refusal::Refusal,
    services::Services,
    session,
};

const PAGE: i32 = 50;

/// The most blocked users that are listed.
const MAX_BLOCKED: usize = 500;

/// An account as one viewer may see it.
pub(super) struct User {
    id: Uuid,
    name: String,
    avatar_url: Option<String>,
    /// Only for the owner and friends.
    email: Option<Email>,
    /// Only for the owner.
    own: Option<Account>,
}

/// An account, and whether its owner is a friend of the caller.
#[derive(Clone)]
pub(crate) struct VisibleAccount {
    account: Account,
    is_friend: bool,
}

impl User {
    /// An account as its owner sees it.
    pub(super) fn oneself(account: Account) -> Self {
        Self { email: Some(account.email.clone()), own: Some(account.clone()), ..Self::public(account) }
    }

    /// An account as this viewer sees it.
    pub(super) fn seen_by(viewer: UserId, VisibleAccount { account, is_friend }: VisibleAccount) -> Self {
        if account.id == viewer {
            return Self::oneself(account);
        }
        Self { email: is_friend.then(|| account.email.clone()), ..Self::public(account) }
    }

    /// A person of whom only an address is known, with or without an account.
    pub(super) fn addressed(id: Uuid, email: Email) -> Self {
        Self { id, name: email.as_str().to_owned(), avatar_url: None, email: Some(email), own: None }
    }

    fn public(account: Account) -> Self {
        let Profile { name, avatar_url, .. } = account.profile;
        Self { id: account.id.0, name, avatar_url, email: None, own: None }
    }

    /// Returns the owner's own account; for anybody else an error at the field.
    fn own(&self) -> Outcome<&Account> {
        Ok(self.own.as_ref().ok_or(Refusal::Private)?)
    }
}

/// A person with an account. Others can see the name and the picture.
#[Object]
impl User {
    /// Never changes.
    async fn id(&self) -> ID {
        self.id.into()
    }

    /// The display name.
    async fn name(&self) -> &str {
        &self.name
    }

    /// The address to sign in with; null except for the user and friends.
    async fn email(&self) -> Option<&str> {
        self.email.as_ref().map(Email::as_str)
    }

    /// Whether the address is verified; only for the user.
    async fn email_verified(&self) -> Outcome<bool> {
        Ok(self.own()?.email_verified_at.is_some())
    }

    /// Whether sign-ins need a code beside the password; only for the user.
    async fn has_second_factor(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let user = self.own()?.id;
        request::<Services>(ctx)?.0.second_factors.is_enabled(user).await
    }

    /// The URL of a picture.
    async fn avatar_url(&self) -> Option<&str> {
        self.avatar_url.as_deref()
    }

    /// The default currency of new groups; only for the user.
    async fn default_currency(&self) -> Outcome<CurrencyCode> {
        Ok(self.own()?.profile.default_currency.into())
    }

    /// A BCP 47 language tag such as "de-AT"; only for the user.
    async fn locale(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.locale)
    }

    /// An IANA time zone name such as "Europe/Vienna"; only for the user.
    async fn time_zone(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.time_zone)
    }

    /// When the account was opened; only for the user.
    async fn created_at(&self) -> Outcome<DateTime> {
        Ok(self.own()?.created_at.into())
    }

    /// Friends, newest first; only for the user.
    async fn friends(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
    ) -> Outcome<Connection<Friend>> {
        let user = self.own()?.id;
        let (services, caller) = request::<Services>(ctx)?;
        let page = PageRequest::of(ctx, first.unwrap_or(PAGE), after.as_deref())?;
        let friends = services.friendships.page(caller, &page).await?;
        Ok(friends.connection(|friendship| Friend::new(user, friendship)))
    }

    /// Pending friend requests, those to the user first, at most a hundred per direction; only for the user.
    async fn friend_requests(&self, ctx: &Context<'_>) -> Outcome<Vec<FriendRequest>> {
        self.own()?;
        let (services, caller) = request::<Services>(ctx)?;
        let requests = services.friendships.requests(caller).await?;
        Ok(requests.into_iter().map(FriendRequest::of).collect())
    }

    /// Blocked users, at most five hundred; only for the user.
    async fn blocked(&self, ctx: &Context<'_>) -> Outcome<Vec<User>> {
        let own = self.own()?.id;
        let (services, caller) = request::<Services>(ctx)?;
        let accounts = data::<AccountLoader>(ctx)?;
        let blocked = services.friendships.blocked(caller).await?.into_iter().take(MAX_BLOCKED);
        let seen = try_join_all(blocked.map(|id| accounts.load(id))).await?;
        Ok(seen.into_iter().flatten().map(|seen| User::seen_by(own, seen)).collect())
    }

    /// Ways to pay the user outside of Quits, at most ten; only for the user.
    async fn pay_handles(&self, ctx: &Context<'_>) -> Outcome<Vec<PayHandle>> {
        self.own()?;
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.pay_handles.own(caller).await?.into_iter().map(PayHandle::from).collect())
    }

    /// Sessions that have not expired, at most a hundred; only for the user.
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

/// A friend request, as one of the two sees it.
pub(super) struct FriendRequest(Request);

impl Friend {
    /// The friendship from the point of view of this user, who is one of the two.
    pub(super) fn new(user: UserId, friendship: friendship::Friendship) -> Self {
        Self { friend: friendship.friend_of(user), friendship }
    }
}

impl FriendRequest {
    fn of(request: Request) -> Self {
        Self(request)
    }
}

/// A friend of the caller.
#[Object]
impl Friend {
    /// The friend.
    async fn user(&self, ctx: &Context<'_>) -> Outcome<User> {
        user(ctx, self.friend).await
    }

    /// When the friendship began.
    async fn since(&self) -> DateTime {
        self.friendship.since.into()
    }
}

/// A friend request. It looks the same to its sender whether or not the address has an account.
#[Object]
impl FriendRequest {
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The sender.
    async fn from(&self, ctx: &Context<'_>) -> Outcome<User> {
        user(ctx, self.0.from).await
    }

    /// The receiver. For the sender of a request to an email address it has only that address.
    async fn to(&self, ctx: &Context<'_>) -> Outcome<User> {
        let (_, caller) = request::<Services>(ctx)?;
        match (&self.0.email, self.0.to) {
            (Some(email), _) if self.0.from == caller.user()? => Ok(User::addressed(self.0.id.0, email.clone())),
            (_, Some(to)) => user(ctx, to).await,
            (_, None) => Err(Failure::internal("a friend request has no receiver")),
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

/// The kind of a way to pay outside of Quits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "pay_handle::Kind")]
pub(super) enum PayHandleKind {
    /// A bank account.
    Iban,
    /// A PayPal.Me page.
    Paypal,
    /// A Revolut.Me page.
    Revolut,
    /// An address in India's Unified Payments Interface.
    Upi,
    /// Another web page.
    Link,
}

/// A way to pay a person outside of Quits. Others can see it only while they owe the person something.
#[derive(SimpleObject)]
pub(super) struct PayHandle {
    kind: PayHandleKind,
    /// The IBAN, the name of the page, the UPI address, or the URL.
    value: String,
    /// The account holder; null for a page.
    holder: Option<String>,
}

impl From<StoredHandle> for PayHandle {
    fn from(handle: StoredHandle) -> Self {
        let (kind, value, holder) = match handle {
            StoredHandle::Iban { iban, holder } => (PayHandleKind::Iban, iban, Some(holder)),
            StoredHandle::Paypal { name } => (PayHandleKind::Paypal, name, None),
            StoredHandle::Revolut { name } => (PayHandleKind::Revolut, name, None),
            StoredHandle::Upi { id, holder } => (PayHandleKind::Upi, id, Some(holder)),
            StoredHandle::Link { url } => (PayHandleKind::Link, url, None),
        };
        Self { kind, value, holder }
    }
}

/// A session that has not expired.
#[derive(SimpleObject)]
pub(super) struct Session {
    /// For endSession.
    id: ID,
    /// The description of the device.
    device: String,
    /// When it began.
    created_at: DateTime,
    /// When it was last used, to within the lifetime of an access token.
    last_seen_at: DateTime,
    /// Whether it is the current session.
    current: bool,
}

impl Session {
    /// A session as its owner sees it.
    pub(super) fn new(caller: &Caller, session: session::Session) -> Self {
        // A session from before this field existed; it expires a month after its last refresh.
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

/// Loads accounts by id.
pub(crate) type AccountLoader = Loader<UserId, VisibleAccount>;

/// Creates the loader for one request of this caller.
pub(crate) fn account_loader(services: &Arc<Services>, caller: &Caller) -> AccountLoader {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |ids: Vec<UserId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move {
            let accounts = services.accounts.by_ids(&caller, &ids).await?;
            let friends = services.friendships.friends_among(&caller, &ids).await?;
            let seen = |(id, account)| (id, VisibleAccount { account, is_friend: friends.contains(&id) });
            Ok(accounts.into_iter().map(seen).collect())
        }
    })
}
