//! The mutations.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use contracts::{MemberId, roster::group_not_found};
use kit::{
    Caller, Outcome,
    graphql::{Date, MoneyInput, read_id},
};

use super::types::{Payment, PaymentMethod};
use crate::{Payments, payment::NewPayment, refusal::Refusal};

/// The mutations.
pub struct Mutation;

#[Object]
impl Mutation {
    /// Records money that one member of a group has paid another. The caller must be in the group, but need not be either.
    async fn record_payment(&self, ctx: &Context<'_>, input: RecordPaymentInput) -> Result<Payment> {
        let new = input.payment()?;
        let payments = ctx.data::<Arc<Payments>>()?;
        let payment = payments.record_payment(ctx.data::<Caller>()?, &input.idempotency_key, new).await?;
        Ok(payment.into())
    }
}

/// A payment that was made outside of Quits.
#[derive(InputObject)]
pub(super) struct RecordPaymentInput {
    /// In which group.
    group_id: ID,
    /// Who paid; may have left the group.
    from_member_id: ID,
    /// Who received; may have left the group.
    to_member_id: ID,
    /// How much, in any currency; more than zero.
    amount: MoneyInput,
    /// How; a payment by CARD cannot be recorded by hand.
    #[graphql(default_with = "Some(PaymentMethod::Cash)")]
    method: Option<PaymentMethod>,
    /// The day the money moved; today in UTC if left out.
    date: Option<Date>,
    /// Anything worth remembering, up to 1000 characters.
    note: Option<String>,
    /// The same key and input again give the same payment.
    idempotency_key: String,
}

impl RecordPaymentInput {
    fn payment(&self) -> Outcome<NewPayment> {
        Ok(NewPayment {
            group_id: read_id(&self.group_id, group_not_found())?,
            from: member(&self.from_member_id, "input.fromMemberId")?,
            to: member(&self.to_member_id, "input.toMemberId")?,
            amount: self.amount.amount("input.amount")?,
            method: self.method.unwrap_or(PaymentMethod::Cash).into(),
            date: self.date.as_ref().map(|date| date.day("input.date")).transpose()?,
            note: self.note.clone(),
        })
    }
}

fn member(id: &ID, field: &'static str) -> Result<MemberId, Refusal> {
    kit::graphql::id(id).ok_or(Refusal::NotAMember { field })
}
