//! What this subgraph adds to the type User: balances over all groups. Only for the user.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{UserId, event::MemberFacts};
use futures::future::try_join_all;
use kit::{
    Caller, Failure, Outcome,
    graphql::{Connection, Money, PageRequest, data, request},
};
use serde_json::Value;

use super::{
    loaders::Loaders,
    payment::Payment,
    reference::User,
    required::{GroupExpenseNets, Membership, UserRequired},
    settlement::{Plan, Transfer},
};
use crate::{
    balance::GroupBalances,
    home::{FormerGroup as Former, Home, OwnGroup},
    refusal::Refusal,
    services::Services,
    settlement::Mode,
};

const PAGE: i32 = 50;

/// The balance between another person and the caller.
#[derive(SimpleObject)]
pub(super) struct FriendBalance {
    user: User,
    /// Per currency, the sum of the proposed transfers between the two over their shared groups; positive if the caller
    /// is owed.
    balances: Vec<Money>,
}

/// A group that the caller has left or was removed from.
#[derive(SimpleObject)]
pub(super) struct FormerGroup {
    group_id: ID,
    name: String,
    /// The member that the caller was.
    member_id: ID,
    /// The caller's own balances in it.
    balances: Vec<Money>,
    /// The proposed transfers from and to the caller. Only ids and names of their members can be queried.
    transfers: Vec<Transfer>,
    /// The other members of the transfers.
    people: Vec<FormerGroupPerson>,
}

/// A member with whom the caller, a former member, is not settled up.
#[derive(SimpleObject)]
pub(super) struct FormerGroupPerson {
    member_id: ID,
    name: String,
}

#[Object]
impl User {
    async fn id(&self) -> ID {
        self.id.into()
    }

    #[graphql(external)]
    async fn memberships(&self) -> Outcome<Vec<Membership>> {
        self.required()?.memberships()
    }

    #[graphql(external)]
    async fn expense_nets(&self) -> Outcome<Vec<GroupExpenseNets>> {
        self.required()?.expense_nets()
    }

    /// Per currency, what the caller is owed less what the caller owes over all groups that the caller is in.
    #[graphql(
        requires = "memberships { groupId memberId name simplify } expenseNets { groupId nets { version nets { memberId amount currency } debts { from to amount currency } } }"
    )]
    async fn balances(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Money>>> {
        let balances = async { Ok(self.home(ctx).await?.balances()?.into_iter().map(Money::from).collect()) };
        Some(balances.await)
    }

    /// The balances between the caller and each other person over their shared groups; omits people who are even.
    #[graphql(
        requires = "memberships { groupId memberId name simplify } expenseNets { groupId nets { version nets { memberId amount currency } debts { from to amount currency } } }"
    )]
    async fn friend_balances(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<FriendBalance>>> {
        let balances = async {
            let balances = self.home(ctx).await?.friend_balances()?.into_iter();
            Ok(balances.map(FriendBalance::from).collect())
        };
        Some(balances.await)
    }

    /// The groups that the caller has left or was removed from, with open balances.
    #[graphql(
        requires = "memberships { groupId memberId name simplify } expenseNets { groupId nets { version nets { memberId amount currency } debts { from to amount currency } } }"
    )]
    async fn former_groups(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<FormerGroup>>> {
        let groups = async {
            let groups = self.home(ctx).await?.former_groups().into_iter();
            Ok(groups.map(FormerGroup::from).collect())
        };
        Some(groups.await)
    }

    /// The payments from and to the caller over all groups, the latest first.
    #[graphql(requires = "memberships { groupId memberId name simplify }")]
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<Connection<Payment>>> {
        let page = async {
            let page = PageRequest::of(ctx, first.unwrap_or(PAGE), after.as_deref())?;
            let own = self.own_members(ctx).await?;
            let (services, _) = request::<Services>(ctx)?;
            Ok(services.payments.of_members(&own, &page).await?.connection(Into::into))
        };
        Some(page.await)
    }
}

