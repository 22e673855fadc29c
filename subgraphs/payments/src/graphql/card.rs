//! GraphQL types of card payments.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use contracts::roster::group_not_found;
use kit::{
    Outcome,
    graphql::{Money, MoneyInput, read_id, request},
};

use super::payment::Payment;
use crate::{
    card::{self, operations::StartedPayment},
    payment::NewCardPayment,
    refusal::Refusal,
    services::Services,
};

/// A card payment that its payer can now complete in the browser with Stripe.
#[derive(SimpleObject)]
struct CardPayment {
    /// PENDING until the money has moved.
    payment: Payment,
    /// The client secret for Stripe's form in the browser. Only the payer gets it.
    client_secret: String,
    /// The publishable key for Stripe's form.
    publishable_key: String,
    /// Where to load Stripe's script for browsers from.
    script_url: String,
}

/// What a payment by card costs its payer.
#[derive(SimpleObject)]
struct CardQuote {
    /// What the receiver gets, and what counts in balances.
    amount: Money,
    /// The operator's fee, which the payer pays beside it; may be zero.
    fee: Money,
    /// What the payer's card is charged.
    total: Money,
    /// Whether this installation is in Stripe's test mode, in which no real money moves.
    is_test: bool,
}

impl From<card::operations::CardQuote> for CardQuote {
    fn from(quote: card::operations::CardQuote) -> Self {
        let card::operations::CardQuote { amount, fee, total, is_test } = quote;
        Self { amount: amount.into(), fee: fee.into(), total: total.into(), is_test }
    }
}

impl From<StartedPayment> for CardPayment {
    fn from(started: StartedPayment) -> Self {
        let StartedPayment { payment, client_secret, publishable_key, script_url } = started;
        Self { payment: payment.into(), client_secret, publishable_key, script_url: script_url.into() }
    }
}

/// Whether a person can be paid by card.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "card::PayoutState")]
enum PayoutState {
    /// There is no account at Stripe.
    None,
    /// Stripe needs more information from the person.
    Incomplete,
    /// The person can be paid by card.
    Ready,
}

/// A card payment from the caller to another member.
#[derive(InputObject)]
pub(super) struct StartCardPaymentInput {
    group_id: ID,
    /// The receiver, whose payouts must be READY.
    to_member_id: ID,
    /// The amount; positive.
    amount: MoneyInput,
    /// Requests with the same key and input return the same payment.
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
    /// Whether the caller can be paid by card; refused with `NOT_CONFIGURED` if this installation does not accept
    /// cards.
    async fn payouts(&self, ctx: &Context<'_>) -> Outcome<PayoutState> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.cards.payout_state(caller).await?.into())
    }

    /// What a card payment from the caller to another member would cost; null if this installation does not accept
    /// cards, this member cannot be paid by card, or Stripe cannot charge this amount.
    async fn card_quote(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        to_member_id: ID,
        amount: MoneyInput,
    ) -> Outcome<Option<CardQuote>> {
        let (services, caller) = request::<Services>(ctx)?;
        let new = NewCardPayment {
            group_id: read_id(&group_id, group_not_found())?,
            to: read_id(&to_member_id, Refusal::NotAMember { field: "toMemberId" })?,
            amount: amount.amount("amount")?,
        };
        Ok(services.cards.quote(caller, &new).await?.map(CardQuote::from))
    }
}

#[derive(Default)]
pub(super) struct CardMutation;

#[Object]
impl CardMutation {
    /// Returns the URL of Stripe's onboarding, where the caller enters what Stripe needs for payouts.
    async fn connect_payouts(&self, ctx: &Context<'_>) -> Outcome<String> {
        let (services, caller) = request::<Services>(ctx)?;
        services.cards.connect_payouts(caller).await
    }

    /// Starts a card payment from the caller to another member. It does not affect balances until its money has moved.
    async fn start_card_payment(&self, ctx: &Context<'_>, mut input: StartCardPaymentInput) -> Outcome<CardPayment> {
        let (services, caller) = request::<Services>(ctx)?;
        let key = std::mem::take(&mut input.idempotency_key);
        Ok(services.cards.start(caller, &key, input.read()?).await?.into())
    }
}
