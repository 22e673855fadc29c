//! Presets: what the expenses of a group often begin with, such as "groceries, 60 to 40".

pub mod operations;
pub mod store;

use contracts::{GroupId, MemberId, PresetId, event::PresetFacts, roster::Roster};
use kit::text::{NAME, folded, line};
use money::{Amount, Split};
use serde::{Deserialize, Serialize};

use crate::{
    expense::{self, shares::shares},
    refusal::{PresetRefusal, Refusal},
};

/// So many presets a group may have.
pub const MOST_PRESETS: u64 = 50;

/// A rule that splits this splits every total.
const ANY_TOTAL: i64 = 10_000;

/// A preset as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    /// Which preset.
    #[serde(rename = "_id")]
    pub id: PresetId,
    /// Of which group.
    pub group_id: GroupId,
    /// The name without case and accents: no two of a group have the same.
    pub folded_name: String,
    /// What a person says about it.
    #[serde(flatten)]
    pub start: Start,
}

/// What an expense begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// What the preset is called.
    pub name: String,
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Who pays; whoever enters the expense when not said.
    pub payer: Option<MemberId>,
    /// How it is split, without amounts.
    #[serde(with = "contracts::split")]
    pub split: Split<MemberId>,
    /// Whether each new expense begins with it; of one preset of a group at most.
    pub is_default: bool,
}

impl Preset {
    /// A new preset of a group; refuses what no expense could begin with.
    pub fn new(start: Start, roster: &Roster) -> Result<Self, Refusal> {
        let start = start.checked(roster)?;
        let folded_name = folded(&start.name);
        Ok(Self { id: PresetId::new(), group_id: roster.group_id, folded_name, start })
    }

    /// The preset with another start.
    pub fn starting(&self, start: Start, roster: &Roster) -> Result<Self, Refusal> {
        Ok(Self { id: self.id, ..Self::new(start, roster)? })
    }

    /// What others are told about it.
    pub fn facts(&self, by: MemberId) -> PresetFacts {
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
