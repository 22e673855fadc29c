//! A group: who is in it, under which name and in which role. Every rule about members is here.

use contracts::{
    GroupId, MemberId, Timestamp, UserId,
    event::{GroupFacts, MemberChange, MemberFacts},
    profile::Profile,
    roster::Roster,
};
use kit::text;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The most members that a group can have, those who left included.
const MEMBERS: usize = 200;

/// The most guests that a group can be made with.
const GUESTS: usize = 100;

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// A journey.
    Trip,
    /// A shared flat or house.
    Home,
    /// Two who share their life.
    Couple,
    /// A party, a wedding, an evening.
    Event,
    /// Anything else.
    Other,
    /// Two friends, without a group of their making.
    Direct,
}

/// What a member may do; the first is the one who may do most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything.
    Owner,
    /// Settings and members.
    Admin,
    /// Expenses, payments, guests and invitations.
    Member,
}

/// Whether a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// In the group.
    Active,
    /// No longer in the group; the balance stays.
    Left,
}

/// A user or a guest in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The same for ever, whatever becomes of the member.
    #[serde(rename = "member_id")]
    pub id: MemberId,
    /// The account behind it; `None` for a guest.
    pub user_id: Option<UserId>,
    /// The name shown in the group: a copy of the account's.
    pub name: String,
    /// What the member may do.
    pub role: Role,
    /// Whether the member is in the group.
    pub state: State,
    /// When the member joined, came back, or was claimed.
    pub since: Timestamp,
}

/// A group, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Which group; also its stream in the journal.
    #[serde(rename = "_id")]
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// The currency that new expenses start with.
    #[serde(with = "contracts::amount::currency")]
    pub currency: Currency,
    /// Whether settlements may pass debts on to save transfers.
    pub simplify: bool,
    /// Everyone who is or was a member, in the order of their coming.
    pub members: Vec<Member>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
}

/// What somebody asks for who makes a group.
#[derive(Clone, Debug)]
pub struct NewGroup {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// The currency that new expenses start with.
    pub currency: Currency,
    /// Whether settlements may pass debts on.
    pub simplify: bool,
    /// The names of its first guests.
    pub guests: Vec<String>,
}

impl Member {
    /// Whether the member is in the group.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// Whether the member has no account.
    pub fn is_guest(&self) -> bool {
        self.user_id.is_none()
    }

    fn user(user: &Profile, role: Role, now: Timestamp) -> Self {
        let Profile { user_id, name } = user.clone();
        Self { id: MemberId::new(), user_id: Some(user_id), name, role, state: State::Active, since: now }
    }

    fn guest(name: String, now: Timestamp) -> Self {
        let (role, state) = (Role::Member, State::Active);
        Self { id: MemberId::new(), user_id: None, name, role, state, since: now }
    }

    fn facts(&self) -> MemberFacts {
        let Self { id: member_id, user_id, ref name, .. } = *self;
        MemberFacts { member_id, user_id, name: name.clone(), left: !self.is_active() }
    }
}

impl Group {
    /// A new group of its founder and the first guests.
    pub fn new(new: &NewGroup, founder: &Profile, now: Timestamp) -> Result<Self, Refusal> {
        if new.kind == Kind::Direct {
            return Err(Refusal::DirectKind);
        }
        let guests = "input.guests";
        if new.guests.len() > GUESTS {
            return Err(Refusal::TooMany { field: guests, most: GUESTS });
        }
        let mut group = Self {
            id: GroupId::new(),
            name: text::line("input.name", &new.name, text::NAME)?,
            description: text::note("input.description", new.description.as_deref(), text::NOTE)?,
            kind: new.kind,
            currency: new.currency,
            simplify: new.simplify,
            members: vec![Member::user(founder, Role::Owner, now)],
            version: 1,
            created_at: now,
            archived_at: None,
        };
        for name in &new.guests {
            let guest = group.guest(guests, name, now)?;
            group.members.push(guest);
        }
        Ok(group)
    }

    /// Adds a guest. Anyone who is in the group may.
    pub fn add_guest(&mut self, by: UserId, name: &str, now: Timestamp) -> Result<Member, Refusal> {
        self.active_member_of(by)?;
        let guest = self.guest("name", name, now)?;
        self.admit(guest)
    }

    /// What somebody who follows an invitation again gets: the member that came of it the first time.
    pub fn joined_already(&self, user: UserId, claim: Option<MemberId>) -> Option<&Member> {
        self.member_of(user).filter(|member| member.is_active() && claim.is_none_or(|id| id == member.id))
    }

    /// Lets a user in: as a new member, as the guest that is claimed, or as the member that the user was before.
    pub fn join(&mut self, user: &Profile, claim: Option<MemberId>, now: Timestamp) -> Result<Member, Refusal> {
        let was = self.members.iter().position(|member| member.user_id == Some(user.user_id));
        let place = match (was, claim) {
            (None, None) => return self.admit(Member::user(user, Role::Member, now)),
            (None, Some(id)) => self.claimable(id).ok_or(Refusal::NotAGuest)?,
            (Some(place), None) if !self.members[place].is_active() => place,
            (Some(_), _) => return Err(Refusal::AlreadyMember),
        };
        let member = &mut self.members[place];
        *member = Member { id: member.id, ..Member::user(user, Role::Member, now) };
        Ok(self.changed(place))
    }

