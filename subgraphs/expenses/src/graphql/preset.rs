//! GraphQL types of presets.

use async_graphql::{Context, ID, InputObject, Object};
use contracts::{PresetId, roster::group_not_found};
use kit::{
    Failure, Outcome,
    graphql::{read_id, request},
};
use money::Currency;

use super::{
    reference::Member,
    split::{SplitInput, SplitMode, SplitRule, member_id},
};
use crate::{
    preset::{self, Start},
    refusal::PresetRefusal,
    services::Services,
};

#[derive(Default)]
pub(super) struct PresetMutations;

#[Object]
impl PresetMutations {
    /// Adds a preset to a group; names are unique in a group.
    async fn create_preset(&self, ctx: &Context<'_>, group_id: ID, input: PresetInput) -> Outcome<Preset> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, group_not_found())?;
        Ok(Preset(services.presets.create(caller, group, input.read()?).await?))
    }

    /// Replaces all values of a preset.
    async fn update_preset(&self, ctx: &Context<'_>, id: ID, input: PresetInput) -> Outcome<Preset> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Preset(services.presets.update(caller, preset_id(&id)?, input.read()?).await?))
    }

    /// Removes a preset; expenses that were made from it stay as they are.
    async fn delete_preset(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.presets.delete(caller, preset_id(&id)?).await.map(|()| true)
    }
}

/// The values that a new expense begins with.
#[derive(InputObject)]
pub(super) struct PresetInput {
    name: String,
    category: Option<String>,
    /// The payer; null means the person who enters the expense.
    payer_id: Option<ID>,
    /// An equal split, percentages or weights, because amounts do not apply to every total.
    split: SplitInput,
    /// Whether new expenses of the group begin with this preset. It replaces the present default.
    #[graphql(default_with = "Some(false)")]
    is_default: Option<bool>,
}

impl PresetInput {
    fn read(self) -> Outcome<Start> {
        Ok(Start {
            name: self.name,
            category: self.category,
            payer: self.payer_id.map(|id| member_id(&id, "input.payerId")).transpose()?,
            // A split without amounts does not depend on the currency.
            split: self.split.read(any_currency()?, "input.split")?,
            is_default: self.is_default.unwrap_or(false),
        })
    }
}

pub(super) struct Preset(pub(super) preset::Preset);

/// A template for expenses of a group, such as "groceries, 60 to 40".
#[Object]
impl Preset {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn name(&self) -> &str {
        &self.0.start.name
    }

    async fn category(&self) -> Option<&str> {
        self.0.start.category.as_deref()
    }

    /// The payer; null means the person who enters the expense.
    async fn payer(&self) -> Option<Member> {
        self.0.start.payer.map(Into::into)
    }

    async fn split_mode(&self) -> SplitMode {
        (&self.0.start.split).into()
    }

    /// The split as it was entered. It may name members who have left since.
    async fn split_input(&self) -> Outcome<SplitRule> {
        Ok(SplitRule::of(&self.0.start.split, any_currency()?))
    }

    /// Whether new expenses of the group begin with this preset; true for at most one preset of a group.
    async fn is_default(&self) -> bool {
        self.0.start.is_default
    }
}

fn any_currency() -> Outcome<Currency> {
    Currency::from_code("EUR").map_err(Failure::internal)
}

fn preset_id(id: &ID) -> Outcome<PresetId> {
    read_id(id, PresetRefusal::NotFound)
}
