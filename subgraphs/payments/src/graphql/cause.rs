//! GraphQL types of explanations: the parts of balances and proposed transfers.

use async_graphql::{
    Context, SimpleObject,
    connection::{Connection, DefaultConnectionName, DefaultEdgeName, DisableNodesField, Edge, EmptyFields},
};
use contracts::{GroupId, roster::group_not_found};
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
    explanation::{self, Part, Subject},
    services::Services,
};

const PAGE: i32 = 20;

/// One part of a balance or of a proposed transfer: an expense, a payment, or another proposed transfer.
#[derive(SimpleObject)]
pub(super) struct Cause {
    /// The expense, if the part is one.
    expense: Option<Expense>,
    /// The payment, if the part is one.
    payment: Option<Payment>,
    /// The receiver of another proposed transfer that pays for the same balance, if the part is one.
    other_receiver: Option<Member>,
    /// The member whose balance or debt it is part of: of a household, one after the other.
    member: Member,
    /// The contribution; the amounts of all pages add up to the balance or transfer.
    amount: Money,
}

/// A page of causes without a total count, the newest first; those of a household member by member.
pub(super) type CauseConnection =
    Connection<String, Cause, EmptyFields, EmptyFields, DefaultConnectionName, DefaultEdgeName, DisableNodesField>;

impl From<explanation::Cause> for Cause {
    fn from(cause: explanation::Cause) -> Self {
        let amount = cause.amount.into();
        let none = Self { expense: None, payment: None, other_receiver: None, member: cause.member.into(), amount };
        match cause.part {
            Part::Expense(id) => Self { expense: Some(id.into()), ..none },
            Part::Payment(payment) => Self { payment: Some((*payment).into()), ..none },
            Part::Transfer(transfer) => Self { other_receiver: Some(transfer.to.into()), ..none },
        }
    }
}

/// Returns a page of the explanation of these subjects of a group; refused to former members of the group.
pub(super) async fn because(
    ctx: &Context<'_>,
    (group, subjects): (GroupId, &[Subject]),
    first: Option<i32>,
    after: Option<&str>,
) -> Outcome<CauseConnection> {
    let (services, caller) = request::<Services>(ctx)?;
    let page = PageRequest::new(first.unwrap_or(PAGE), after)?;
    if data::<Loaders>(ctx)?.roster(group).await?.is_none() {
        return Err(group_not_found().into());
    }
    let page = services.explanations.page(caller, subjects, &page).await?;
    let mut connection = CauseConnection::new(page.has_previous, page.has_next);
    connection.edges.extend(page.entries.into_iter().map(|(cursor, cause)| Edge::new(cursor.encode(), cause.into())));
    Ok(connection)
}
