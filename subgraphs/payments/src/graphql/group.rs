//! What this subgraph adds to the type Group: payments, balances and the settlement.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, Subscription};
use contracts::{
    GroupId, MemberId,
    roster::{Roster, group_not_found},
};
use futures::{StreamExt, stream::BoxStream};
use kit::{
    Failure, Outcome,
    graphql::{Connection, DateTime, PageRequest, Provides, data, read_id, request},
};
use serde_json::Value;

use super::{
    balance::Balance,
    loaders::Loaders,
    payment::Payment,
    reference::{Group, Member},
    required::{ExpenseNets, Required},
    settlement::{Plan, Settlement},
};
use crate::{
    balance::{GroupBalances, State},
    services::Services,
    settlement::Mode,
};

const PAGE: i32 = 50;

#[Object]
impl Group {
    async fn id(&self) -> ID {
        self.id.into()
    }

    #[graphql(external)]
    async fn version(&self) -> Outcome<i32> {
        i32::try_from(self.watched()?.roster.version).map_err(Failure::internal)
    }

    #[graphql(external)]
    async fn simplify(&self) -> Outcome<bool> {
        Ok(self.watched()?.roster.simplify)
    }

    #[graphql(external)]
    async fn expense_nets(&self) -> Option<Outcome<ExpenseNets>> {
        let nets = || {
            let state = self.watched()?;
            ExpenseNets::new(state.expenses.as_ref().map_err(Clone::clone)?, state.roster.simplify)
        };
        Some(nets())
    }

    /// The payments of the group, the latest first.
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<Connection<Payment>>> {
        Some(self.page(ctx, first, after).await)
    }

    /// The balances: a row for every member with a history and each of its currencies, including zeros. Per household,
    /// its members have one balance, in the row of the member who owes or is owed the most of it.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn balances(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(false)")] per_household: Option<bool>,
    ) -> Option<Outcome<Vec<Balance>>> {
        let per_household = per_household.unwrap_or_default();
        let rows = async {
            let balances = self.balances_of(ctx, per_household).await?;
            Ok(Balance::rows(self.roster()?, &balances.ledger.nets, self.households(per_household)?))
        };
        Some(rows.await)
    }

    /// The members whose reminders the caller has muted in this group; at most 200.
    async fn muted_reminders(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Member>>> {
        let muted = async {
            let roster = data::<Loaders>(ctx)?.roster(self.id).await?.ok_or_else(group_not_found)?;
            let (services, caller) = request::<Services>(ctx)?;
            let muted = services.reminders.muted(caller, &roster).await?;
            Ok(muted.into_iter().map(Member::from).collect())
        };
        Some(muted.await)
    }

    /// The balances at a past moment.
    async fn balances_at(&self, ctx: &Context<'_>, at: DateTime) -> Option<Outcome<Vec<Balance>>> {
        Some(self.balances_then(ctx, &at).await)
    }

    /// The transfers that would bring every balance to zero. Per household, its members settle as one: one of them pays
    /// or is paid for all.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn settlement(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(false)")] per_household: Option<bool>,
    ) -> Option<Outcome<Settlement>> {
        Some(self.settle(ctx, per_household.unwrap_or_default()).await)
    }

    /// Increases with every change of the balances: data with a lower version is older.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn ledger_version(&self, ctx: &Context<'_>) -> Option<Outcome<i32>> {
        Some(self.add_up(ctx).await.map(|balances| balances.ledger_version))
    }
}

impl Group {
    /// Creates a group from the router's representation.
    pub(super) fn with_required(id: GroupId, required: Required) -> Self {
        Self { required: Some(required), ..Self::from(id) }
    }

