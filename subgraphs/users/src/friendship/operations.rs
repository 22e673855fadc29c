//! Use cases of friendships: request, accept, decline, end, block.

use std::{collections::HashSet, sync::Arc};

use contracts::{Envelope, Event, FriendRequestId, UserId, profile::Profile};
use kit::{
    Caller, Clock, Code, Outcome,
    graphql::{Page, PageRequest},
    journal::{Change, Journal},
    mongo::Write,
    rate::{RateWindow, RateWindows},
};
use uuid::Uuid;

use super::{FriendRequest, Friendship, store::FriendshipStore};
use crate::{
    account::{Account, Email, operations::Accounts},
    mail::operations::Mails,
    refusal::Refusal,
};

/// The most requests that are listed per direction, and that may be pending per sender.
const MAX_REQUESTS: i64 = 100;

/// The most requests that one person may send in an hour.
const REQUESTS_PER_HOUR: i64 = 60;

const HOUR_SECONDS: i64 = 3_600;

/// The service for friendships.
pub(crate) struct Friendships {
    store: FriendshipStore,
    accounts: Arc<Accounts>,
    mails: Arc<Mails>,
    journal: Arc<Journal>,
    clock: Clock,
    sent: RateWindows,
}

impl Friendships {
    /// Creates the service; `sent` counts requests per hour.
    pub(crate) fn new(
        store: FriendshipStore,
        accounts: Arc<Accounts>,
        mails: Arc<Mails>,
        journal: Arc<Journal>,
        clock: Clock,
        sent: RateWindows,
    ) -> Self {
        Self { store, accounts, mails, journal, clock, sent }
    }

    /// Sends a request to an address. The response does not reveal whether the address has an account.
    pub(crate) async fn request_by_email(&self, caller: &Caller, email: &str) -> Outcome<()> {
        let own = self.accounts.me(caller).await?;
        let email = Email::new("email", email)?;
        if email == own.email {
            return Err(Refusal::OwnFriend.into());
        }
        self.count(own.id).await?;
        let to = self.accounts.with_email(&email).await?.filter(|account| self.mails.reaches(account));
        let to = to.map(|account| account.id);
        self.request(caller, FriendRequest::to_email(own.id, email, to, self.clock.now())).await
    }

    /// Sends a request to somebody whom the caller knows from a group.
    pub(crate) async fn request_by_id(&self, caller: &Caller, to: UserId) -> Outcome<()> {
        let own = self.accounts.me(caller).await?;
        if to == own.id {
            return Err(Refusal::OwnFriend.into());
        }
        self.count(own.id).await?;
        // The response for an unknown id is the same as for a known one.
        if self.accounts.by_id(to).await?.is_none_or(|account| account.deleted_at.is_some()) {
            return Ok(());
        }
        self.request(caller, FriendRequest::to_user(own.id, to, self.clock.now())).await
    }

    async fn count(&self, user: UserId) -> Outcome<()> {
        let now = self.clock.now();
        let window = RateWindow::new(&user.to_string(), HOUR_SECONDS, now);
        if self.sent.count(&window).await? > REQUESTS_PER_HOUR {
            return Err(Refusal::TooManyRequests { retry_after_seconds: window.seconds_left(now) }.into());
        }
        Ok(())
    }

