//! What payments adds to a group: its payments, and with what expenses know, its balances and their settlement.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use contracts::GroupId;
use kit::{
    Caller, Failure, Outcome,
    graphql::{Connection, DateTime, PageRequest},
};
use tokio::sync::OnceCell;

use super::{
    loaders::Loaders,
    required::{ExpenseNets, Required},
    types::{Balance, Payment, Settlement},
};
use crate::{Payments, balances::Balances};

const PAGE: i32 = 50;

/// A group that the caller may see.
pub(super) struct Group {
    id: GroupId,
    /// Absent when the group was reached from within this subgraph: the router then asks for it anew.
    required: Option<Required>,
    /// Worked out once, so that all fields of one answer agree.
    balances: OnceCell<Outcome<Arc<Balances>>>,
}

impl From<GroupId> for Group {
    fn from(id: GroupId) -> Self {
        Self { id, required: None, balances: OnceCell::new() }
    }
}

#[Object]
impl Group {
    async fn id(&self) -> ID {
        self.id.into()
    }

    #[graphql(external)]
    async fn simplify(&self) -> Result<bool> {
        Ok(self.required()?.simplify()?)
    }

    #[graphql(external)]
    async fn expense_nets(&self) -> Result<ExpenseNets> {
        Ok(self.required()?.expense_nets()?)
    }

    /// The payments of the group, the latest first.
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<Connection<Payment>>> {
        Some(self.page(ctx, first, after).await)
    }

    /// Who is owed and who owes: a row for every member with a history and each of its currencies, zeros included.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn balances(&self, ctx: &Context<'_>) -> Option<Result<Vec<Balance>>> {
        Some(self.add_up(ctx).await.map(|balances| Balance::rows(&balances.ledger.nets)))
    }

    /// The balances as they were at a moment.
    async fn balances_at(&self, ctx: &Context<'_>, at: DateTime) -> Option<Result<Vec<Balance>>> {
        Some(self.past(ctx, &at).await)
    }

    /// The transfers that would bring every balance to zero.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn settlement(&self, ctx: &Context<'_>) -> Option<Result<Settlement>> {
        Some(self.settle(ctx).await)
    }

    /// Grows with every change of the balances: what has a lower one is older.
    #[graphql(
        requires = "simplify expenseNets { version nets { memberId amount currency } debts { from to amount currency } }"
    )]
    async fn ledger_version(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        Some(self.add_up(ctx).await.map(|balances| balances.ledger_version))
    }
}

impl Group {
    /// A group as the router asks for it.
    pub(super) fn with_required(id: GroupId, required: Required) -> Self {
        Self { required: Some(required), ..Self::from(id) }
    }

    async fn page(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Connection<Payment>> {
        let request = PageRequest::new(first.unwrap_or(PAGE), after.as_deref())?;
        let page = ctx.data::<Arc<Payments>>()?.payments(self.id, &request).await?;
        Ok(page.connection(Payment::from))
    }

    async fn past(&self, ctx: &Context<'_>, at: &DateTime) -> Result<Vec<Balance>> {
        let (payments, caller) = (ctx.data::<Arc<Payments>>()?, ctx.data::<Caller>()?);
        Ok(Balance::rows(&payments.balances_at(caller, self.id, at.moment("at")?).await?))
    }

    async fn settle(&self, ctx: &Context<'_>) -> Result<Settlement> {
        let simplify = self.required()?.simplify()?;
        let balances = self.add_up(ctx).await?;
        let settlements = &ctx.data::<Arc<Payments>>()?.settlements;
        let settlement = settlements.settle(self.id, &balances.ledger, simplify).await?;
        Ok(Settlement::new(&settlement, balances.ledger_version))
    }

    async fn add_up(&self, ctx: &Context<'_>) -> Result<Arc<Balances>> {
        let loaders = ctx.data::<Loaders>()?;
        let balances = self.balances.get_or_init(|| async {
            let required = self.required()?;
            // All three fields need all that is required: one answer must not be half of it.
            required.simplify()?;
            let expenses = required.expense_nets()?.ledger()?;
            let payments = loaders.head(self.id).await?;
            Ok(Arc::new(Balances::new(expenses, payments.as_deref(), &required.roster)?))
        });
        Ok(balances.await.clone()?)
    }

    fn required(&self) -> Outcome<&Required> {
        self.required.as_ref().ok_or_else(|| Failure::internal("nothing of what is required was brought along"))
    }
}
