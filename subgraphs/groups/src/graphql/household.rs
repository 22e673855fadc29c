//! Households in the API.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{HouseholdId, MemberId};
use kit::{
    Outcome,
    graphql::{read_id, request},
};

use super::reference::{Group, Member};
use crate::{group, refusal::Refusal, services::Services};

/// Members of a group who settle together, such as a couple or a family. Every member keeps an own balance.
#[derive(SimpleObject)]
pub(super) struct Household {
    id: ID,
    /// The name.
    name: String,
    /// At least two members. Those who have left the group stay in their household.
    members: Vec<Member>,
}

impl Household {
    /// Returns the households of a group.
    pub(super) fn all(group: &Arc<group::Group>) -> Vec<Self> {
        let household = |household: &group::Household| {
            let members = household.members.iter().filter_map(|id| group.member(*id).cloned());
            Self {
                id: household.id.into(),
                name: household.name.clone(),
                members: members.map(|member| Member::from((Arc::clone(group), member))).collect(),
            }
        };
        group.households.iter().map(household).collect()
    }
}

/// The mutations of households.
#[derive(Default)]
pub(super) struct HouseholdMutations;

#[Object]
impl HouseholdMutations {
    /// Makes members of a group a household, which settles as one. A member can be in one household only.
    async fn create_household(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        name: String,
        member_ids: Vec<ID>,
    ) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let (group, members) = (read_id(&group_id, Refusal::GroupNotFound)?, read_members(&member_ids)?);
        Ok(services.households.create(caller, group, &name, &members).await?.into())
    }

    /// Changes the name and the members of a household.
    async fn update_household(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        id: ID,
        name: String,
        member_ids: Vec<ID>,
    ) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let (group, members) = (read_id(&group_id, Refusal::GroupNotFound)?, read_members(&member_ids)?);
        let household = read_household(&id)?;
        Ok(services.households.update(caller, group, household, &name, &members).await?.into())
    }

    /// Deletes a household. Its members and their balances stay.
    async fn delete_household(&self, ctx: &Context<'_>, group_id: ID, id: ID) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        Ok(services.households.delete(caller, group, read_household(&id)?).await?.into())
    }
}

fn read_household(id: &ID) -> Outcome<HouseholdId> {
    read_id(id, Refusal::HouseholdNotFound)
}

fn read_members(ids: &[ID]) -> Outcome<Vec<MemberId>> {
    ids.iter().map(|id| read_id(id, Refusal::HouseholdMembers)).collect()
}