    async fn request(&self, caller: &Caller, mut request: FriendRequest) -> Outcome<()> {
        let mut facts = request.facts();
        if let Some(to) = request.to {
            if self.store.are_friends(request.from, to).await? {
                return Ok(());
            }
            // A request to somebody who has blocked the sender looks the same to the sender.
            if self.store.has_blocked(to, request.from).await? {
                request.declined_at = Some(request.created_at);
                facts.to = None;
            }
            // A request in the opposite direction accepts this one.
            if self.store.requests_between(to, request.from).await?.iter().any(|known| known.from == to) {
                self.begin(caller, request.from, to).await?;
                return Ok(());
            }
        }
        let change = Change::new(request.from.0, Event::FriendshipRequested(facts));
        let committed = self.journal.commit(change.by(caller).writing([self.store.insert_request(&request)?])).await;
        match committed {
            Err(failure) if failure.is(Code::StaleVersion) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Accepts a request to the caller.
    pub(crate) async fn accept(&self, caller: &Caller, id: FriendRequestId) -> Outcome<(Friendship, Account)> {
        let user = caller.user()?;
        let request = self.store.request(id).await?.filter(|request| request.to == Some(user));
        let request = request.ok_or(Refusal::FriendRequestNotFound)?;
        let friend = self.accounts.by_id(request.from).await?.filter(|account| account.deleted_at.is_none());
        let friend = friend.ok_or(Refusal::FriendRequestNotFound)?;
        Ok((self.begin(caller, user, request.from).await?, friend))
    }

    async fn begin(&self, caller: &Caller, by: UserId, other: UserId) -> Outcome<Friendship> {
        let friendship = Friendship::new(by, other, self.clock.now());
        let mut writes = vec![self.store.put(&friendship)?];
        let requests = self.store.requests_between(by, other).await?;
        writes.extend(requests.iter().map(|request| self.store.delete_request(request)));
        let event = Event::FriendshipBegan(Friendship::facts(by, other));
        self.journal.commit(Change::new(by.0, event).by(caller).writing(writes)).await?;
        Ok(self.store.friendship(by, other).await?.unwrap_or(friendship))
    }

    /// Declines a request to the caller without notifying its sender, or withdraws a request of the caller.
    pub(crate) async fn end_request(&self, caller: &Caller, id: FriendRequestId) -> Outcome<()> {
        let user = caller.user()?;
        let request = self.store.request(id).await?.ok_or(Refusal::FriendRequestNotFound)?;
        let write = if request.from == user {
            self.store.delete_request(&request)
        } else if request.to == Some(user) {
            self.store.decline(&request, self.clock.now())?
        } else {
            return Err(Refusal::FriendRequestNotFound.into());
        };
        let event = Event::FriendRequestEnded(request.facts());
        self.journal.commit(Change::new(user.0, event).by(caller).writing([write])).await?;
        Ok(())
    }

    /// Ends a friendship of the caller; idempotent.
    pub(crate) async fn remove(&self, caller: &Caller, other: UserId) -> Outcome<()> {
        let user = caller.user()?;
        if !self.store.are_friends(user, other).await? {
            return Ok(());
        }
        self.end(caller, user, other, vec![self.store.delete(user, other)]).await
    }

    /// Ends a friendship and all requests between the two. The other can no longer send requests, and is not notified.
    pub(crate) async fn block(&self, caller: &Caller, other: UserId) -> Outcome<()> {
        let user = caller.user()?;
        if user == other {
            return Err(Refusal::OwnFriend.into());
        }
        let mut writes = vec![self.store.block(user, other), self.store.delete(user, other)];
        for request in self.store.requests_between(user, other).await? {
            if request.from == user {
                writes.push(self.store.delete_request(&request));
            } else if request.declined_at.is_none() {
                writes.push(self.store.decline(&request, self.clock.now())?);
            }
        }
        self.end(caller, user, other, writes).await
    }

    async fn end(&self, caller: &Caller, user: UserId, other: UserId, writes: Vec<Write>) -> Outcome<()> {
        let event = Event::FriendshipEnded(Friendship::facts(user, other));
        self.journal.commit(Change::new(user.0, event).by(caller).writing(writes)).await?;
        Ok(())
    }

    /// Allows somebody to send requests again.
    pub(crate) async fn unblock(&self, caller: &Caller, other: UserId) -> Outcome<()> {
        self.store.unblock(caller.user()?, other).await
    }

    /// Returns a page of the caller's friends, newest first.
    pub(crate) async fn page(&self, caller: &Caller, page: &PageRequest) -> Outcome<Page<Friendship>> {
        self.store.page(caller.user()?, page).await
    }

    /// Returns all of the caller's friends, newest first.
    pub(crate) async fn all(&self, caller: &Caller) -> Outcome<Vec<Friendship>> {
        self.store.all(caller.user()?).await
    }

    /// Returns the users whom the caller has blocked.
    pub(crate) async fn blocked(&self, caller: &Caller) -> Outcome<Vec<UserId>> {
        self.store.blocked(caller.user()?).await
    }

    /// Returns the requests to and from the caller, at most a hundred each.
    pub(crate) async fn requests(&self, caller: &Caller) -> Outcome<Vec<FriendRequest>> {
        let user = caller.user()?;
        let mut requests = self.store.incoming(user, MAX_REQUESTS).await?;
        requests.extend(self.store.outgoing(user, MAX_REQUESTS).await?);
        Ok(requests)
    }

    /// Returns the ids of the friendships and requests that the caller sees. What changes without a change of these, such
    /// as that somebody declines a request of the caller, the caller must not notice.
    pub(crate) async fn seen(&self, caller: &Caller) -> Outcome<Vec<String>> {
        let friendships = self.all(caller).await?.into_iter().map(|friendship| friendship.id);
        let requests = self.requests(caller).await?.into_iter().map(|request| request.id.to_string());
        Ok(friendships.chain(requests).collect())
    }

    /// Returns those of these users who are friends of the caller.
    pub(crate) async fn friends_among(&self, caller: &Caller, others: &[UserId]) -> Outcome<HashSet<UserId>> {
        self.store.friends_among(caller.user()?, others).await
    }

    /// Returns the profile of a friend of the caller; `None` if they are not friends.
    pub(crate) async fn friend(&self, caller: &Caller, other: UserId) -> Outcome<Option<Profile>> {
        if !self.store.are_friends(caller.user()?, other).await? {
            return Ok(None);
        }
        let account = self.accounts.by_id(other).await?.filter(|account| account.deleted_at.is_none());
        Ok(account.map(|account| Profile { user_id: account.id, name: account.profile.name }))
    }

    /// Delivers the requests that waited for an account with this address, once the address is verified.
    pub(crate) async fn deliver_waiting(&self, caller: &Caller, account: &Account) -> Outcome<()> {
        if !self.mails.reaches(account) {
            return Ok(());
        }
        loop {
            // A request that is delivered does not wait any more.
            let waiting = self.store.waiting_for(&account.email, MAX_REQUESTS).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            for request in waiting {
                self.deliver(caller, account.id, request).await?;
            }
        }
    }

    async fn deliver(&self, caller: &Caller, to: UserId, request: FriendRequest) -> Outcome<()> {
        let from = request.from;
        let mut facts = request.facts();
        let write = if from == to || self.store.are_friends(from, to).await? {
            self.store.delete_request(&request)
        } else {
            let is_blocked = self.store.has_blocked(to, from).await?;
            let is_known = self.store.requests_between(from, to).await?.iter().any(|known| known.from == from);
            // Neither does its receiver see it, nor its sender that it is over.
            let is_hidden = is_blocked || is_known;
            facts.to = (!is_hidden).then_some(to);
            let declined_at = is_hidden.then(|| self.clock.now());
            self.store.deliver(&FriendRequest { to: Some(to), declined_at, ..request }, is_known)?
        };
        let change = Change::new(to.0, Event::FriendshipRequested(facts));
        self.journal.commit(change.caused_by(caller.trace).by_user(from).writing([write])).await?;
        Ok(())
    }

    /// Removes all friendships and requests of a deleted account.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.store.forget(user).await
    }
}

/// Returns the users whose friends or requests an event changes.
pub(crate) fn people(envelope: &Envelope) -> Vec<Uuid> {
    match &envelope.event {
        Event::FriendshipRequested(request) | Event::FriendRequestEnded(request) => {
            [Some(request.from), request.to].into_iter().flatten().map(|user| user.0).collect()
        }
        Event::FriendshipBegan(friendship) | Event::FriendshipEnded(friendship) => {
            friendship.user_ids.iter().map(|user| user.0).collect()
        }
        _ => Vec::new(),
    }
}
