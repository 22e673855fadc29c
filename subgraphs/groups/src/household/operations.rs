//! The use cases of households.

use std::sync::Arc;

use contracts::{Event, GroupId, HouseholdId, MemberId, UserId};
use kit::{Caller, Outcome};

use crate::{
    group::{Group, operations::Groups},
    refusal::Refusal,
};

/// The service for households.
pub(crate) struct Households {
    groups: Arc<Groups>,
}

impl Households {
    pub(crate) fn new(groups: Arc<Groups>) -> Self {
        Self { groups }
    }

    /// Creates a household of these members.
    pub(crate) async fn create(
        &self,
        caller: &Caller,
        group: GroupId,
        name: &str,
        members: &[MemberId],
    ) -> Outcome<Group> {
        self.change(caller, group, |group, user| group.add_household(user, name, members)).await
    }

    /// Changes the name and the members of a household.
    pub(crate) async fn update(
        &self,
        caller: &Caller,
        group: GroupId,
        id: HouseholdId,
        name: &str,
        members: &[MemberId],
    ) -> Outcome<Group> {
        self.change(caller, group, |group, user| group.edit_household(user, id, name, members)).await
    }

    /// Deletes a household. Its members and their balances stay.
    pub(crate) async fn delete(&self, caller: &Caller, group: GroupId, id: HouseholdId) -> Outcome<Group> {
        self.change(caller, group, |group, user| group.remove_household(user, id)).await
    }

    async fn change(
        &self,
        caller: &Caller,
        id: GroupId,
        rule: impl Fn(&mut Group, UserId) -> Result<(), Refusal>,
    ) -> Outcome<Group> {
        let user = caller.user()?;
        self.groups
            .retrying(id, || async {
                let mut group = self.groups.group(caller, id).await?;
                rule(&mut group, user)?;
                let writes = vec![self.groups.replace(&group)?];
                self.groups.commit(caller, id, Event::GroupUpdated(group.facts()), writes).await?;
                Ok(group)
            })
            .await
    }
}
