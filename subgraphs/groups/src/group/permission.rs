//! The permissions of roles in a group.
//!
//! | action                          | owner | admin | member |
//! |---------------------------------|-------|-------|--------|
//! | invite, add guests and friends  | yes   | yes   | yes    |
//! | rename a guest                  | yes   | yes   | yes    |
//! | change households               | yes   | yes   | yes    |
//! | change the settings             | yes   | yes   | no     |
//! | archive and restore             | yes   | yes   | no     |
//! | revoke invitations of others    | yes   | yes   | no     |
//! | approve and decline claims      | yes   | yes   | no     |
//! | remove guests and plain members | yes   | yes   | no     |
//! | remove owners and admins        | yes   | no    | no     |
//! | change roles, hand over         | yes   | no    | no     |
//! | change expenses of others       | yes   | yes   | *      |
//!
//! \* As `expense_editing` of the group says. Expenses decides that, from the roster.

use super::Role;

/// An action that needs a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Invite people and add guests and friends.
    AddPeople,
    /// Rename a guest.
    RenameGuest,
    /// Create, change and delete households.
    EditHouseholds,
    /// Change the settings.
    EditSettings,
    /// Archive and restore the group.
    Archive,
    /// Revoke an invitation of another member.
    RevokeInvites,
    /// Approve and decline claims of guests.
    ApproveClaims,
    /// Remove a member with this role, or undo its claim of a guest.
    Remove(Role),
    /// Change roles and hand over the group.
    ChangeRoles,
}

impl Action {
    /// Whether the action is allowed in a direct group, whose two members never change.
    pub(crate) fn fits_direct(self) -> bool {
        matches!(self, Self::EditSettings | Self::Archive)
    }
}

impl Role {
    /// Whether a member with this role manages the group: an owner or admin.
    pub(crate) fn manages(self) -> bool {
        self <= Self::Admin
    }

    /// Whether a member with this role may perform the action.
    pub(crate) fn may(self, action: Action) -> bool {
        match action {
            Action::AddPeople | Action::RenameGuest | Action::EditHouseholds => true,
            Action::EditSettings
            | Action::Archive
            | Action::RevokeInvites
            | Action::ApproveClaims
            | Action::Remove(Role::Member) => self.manages(),
            Action::Remove(Role::Owner | Role::Admin) | Action::ChangeRoles => self == Self::Owner,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_table_says() {
        let table = [
            (Action::AddPeople, [true, true, true]),
            (Action::RenameGuest, [true, true, true]),
            (Action::EditHouseholds, [true, true, true]),
            (Action::EditSettings, [true, true, false]),
            (Action::Archive, [true, true, false]),
            (Action::RevokeInvites, [true, true, false]),
            (Action::ApproveClaims, [true, true, false]),
            (Action::Remove(Role::Member), [true, true, false]),
            (Action::Remove(Role::Admin), [true, false, false]),
            (Action::Remove(Role::Owner), [true, false, false]),
            (Action::ChangeRoles, [true, false, false]),
        ];
        for (action, allowed) in table {
            assert_eq!([Role::Owner, Role::Admin, Role::Member].map(|role| role.may(action)), allowed, "{action:?}");
        }
    }
}
