//! Payments.

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use contracts::{GroupId, PaymentId, roster::group_not_found};
use kit::{
    Outcome,
    graphql::{Date, DateTime, Money, MoneyInput, data, read_id, request},
};
use money::Amount;

use super::{
    loaders::Loaders,
    reference::{Group, Member},
};
use crate::{
    Services,
    payment::{self, Action, Edit, NewPayment, NoteEdit},
    refusal::Refusal,
};

/// How money moved.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Method")]
pub(super) enum PaymentMethod {
    /// In cash.
    Cash,
    /// From one account to another.
    BankTransfer,
    /// By card, through Quits.
    Card,
    /// In another way.
    Other,
}

/// How far a payment has come. Only PROCESSED and DISPUTED count in the balance.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Status")]
pub(super) enum PaymentStatus {
    /// Under way; the money has not moved.
    Pending,
    /// The money has moved.
    Processed,
    /// The receiver says that nothing came. It counts until that is settled.
    Disputed,
    /// The money did not move.
    Failed,
    /// The money went back.
    Refunded,
    /// It should not have been recorded.
    Voided,
}

/// Money that one member paid another.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Payment {
    #[graphql(skip)]
    key: (GroupId, PaymentId),
    id: ID,
    /// The group whose balances it moves.
    group: Group,
    /// Who paid.
    from: Member,
    /// Who received.
    to: Member,
    /// How much; more than zero.
    amount: Money,
    /// How much of it went back by card; the rest counts in the balance.
    refunded: Money,
    /// How the money moved.
    method: PaymentMethod,
    /// How far it has come.
    status: PaymentStatus,
    /// The day the money moved.
    date: Date,
    /// What the recorder wrote beside it.
    note: Option<String>,
    /// Who recorded it.
    created_by: Member,
    /// When it was recorded.
    created_at: DateTime,
    /// When the receiver confirmed it.
    confirmed_at: Option<DateTime>,
    /// What is not right about it, while it is DISPUTED.
    dispute_reason: Option<String>,
    /// Grows with every change of the payment.
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
            amount: payment.amount.into(),
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
    /// Who did what with it, the oldest first: the latest 200 changes.
    async fn history(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<PaymentRevision>>> {
        let history = async {
            let (services, _) = request::<Services>(ctx)?;
            let history = services.payments.history(self.key.0, self.key.1).await?;
            Ok(history.into_iter().map(PaymentRevision::from).collect())
        };
        Some(history.await)
    }
}

/// What was done to a payment.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "payment::Change")]
pub(super) enum PaymentChange {
    /// It was begun, by card.
    Started,
    /// It was recorded, or its money has moved by card.
    Recorded,
    /// It was edited.
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    /// It was taken back.
    Voided,
    /// It will not be made.
    Failed,
    /// Money of it went back; the amount is what still counts.
    Refunded,
    /// A dispute with the card's provider has ended, and it stands.
    DisputeEnded,
}

/// One change of a payment.
#[derive(SimpleObject)]
pub(super) struct PaymentRevision {
    /// When.
    at: DateTime,
    /// Who made it.
    by: Member,
    /// What was done.
    change: PaymentChange,
    /// The amount after it.
    amount: Money,
    /// Why, where a reason was given.
    reason: Option<String>,
}

