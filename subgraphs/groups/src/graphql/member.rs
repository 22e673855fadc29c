//! Members in the API, and what a user is a member of.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use contracts::MemberId;
use kit::{
    Outcome,
    graphql::{data, id, read_id, request},
};

use super::{Loaders, group::Group};
use crate::{group, refusal::Refusal, services::Services};

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::Role")]
pub(super) enum Role {
    /// Everything.
    Owner,
    /// Settings and members.
    Admin,
    /// Expenses, payments, guests and invitations.
    Member,
}

/// Whether a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::State")]
pub(super) enum MemberState {
    /// In the group.
    Active,
    /// No longer in the group; the balance stays and can be settled.
    Left,
}

/// A user or a guest in one group.
pub(super) struct Member {
    group: Arc<group::Group>,
    member: group::Member,
}

#[Object]
impl Member {
    /// Which member: the same for ever, also after a guest was claimed.
    async fn id(&self) -> ID {
        self.member.id.into()
    }

    /// The group.
    async fn group(&self) -> Group {
        Group(Arc::clone(&self.group))
    }

    /// The account behind the member; null for a guest.
    async fn user(&self) -> Option<User> {
        self.member.user_id.map(|id| User { id: id.into() })
    }

    /// The name shown in the group.
    async fn name(&self) -> &str {
        &self.member.name
    }

    /// What the member may do.
    async fn role(&self) -> Role {
        self.member.role.into()
    }

    /// Whether the member is in the group.
    async fn state(&self) -> MemberState {
        self.member.state.into()
    }

    /// Whether the member has no account.
    async fn is_guest(&self) -> bool {
        self.member.is_guest()
    }
}

impl From<(Arc<group::Group>, group::Member)> for Member {
    fn from((group, member): (Arc<group::Group>, group::Member)) -> Self {
        Self { group, member }
    }
}

impl From<(group::Group, group::Member)> for Member {
    fn from((group, member): (group::Group, group::Member)) -> Self {
        Self { group: Arc::new(group), member }
    }
}

/// A person with an account.
pub(super) struct User {
    /// Whose account.
    pub id: ID,
}

/// A group that a user is or was in.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct Membership {
    /// Which group.
    group_id: ID,
    /// The user's member there.
    member_id: ID,
    /// The group's name.
    name: String,
    /// Whether settlements in the group may pass debts on.
    simplify: bool,
    /// Everyone who is or was in the group.
    people: Vec<MembershipPerson>,
}

/// A member of a group, as far as balances between people need it.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MembershipPerson {
    /// Which member.
    member_id: ID,
    /// The account behind it; null for a guest.
    user_id: Option<ID>,
}

#[Object]
impl User {
    /// Whose account.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// Every group the caller is or was in, archived ones too. Only for oneself; only for other subgraphs.
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

/// The queries about members, all of them by key.
#[derive(Default)]
pub(super) struct MemberQueries;

#[Object]
impl MemberQueries {
    /// A member of a group that the caller is in.
    #[graphql(entity)]
    async fn member_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] member: ID) -> Outcome<Option<Member>> {
        let Some(member) = id(&member) else { return Ok(None) };
        Ok(data::<Loaders>(ctx)?.members.load(member).await?.map(Member::from))
    }

    /// A user, of whom this subgraph knows the memberships.
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
    /// Adds a guest: a name without an account, which somebody who joins later can claim.
    async fn add_guest(&self, ctx: &Context<'_>, group_id: ID, name: String) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        Ok(services.groups.add_guest(caller, group, &name).await?.into())
    }

    /// Adds a friend of the caller.
    async fn add_friend(&self, ctx: &Context<'_>, group_id: ID, user_id: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        Ok(services.groups.add_friend(caller, group, read_id(&user_id, Refusal::NotAFriend)?).await?.into())
    }

    /// Gives a guest another name.
    async fn rename_guest(&self, ctx: &Context<'_>, member_id: ID, name: String) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.rename_guest(caller, member, &name).await?.into())
    }

    /// Changes the role of a member. Owners may; the only owner stays one.
    async fn change_role(&self, ctx: &Context<'_>, member_id: ID, role: Role) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.change_role(caller, member, role.into()).await?.into())
    }

    /// Makes a member the owner in the place of the caller, who becomes an admin.
    async fn hand_over_group(&self, ctx: &Context<'_>, member_id: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let member = read_id(&member_id, Refusal::MemberNotFound)?;
        Ok(services.groups.hand_over(caller, member).await?.into())
    }

    /// Removes a member, who is shown as one who left. The balance stays and can still be settled. Owners may; admins may
    /// remove guests and plain members.
    async fn remove_member(&self, ctx: &Context<'_>, member_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.groups.remove(caller, read_id(&member_id, Refusal::MemberNotFound)?).await?;
        Ok(true)
    }

    /// Leaves a group. Refused with an open balance unless it is forced: then the balance stays and can still be settled.
    /// A last owner hands over to the admin, else the member, who has been in the group longest.
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
