//! The rules of households.

use std::collections::BTreeSet;

use contracts::{HouseholdId, MemberId, UserId};
use kit::text;

use super::{Action, Group, Household, Member};
use crate::refusal::Refusal;

impl Group {
    /// Adds a household.
    pub(crate) fn add_household(&mut self, by: UserId, name: &str, members: &[MemberId]) -> Result<(), Refusal> {
        self.check(by, Action::EditHouseholds)?;
        let household = self.household(HouseholdId::new(), name, members)?;
        self.households.push(household);
        self.version += 1;
        Ok(())
    }

    /// Changes the name and the members of a household.
    pub(crate) fn edit_household(
        &mut self,
        by: UserId,
        id: HouseholdId,
        name: &str,
        members: &[MemberId],
    ) -> Result<(), Refusal> {
        self.check(by, Action::EditHouseholds)?;
        let place = self.household_place(id)?;
        self.households[place] = self.household(id, name, members)?;
        self.version += 1;
        Ok(())
    }

    /// Removes a household. Its members stay.
    pub(crate) fn remove_household(&mut self, by: UserId, id: HouseholdId) -> Result<(), Refusal> {
        self.check(by, Action::EditHouseholds)?;
        let place = self.household_place(id)?;
        self.households.remove(place);
        self.version += 1;
        Ok(())
    }

    fn household_place(&self, id: HouseholdId) -> Result<usize, Refusal> {
        self.households.iter().position(|household| household.id == id).ok_or(Refusal::HouseholdNotFound)
    }

    /// Creates a household without adding it; refuses members of other households.
    fn household(&self, id: HouseholdId, name: &str, members: &[MemberId]) -> Result<Household, Refusal> {
        let name = text::line("name", name, text::NAME)?;
        let distinct: BTreeSet<_> = members.iter().collect();
        if distinct.len() < 2 || distinct.len() < members.len() {
            return Err(Refusal::HouseholdMembers);
        }
        let before = self.households.iter().find(|household| household.id == id);
        let may_be_in = |member: &MemberId| {
            let is_in = before.is_some_and(|household| household.members.contains(member));
            is_in || self.member(*member).is_some_and(Member::is_active)
        };
        if !members.iter().all(may_be_in) {
            return Err(Refusal::HouseholdMembers);
        }
        let mut others = self.households.iter().filter(|household| household.id != id);
        if others.any(|household| household.members.iter().any(|member| distinct.contains(member))) {
            return Err(Refusal::InAnotherHousehold);
        }
        Ok(Household { id, name, members: members.to_vec() })
    }
}