impl From<payment::Revision> for PaymentRevision {
    fn from(revision: payment::Revision) -> Self {
        Self {
            at: revision.at.into(),
            by: revision.by.into(),
            change: revision.change.into(),
            amount: revision.amount.into(),
            reason: revision.reason,
        }
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
    /// The day the money moved; the caller's own today if left out.
    date: Option<Date>,
    /// Anything worth remembering, up to 1000 characters.
    note: Option<String>,
    /// The same key and input again give the same payment.
    idempotency_key: String,
}

impl RecordPaymentInput {
    fn read(self) -> Outcome<NewPayment> {
        Ok(NewPayment {
            group_id: read_id(&self.group_id, group_not_found())?,
            from: read_id(&self.from_member_id, Refusal::NotAMember { field: "input.fromMemberId" })?,
            to: read_id(&self.to_member_id, Refusal::NotAMember { field: "input.toMemberId" })?,
            amount: self.amount.amount("input.amount")?,
            method: self.method.unwrap_or(PaymentMethod::Cash).into(),
            date: self.date.map(|date| date.day("input.date")).transpose()?,
            note: self.note,
        })
    }
}

/// What is to be different about a recorded payment; what is left out stays.
#[derive(InputObject)]
pub(super) struct EditPaymentInput {
    /// Which payment.
    id: ID,
    /// The version that was looked at; refused with `STALE_VERSION` when there is a newer one.
    expected_version: i32,
    /// How much, in any currency; more than zero.
    amount: Option<MoneyInput>,
    /// How.
    method: Option<PaymentMethod>,
    /// The day the money moved.
    date: Option<Date>,
    /// Anything worth remembering, up to 1000 characters; null takes the note away.
    note: MaybeUndefined<String>,
}

impl EditPaymentInput {
    fn read(self) -> Outcome<(PaymentId, Edit)> {
        let edit = Edit {
            amount: self.amount.map(|amount| amount.amount("input.amount")).transpose()?,
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

#[derive(Default)]
pub(super) struct PaymentQuery;

#[Object]
impl PaymentQuery {
    /// One payment of a group that the caller is or was in.
    async fn payment(&self, ctx: &Context<'_>, id: ID) -> Option<Outcome<Payment>> {
        let payment = async {
            let payment = data::<Loaders>(ctx)?.payment(&id).await?;
            Ok(payment.ok_or(Refusal::PaymentNotFound)?.into())
        };
        Some(payment.await)
    }

    #[graphql(entity)]
    async fn payment_by_id(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Payment>> {
        let payment = data::<Loaders>(ctx)?.payment(&id).await?;
        Ok(payment.map(Into::into))
    }
}

#[derive(Default)]
pub(super) struct PaymentMutation;

#[Object]
impl PaymentMutation {
    /// Records money that one member of a group has paid another. The caller must be in the group, but need not be either.
    async fn record_payment(&self, ctx: &Context<'_>, mut input: RecordPaymentInput) -> Outcome<Payment> {
        let (services, caller) = request::<Services>(ctx)?;
        let key = std::mem::take(&mut input.idempotency_key);
        Ok(services.payments.record(caller, &key, input.read()?).await?.into())
    }

    /// Settles everything between the caller and another person: records a payment for every transfer that is proposed
    /// between the two in the groups that they share, all or none. Nothing is recorded where they are even.
    async fn settle_between(
        &self,
        ctx: &Context<'_>,
        user_id: ID,
        #[graphql(default_with = "Some(PaymentMethod::Cash)")] method: Option<PaymentMethod>,
        idempotency_key: String,
    ) -> Outcome<Vec<Payment>> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let other = read_id(&user_id, Refusal::NotAMember { field: "userId" })?;
        let method = method.unwrap_or(PaymentMethod::Cash).into();
        let payments = services.settle_ups.settle(caller, other, method, &idempotency_key).await?;
        Ok(payments.into_iter().map(Into::into).collect())
    }

    /// Changes a payment. The payer, the receiver and whoever recorded it may; the receiver is then asked anew to confirm.
    async fn edit_payment(&self, ctx: &Context<'_>, input: EditPaymentInput) -> Outcome<Payment> {
        let (services, caller) = request::<Services>(ctx)?;
        let version = input.expected_version;
        let (id, edit) = input.read()?;
        Ok(services.payments.edit(caller, id, version, &edit).await?.into())
    }

    /// Says that the money has come. Only the receiver can; it ends a dispute.
    async fn confirm_payment(&self, ctx: &Context<'_>, id: ID) -> Outcome<Payment> {
        act(ctx, &id, &Action::Confirm).await
    }

    /// Says that something is not right: the payment is marked, and counts until that is settled. The payer and the receiver
    /// can.
    async fn dispute_payment(&self, ctx: &Context<'_>, id: ID, reason: String) -> Outcome<Payment> {
        act(ctx, &id, &Action::Dispute { reason }).await
    }

    /// Takes a payment back that should not have been recorded. The payer, the receiver and whoever recorded it can.
    async fn void_payment(&self, ctx: &Context<'_>, id: ID) -> Outcome<Payment> {
        act(ctx, &id, &Action::Void).await
    }
}

async fn act(ctx: &Context<'_>, id: &ID, action: &Action) -> Outcome<Payment> {
    let (services, caller) = request::<Services>(ctx)?;
    let id = read_id(id, Refusal::PaymentNotFound)?;
    Ok(services.payments.act(caller, id, action).await?.into())
}
