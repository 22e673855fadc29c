//! Presets: templates for the expenses of a group, such as "groceries, 60 to 40".

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{GroupId, MemberId, PresetId, event::PresetFacts, roster::Roster};
use kit::text::{NAME, folded, line};
use money::{Amount, Split};
use serde::{Deserialize, Serialize};

use crate::{
    expense::{self, shares::shares},
    refusal::{PresetRefusal, Refusal},
};

/// The most presets of a group.
pub(crate) const MOST_PRESETS: u64 = 50;

/// A sample total, in minor units, to validate splits with: a split without amounts that divides this divides every
/// total.
const ANY_TOTAL: i64 = 10_000;

/// A preset as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Preset {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: PresetId,
    /// The group that has it.
    pub group_id: GroupId,
    /// The name without case and accents, which is unique in the group.
    pub folded_name: String,
    /// The editable part.
    #[serde(flatten)]
    pub start: Start,
}

/// The editable part of a preset: initial values of an expense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Start {
    /// The name that is shown.
    pub name: String,
    /// The key of a category, such as `groceries`.
    pub category: Option<String>,
    /// The payer; if `None`, the person who enters the expense.
    pub payer: Option<MemberId>,
    /// The split; it contains no amounts.
    #[serde(with = "contracts::split")]
    pub split: Split<MemberId>,
    /// Whether new expenses begin with this preset; true for at most one preset of a group.
    pub is_default: bool,
}

impl Preset {
    /// Creates a preset of a group; refuses values that no expense could have.
    pub(crate) fn new(start: Start, roster: &Roster) -> Result<Self, Refusal> {
        let start = start.checked(roster)?;
        let folded_name = folded(&start.name);
        Ok(Self { id: PresetId::new(), group_id: roster.group_id, folded_name, start })
    }

    /// Returns the preset with other values.
    pub(crate) fn starting(&self, start: Start, roster: &Roster) -> Result<Self, Refusal> {
        Ok(Self { id: self.id, ..Self::new(start, roster)? })
    }

    /// The payload of its events.
    pub(crate) fn facts(&self, by: MemberId) -> PresetFacts {
        PresetFacts { preset_id: self.id, group_id: self.group_id, name: self.start.name.clone(), by }
    }
}

impl Start {
    fn checked(self, roster: &Roster) -> Result<Self, Refusal> {
        let is_present = |id: &MemberId| roster.member(*id).is_some_and(|member| !member.left);
        if self.split.has_amounts() {
            return Err(PresetRefusal::WithAmounts.into());
        }
        shares(&self.split, Amount::new(ANY_TOTAL, roster.currency), 0)?;
        if !self.split.members().iter().all(is_present) {
            return Err(Refusal::NotAMember { field: "input.split" });
        }
        if !self.payer.iter().all(is_present) {
            return Err(Refusal::NotAMember { field: "input.payerId" });
        }
        let name = line("input.name", &self.name, NAME)?;
        let category = self.category.as_deref().map(expense::category).transpose()?;
        Ok(Self { name, category, ..self })
    }
}