    /// Lets a user go. The member stays, with its balance, as one who left.
    pub fn leave(&mut self, user: UserId) -> Result<Member, Refusal> {
        let id = self.active_member_of(user)?.id;
        let place = self.members.iter().position(|member| member.id == id).ok_or(Refusal::Left)?;
        self.members[place].state = State::Left;
        self.members[place].role = Role::Member;
        Ok(self.changed(place))
    }

    /// The member that this user is or was.
    pub fn member_of(&self, user: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.user_id == Some(user))
    }

    /// The member that this user is. Who left may look but not act; anybody else is told of no group.
    pub fn active_member_of(&self, user: UserId) -> Result<&Member, Refusal> {
        let member = self.member_of(user).ok_or(Refusal::GroupNotFound)?;
        if member.is_active() { Ok(member) } else { Err(Refusal::Left) }
    }

    /// The member with this id.
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Everyone who is in the group.
    pub fn active_members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_active())
    }

    /// The group as events tell it.
    pub fn facts(&self) -> GroupFacts {
        GroupFacts {
            group_id: self.id,
            name: self.name.clone(),
            currency: self.currency,
            simplify: self.simplify,
            version: self.version,
            members: self.members.iter().map(Member::facts).collect(),
        }
    }

    /// A change of one member as events tell it.
    pub fn change_of(&self, member: &Member) -> MemberChange {
        MemberChange { member_id: member.id, group: self.facts() }
    }

    /// The group as other subgraphs ask for it.
    pub fn roster(&self) -> Roster {
        Roster {
            group_id: self.id,
            version: self.version,
            currency: self.currency,
            archived: self.archived_at.is_some(),
            members: self.members.iter().map(Member::facts).collect(),
        }
    }

    fn guest(&self, field: &'static str, name: &str, now: Timestamp) -> Result<Member, Refusal> {
        let name = text::line(field, name, text::NAME)?;
        let folded = name.to_lowercase();
        if self.active_members().any(|member| member.name.to_lowercase() == folded) {
            return Err(Refusal::NameTaken { field });
        }
        Ok(Member::guest(name, now))
    }

    fn claimable(&self, id: MemberId) -> Option<usize> {
        self.members.iter().position(|member| member.id == id && member.is_guest() && member.is_active())
    }

    fn admit(&mut self, member: Member) -> Result<Member, Refusal> {
        if self.members.len() >= MEMBERS {
            return Err(Refusal::Full);
        }
        self.members.push(member);
        Ok(self.changed(self.members.len() - 1))
    }

    /// Ends every change of a member, who is given back as it then is.
    fn changed(&mut self, place: usize) -> Member {
        self.keep_an_owner();
        self.version += 1;
        self.members[place].clone()
    }

    /// A group with a user in it has an owner: if need be the admin, else the member, who has been in it longest.
    fn keep_an_owner(&mut self) {
        let users = self.members.iter_mut().filter(|member| member.is_active() && !member.is_guest());
        if let Some(owner) = users.min_by_key(|member| (member.role, member.since, member.id)) {
            owner.role = Role::Owner;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        Group::new(&new, founder, Timestamp::EPOCH)
    }

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::EPOCH.plus_ms(milliseconds)
    }

    #[test]
    fn an_admin_inherits_before_an_older_member() {
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
    fn of_two_owners_one_can_leave_without_an_heir() {
        let (ada, bob, cleo) = (profile("Ada"), profile("Bob"), profile("Cleo"));
        let mut group = group(&ada, &[]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        group.join(&cleo, None, at(2)).unwrap();
        group.members[2].role = Role::Owner;

        group.leave(ada.user_id).unwrap();

        assert_eq!(group.member_of(bob.user_id).unwrap().role, Role::Member);
    }

    #[test]
    fn who_comes_back_has_been_in_it_since_then() {
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
    fn a_full_group_takes_nobody_but_those_who_have_a_place_in_it() {
        let (ada, bob) = (profile("Ada"), profile("Bob"));
        let mut group = group(&ada, &["Guest"]).unwrap();
        group.join(&bob, None, at(1)).unwrap();
        group.leave(bob.user_id).unwrap();
        while group.members.len() < MEMBERS {
            group.join(&profile("Somebody"), None, at(2)).unwrap();
        }
        assert_eq!(group.join(&profile("Eve"), None, at(3)), Err(Refusal::Full));
        assert_eq!(group.add_guest(ada.user_id, "Eve", at(3)), Err(Refusal::Full));
        assert!(group.join(&bob, None, at(3)).is_ok());
        let guest = group.members[1].id;
        assert!(group.join(&profile("Eve"), Some(guest), at(3)).is_ok());
    }
}
