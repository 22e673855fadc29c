//! What the router asks for: expenses by id, and the expenses of groups. Whoever may not see a group
//! gets nothing, as for a group that does not exist.

use async_graphql::{Context, ID, Object};
use contracts::{ExpenseId, GroupId};
use kit::{
    Failure, Outcome,
    graphql::{Connection, PageRequest},
    journal::Head,
};
use money::Amount;

use super::{
    input::ExpenseFilter,
    loader::{ExpenseLoader, HeadLoader, RosterLoader, loader},
    request,
    types::{Expense, ExpenseNets, Group, MemberDebt, MemberNet},
};

#[derive(Default)]
pub(super) struct Entities;

#[Object]
impl Entities {
    #[graphql(entity)]
    async fn find_expense_by_id(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Expense>, Failure> {
        let Some(id) = kit::graphql::id::<ExpenseId>(&id) else { return Ok(None) };
        let Some(expense) = loader::<ExpenseLoader>(ctx)?.load(id).await? else { return Ok(None) };
        Ok(may_see(ctx, expense.group_id).await?.then(|| Expense((*expense).clone())))
    }

    #[graphql(entity)]
    async fn find_group_by_id(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Group>, Failure> {
        let Some(id) = kit::graphql::id::<GroupId>(&id) else { return Ok(None) };
        Ok(may_see(ctx, id).await?.then_some(Group(id)))
    }
}

/// A group, as far as its expenses go.
#[Object]
impl Group {
    async fn id(&self) -> ID {
        self.0.to_string().into()
    }

    /// The group's expenses, newest first.
    async fn expenses(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ExpenseFilter>,
    ) -> Option<Outcome<Connection<Expense>>> {
        let page = async {
            let (expenses, _) = request(ctx)?;
            let (filter, page) = (filter.unwrap_or_default().read()?, PageRequest::new(first, after.as_deref())?);
            expenses.expenses_of(self.0, &filter, &page).await
        };
        Some(page.await.map(|page| page.connection(Expense)))
    }

    /// One snapshot of the group's nets document. Only for other subgraphs.
    #[graphql(inaccessible)]
    async fn expense_nets(&self, ctx: &Context<'_>) -> Result<ExpenseNets, Failure> {
        let head = loader::<HeadLoader>(ctx)?.load(self.0).await?;
        nets(head.as_deref())
    }
}

/// A group without expenses has no head: nothing is owed.
fn nets(head: Option<&Head>) -> Outcome<ExpenseNets> {
    let Some(head) = head else { return Ok(ExpenseNets { version: 0, nets: Vec::new(), debts: Vec::new() }) };
    let nets = head.nets.iter().map(|row| MemberNet {
        member_id: row.member_id.to_string().into(),
        amount: Amount::new(row.amount_minor, row.currency).into(),
        currency: row.currency.into(),
    });
    let debts = head.debts.iter().map(|row| MemberDebt {
        from: row.from.to_string().into(),
        to: row.to.to_string().into(),
        amount: Amount::new(row.amount_minor, row.currency).into(),
        currency: row.currency.into(),
    });
    let version = i32::try_from(head.ledger_version).map_err(Failure::internal)?;
    Ok(ExpenseNets { version, nets: nets.collect(), debts: debts.collect() })
}

async fn may_see(ctx: &Context<'_>, group: GroupId) -> Outcome<bool> {
    Ok(loader::<RosterLoader>(ctx)?.load(group).await?.is_some())
}
