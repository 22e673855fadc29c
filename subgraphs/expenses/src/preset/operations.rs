//! Use cases of presets: create, update, delete, list.

use std::sync::Arc;

use contracts::{Event, GroupId, PresetId, ledger::GroupLedger, roster::Membership};
use kit::{
    Caller, Code, Outcome,
    journal::{Change, Journal},
};

use super::{MOST_PRESETS, Preset, Start, store::PresetStore};
use crate::{expense::operations::Expenses, refusal::PresetRefusal};

/// The service for presets.
pub(crate) struct Presets {
    pub(crate) store: PresetStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
}

impl Presets {
    /// Adds a preset to a group.
    pub(crate) async fn create(&self, caller: &Caller, group: GroupId, start: Start) -> Outcome<Preset> {
        let membership = self.expenses.membership(caller, group).await?;
        let preset = Preset::new(start, &membership.roster)?;
        if self.store.count_of_group(group).await? >= MOST_PRESETS {
            return Err(PresetRefusal::TooMany(MOST_PRESETS).into());
        }
        let event = Event::PresetSaved(preset.facts(membership.member.member_id));
        self.journal.commit(Change::new(group.0, event).by(caller).writing(self.store.add(&preset)?)).await?;
        Ok(preset)
    }

    /// Changes the values of a preset.
    pub(crate) async fn update(&self, caller: &Caller, id: PresetId, start: Start) -> Outcome<Preset> {
        let (preset, membership) = self.find(caller, id).await?;
        let preset = preset.starting(start, &membership.roster)?;
        let event = Event::PresetSaved(preset.facts(membership.member.member_id));
        let change = Change::new(preset.group_id.0, event).by(caller).writing(self.store.replace(&preset)?);
        self.journal.commit(change).await?;
        Ok(preset)
    }

    /// Removes a preset; expenses made from it stay as they are.
    pub(crate) async fn delete(&self, caller: &Caller, id: PresetId) -> Outcome<()> {
        let (preset, membership) = self.find(caller, id).await?;
        let event = Event::PresetDeleted(preset.facts(membership.member.member_id));
        let change = Change::new(preset.group_id.0, event).by(caller).writing([self.store.remove(&preset)]);
        self.journal.commit(change).await.map(drop)
    }

    /// Returns the presets of a group. The resolver of the group has checked that the caller may see it.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Preset>> {
        self.store.of_group(group).await
    }

    async fn find(&self, caller: &Caller, id: PresetId) -> Outcome<(Preset, Membership)> {
        caller.user()?;
        let preset = self.store.find(id).await?.ok_or(PresetRefusal::NotFound)?;
        let membership = self
            .expenses
            .membership(caller, preset.group_id)
            .await
            .map_err(|failure| failure.hidden_as(Code::GroupNotFound, PresetRefusal::NotFound))?;
        Ok((preset, membership))
    }
}
