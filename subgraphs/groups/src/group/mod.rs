//! A group and its settings. The rules about its members are in [`membership`].

mod accounts;
mod audit;
mod claim;
mod claiming;
mod household;
mod households;
mod member;
mod membership;
pub(crate) mod operations;
mod permission;
pub(crate) mod store;

use chrono_tz::Tz;
use contracts::{
    GroupId, MemberId, Timestamp, UserId,
    event::{GroupFacts, MemberChange},
    profile::Profile,
    roster::{ExpenseEditing, Roster},
};
use kit::text;
use money::Currency;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;
pub(crate) use claim::{Claim, ClaimRequest};
pub(crate) use household::Household;
pub(crate) use member::{Member, Role, State};
pub(crate) use permission::Action;

/// The maximum number of guests in a new group.
const MAX_GUESTS: usize = 100;

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Kind {
    Trip,
    /// A shared flat or house.
    Home,
    Couple,
    /// Such as a party or a wedding.
    Event,
    Other,
    /// Two friends; created on first use, with an id derived from both.
    Direct,
}

/// A group; also the stored document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Also the id of its stream in the journal.
    #[serde(rename = "_id")]
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: Kind,
    /// The default currency of new expenses.
    #[serde(with = "contracts::amount::currency")]
    pub(crate) currency: Currency,
    /// Whether settlements minimise the number of transfers, so that members may pay others than those they owe.
    pub(crate) simplify: bool,
    /// Whether claims of guests need the approval of an owner or admin.
    #[serde(default)]
    pub(crate) approve_claims: bool,
    /// Whose expenses a member may change.
    #[serde(default)]
    pub(crate) expense_editing: ExpenseEditing,
    /// The time zone of its schedules. Groups from before this setting have none until somebody sets it.
    #[serde(default)]
    pub(crate) time_zone: Option<Tz>,
    /// All current and former members, in the order in which they joined.
    pub(crate) members: Vec<Member>,
    /// The claims that wait for approval.
    #[serde(default)]
    pub(crate) claim_requests: Vec<ClaimRequest>,
    /// A member is in at most one household.
    #[serde(default)]
    pub(crate) households: Vec<Household>,
    /// Incremented by each change.
    pub(crate) version: i64,
    pub(crate) created_at: Timestamp,
    /// `None` if the group is not archived.
    pub(crate) archived_at: Option<Timestamp>,
}

/// The input for a new group.
#[derive(Clone, Debug)]
pub(crate) struct NewGroup {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) currency: Currency,
    pub(crate) simplify: bool,
    /// The names of guests to add.
    pub(crate) guests: Vec<String>,
}

/// A change of settings. Fields that are `None` do not change.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// The version of the group on which the change is based.
    pub(crate) expected_version: i64,
    pub(crate) name: Option<String>,
    /// `Some(None)` removes the description.
    #[allow(clippy::option_option, reason = "clients distinguish an absent field from null")]
    pub(crate) description: Option<Option<String>>,
    pub(crate) kind: Option<Kind>,
    pub(crate) currency: Option<Currency>,
    pub(crate) simplify: Option<bool>,
    pub(crate) approve_claims: Option<bool>,
    pub(crate) expense_editing: Option<ExpenseEditing>,
    /// The name of the time zone, such as `Europe/Berlin`.
    pub(crate) time_zone: Option<String>,
}

