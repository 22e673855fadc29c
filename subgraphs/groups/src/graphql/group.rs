//! The API of groups.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use chrono_tz::Tz;
use contracts::{GroupId, roster};
use kit::{
    Failure, Outcome,
    graphql::{Connection, CurrencyCode, DateTime, PageRequest, data, id, read_id, request},
};

use super::{
    Loaders,
    claim::ClaimRequest,
    household::Household,
    invite::OpenInvite,
    reference::{Group, GroupKind, Member},
};
use crate::{
    group::{self, Edit, NewGroup},
    refusal::Refusal,
    services::Services,
};

const PAGE: i32 = 50;

/// Whose expenses a member may change, delete and restore, recurring ones too. Owners and admins may change all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "roster::ExpenseEditing")]
pub(super) enum ExpenseEditing {
    /// Everybody's.
    All,
    /// Those that the member entered, paid for or shares.
    Involved,
    /// Those that the member entered.
    Own,
}

#[Object]
impl Group {
    /// The group's id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The group's name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// A description of the group.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The kind of group.
    async fn kind(&self) -> GroupKind {
        self.0.kind.into()
    }

    /// The default currency of new expenses.
    async fn currency(&self) -> CurrencyCode {
        self.0.currency.into()
    }

    /// Whether settlements minimise the number of transfers, so that members may pay others than those they owe.
    async fn simplify(&self) -> bool {
        self.0.simplify
    }

    /// All current and former members, in the order in which they joined.
    async fn members(&self) -> Vec<Member> {
        let members = self.0.members.iter().cloned();
        members.map(|member| Member::from((Arc::clone(&self.0), member))).collect()
    }

    /// The households: members who settle together.
    async fn households(&self) -> Vec<Household> {
        Household::all(&self.0)
    }

    /// The caller's own member.
    async fn viewer_member(&self, ctx: &Context<'_>) -> Outcome<Member> {
        let (_, caller) = request::<Services>(ctx)?;
        let member = self.0.active_member_of(caller.user()?)?.clone();
        Ok(Member::from((Arc::clone(&self.0), member)))
    }

    /// The invitations that can still be used, at most 50, without their links.
    async fn invites(&self, ctx: &Context<'_>) -> Outcome<Vec<OpenInvite>> {
        let (services, caller) = request::<Services>(ctx)?;
        self.0.active_member_of(caller.user()?)?;
        let invites = services.invites.open(&self.0).await?;
        Ok(invites.into_iter().map(|invite| OpenInvite::new(&self.0, &invite)).collect())
    }

    /// Whether claims of guests need the approval of an owner or admin.
    async fn approve_claims(&self) -> bool {
        self.0.approve_claims
    }

    /// Whose expenses a member may change.
    async fn expense_editing(&self) -> ExpenseEditing {
        self.0.expense_editing.into()
    }

    /// The time zone of recurring expenses, such as "Europe/Berlin": that of who created the group, until it is
    /// changed. Null for a group that is older than this setting.
    async fn time_zone(&self) -> Option<&str> {
        self.0.time_zone.map(Tz::name)
    }

    /// The claims that wait for approval, at most 50. Empty for members who may not approve them.
    async fn claim_requests(&self, ctx: &Context<'_>) -> Outcome<Vec<ClaimRequest>> {
        let (_, caller) = request::<Services>(ctx)?;
        Ok(ClaimRequest::all(&self.0, self.0.claim_requests_for(caller.user()?)))
    }

    /// The version, which increases with each change of the group.
    async fn version(&self) -> Outcome<i32> {
        i32::try_from(self.0.version).map_err(Failure::internal)
    }

    /// When the group was created.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When the group was archived; null if it is not archived.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime::from)
    }
}

/// A new group.
#[derive(InputObject)]
pub(super) struct CreateGroupInput {
    /// The name: 1 to 100 characters.
    name: String,
    /// The kind of group. A direct group cannot be created this way.
    #[graphql(default_with = "Some(GroupKind::Other)")]
    kind: Option<GroupKind>,
    /// The default currency of new expenses.
    currency: CurrencyCode,
    /// A description: up to 1,000 characters.
    description: Option<String>,
    /// Whether settlements minimise the number of transfers, so that members may pay others than those they owe.
    #[graphql(default_with = "Some(true)")]
    simplify: Option<bool>,
    /// The names of guests to add; all must be different.
    #[graphql(default_with = "Some(Vec::new())")]
    guests: Option<Vec<String>>,
    /// The same key creates one group, however often it is sent.
    idempotency_key: Option<String>,
}

