//! GraphQL types of payments.

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use contracts::{GroupId, PaymentId, roster::group_not_found};
use kit::{
    Outcome,
    graphql::{Date, DateTime, Money, MoneyInput, data, read_id, request},
    journal::{HistoryPage, LONGEST_HISTORY},
};
use money::Amount;

use super::{
    loaders::Loaders,
    reference::{Group, Member},
};
use crate::{
    payment::{self, Action, Edit, NewPayment, NoteEdit, Revision},
    refusal::Refusal,
    services::Services,
    settle_up::{Expected, SettleUp},
};

/// The method of a payment.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Method")]
pub(super) enum PaymentMethod {
    /// In cash.
    Cash,
    /// By bank transfer.
    BankTransfer,
    /// By card, through Quits.
    Card,
    /// Another method.
    Other,
}

/// The state of a payment. Only PROCESSED and DISPUTED payments count in balances.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Status")]
pub(super) enum PaymentStatus {
    /// It is under way; no money has moved.
    Pending,
    /// The money has moved.
    Processed,
    /// A party reports a problem. It counts until that is resolved.
    Disputed,
    /// The money will not move.
    Failed,
    /// The money was returned.
    Refunded,
    /// It should not have been recorded.
    Voided,
}

/// A payment from one member to another.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Payment {
    #[graphql(skip)]
    key: (GroupId, PaymentId),
    id: ID,
    /// The group whose balances it affects.
    group: Group,
    /// The payer.
    from: Member,
    /// The receiver.
    to: Member,
    /// What was paid; positive.
    amount: Money,
    /// What it settles: the amount that counts in balances, in another currency than what was paid. Null if that is what
    /// was paid.
    settles: Option<Money>,
    /// How much of it was returned by card; the rest counts in balances.
    refunded: Money,
    /// The method.
    method: PaymentMethod,
    /// The state.
    status: PaymentStatus,
    /// The day the money moved.
    date: Date,
    /// Free text of the recorder.
    note: Option<String>,
    /// Who recorded it.
    created_by: Member,
    /// When it was recorded.
    created_at: DateTime,
    /// When the receiver confirmed it.
    confirmed_at: Option<DateTime>,
    /// The reported problem, while it is DISPUTED.
    dispute_reason: Option<String>,
    /// Increases with every change.
    version: i32,
}

impl From<payment::Payment> for Payment {
    fn from(payment: payment::Payment) -> Self {
        Self {
            key: (payment.group_id, payment.id),
            id: payment.id.into(),
            group: payment.group_id.into(),
            from: payment.from.into(),
            to: payment.to.into(),
            amount: payment.paid.unwrap_or(payment.amount).into(),
            settles: payment.paid.map(|_| payment.amount.into()),
            refunded: Amount::new(payment.refunded_minor, payment.amount.currency).into(),
            method: payment.method.into(),
            status: payment.status.into(),
            date: payment.date.into(),
            note: payment.note,
            created_by: payment.created_by.into(),
            created_at: payment.created_at.into(),
            confirmed_at: payment.confirmed_at.map(DateTime::from),
            dispute_reason: payment.dispute_reason,
            version: payment.version,
        }
    }
}

#[ComplexObject]
impl Payment {
    /// The latest changes, at most 200, the oldest first. `before` is the `place` of a change: only those before it.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(LONGEST_HISTORY)")] first: Option<i32>,
        before: Option<i32>,
    ) -> Option<Outcome<Vec<PaymentRevision>>> {
        let history = async {
            let page = HistoryPage::new(self.key.0.0, self.key.1.0, (first, before))?;
            let recorded = data::<Loaders>(ctx)?.history(page).await?;
            let revisions = recorded.iter().flat_map(|recorded| recorded.iter()).filter_map(Revision::of);
            Ok(revisions.map(PaymentRevision::from).collect())
        };
        Some(history.await)
    }
}

/// A kind of change of a payment.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Change")]
pub(super) enum PaymentChange {
    /// A card payment was started.
    Started,
    /// It was recorded, or its card payment has succeeded.
    Recorded,
    /// It was edited.
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    /// It was voided.
    Voided,
    /// Its card payment will not be made.
    Failed,
    /// Part or all of it was returned by card; the amount is what still counts.
    Refunded,
    /// A dispute with the card's provider has ended.
    DisputeEnded,
}

