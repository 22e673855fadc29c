//! What balances and proposed transfers are made of.

use async_graphql::{
    Context, SimpleObject,
    connection::{Connection, DefaultConnectionName, DefaultEdgeName, DisableNodesField, Edge, EmptyFields},
};
use contracts::roster::group_not_found;
use kit::{
    Outcome,
    graphql::{Money, PageRequest, data, request},
};

use super::{
    loaders::Loaders,
    payment::Payment,
    reference::{Expense, Member},
};
use crate::{
    Services,
    explanation::{self, Part, Subject},
};

const PAGE: i32 = 20;

/// One part of a balance or of a proposed transfer: an expense, a payment, or another proposed transfer.
#[derive(SimpleObject)]
pub(super) struct Cause {
    /// The expense that it comes from.
    expense: Option<Expense>,
    /// The payment that it comes from.
    payment: Option<Payment>,
    /// Who else is to be paid from the same balance.
    other_receiver: Option<Member>,
    /// How much it adds; the amounts of all pages add up to the balance or transfer.
    amount: Money,
}

/// A page of causes, the newest first. They are not counted.
pub(super) type CauseConnection =
    Connection<String, Cause, EmptyFields, EmptyFields, DefaultConnectionName, DefaultEdgeName, DisableNodesField>;

impl From<explanation::Cause> for Cause {
    fn from(cause: explanation::Cause) -> Self {
        let amount = cause.amount.into();
        let none = Self { expense: None, payment: None, other_receiver: None, amount };
        match cause.part {
            Part::Expense(id) => Self { expense: Some(id.into()), ..none },
            Part::Payment(payment) => Self { payment: Some((*payment).into()), ..none },
            Part::Transfer(transfer) => Self { other_receiver: Some(transfer.to.into()), ..none },
        }
    }
}

/// A page of what explains a subject; refused to those who are no longer in its group.
pub(super) async fn because(
    ctx: &Context<'_>,
    subject: &Subject,
    first: Option<i32>,
    after: Option<&str>,
) -> Outcome<CauseConnection> {
    let (services, caller) = request::<Services>(ctx)?;
    let page = PageRequest::new(first.unwrap_or(PAGE), after)?;
    if data::<Loaders>(ctx)?.roster(subject.group).await?.is_none() {
        return Err(group_not_found().into());
    }
    let page = services.explanations.page(caller, subject, &page).await?;
    let mut connection = CauseConnection::new(page.has_previous, page.has_next);
    connection.edges.extend(page.entries.into_iter().map(|(cursor, cause)| Edge::new(cursor.encode(), cause.into())));
    Ok(connection)
}
