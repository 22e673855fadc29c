//! Stand-ins for other subgraphs, for tests.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests panic on failure")]

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use money::Currency;

use crate::{
    GroupId, MemberId, UserId,
    ask::{Asker, Unavailable},
    contacts::{Contact, Contacts},
    event::MemberFacts,
    roster::{Roster, Rosters, SharedGroups},
};

/// Returns the person who asks or is represented. A person's token is the person's id in tests.
pub fn person(asker: &Asker) -> Option<UserId> {
    match asker {
        Asker::Person { token, .. } => token.parse().ok(),
        Asker::Representative { person, .. } => Some(*person),
        Asker::Service { .. } => None,
    }
}

/// Rosters that a test defines. A person's token is the person's id.
#[derive(Default)]
pub struct FixedRosters {
    known: Mutex<HashMap<GroupId, Roster>>,
    asked: AtomicUsize,
}

impl FixedRosters {
    /// Adds or replaces a group's roster.
    pub fn put(&self, roster: Roster) {
        self.known.lock().unwrap().insert(roster.group_id, roster);
    }

    /// Returns how many questions were asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl SharedGroups for FixedRosters {
    async fn shared_with(&self, asker: &Asker, other: UserId) -> Result<Vec<Roster>, Unavailable> {
        let Some(user) = person(asker) else { return Ok(Vec::new()) };
        let known = self.known.lock().unwrap();
        let is_in = |roster: &&Roster, user| roster.active_member_of(user).is_some();
        let shared = known.values().filter(|roster| is_in(roster, user) && is_in(roster, other));
        Ok(shared.cloned().collect())
    }
}

#[async_trait]
impl Rosters for FixedRosters {
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let known = self.known.lock().unwrap();
        let may_see = |roster: &Roster| match asker {
            Asker::Service { .. } => true,
            Asker::Person { .. } | Asker::Representative { .. } => {
                let user = person(asker);
                roster.members.iter().any(|member| member.user_id.is_some() && member.user_id == user)
            }
        };
        let rosters = groups.iter().filter_map(|id| known.get(id)).filter(|roster| may_see(roster));
        Ok(rosters.map(|roster| (roster.group_id, roster.clone())).collect())
    }
}

/// Contacts that a test writes itself, for services alone.
#[derive(Default)]
pub struct FixedContacts(Mutex<HashMap<UserId, Contact>>);

impl FixedContacts {
    /// Adds or replaces a person's contact.
    pub fn put(&self, contact: Contact) {
        self.0.lock().unwrap().insert(contact.user_id, contact);
    }
}

#[async_trait]
impl Contacts for FixedContacts {
    async fn contacts(&self, asker: &Asker, users: &[UserId]) -> Result<HashMap<UserId, Contact>, Unavailable> {
        assert!(matches!(asker, Asker::Service { .. }), "people are not told addresses");
        let known = self.0.lock().unwrap();
        Ok(users.iter().filter_map(|user| Some((*user, known.get(user)?.clone()))).collect())
    }
}

/// Creates a group in euros of these users, in order, followed by guests.
pub fn roster(users: &[UserId], guests: usize) -> Roster {
    let member = |user_id| {
        let member_id = MemberId::new();
        MemberFacts { member_id, user_id, name: format!("Member {member_id}"), left: false }
    };
    let users = users.iter().copied().map(Some);
    let guests = std::iter::repeat_n(None, guests);
    let currency = Currency::from_code("EUR").expect("the euro is a currency");
    let members = users.chain(guests).map(member).collect();
    Roster { name: "Trip".to_owned(), simplify: false, ..Roster::new(GroupId::new(), currency, members) }
}