/// One change of a payment.
#[derive(SimpleObject)]
pub(super) struct PaymentRevision {
    /// Its position among all changes of the group's payments.
    place: i32,
    /// When it was made.
    at: DateTime,
    /// Who made it.
    by: Member,
    /// The kind of change.
    change: PaymentChange,
    /// The amount after the change, as it counts in balances.
    amount: Money,
    /// What was paid, if that was in another currency.
    paid: Option<Money>,
    /// The reason, if one was given.
    reason: Option<String>,
}

impl From<payment::Revision> for PaymentRevision {
    fn from(revision: payment::Revision) -> Self {
        Self {
            place: i32::try_from(revision.place).unwrap_or(i32::MAX),
            at: revision.at.into(),
            by: revision.by.into(),
            change: revision.change.into(),
            amount: revision.amount.into(),
            paid: revision.paid.map(Money::from),
            reason: revision.reason,
        }
    }
}

/// A payment that was made outside of Quits.
#[derive(InputObject)]
pub(super) struct RecordPaymentInput {
    group_id: ID,
    /// The payer; may have left the group.
    from_member_id: ID,
    /// The receiver; may have left the group.
    to_member_id: ID,
    /// What was paid, in any currency; positive.
    amount: MoneyInput,
    /// What it settles, if that is in another currency: this counts in balances.
    settles: Option<MoneyInput>,
    /// The method; CARD is refused, because card payments cannot be recorded by hand.
    #[graphql(default_with = "Some(PaymentMethod::Cash)")]
    method: Option<PaymentMethod>,
    /// The day the money moved; by default today in the caller's time zone.
    date: Option<Date>,
    /// Free text of up to 1000 characters.
    note: Option<String>,
    /// Requests with the same key and input return the same payment.
    idempotency_key: String,
}

impl RecordPaymentInput {
    fn read(self) -> Outcome<NewPayment> {
        let (amount, paid) = amounts(&self.amount, self.settles.as_ref())?;
        Ok(NewPayment {
            group_id: read_id(&self.group_id, group_not_found())?,
            from: read_id(&self.from_member_id, Refusal::NotAMember { field: "input.fromMemberId" })?,
            to: read_id(&self.to_member_id, Refusal::NotAMember { field: "input.toMemberId" })?,
            amount,
            paid,
            method: self.method.unwrap_or(PaymentMethod::Cash).into(),
            date: self.date.map(|date| date.day("input.date")).transpose()?,
            note: self.note,
        })
    }
}

/// Returns what a payment settles, and what changed hands if that was in another currency.
fn amounts(paid: &MoneyInput, settles: Option<&MoneyInput>) -> Outcome<(Amount, Option<Amount>)> {
    let paid = paid.amount("input.amount")?;
    Ok(match settles {
        Some(settles) => (settles.amount("input.settles")?, Some(paid)),
        None => (paid, None),
    })
}

/// A change of a recorded payment; omitted fields stay.
#[derive(InputObject)]
pub(super) struct EditPaymentInput {
    id: ID,
    /// The version that the change is based on; refused with `STALE_VERSION` if there is a newer one.
    expected_version: i32,
    /// What was paid, in any currency; positive.
    amount: Option<MoneyInput>,
    /// What it settles, if that is in another currency; only together with `amount`.
    settles: Option<MoneyInput>,
    /// The method.
    method: Option<PaymentMethod>,
    /// The day the money moved.
    date: Option<Date>,
    /// Free text of up to 1000 characters; null removes the note.
    note: MaybeUndefined<String>,
}

impl EditPaymentInput {
    fn read(self) -> Outcome<(PaymentId, Edit)> {
        if self.settles.is_some() && self.amount.is_none() {
            return Err(Refusal::SettlesWithoutAmount.into());
        }
        let amounts = self.amount.as_ref().map(|amount| amounts(amount, self.settles.as_ref())).transpose()?;
        let edit = Edit {
            amount: amounts.map(|(amount, _)| amount),
            paid: amounts.and_then(|(_, paid)| paid),
            method: self.method.map(payment::Method::from),
            date: self.date.map(|date| date.day("input.date")).transpose()?,
            note: match self.note {
                MaybeUndefined::Undefined => NoteEdit::Keep,
                MaybeUndefined::Null => NoteEdit::Remove,
                MaybeUndefined::Value(note) => NoteEdit::Set(note),
            },
        };
        Ok((read_id(&self.id, Refusal::PaymentNotFound)?, edit))
    }
}

/// A transfer that the caller expects to be proposed.
#[derive(InputObject)]
pub(super) struct ExpectedTransferInput {
    group_id: ID,
    /// Whether the caller receives it.
    to_caller: bool,
    /// The amount; positive.
    amount: MoneyInput,
}

