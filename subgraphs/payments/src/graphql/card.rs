//! Payments by card.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use contracts::roster::group_not_found;
use kit::{
    Outcome,
    graphql::{MoneyInput, read_id, request},
};

use super::payment::Payment;
use crate::{
    Services,
    card::{self, operations::StartedPayment},
    payment::NewCardPayment,
    refusal::Refusal,
};

/// A payment by card that its payer can now make, in the browser and with Stripe.
#[derive(SimpleObject)]
struct CardPayment {
    /// PENDING until the money has moved.
    payment: Payment,
    /// What Stripe's form in the browser is given; a secret of the payer.
    client_secret: String,
    /// Whose form it is.
    publishable_key: String,
}

impl From<StartedPayment> for CardPayment {
    fn from(started: StartedPayment) -> Self {
        let StartedPayment { payment, client_secret, publishable_key } = started;
        Self { payment: payment.into(), client_secret, publishable_key }
    }
}

/// Whether a person can be paid by card.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "card::PayoutState")]
enum PayoutState {
    /// Nothing was done for it.
    None,
    /// Stripe wants to know more.
    Incomplete,
    /// Yes.
    Ready,
}

/// A payment by card from the caller to another member.
#[derive(InputObject)]
pub(super) struct StartCardPaymentInput {
    /// In which group.
    group_id: ID,
    /// Who receives: a person with payouts that are READY.
    to_member_id: ID,
    /// How much; more than zero.
    amount: MoneyInput,
    /// The same key and input again give the same payment.
    idempotency_key: String,
}

impl StartCardPaymentInput {
    fn read(self) -> Outcome<NewCardPayment> {
        Ok(NewCardPayment {
            group_id: read_id(&self.group_id, group_not_found())?,
            to: read_id(&self.to_member_id, Refusal::NotAMember { field: "input.toMemberId" })?,
            amount: self.amount.amount("input.amount")?,
        })
    }
}

#[derive(Default)]
pub(super) struct CardQuery;

#[Object]
impl CardQuery {
    /// Whether the caller can be paid by card; refused with `NOT_CONFIGURED` where nobody can.
    async fn payouts(&self, ctx: &Context<'_>) -> Outcome<PayoutState> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.cards.payout_state(caller).await?.into())
    }
}

#[derive(Default)]
pub(super) struct CardMutation;

#[Object]
impl CardMutation {
    /// Gives the address where the caller tells Stripe what it needs to pay the caller out.
    async fn connect_payouts(&self, ctx: &Context<'_>) -> Outcome<String> {
        let (services, caller) = request::<Services>(ctx)?;
        services.cards.connect_payouts(caller).await
    }

    /// Begins a payment by card from the caller to another member. It moves no balance before its money has moved.
    async fn start_card_payment(&self, ctx: &Context<'_>, mut input: StartCardPaymentInput) -> Outcome<CardPayment> {
        let (services, caller) = request::<Services>(ctx)?;
        let key = std::mem::take(&mut input.idempotency_key);
        Ok(services.cards.start(caller, &key, input.read()?).await?.into())
    }
}
