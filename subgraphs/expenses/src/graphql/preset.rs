//! Presets in the public schema.

use async_graphql::{Context, ID, InputObject, Object};
use contracts::{PresetId, roster::group_not_found};
use kit::{Failure, Outcome, graphql::read_id};
use money::Currency;

use super::{
    group::Member,
    request,
    split::{SplitInput, SplitMode, SplitRule, member_id},
};
use crate::{
    preset::{self, Start},
    refusal::PresetRefusal,
};

#[derive(Default)]
pub struct PresetMutations;

#[Object]
impl PresetMutations {
    /// Adds a preset to a group; no two have the same name.
    async fn create_preset(&self, ctx: &Context<'_>, group_id: ID, input: PresetInput) -> Result<Preset, Failure> {
        let (services, caller) = request(ctx)?;
        let group = read_id(&group_id, group_not_found())?;
        Ok(Preset(services.presets.create(caller, group, input.read()?).await?))
    }

    /// Replaces all that a preset says.
    async fn update_preset(&self, ctx: &Context<'_>, id: ID, input: PresetInput) -> Result<Preset, Failure> {
        let (services, caller) = request(ctx)?;
        Ok(Preset(services.presets.update(caller, preset_id(&id)?, input.read()?).await?))
    }

    /// Removes a preset; expenses that began with it stay as they are.
    async fn delete_preset(&self, ctx: &Context<'_>, id: ID) -> Result<bool, Failure> {
        let (services, caller) = request(ctx)?;
        services.presets.delete(caller, preset_id(&id)?).await.map(|()| true)
    }
}

/// What an expense begins with.
#[derive(InputObject)]
pub(super) struct PresetInput {
    name: String,
    category: Option<String>,
    /// Who pays; whoever enters the expense when not given.
    payer_id: Option<ID>,
    /// Equal, by percent or by weights: without amounts.
    split: SplitInput,
    /// Whether new expenses of the group begin with it. The default before it is one no longer.
    #[graphql(default_with = "Some(false)")]
    is_default: Option<bool>,
}

impl PresetInput {
    fn read(self) -> Outcome<Start> {
        Ok(Start {
            name: self.name,
            category: self.category,
            payer: self.payer_id.map(|id| member_id(&id, "input.payerId")).transpose()?,
            // Without amounts it is of no currency.
            split: self.split.read(any_currency()?, "input.split")?,
            is_default: self.is_default.unwrap_or(false),
        })
    }
}

/// A preset.
pub(super) struct Preset(pub(super) preset::Preset);

/// What expenses of a group often begin with, such as "groceries, 60 to 40".
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

    /// Who pays; whoever enters the expense when it is nobody.
    async fn payer(&self) -> Option<Member> {
        self.0.start.payer.map(Into::into)
    }

    async fn split_mode(&self) -> SplitMode {
        (&self.0.start.split).into()
    }

    /// How it is split, as it was entered. Members may have left since.
    async fn split_input(&self) -> Result<SplitRule, Failure> {
        Ok(SplitRule::of(&self.0.start.split, any_currency()?))
    }

    /// Whether new expenses of the group begin with it; at most one preset of a group is the default.
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
