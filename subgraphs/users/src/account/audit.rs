//! Lets `verify` compare accounts with the journal: a document must match the last event about it.

use contracts::Event;
use kit::journal::Documented;

use super::Account;

impl Documented for Account {
    const COLLECTION: &'static str = "accounts";
    const STREAM: &'static str = "_id";
    const BEGUN_BY: &'static [&'static str] = &["user.registered.v1"];

    fn agrees(&self, event: &Event) -> Option<bool> {
        let (facts, is_deleted) = match event {
            Event::UserRegistered(user)
            | Event::UserUpdated(user)
            | Event::UserPasswordChanged(user)
            | Event::UserEmailConfirmed(user) => (user, false),
            Event::UserDeleted(user) => (user, true),
            _ => return None,
        };
        Some(self.facts() == *facts && self.deleted_at.is_some() == is_deleted)
    }
}