impl User {
    fn required(&self) -> Outcome<&UserRequired> {
        self.required.as_ref().ok_or_else(|| Refusal::OnlyOneself.into())
    }

    /// Returns the caller's members, as confirmed by groups.
    async fn own_members(&self, ctx: &Context<'_>) -> Outcome<Vec<contracts::MemberId>> {
        let loaders = data::<Loaders>(ctx)?;
        let members = self.required()?.memberships()?.into_iter().map(async |membership: Membership| {
            let Some(roster) = loaders.roster(membership.group()?).await? else { return Ok(None) };
            let own = roster.members.iter().find(|member| member.user_id == Some(self.id));
            Outcome::Ok(own.map(|own| own.member_id))
        });
        Ok(try_join_all(members).await?.into_iter().flatten().collect())
    }

    async fn home(&self, ctx: &Context<'_>) -> Outcome<Arc<Home>> {
        let home = self.home.get_or_init(|| async {
            let groups = self.groups(ctx).await?;
            let (services, _) = request::<Services>(ctx)?;
            Ok(Arc::new(services.homes.home(self.id, groups).await?))
        });
        home.await.clone()
    }

    /// Returns the groups with their balances: only those that groups confirms the caller is or was in. Missing nets of
    /// a group are a failure and never taken for zero.
    async fn groups(&self, ctx: &Context<'_>) -> Outcome<Vec<OwnGroup>> {
        let loaders = data::<Loaders>(ctx)?;
        let required = self.required()?;
        let nets = &required.nets_by_group()?;
        let groups = required.memberships()?.into_iter().map(async |membership: Membership| {
            let id = membership.group()?;
            let (roster, head) = futures::try_join!(loaders.roster_ever(id), loaders.head(id))?;
            let Some(roster) = roster else { return Ok(None) };
            let expenses = nets.get(&id).ok_or_else(|| Failure::internal("the nets of a group are missing"))?.clone();
            let Membership { name, simplify, .. } = membership;
            let balances = Arc::new(GroupBalances::new(expenses, head.as_deref(), &roster, simplify)?);
            Outcome::Ok(Some(OwnGroup { id, name, simplify, roster, balances }))
        });
        Ok(try_join_all(groups).await?.into_iter().flatten().collect())
    }
}

impl From<(UserId, Vec<money::Amount>)> for FriendBalance {
    fn from((user, balances): (UserId, Vec<money::Amount>)) -> Self {
        Self { user: user.into(), balances: balances.into_iter().map(Money::from).collect() }
    }
}

impl From<Former> for FormerGroup {
    fn from(group: Former) -> Self {
        let plan = Plan {
            roster: &group.roster,
            transfers: &group.settlement.transfers,
            mode: Mode::of_members(group.simplify),
            households: &[],
        };
        let transfers = group.transfers.iter().map(|transfer| Transfer::new(&plan, transfer)).collect();
        Self {
            group_id: group.roster.group_id.into(),
            name: group.name,
            member_id: group.member.into(),
            balances: group.balances.into_iter().map(Money::from).collect(),
            transfers,
            people: group.people.into_iter().map(FormerGroupPerson::from).collect(),
        }
    }
}

impl From<MemberFacts> for FormerGroupPerson {
    fn from(person: MemberFacts) -> Self {
        Self { member_id: person.member_id.into(), name: person.name }
    }
}

#[derive(Default)]
pub(super) struct UserEntity;

#[Object]
impl UserEntity {
    // The required fields are plain JSON, so that an unreadable one fails alone and not with all entities of the
    // request.
    #[graphql(entity)]
    async fn user_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(key)] id: ID,
        memberships: Value,
        expense_nets: Value,
    ) -> Outcome<Option<User>> {
        let own = data::<Caller>(ctx)?.user()?;
        let user = kit::graphql::id(&id).filter(|user: &UserId| *user == own);
        Ok(user.map(|user| User::with_required(user, UserRequired { memberships, expense_nets })))
    }
}
