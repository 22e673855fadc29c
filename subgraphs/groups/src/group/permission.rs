//! Who may do what in a group.
//!
//! | action                          | owner | admin | member |
//! |---------------------------------|-------|-------|--------|
//! | invite, add guests and friends  | yes   | yes   | yes    |
//! | rename a guest                  | yes   | yes   | yes    |
//! | change the settings             | yes   | yes   | no     |
//! | archive and restore             | yes   | yes   | no     |
//! | revoke invitations of others    | yes   | yes   | no     |
//! | remove guests and plain members | yes   | yes   | no     |
//! | remove owners and admins        | yes   | no    | no     |
//! | change roles, hand over         | yes   | no    | no     |

use super::Role;

/// What a role allows or forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Inviting, and adding guests and friends.
    AddPeople,
    /// Renaming a guest.
    RenameGuest,
    /// Changing the name and the other settings.
    EditSettings,
    /// Archiving and restoring the group.
    Archive,
    /// Revoking an invitation that somebody else made.
    RevokeInvites,
    /// Removing a member who has this role.
    Remove(Role),
    /// Changing roles.
    ChangeRoles,
}

impl Action {
    /// Whether it makes sense in a direct group, which always consists of the same two.
    pub(crate) fn fits_direct(self) -> bool {
        matches!(self, Self::EditSettings | Self::Archive)
    }
}

impl Role {
    /// Whether a member with this role may do that.
    pub(crate) fn may(self, action: Action) -> bool {
        match action {
            Action::AddPeople | Action::RenameGuest => true,
            Action::EditSettings | Action::Archive | Action::RevokeInvites | Action::Remove(Role::Member) => {
                self <= Self::Admin
            }
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
            (Action::EditSettings, [true, true, false]),
            (Action::Archive, [true, true, false]),
            (Action::RevokeInvites, [true, true, false]),
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