impl ExpectedTransferInput {
    fn read(&self) -> Outcome<Expected> {
        Ok(Expected {
            group: read_id(&self.group_id, group_not_found())?,
            to_caller: self.to_caller,
            amount: self.amount.amount("expected.amount")?,
        })
    }
}

#[derive(Default)]
pub(super) struct PaymentQuery;

#[Object]
impl PaymentQuery {
    /// A payment of a group that the caller is or was in.
    async fn payment(&self, ctx: &Context<'_>, id: ID) -> Option<Outcome<Payment>> {
        let payment = async {
            let payment = data::<Loaders>(ctx)?.payment(&id).await?;
            Ok(payment.ok_or(Refusal::PaymentNotFound)?.into())
        };
        Some(payment.await)
    }

    #[graphql(entity)]
    async fn payment_entity(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Payment>> {
        let payment = data::<Loaders>(ctx)?.payment(&id).await?;
        Ok(payment.map(Into::into))
    }
}

#[derive(Default)]
pub(super) struct PaymentMutation;

#[Object]
impl PaymentMutation {
    /// Records a payment from one member of a group to another. The caller must be a member, but need not be either of
    /// them. Nobody pays more to a member who has left than that member is owed.
    async fn record_payment(&self, ctx: &Context<'_>, mut input: RecordPaymentInput) -> Outcome<Payment> {
        let (services, caller) = request::<Services>(ctx)?;
        let key = std::mem::take(&mut input.idempotency_key);
        Ok(services.payments.record(caller, &key, input.read()?).await?.into())
    }

    /// Settles everything between the caller and another person: records a payment for every transfer proposed between
    /// the two in the groups that they share, atomically. Records nothing where they are even. Refused with
    /// `STALE_VERSION` if these transfers are not the expected ones, if given.
    async fn settle_between(
        &self,
        ctx: &Context<'_>,
        user_id: ID,
        #[graphql(default_with = "Some(PaymentMethod::Cash)")] method: Option<PaymentMethod>,
        expected: Option<Vec<ExpectedTransferInput>>,
        idempotency_key: String,
    ) -> Outcome<Vec<Payment>> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let other = read_id(&user_id, Refusal::NotAMember { field: "userId" })?;
        let expected = expected.map(|rows| rows.iter().map(ExpectedTransferInput::read).collect::<Outcome<_>>());
        let wanted =
            SettleUp { other, method: method.unwrap_or(PaymentMethod::Cash).into(), expected: expected.transpose()? };
        let payments = services.settle_ups.settle(caller, &wanted, &idempotency_key).await?;
        Ok(payments.into_iter().map(Into::into).collect())
    }

    /// Changes a payment. Only the payer, the receiver and the recorder may, while they are in the group. The receiver
    /// has to confirm it again.
    async fn edit_payment(&self, ctx: &Context<'_>, input: EditPaymentInput) -> Outcome<Payment> {
        let (services, caller) = request::<Services>(ctx)?;
        let version = input.expected_version;
        let (id, edit) = input.read()?;
        Ok(services.payments.edit(caller, id, version, &edit).await?.into())
    }

    /// Confirms that the money has arrived. Only the receiver may, while in the group. Ends a dispute.
    async fn confirm_payment(&self, ctx: &Context<'_>, id: ID) -> Outcome<Payment> {
        act(ctx, &id, &Action::Confirm).await
    }

    /// Reports a problem with a payment, which becomes DISPUTED and still counts until that is resolved. Only the payer
    /// and the receiver may, while they are in the group.
    async fn dispute_payment(&self, ctx: &Context<'_>, id: ID, reason: String) -> Outcome<Payment> {
        act(ctx, &id, &Action::Dispute { reason }).await
    }

    /// Voids a payment that should not have been recorded. Only the payer, the receiver and the recorder may, while they
    /// are in the group; refused if it would lower the balance of somebody who has left.
    async fn void_payment(&self, ctx: &Context<'_>, id: ID) -> Outcome<Payment> {
        act(ctx, &id, &Action::Void).await
    }
}

async fn act(ctx: &Context<'_>, id: &ID, action: &Action) -> Outcome<Payment> {
    let (services, caller) = request::<Services>(ctx)?;
    let id = read_id(id, Refusal::PaymentNotFound)?;
    Ok(services.payments.act(caller, id, action).await?.into())
}
