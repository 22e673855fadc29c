//! MongoDB access for preferences.

use contracts::UserId;
use kit::{
    Outcome,
    mongo::{Write, index, stored},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};

use super::{Preference, PreferenceEdit};

const PREFERENCES: &str = "preferences";

/// The collection of preferences.
pub(super) struct PreferenceStore {
    preferences: Collection<Preference>,
}

impl PreferenceStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { preferences: database.collection(PREFERENCES) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.preferences.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// What a person has chosen; the usual for who has chosen nothing.
    pub(super) async fn of(&self, user: UserId) -> Outcome<Preference> {
        let chosen = self.preferences.find_one(doc! { "_id": user.to_string() }).await?;
        Ok(chosen.unwrap_or_else(|| Preference::usual(user)))
    }

    /// Changes what a person has chosen, field by field, so that two changes at a time both count.
    pub(super) async fn change(&self, user: UserId, edit: &PreferenceEdit) -> Outcome<()> {
        let (mut set, mut unset) = (Document::new(), Document::new());
        if let Some(is_off) = edit.is_off {
            set.insert("is_off", is_off);
        }
        for (kind, frequency) in &edit.kinds {
            set.insert(format!("kinds.{}", kind.key()), stored(frequency)?);
        }
        for (kind, is_shown) in &edit.on_devices {
            set.insert(format!("on_devices.{}", kind.key()), *is_shown);
        }
        for (group, frequency) in &edit.groups {
            match frequency {
                Some(frequency) => set.insert(format!("groups.{group}"), stored(frequency)?),
                None => unset.insert(format!("groups.{group}"), Bson::Null),
            };
        }
        if let Some(quiet) = &edit.quiet {
            set.insert("quiet", stored(quiet)?);
        }
        let parts = [("$set", set), ("$unset", unset)].into_iter().filter(|(_, fields)| !fields.is_empty());
        let update: Document = parts.map(|(name, fields)| (name.to_owned(), Bson::from(fields))).collect();
        if !update.is_empty() {
            self.preferences.update_one(doc! { "_id": user.to_string() }, update).upsert(true).await?;
        }
        Ok(())
    }

    /// Removes what a person has chosen.
    pub(super) fn forget(&self, user: UserId) -> Write {
        Write::delete(PREFERENCES, doc! { "_id": user.to_string() })
    }
}
