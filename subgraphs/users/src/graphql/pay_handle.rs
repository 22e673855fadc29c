//! GraphQL types of pay handles.

use async_graphql::{Context, InputObject, Object};
use kit::{Outcome, graphql::request};

use super::user::{PayHandleKind, User};
use crate::{pay_handle::NewHandle, services::Services};

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
pub(super) struct PayHandleMutations;

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
