//! Presets in MongoDB.

use contracts::{GroupId, PresetId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, unique},
};
use mongodb::{Collection, Database, bson::doc};

use super::Preset;
use crate::refusal::PresetRefusal;

const PRESETS: &str = "presets";

/// The presets of all groups.
#[derive(Clone)]
pub(crate) struct PresetStore(Collection<Preset>);

impl PresetStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(PRESETS))
    }

    /// Creates the index and the collection, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(unique(doc! { "group_id": 1, "folded_name": 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: PresetId) -> Outcome<Option<Preset>> {
        Ok(self.0.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the presets of a group, ordered by name.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Preset>> {
        let found = self.0.find(doc! { "group_id": group.to_string() }).sort(doc! { "folded_name": 1 }).await?;
        Ok(found.try_collect().await?)
    }

    pub(crate) async fn count_of_group(&self, group: GroupId) -> Outcome<u64> {
        Ok(self.0.count_documents(doc! { "group_id": group.to_string() }).await?)
    }

    /// Inserts a preset; refused if the group already has one with this name.
    pub(crate) fn add(&self, preset: &Preset) -> Outcome<Vec<Write>> {
        let add = Write::insert(PRESETS, preset)?.or_refuse(PresetRefusal::Taken.into());
        Ok(self.alone_by_default(preset).into_iter().chain([add]).collect())
    }

    /// Replaces a preset; refused if the group already has another one with this name.
    pub(crate) fn replace(&self, preset: &Preset) -> Outcome<Vec<Write>> {
        let replace = Write::replace(PRESETS, doc! { "_id": preset.id.to_string() }, preset)?;
        let replace = replace.or_refuse(PresetRefusal::Taken.into());
        Ok(self.alone_by_default(preset).into_iter().chain([replace]).collect())
    }

    /// Removes a preset; refused if it has been deleted.
    pub(crate) fn remove(&self, preset: &Preset) -> Write {
        Write::delete(PRESETS, doc! { "_id": preset.id.to_string() }).or_refuse(PresetRefusal::NotFound.into())
    }

    /// Clears the default flag of the group's other presets, if this preset is to be the default.
    fn alone_by_default(&self, preset: &Preset) -> Option<Write> {
        let others = doc! {
            "group_id": preset.group_id.to_string(), "is_default": true, "_id": { "$ne": preset.id.to_string() },
        };
        let not_any_more = Write::update(PRESETS, others, doc! { "$set": { "is_default": false } });
        preset.start.is_default.then_some(not_any_more)
    }
}