impl Group {
    /// Creates a group with its founder and guests, in the founder's time zone; refuses invalid input and direct groups.
    pub(crate) fn new(new: &NewGroup, founder: &Profile, (now, time_zone): (Timestamp, Tz)) -> Result<Self, Refusal> {
        if new.kind == Kind::Direct {
            return Err(Refusal::DirectKind);
        }
        let guests = "input.guests";
        if new.guests.len() > MAX_GUESTS {
            return Err(Refusal::TooMany { field: guests, most: MAX_GUESTS });
        }
        let mut group = Self {
            id: GroupId::new(),
            name: text::line("input.name", &new.name, text::NAME)?,
            description: text::note("input.description", new.description.as_deref(), text::NOTE)?,
            kind: new.kind,
            currency: new.currency,
            simplify: new.simplify,
            approve_claims: false,
            expense_editing: ExpenseEditing::All,
            time_zone: Some(time_zone),
            claim_requests: Vec::new(),
            households: Vec::new(),
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

    /// Creates the group of two friends. Both are owners. The id does not depend on which of them creates it.
    pub(crate) fn direct(
        own: &Profile,
        friend: &Profile,
        currency: Currency,
        (now, time_zone): (Timestamp, Tz),
    ) -> Self {
        let member = |profile| Member::user(profile, Role::Owner, now);
        Self {
            id: Self::direct_id(own.user_id, friend.user_id),
            name: format!("{}, {}", own.name, friend.name),
            description: None,
            kind: Kind::Direct,
            currency,
            simplify: true,
            approve_claims: false,
            expense_editing: ExpenseEditing::All,
            time_zone: Some(time_zone),
            claim_requests: Vec::new(),
            households: Vec::new(),
            members: vec![member(own), member(friend)],
            version: 1,
            created_at: now,
            archived_at: None,
        }
    }

    /// The id of the direct group of two users, derived from both ids.
    pub(crate) fn direct_id(one: UserId, other: UserId) -> GroupId {
        let (first, second) = if one < other { (one, other) } else { (other, one) };
        let digest = Sha256::new().chain_update(first.0).chain_update(second.0).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        GroupId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Changes settings; refuses an outdated version and invalid values.
    pub(crate) fn edit(&mut self, by: UserId, edit: &Edit) -> Result<(), Refusal> {
        self.check(by, Action::EditSettings)?;
        if self.version != edit.expected_version {
            return Err(Refusal::Outdated { present: self.version });
        }
        let is_direct = |kind| kind == Kind::Direct;
        if edit.kind.is_some_and(|kind| is_direct(kind) != is_direct(self.kind)) {
            return Err(Refusal::DirectKind);
        }
        if let Some(name) = &edit.name {
            self.name = text::line("input.name", name, text::NAME)?;
        }
        if let Some(description) = &edit.description {
            self.description = text::note("input.description", description.as_deref(), text::NOTE)?;
        }
        self.kind = edit.kind.unwrap_or(self.kind);
        self.currency = edit.currency.unwrap_or(self.currency);
        self.simplify = edit.simplify.unwrap_or(self.simplify);
        self.approve_claims = edit.approve_claims.unwrap_or(self.approve_claims);
        self.expense_editing = edit.expense_editing.unwrap_or(self.expense_editing);
        if let Some(zone) = &edit.time_zone {
            self.time_zone = Some(text::time_zone("input.timeZone", zone)?);
        }
        self.version += 1;
        Ok(())
    }

    /// Archives the group: it stays readable and accepts no new entries. Returns false if it is archived already.
    pub(crate) fn archive(&mut self, by: UserId, now: Timestamp) -> Result<bool, Refusal> {
        self.set_archived(by, Some(now))
    }

    /// Restores the group. Returns false if it is not archived.
    pub(crate) fn restore(&mut self, by: UserId) -> Result<bool, Refusal> {
        self.set_archived(by, None)
    }

    fn set_archived(&mut self, by: UserId, at: Option<Timestamp>) -> Result<bool, Refusal> {
        self.check(by, Action::Archive)?;
        if self.archived_at.is_some() == at.is_some() {
            return Ok(false);
        }
        self.archived_at = at;
        self.version += 1;
        Ok(true)
    }

    /// The current or former member of this user.
    pub(crate) fn member_of(&self, user: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.user_id == Some(user))
    }

    /// The current member of this user. For all others, including former members, the group does not exist.
    pub(crate) fn active_member_of(&self, user: UserId) -> Result<&Member, Refusal> {
        self.member_of(user).filter(|member| member.is_active()).ok_or(Refusal::GroupNotFound)
    }

    /// Returns the caller's member if it may perform the action. An archived group can only be restored.
    pub(crate) fn check(&self, by: UserId, action: Action) -> Result<&Member, Refusal> {
        let member = self.active_member_of(by)?;
        if self.archived_at.is_some() && action != Action::Archive {
            return Err(Refusal::Archived);
        }
        if self.kind == Kind::Direct && !action.fits_direct() {
            return Err(Refusal::DirectGroup);
        }
        if member.role.may(action) { Ok(member) } else { Err(Refusal::RoleForbids) }
    }

    /// The member with this id.
    pub(crate) fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// The current members.
    pub(crate) fn active_members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_active())
    }

    /// The group as part of an event.
    pub(crate) fn facts(&self) -> GroupFacts {
        GroupFacts {
            group_id: self.id,
            name: self.name.clone(),
            currency: self.currency,
            simplify: self.simplify,
            version: self.version,
            members: self.members.iter().map(Member::facts).collect(),
        }
    }

    /// A change of one member as part of an event.
    pub(crate) fn change_of(&self, member: &Member) -> MemberChange {
        MemberChange { member_id: member.id, group: self.facts(), claim: None }
    }

    /// The group in the form in which other subgraphs request it.
    pub(crate) fn roster(&self) -> Roster {
        Roster {
            group_id: self.id,
            name: self.name.clone(),
            version: self.version,
            currency: self.currency,
            archived: self.archived_at.is_some(),
            simplify: self.simplify,
            members: self.members.iter().map(Member::facts).collect(),
            households: self.households.iter().map(|household| household.members.clone()).collect(),
            expense_editing: self.expense_editing,
            managers: self.active_members().filter(|member| member.role.manages()).map(|member| member.id).collect(),
            time_zone: self.time_zone,
        }
    }
}
