//! The API of members, and of a user's memberships.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use contracts::MemberId;
use kit::{
    Outcome,
    graphql::{DateTime, data, id, read_id, request},
};

use super::{
    Loaders,
    reference::{Group, Member},
};
use crate::{group, refusal::Refusal, services::Services};

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::Role")]
pub(super) enum Role {
    /// May do everything.
    Owner,
    /// May change settings and remove members, in addition to what members may do.
    Admin,
    /// May manage expenses, payments, guests and invitations.
    Member,
}

/// Whether a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::State")]
pub(super) enum MemberState {
    /// A current member.
    Active,
    /// A former member, whose balance stays and can be settled.
    Left,
}

#[Object]
impl Member {
    /// The member's id. It never changes, even if a guest is claimed.
    async fn id(&self) -> ID {
        self.member.id.into()
    }

    /// The group.
    async fn group(&self) -> Group {
        Group(Arc::clone(&self.group))
    }

    /// The user account of the member; null for a guest.
    async fn user(&self) -> Option<User> {
        self.member.user_id.map(|id| User { id: id.into() })
    }

    /// The display name in the group.
    async fn name(&self) -> &str {
        &self.member.name
    }

    /// The member's role.
    async fn role(&self) -> Role {
        self.member.role.into()
    }

    /// Whether the member is in the group.
    async fn state(&self) -> MemberState {
        self.member.state.into()
    }

    /// Whether the member is a guest, without an account.
    async fn is_guest(&self) -> bool {
        self.member.is_guest()
    }

    /// Until when it can be undone that a user took the place of this guest; null when that is over or never was.
    async fn claim_undoable_until(&self, ctx: &Context<'_>) -> Outcome<Option<DateTime>> {
        let (services, _) = request::<Services>(ctx)?;
        Ok(services.claims.undoable_until(&self.member).map(DateTime::from))
    }
}

/// A person with an account.
pub(super) struct User {
    /// The user's id.
    pub id: ID,
}

/// A user's current or former membership in a group.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct Membership {
    /// The group's id.
    group_id: ID,
    /// The user's member id in the group.
    member_id: ID,
    /// The group's name.
    name: String,
    /// Whether settlements in the group minimise the number of transfers.
    simplify: bool,
    /// All current and former members of the group.
    people: Vec<MembershipPerson>,
}

/// The data of a member that balances between people need.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MembershipPerson {
    /// The member's id.
    member_id: ID,
    /// The user's id; null for a guest.
    user_id: Option<ID>,
}

#[Object]
impl User {
    /// The user's id.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// The caller's current and former memberships, including archived groups. Only for the caller's own user and only
    /// for other subgraphs.
    #[graphql(inaccessible)]
    async fn memberships(&self, ctx: &Context<'_>) -> Outcome<Vec<Membership>> {
        let (services, caller) = request::<Services>(ctx)?;
        if self.id != ID::from(caller.user()?) {
            return Err(Refusal::Private.into());
        }
        let memberships = services.groups.memberships(caller).await?;
        Ok(memberships.into_iter().map(|(group, member)| Membership::new(&group, member)).collect())
    }
}

impl Membership {
    fn new(group: &group::Group, member: MemberId) -> Self {
        let person = |member: &group::Member| MembershipPerson {
            member_id: member.id.into(),
            user_id: member.user_id.map(ID::from),
        };
        Self {
            group_id: group.id.into(),
            member_id: member.into(),
            name: group.name.clone(),
            simplify: group.simplify,
            people: group.members.iter().map(person).collect(),
        }
    }
}

/// The entities of members and users.
#[derive(Default)]
pub(super) struct MemberQueries;

#[Object]
impl MemberQueries {
    /// A member of a group of which the caller is a member.
    #[graphql(entity)]
    async fn member_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] member: ID) -> Outcome<Option<Member>> {
        let Some(member) = id(&member) else { return Ok(None) };
        Ok(data::<Loaders>(ctx)?.members.load(member).await?.map(Member::from))
    }

    /// A user with memberships.
    #[graphql(entity)]
    async fn user_entity(&self, id: ID) -> User {
        User { id }
    }
}

/// The mutations of members.
#[derive(Default)]
pub(super) struct MemberMutations;

#[Object]
impl MemberMutations {
    /// Adds a guest: a member without an account, whom a person who joins later can claim.
    async fn add_guest(&self, ctx: &Context<'_>, group_id: ID, name: String) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        Ok(services.groups.add_guest(caller, group, &name).await?.into())
    }

    /// Adds a friend of the caller to a group.
    async fn add_friend(&self, ctx: &Context<'_>, group_id: ID, user_id: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        Ok(services.groups.add_friend(caller, group, read_id(&user_id, Refusal::NotAFriend)?).await?.into())
    }

    /// Renames a guest.
    async fn rename_guest(&self, ctx: &Context<'_>, member_id: ID, name: String) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.rename_guest(caller, member, &name).await?.into())
    }

    /// Changes the role of a member. Allowed for owners. The role of the only owner cannot be changed.
    async fn change_role(&self, ctx: &Context<'_>, member_id: ID, role: Role) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.change_role(caller, member, role.into()).await?.into())
    }

    /// Makes a member an owner instead of the caller, who becomes an admin. Allowed for owners.
    async fn hand_over_group(&self, ctx: &Context<'_>, member_id: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.hand_over(caller, member).await?.into())
    }

    /// Removes a member, who is then shown as left. The balance stays and can still be settled. Owners may remove all
    /// members, admins only those with the role MEMBER, which includes guests.
    async fn remove_member(&self, ctx: &Context<'_>, member_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.groups.remove(caller, read_id(&member_id, Refusal::MemberNotFound)?).await?;
        Ok(true)
    }

    /// Leaves a group. Refused if the caller has an open balance, unless `force` is set: then the balance stays and can
    /// still be settled. If the last owner leaves, the longest-standing admin becomes the owner, or else the
    /// longest-standing member.
    async fn leave_group(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        #[graphql(default_with = "Some(false)")] force: Option<bool>,
    ) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        services.groups.leave(caller, group, force.unwrap_or_default()).await?;
        Ok(true)
    }
}