impl CreateGroupInput {
    fn read(self) -> Outcome<NewGroup> {
        Ok(NewGroup {
            name: self.name,
            description: self.description,
            kind: self.kind.unwrap_or(GroupKind::Other).into(),
            currency: self.currency.currency("input.currency")?,
            simplify: self.simplify.unwrap_or(true),
            guests: self.guests.unwrap_or_default(),
        })
    }
}

/// A change of a group's settings. Omitted settings do not change.
#[derive(InputObject)]
pub(super) struct UpdateGroupInput {
    /// The group's id.
    id: ID,
    /// The version of the group on which the change is based.
    expected_version: i32,
    /// The name: 1 to 100 characters.
    name: Option<String>,
    /// A description: up to 1,000 characters. Null removes it.
    description: MaybeUndefined<String>,
    /// The kind of group. Changing to or from a direct group is refused.
    kind: Option<GroupKind>,
    /// The default currency of new expenses.
    currency: Option<CurrencyCode>,
    /// Whether settlements minimise the number of transfers, so that members may pay others than those they owe.
    simplify: Option<bool>,
    /// Whether claims of guests need the approval of an owner or admin.
    approve_claims: Option<bool>,
    /// Whose expenses a member may change.
    expense_editing: Option<ExpenseEditing>,
    /// The time zone of recurring expenses that are set up from now on.
    time_zone: Option<String>,
}

impl UpdateGroupInput {
    fn read(self) -> Outcome<(GroupId, Edit)> {
        let description = match self.description {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(text) => Some(Some(text)),
        };
        let edit = Edit {
            expected_version: self.expected_version.into(),
            name: self.name,
            description,
            kind: self.kind.map(group::Kind::from),
            currency: self.currency.map(|code| code.currency("input.currency")).transpose()?,
            simplify: self.simplify,
            approve_claims: self.approve_claims,
            expense_editing: self.expense_editing.map(Into::into),
            time_zone: self.time_zone,
        };
        Ok((read_id(&self.id, Refusal::GroupNotFound)?, edit))
    }
}

/// The queries about groups.
#[derive(Default)]
pub(super) struct GroupQueries;

#[Object]
impl GroupQueries {
    /// A group of which the caller is a member.
    async fn group(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Outcome<Option<Group>> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = services.groups.group(caller, read_id(&group, Refusal::GroupNotFound)?).await?;
        Ok(Some(group.into()))
    }

    /// The groups of which the caller is a member, newest first. Either the archived groups or the others.
    async fn groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
        #[graphql(default_with = "Some(false)")] archived: Option<bool>,
    ) -> Outcome<Connection<Group>> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let page = PageRequest::of(ctx, first.unwrap_or(PAGE), after.as_deref())?;
        let groups = services.groups.page(caller, archived.unwrap_or_default(), &page).await?;
        Ok(groups.connection(Group::from))
    }

    /// A group of which the caller is a member.
    #[graphql(entity)]
    async fn group_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Outcome<Option<Group>> {
        let Some(group) = id(&group) else { return Ok(None) };
        Ok(data::<Loaders>(ctx)?.groups.load(group).await?.map(Group))
    }
}

/// The mutations of groups.
#[derive(Default)]
pub(super) struct GroupMutations;

#[Object]
impl GroupMutations {
    /// Creates a group. The caller becomes its owner.
    async fn create_group(&self, ctx: &Context<'_>, input: CreateGroupInput) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let key = input.idempotency_key.clone();
        Ok(services.groups.create(caller, &input.read()?, key.as_deref()).await?.into())
    }

    /// Returns the direct group of the caller and a friend. Creates it with this currency if there is none.
    async fn direct_group(&self, ctx: &Context<'_>, friend_id: ID, currency: CurrencyCode) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let friend = read_id(&friend_id, Refusal::NotAFriend)?;
        Ok(services.groups.direct(caller, friend, currency.currency("currency")?).await?.into())
    }

    /// Changes the settings of a group. Allowed for owners and admins.
    async fn update_group(&self, ctx: &Context<'_>, input: UpdateGroupInput) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let (id, edit) = input.read()?;
        Ok(services.groups.update(caller, id, &edit).await?.into())
    }

    /// Archives a group: it stays readable and accepts no new entries. Allowed for owners and admins.
    async fn archive_group(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.groups.archive(caller, read_id(&group, Refusal::GroupNotFound)?).await?.into())
    }

    /// Restores an archived group. Allowed for owners and admins.
    async fn restore_group(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.groups.restore(caller, read_id(&group, Refusal::GroupNotFound)?).await?.into())
    }
}
