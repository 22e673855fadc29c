//! The export of everything that users stores about one person.

pub(crate) mod operations;

use contracts::{Timestamp, UserId, pay_handles::PayHandle};
use serde::Serialize;

use crate::{
    account::{Account, Email, Profile},
    friendship::{FriendRequest, Friendship},
    session::Session,
};

/// The version of the file format.
const VERSION: u32 = 1;

/// The content of the file. It contains no secrets: neither password hashes nor tokens.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonalData {
    version: u32,
    exported_at: Timestamp,
    account: AccountData,
    friends: Vec<FriendData>,
    friend_requests: Vec<RequestData>,
    blocked_user_ids: Vec<UserId>,
    pay_handles: Vec<PayHandle>,
    sessions: Vec<SessionData>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountData {
    id: UserId,
    email: Email,
    email_verified_at: Option<Timestamp>,
    name: String,
    avatar_url: Option<String>,
    default_currency: &'static str,
    locale: String,
    time_zone: String,
    created_at: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FriendData {
    user_id: UserId,
    name: Option<String>,
    since: Timestamp,
}

/// A friend request from the person's point of view: a sender does not learn whether the address has an account.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestData {
    from_user_id: UserId,
    to_email: Option<Email>,
    to_user_id: Option<UserId>,
    created_at: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionData {
    device: Option<String>,
    created_at: Option<Timestamp>,
    last_seen_at: Option<Timestamp>,
    ends_at: Timestamp,
}

impl From<Account> for AccountData {
    fn from(account: Account) -> Self {
        let Profile { name, avatar_url, default_currency, locale, time_zone } = account.profile;
        Self {
            id: account.id,
            email: account.email,
            email_verified_at: account.email_verified_at,
            name,
            avatar_url,
            default_currency: default_currency.code(),
            locale,
            time_zone,
            created_at: account.created_at,
        }
    }
}

impl FriendData {
    fn new(friendship: &Friendship, friend: UserId, name: Option<String>) -> Self {
        Self { user_id: friend, name, since: friendship.since }
    }
}

impl From<FriendRequest> for RequestData {
    fn from(request: FriendRequest) -> Self {
        let FriendRequest { from, to, email, created_at, .. } = request;
        let to_user_id = to.filter(|_| email.is_none());
        Self { from_user_id: from, to_email: email, to_user_id, created_at }
    }
}

impl From<Session> for SessionData {
    fn from(session: Session) -> Self {
        let Session { device, created_at, last_seen_at, expires_at, .. } = session;
        Self { device, created_at, last_seen_at, ends_at: expires_at }
    }
}
