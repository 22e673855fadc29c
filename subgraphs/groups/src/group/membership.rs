//! The rules about members: adding, joining, claiming, renaming, roles and leaving.

use contracts::{MemberId, Timestamp, UserId, profile::Profile};
use kit::text;

use super::{Action, Claim, Group, Member, Role, State};
use crate::refusal::Refusal;

/// The maximum number of members in a group, including former members.
const MAX_MEMBERS: usize = 200;

impl Group {
    /// Adds a guest.
    pub(crate) fn add_guest(&mut self, by: UserId, name: &str, now: Timestamp) -> Result<Member, Refusal> {
        self.check(by, Action::AddPeople)?;
        let guest = self.guest("name", name, now)?;
        self.admit(guest)
    }

    /// Returns the active member of a user who has joined already, so that a repeated join gives the same result.
    pub(crate) fn joined_already(&self, user: UserId, claim: Option<MemberId>) -> Option<&Member> {
        self.member_of(user).filter(|member| member.is_active() && claim.is_none_or(|id| id == member.id))
    }

    /// Adds a friend of a member.
    pub(crate) fn add_friend(&mut self, by: UserId, friend: &Profile, now: Timestamp) -> Result<Member, Refusal> {
        self.check(by, Action::AddPeople)?;
        self.join(friend, None, now)
    }

    /// Renames a guest.
    pub(crate) fn rename_guest(&mut self, by: UserId, id: MemberId, name: &str) -> Result<Member, Refusal> {
        self.check(by, Action::RenameGuest)?;
        let place = self.place(id).filter(|place| self.members[*place].is_guest()).ok_or(Refusal::MemberNotFound)?;
        self.members[place].name = self.free_name("name", name, Some(id))?;
        Ok(self.changed(place))
    }

    /// Copies the account's current name to its member; `None` if the name is the same already.
    pub(crate) fn follow_name(&mut self, user: UserId, name: &str) -> Option<Member> {
        let place = self.members.iter().position(|member| member.user_id == Some(user) && member.name != name)?;
        name.clone_into(&mut self.members[place].name);
        Some(self.changed(place))
    }

    /// Marks the member of a deleted account as left; `None` if the member has left already.
    pub(crate) fn leave_deleted(&mut self, user: UserId) -> Option<Member> {
        let place = self.members.iter().position(|member| member.user_id == Some(user) && member.is_active())?;
        Some(self.mark_left(place))
    }

    /// Changes the role of a member.
    pub(crate) fn change_role(&mut self, by: UserId, id: MemberId, role: Role) -> Result<Member, Refusal> {
        self.check(by, Action::ChangeRoles)?;
        let place = self.active_place(id)?;
        if self.members[place].is_guest() && role != Role::Member {
            return Err(Refusal::GuestRole);
        }
        let is_last_owner = self.members[place].role == Role::Owner && self.owners() == 1;
        if is_last_owner && role != Role::Owner {
            return Err(Refusal::LastOwner);
        }
        self.members[place].role = role;
        Ok(self.changed(place))
    }

    /// Makes a member an owner instead of the caller, who becomes an admin.
    pub(crate) fn hand_over(&mut self, by: UserId, id: MemberId) -> Result<Member, Refusal> {
        let own = self.check(by, Action::ChangeRoles)?.id;
        let place = self.active_place(id)?;
        if self.members[place].is_guest() || id == own {
            return Err(Refusal::GuestRole);
        }
        self.members[place].role = Role::Owner;
        if let Some(own) = self.place(own) {
            self.members[own].role = Role::Admin;
        }
        Ok(self.changed(place))
    }

    /// Removes another member, who stays, with the balance, as a former member.
    pub(crate) fn remove(&mut self, by: UserId, id: MemberId, now: Timestamp) -> Result<Member, Refusal> {
        let place = self.active_place(id)?;
        if self.check(by, Action::Remove(self.members[place].role))?.id == id {
            return Err(Refusal::RemovesOneself);
        }
        self.members[place].removed_at = Some(now);
        Ok(self.mark_left(place))
    }

