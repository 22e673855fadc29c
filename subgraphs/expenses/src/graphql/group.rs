//! What this subgraph adds to the type Group. For a group that the caller may not see the result is the
//! same as for one that does not exist: null.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{
    GroupId, MemberId,
    ledger::GroupLedger,
    roster::{Roster, group_not_found},
};
use kit::{
    Failure, Outcome,
    graphql::{Connection, CurrencyCode, Decimal, PageRequest, data, request},
    journal::Head,
};
use money::{Amount, Currency};

use super::{
    category::Category,
    expense::ExpenseFilter,
    loaders::Loaders,
    preset::Preset,
    reference::{Expense, Group, roster},
    schedule::{RecurringCost, Schedule},
};
use crate::services::Services;

#[derive(Default)]
pub(super) struct GroupEntities;

#[Object]
impl GroupEntities {
    #[graphql(entity)]
    async fn group_entity(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Group>> {
        let Some(id) = kit::graphql::id::<GroupId>(&id) else { return Ok(None) };
        Ok(roster(ctx, id).await?.map(|roster| Group { id, seen: Some(roster) }))
    }
}

impl Group {
    async fn roster(&self, ctx: &Context<'_>) -> Outcome<Option<Arc<Roster>>> {
        match &self.seen {
            Some(seen) => Ok(Some(Arc::clone(seen))),
            None => roster(ctx, self.id).await,
        }
    }

    /// Returns the caller's own member, if the caller is one.
    async fn own_member(&self, ctx: &Context<'_>) -> Outcome<Vec<MemberId>> {
        let (_, caller) = request::<Services>(ctx)?;
        let user = caller.user()?;
        let roster = self.roster(ctx).await?;
        let own = roster.as_ref().and_then(|roster| roster.active_member_of(user));
        Ok(own.map(|own| own.member_id).into_iter().collect())
    }

    /// Returns the currency of the group if the caller may see it.
    async fn currency(&self, ctx: &Context<'_>) -> Outcome<Option<Currency>> {
        Ok(self.roster(ctx).await?.map(|roster| roster.currency))
    }
}

/// A group with its expenses.
#[Object]
impl Group {
    async fn id(&self) -> ID {
        self.id.to_string().into()
    }

    /// The expenses of the group, the newest first.
    async fn expenses(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ExpenseFilter>,
    ) -> Option<Outcome<Connection<Expense>>> {
        let page = async {
            let (services, _) = request::<Services>(ctx)?;
            let page = PageRequest::of(ctx, first, after.as_deref())?;
            let filter = filter.unwrap_or_default();
            let currency = if filter.needs_currency() { self.currency(ctx).await? } else { None };
            let own = if filter.is_mine() { self.own_member(ctx).await? } else { Vec::new() };
            services.expenses.of_groups(&[self.id], &filter.read(currency, own)?, &page).await
        };
        Some(page.await.map(|page| page.connection(Expense)))
    }

    /// The presets of the group, ordered by name; at most 50.
    async fn presets(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Preset>>> {
        let presets = async {
            let (services, _) = request::<Services>(ctx)?;
            services.presets.of_group(self.id).await
        };
        Some(presets.await.map(|presets| presets.into_iter().map(Preset).collect()))
    }

    /// The categories that members have added to the built-in ones, ordered by key; at most 50.
    async fn categories(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Category>>> {
        let categories = async {
            let (services, _) = request::<Services>(ctx)?;
            services.categories.of_group(self.id).await
        };
        Some(categories.await.map(|categories| categories.into_iter().map(Into::into).collect()))
    }

    /// The schedules of the group, the oldest first; at most 100.
    async fn schedules(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Schedule>>> {
        let schedules = async {
            let (services, _) = request::<Services>(ctx)?;
            services.schedules.of_group(self.id).await
        };
        Some(schedules.await.map(|schedules| schedules.into_iter().map(Schedule).collect()))
    }

    /// What the schedules that go on cost on average, one row per currency.
    async fn recurring_cost(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<RecurringCost>>> {
        let cost = async {
            let (services, _) = request::<Services>(ctx)?;
            services.schedules.cost_of_group(self.id).await
        };
        Some(cost.await.map(|cost| cost.into_iter().map(Into::into).collect()))
    }

    /// Increases with every change of the expenses and of what belongs to them. A report counts them up to its
    /// `upToVersion`.
    async fn expenses_version(&self, ctx: &Context<'_>) -> Option<Outcome<i32>> {
        let version = async {
            let (roster, head) = futures::try_join!(self.roster(ctx), data::<Loaders>(ctx)?.head(self.id))?;
            roster.ok_or_else(group_not_found)?;
            i32::try_from(head.map_or(0, |head| head.version)).map_err(Failure::internal)
        };
        Some(version.await)
    }

    /// The nets of all expenses, from one snapshot. For other subgraphs only.
    #[graphql(inaccessible)]
    async fn expense_nets(&self, ctx: &Context<'_>) -> Option<Outcome<ExpenseNets>> {
        let nets = async {
            let (roster, head) = futures::try_join!(self.roster(ctx), data::<Loaders>(ctx)?.head(self.id))?;
            nets(head.as_deref(), roster.is_some_and(|roster| roster.simplify))
        };
        Some(nets.await)
    }
}

/// Converts the head of a ledger; a group without expenses has none. The list of debts, which may have thousands of
/// entries, is left out if the group simplifies debts.
pub(super) fn nets(head: Option<&Head<GroupLedger>>, simplify: bool) -> Outcome<ExpenseNets> {
    let Some(head) = head else {
        return Ok(ExpenseNets { version: 0, nets: Vec::new(), debts: (!simplify).then(Vec::new) });
    };
    let nets = head.ledger.nets.iter().map(|row| MemberNet {
        member_id: row.member_id.to_string().into(),
        amount: Amount::new(row.amount_minor, row.currency).into(),
        currency: row.currency.into(),
    });
    let debts = head.ledger.debts.iter().map(|row| MemberDebt {
        from: row.from.to_string().into(),
        to: row.to.to_string().into(),
        amount: Amount::new(row.amount_minor, row.currency).into(),
        currency: row.currency.into(),
    });
    let version = i32::try_from(head.ledger_version).map_err(Failure::internal)?;
    Ok(ExpenseNets { version, nets: nets.collect(), debts: (!simplify).then(|| debts.collect()) })
}

/// The nets of all expenses of a group, from one snapshot. For other subgraphs only.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct ExpenseNets {
    version: i32,
    nets: Vec<MemberNet>,
    /// Null if the group simplifies debts.
    debts: Option<Vec<MemberDebt>>,
}

/// What the expenses add to one member's balance.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MemberNet {
    member_id: ID,
    amount: Decimal,
    currency: CurrencyCode,
}

/// What one member owes another because of the expenses.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MemberDebt {
    from: ID,
    to: ID,
    amount: Decimal,
    currency: CurrencyCode,
}
