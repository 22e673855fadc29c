//! GraphQL types of pay handles.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use contracts::pay_handles::PayHandle as Stored;
use kit::{Outcome, graphql::request};

use super::user::User;
use crate::{
    pay_handle::{self, NewHandle},
    services::Services,
};

/// The kind of a way to pay outside of Quits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "pay_handle::Kind")]
pub(super) enum PayHandleKind {
    /// A bank account.
    Iban,
    /// A PayPal.Me page.
    Paypal,
    /// A Revolut.Me page.
    Revolut,
    /// An address in India's Unified Payments Interface.
    Upi,
    /// Another web page.
    Link,
}

/// A way to pay a person outside of Quits. Others can see it only while they owe the person something.
#[derive(SimpleObject)]
pub(super) struct PayHandle {
    kind: PayHandleKind,
    /// The IBAN, the name of the page, the UPI address, or the URL.
    value: String,
    /// The account holder; null for a page.
    holder: Option<String>,
}

impl From<Stored> for PayHandle {
    fn from(handle: Stored) -> Self {
        let (kind, value, holder) = match handle {
            Stored::Iban { iban, holder } => (PayHandleKind::Iban, iban, Some(holder)),
            Stored::Paypal { name } => (PayHandleKind::Paypal, name, None),
            Stored::Revolut { name } => (PayHandleKind::Revolut, name, None),
            Stored::Upi { id, holder } => (PayHandleKind::Upi, id, Some(holder)),
            Stored::Link { url } => (PayHandleKind::Link, url, None),
        };
        Self { kind, value, holder }
    }
}

/// A way to be paid outside of Quits.
#[derive(InputObject)]
pub(super) struct PayHandleInput {
    kind: PayHandleKind,
    /// The IBAN with or without spaces, the name or URL of the page, the UPI address, or the https URL.
    value: String,
    /// The account holder; required for IBAN and UPI.
    holder: Option<String>,
}

impl PayHandleInput {
    fn read(self) -> NewHandle {
        NewHandle { kind: self.kind.into(), value: self.value, holder: self.holder }
    }
}

/// Mutations of pay handles.
#[derive(Default)]
pub struct PayHandleMutations;

#[Object]
impl PayHandleMutations {
    /// Replaces the ways in which the caller can be paid outside of Quits, in order of preference; at most ten. Only
    /// those who owe the caller something in a shared group can see them.
    async fn set_pay_handles(&self, ctx: &Context<'_>, handles: Vec<PayHandleInput>) -> Outcome<User> {
        let (services, caller) = request::<Services>(ctx)?;
        let typed: Vec<NewHandle> = handles.into_iter().map(PayHandleInput::read).collect();
        Ok(User::oneself(services.pay_handles.set(caller, &typed).await?))
    }
}