    /// Adds a user: as a new member, as a claimed guest, or as the former member that the user was.
    pub(crate) fn join(&mut self, user: &Profile, claim: Option<MemberId>, now: Timestamp) -> Result<Member, Refusal> {
        let was = self.members.iter().position(|member| member.user_id == Some(user.user_id));
        let place = match (was, claim) {
            (None, None) => return self.admit(Member::user(user, Role::Member, now)),
            (None, Some(id)) => self.claimable(id).ok_or(Refusal::NotAGuest { field: "claimMemberId" })?,
            (Some(place), None) if !self.members[place].is_active() => place,
            (Some(_), _) => return Err(Refusal::AlreadyMember),
        };
        let member = &mut self.members[place];
        let guest_name = member.name.clone();
        let claim = claim.map(|_| Claim { guest_name, at: now });
        let (id, removed_at) = (member.id, member.removed_at);
        *member = Member { id, claim, removed_at, ..Member::user(user, Role::Member, now) };
        self.claim_requests.retain(|request| request.member_id != id && request.user_id != user.user_id);
        Ok(self.changed(place))
    }

    /// Makes a former member of a direct group active again, as an owner.
    pub(crate) fn rejoin(&mut self, user: &Profile, now: Timestamp) -> Result<Member, Refusal> {
        let id = self.join(user, None, now)?.id;
        let place = self.active_place(id)?;
        self.members[place].role = Role::Owner;
        Ok(self.members[place].clone())
    }

    /// Marks the user's member as left. It stays, with the balance, as a former member.
    pub(crate) fn leave(&mut self, user: UserId) -> Result<Member, Refusal> {
        let id = self.active_member_of(user)?.id;
        let place = self.active_place(id)?;
        Ok(self.mark_left(place))
    }

    fn mark_left(&mut self, place: usize) -> Member {
        self.members[place].state = State::Left;
        self.members[place].role = Role::Member;
        self.changed(place)
    }

    /// Creates a guest without adding it. `field` is the input field with the name.
    pub(super) fn guest(&self, field: &'static str, name: &str, now: Timestamp) -> Result<Member, Refusal> {
        Ok(Member::guest(self.free_name(field, name, None)?, now))
    }

    /// Returns the cleaned name; refuses one that another active member has. `renamed` is excluded from the comparison.
    pub(super) fn free_name(
        &self,
        field: &'static str,
        name: &str,
        renamed: Option<MemberId>,
    ) -> Result<String, Refusal> {
        let name = text::line(field, name, text::NAME)?;
        let folded = text::folded(&name);
        let mut others = self.active_members().filter(|member| Some(member.id) != renamed);
        if others.any(|member| text::folded(&member.name) == folded) {
            return Err(Refusal::NameTaken { field });
        }
        Ok(name)
    }

    pub(super) fn place(&self, id: MemberId) -> Option<usize> {
        self.members.iter().position(|member| member.id == id)
    }

    fn active_place(&self, id: MemberId) -> Result<usize, Refusal> {
        self.place(id).filter(|place| self.members[*place].is_active()).ok_or(Refusal::MemberNotFound)
    }

    fn owners(&self) -> usize {
        self.active_members().filter(|member| member.role == Role::Owner).count()
    }

    fn admit(&mut self, member: Member) -> Result<Member, Refusal> {
        if self.members.len() >= MAX_MEMBERS {
            return Err(Refusal::Full { most: MAX_MEMBERS });
        }
        self.members.push(member);
        Ok(self.changed(self.members.len() - 1))
    }

    /// Completes a change of a member: keeps the invariants, increments the version and returns the changed member.
    pub(super) fn changed(&mut self, place: usize) -> Member {
        self.ensure_owner();
        self.version += 1;
        self.members[place].clone()
    }