    async fn page(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Outcome<Connection<Payment>> {
        let page = PageRequest::of(ctx, first.unwrap_or(PAGE), after.as_deref())?;
        let (services, _) = request::<Services>(ctx)?;
        let page = services.payments.of_group(self.id, &page).await?;
        Ok(page.connection(Into::into))
    }

    async fn balances_then(&self, ctx: &Context<'_>, at: &DateTime) -> Outcome<Vec<Balance>> {
        let (services, caller) = request::<Services>(ctx)?;
        let balances = services.balances.at(caller, self.id, at.moment("at")?).await?;
        let roster = data::<Loaders>(ctx)?.roster(self.id).await?.ok_or_else(group_not_found)?;
        Ok(Balance::rows(&roster, &balances, &[]))
    }

    async fn settle(&self, ctx: &Context<'_>, per_household: bool) -> Outcome<Settlement> {
        let mode = Mode { simplify: self.simplifies()?, per_household };
        let balances = self.balances_of(ctx, per_household).await?;
        let settlement = request::<Services>(ctx)?.0.settlements.settle(self.id, &balances.ledger, mode).await?;
        let plan = Plan {
            roster: self.roster()?,
            transfers: &settlement.transfers,
            mode,
            households: self.households(per_household)?,
        };
        Ok(Settlement::new(&plan, settlement.minimal, balances.ledger_version))
    }

    /// Returns the households that are to have one balance each.
    fn households(&self, per_household: bool) -> Outcome<&[Vec<MemberId>]> {
        Ok(if per_household { self.roster()?.households.as_slice() } else { &[] })
    }

    async fn balances_of(&self, ctx: &Context<'_>, per_household: bool) -> Outcome<Arc<GroupBalances>> {
        let balances = self.add_up(ctx).await?;
        if per_household { Ok(Arc::new(balances.per_household(self.roster()?)?)) } else { Ok(balances) }
    }

    async fn add_up(&self, ctx: &Context<'_>) -> Outcome<Arc<GroupBalances>> {
        let loaders = data::<Loaders>(ctx)?;
        let balances = self.balances.get_or_init(|| async {
            if let Some(state) = &self.watched {
                return state.balances();
            }
            let required = self.required()?;
            // The three fields have the same requirements, so that one response is either complete or fails as a whole.
            let simplify = required.simplify()?;
            let expenses = required.expense_nets()?.ledger()?;
            let payments = loaders.head(self.id).await?;
            Ok(Arc::new(GroupBalances::new(expenses, payments.as_deref(), &required.roster, simplify)?))
        });
        balances.await.clone()
    }

    fn required(&self) -> Outcome<&Required> {
        self.required.as_ref().ok_or_else(|| Failure::internal("the router provided no required fields"))
    }

    fn roster(&self) -> Outcome<&Roster> {
        Ok(if let Some(state) = &self.watched { &state.roster } else { &self.required()?.roster })
    }

    fn simplifies(&self) -> Outcome<bool> {
        if let Some(state) = &self.watched { Ok(state.roster.simplify) } else { self.required()?.simplify() }
    }

    fn watched(&self) -> Outcome<&State> {
        self.watched.as_deref().ok_or_else(|| Failure::internal("only a watched group provides this field"))
    }
}

#[derive(Default)]
pub(super) struct GroupEntity;

#[Object]
impl GroupEntity {
    // The required fields are plain JSON, so that an unreadable one fails alone and not with all entities of the
    // request.
    #[graphql(entity)]
    async fn group_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(key)] id: ID,
        simplify: Value,
        expense_nets: Value,
    ) -> Outcome<Option<Group>> {
        let Some(id) = kit::graphql::id(&id) else { return Ok(None) };
        let roster = data::<Loaders>(ctx)?.roster(id).await?;
        Ok(roster.map(|roster| Group::with_required(id, Required { simplify, expense_nets, roster })))
    }
}

#[derive(Default)]
pub(super) struct GroupSubscription;

#[Subscription]
impl GroupSubscription {
    /// Emits the group at once, and again after every change of its members, expenses or payments. Ends when the caller
    /// is no longer a member.
    #[graphql(directive = Provides::apply(
        "version simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    ))]
    async fn group_moved(&self, ctx: &Context<'_>, group_id: ID) -> Result<BoxStream<'static, Group>> {
        let group = read_id(&group_id, group_not_found())?;
        let (services, caller) = request::<Services>(ctx)?;
        let changes = services.watches.watch(caller, group).await?;
        Ok(changes.map(Group::from).boxed())
    }
}
