//! Reading and changing how people want to hear of notifications by mail.

use std::sync::Arc;

use contracts::{Event, UserId};
use kit::{Caller, Outcome, mongo::Write, role::Resources};

use super::{Preference, PreferenceEdit, store::PreferenceStore};
use crate::{config::Config, directory::Directory, refusal::Refusal};

/// The service for preferences.
pub(crate) struct Preferences {
    store: PreferenceStore,
    directory: Arc<Directory>,
}

impl Preferences {
    pub(crate) fn new(resources: &Resources<Config>, directory: Arc<Directory>) -> Self {
        Self { store: PreferenceStore::new(&resources.database), directory }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Returns the writes for an event: a deleted account takes its preference along.
    pub(crate) fn collect(&self, event: &Event) -> Vec<Write> {
        match event {
            Event::UserDeleted(user) => vec![self.store.forget(user.user_id)],
            _ => Vec::new(),
        }
    }

    /// What a person has chosen.
    pub(crate) async fn of(&self, user: UserId) -> Outcome<Preference> {
        self.store.of(user).await
    }

    /// Changes what the caller has chosen, and returns it. Something can be chosen only for a group that the caller is in.
    pub(crate) async fn change(&self, caller: &Caller, edit: &PreferenceEdit) -> Outcome<Preference> {
        let user = caller.user()?;
        for (group, _) in edit.groups.iter().filter(|(_, frequency)| frequency.is_some()) {
            self.directory.present_membership(caller, *group).await?.ok_or(Refusal::GroupNotFound)?;
        }
        self.store.change(user, edit).await?;
        self.store.of(user).await
    }

    /// Ends mail to a person.
    pub(crate) async fn end_mail(&self, user: UserId) -> Outcome<()> {
        self.store.change(user, &PreferenceEdit { is_off: Some(true), ..PreferenceEdit::default() }).await
    }
}