    /// Keeps the invariant that a group with users has an owner. If it has none, the longest-standing admin becomes the
    /// owner, or else the longest-standing member.
    fn ensure_owner(&mut self) {
        let users = self.members.iter_mut().filter(|member| member.is_active() && !member.is_guest());
        if let Some(owner) = users.min_by_key(|member| (member.role, member.since, member.id)) {
            owner.role = Role::Owner;
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use money::Currency;

    use super::*;
    use crate::group::{Kind, NewGroup};

    fn profile(name: &str) -> Profile {
        Profile { user_id: UserId::new(), name: name.to_owned() }
    }

    fn group(founder: &Profile, guests: &[&str]) -> Result<Group, Refusal> {
        let new = NewGroup {
            name: "Lisbon".to_owned(),
            description: None,
            kind: Kind::Trip,
            currency: Currency::from_code("EUR").unwrap(),
            simplify: true,
            guests: guests.iter().map(ToString::to_string).collect(),
        };
        Group::new(&new, founder, (Timestamp::EPOCH, Tz::UTC))
    }

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::EPOCH.plus_ms(milliseconds)
    }

    #[test]
    fn an_admin_becomes_owner_before_an_older_member() {
        let (ada, bob, cleo) = (profile("Ada"), profile("Bob"), profile("Cleo"));
        let mut group = group(&ada, &[]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        group.join(&cleo, None, at(2)).unwrap();
        group.members[2].role = Role::Admin;

        group.leave(ada.user_id).unwrap();

        assert_eq!(group.member_of(cleo.user_id).unwrap().role, Role::Owner);
        assert_eq!(group.member_of(bob.user_id).unwrap().role, Role::Member);
        assert_eq!(group.version, 4);
    }

    #[test]
    fn one_of_two_owners_can_leave_without_a_successor() {
        let (ada, bob, cleo) = (profile("Ada"), profile("Bob"), profile("Cleo"));
        let mut group = group(&ada, &[]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        group.join(&cleo, None, at(2)).unwrap();
        group.members[2].role = Role::Owner;

        group.leave(ada.user_id).unwrap();

        assert_eq!(group.member_of(bob.user_id).unwrap().role, Role::Member);
    }

    #[test]
    fn rejoining_resets_the_time_of_joining() {
        let (ada, bob, cleo) = (profile("Ada"), profile("Bob"), profile("Cleo"));
        let mut group = group(&ada, &[]).unwrap();
        let first = group.join(&bob, None, at(1)).unwrap();
        group.join(&cleo, None, at(2)).unwrap();
        group.leave(bob.user_id).unwrap();

        let again = group.join(&bob, None, at(3)).unwrap();

        assert_eq!(again.id, first.id);
        assert_eq!(again.since, at(3));
        group.leave(ada.user_id).unwrap();
        assert_eq!(group.member_of(cleo.user_id).unwrap().role, Role::Owner);
    }

    #[test]
    fn a_name_is_free_again_when_its_member_has_left() {
        let (ada, bob) = (profile("Ada"), profile("Bob"));
        let mut group = group(&ada, &[]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        assert_eq!(group.add_guest(ada.user_id, "bob", at(2)), Err(Refusal::NameTaken { field: "name" }));
        group.leave(bob.user_id).unwrap();
        assert!(group.add_guest(ada.user_id, "bob", at(2)).is_ok());
    }

    #[test]
    fn a_full_group_accepts_only_former_members_and_claims() {
        let (ada, bob) = (profile("Ada"), profile("Bob"));
        let mut group = group(&ada, &["Guest"]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        group.leave(bob.user_id).unwrap();
        while group.members.len() < MAX_MEMBERS {
            group.join(&profile("Somebody"), None, at(2)).unwrap();
        }
        assert_eq!(group.join(&profile("Eve"), None, at(3)), Err(Refusal::Full { most: MAX_MEMBERS }));
        assert_eq!(group.add_guest(ada.user_id, "Eve", at(3)), Err(Refusal::Full { most: MAX_MEMBERS }));
        assert!(group.join(&bob, None, at(3)).is_ok());
        let guest = group.members[1].id;
        assert!(group.join(&profile("Eve"), Some(guest), at(3)).is_ok());
    }
}
