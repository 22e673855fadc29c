//! The types of the schema.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use contracts::MemberId;
use kit::{
    Caller, Code, Failure, Refusal,
    graphql::{CurrencyCode, DateTime},
};

use crate::{
    Groups,
    group::{self, NewGroup},
    invite, refusal,
};

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::Kind")]
pub enum GroupKind {
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

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "group::Role")]
pub enum Role {
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
pub enum MemberState {
    /// In the group.
    Active,
    /// No longer in the group; the balance stays and can be settled.
    Left,
}

/// People who share expenses.
pub struct Group(pub Arc<group::Group>);

/// A user or a guest in one group.
pub struct Member {
    group: Arc<group::Group>,
    member: group::Member,
}

/// A person with an account.
pub struct User {
    /// Whose account.
    pub id: ID,
}

/// A group that a user is or was in.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub struct Membership {
    /// Which group.
    group_id: ID,
    /// The user's member there.
    member_id: ID,
    /// Whether settlements in the group may pass debts on.
    simplify: bool,
    /// Everyone who is or was in the group.
    people: Vec<MembershipPerson>,
}

/// A member of a group, as far as balances between people need it.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub struct MembershipPerson {
    /// Which member.
    member_id: ID,
    /// The account behind it; null for a guest.
    user_id: Option<ID>,
}

/// A link by which others can join. Only its maker is told, and only once.
#[derive(SimpleObject)]
pub struct Invite {
    /// Which invitation; to take it back.
    id: ID,
    /// Its secret.
    token: String,
    /// The link.
    url: String,
    /// Until when it can be used.
    expires_at: DateTime,
    /// How often it can be used; null is without limit.
    max_uses: Option<i32>,
    /// How often it was used.
    uses: i32,
}

/// What an invitation leads to, for somebody who has its link.
#[derive(SimpleObject)]
pub struct InvitePreview {
    /// The group's name.
    group_name: String,
    /// What the group is for.
    kind: GroupKind,
    /// The names of everyone in the group, guests included.
    member_names: Vec<String>,
    /// The guests that can be claimed.
    guests: Vec<InviteGuest>,
}

/// A guest that can be claimed by joining.
#[derive(SimpleObject)]
pub struct InviteGuest {
    /// What to give as `claimMemberId`.
    member_id: ID,
    /// The guest's name.
    name: String,
}

/// A group to be made.
#[derive(InputObject)]
pub struct CreateGroupInput {
    /// Its name: 1 to 100 characters.
    name: String,
    /// What it is for. Direct groups are not made this way.
    #[graphql(default_with = "Some(GroupKind::Other)")]
    kind: Option<GroupKind>,
    /// The currency that new expenses start with.
    currency: CurrencyCode,
    /// What it is about: up to 1,000 characters.
    description: Option<String>,
    /// Whether settlements may pass debts on to save transfers.
    #[graphql(default_with = "Some(true)")]
    simplify: Option<bool>,
    /// The names of its first guests, each different.
    #[graphql(default_with = "Some(Vec::new())")]
    guests: Option<Vec<String>>,
}

#[Object]
impl Group {
    /// Which group.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is about.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What it is for.
    async fn kind(&self) -> GroupKind {
        self.0.kind.into()
    }

    /// The currency that new expenses start with.
    async fn currency(&self) -> CurrencyCode {
        self.0.currency.into()
    }

    /// Whether settlements may pass debts on to save transfers.
    async fn simplify(&self) -> bool {
        self.0.simplify
    }

    /// Everyone who is or was a member, in the order of their coming.
    async fn members(&self) -> Vec<Member> {
        let members = self.0.members.iter().cloned();
        members.map(|member| Member { group: Arc::clone(&self.0), member }).collect()
    }

    /// The member that the caller is or was.
    async fn viewer_member(&self, ctx: &Context<'_>) -> Result<Member> {
        let member = self.0.member_of(ctx.data::<Caller>()?.user()?).cloned();
        let member = member.ok_or_else(|| Failure::from(refusal::Refusal::GroupNotFound))?;
        Ok(Member { group: Arc::clone(&self.0), member })
    }

    /// Grows with every change of the group.
    async fn version(&self) -> Result<i32> {
        Ok(i32::try_from(self.0.version).map_err(Failure::internal)?)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was put away; null while it is in use.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime::from)
    }
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

#[Object]
impl User {
    /// Whose account.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// Every group the caller is or was in, archived ones too. Only for oneself; only for other subgraphs.
    #[graphql(inaccessible)]
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let caller = ctx.data::<Caller>()?;
        if self.id != ID::from(caller.user()?) {
            return Err(Failure::from(Refusal::new(Code::NotAllowed, "Memberships are only for oneself.")).into());
        }
        let memberships = ctx.data::<Arc<Groups>>()?.memberships(caller).await?;
        Ok(memberships.into_iter().map(|(group, member)| Membership::new(&group, member)).collect())
    }
}

impl From<group::Group> for Group {
    fn from(group: group::Group) -> Self {
        Self(Arc::new(group))
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

impl Membership {
    fn new(group: &group::Group, member: MemberId) -> Self {
        let person = |member: &group::Member| MembershipPerson {
            member_id: member.id.into(),
            user_id: member.user_id.map(ID::from),
        };
        Self {
            group_id: group.id.into(),
            member_id: member.into(),
            simplify: group.simplify,
            people: group.members.iter().map(person).collect(),
        }
    }
}

impl Invite {
    /// The invitation with its secret and the link that has it.
    pub fn new(invite: &invite::Invite, token: &invite::Token, url: String) -> Self {
        Self {
            id: invite.id.into(),
            token: token.expose().to_owned(),
            url,
            expires_at: invite.expires_at.into(),
            max_uses: invite.max_uses,
            uses: invite.uses,
        }
    }
}

impl InvitePreview {
    /// What may be known of a group before joining it.
    pub fn of(group: &group::Group) -> Self {
        let guests = group.active_members().filter(|member| member.is_guest());
        Self {
            group_name: group.name.clone(),
            kind: group.kind.into(),
            member_names: group.active_members().map(|member| member.name.clone()).collect(),
            guests: guests.map(|guest| InviteGuest { member_id: guest.id.into(), name: guest.name.clone() }).collect(),
        }
    }
}

impl TryFrom<CreateGroupInput> for NewGroup {
    type Error = Failure;

    fn try_from(input: CreateGroupInput) -> Result<Self, Failure> {
        Ok(Self {
            name: input.name,
            description: input.description,
            kind: input.kind.unwrap_or(GroupKind::Other).into(),
            currency: input.currency.currency("input.currency")?,
            simplify: input.simplify.unwrap_or(true),
            guests: input.guests.unwrap_or_default(),
        })
    }
}
