//! The types that payments serves.

use async_graphql::{Enum, ID, SimpleObject};
use contracts::MemberId;
use kit::graphql::{Date, DateTime, Money};
use money::{Amount, ledger::Nets};

use super::group::Group;
use crate::payment;

// Groups knows the rest, and describes it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

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
pub(super) struct Payment {
    id: ID,
    /// The group whose balances it moves.
    group: Group,
    /// Who paid.
    from: Member,
    /// Who received.
    to: Member,
    /// How much; more than zero.
    amount: Money,
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
    /// Grows with every change of the payment.
    version: i32,
}

/// What one member is owed (positive) or owes (negative) in one currency.
#[derive(SimpleObject)]
pub(super) struct Balance {
    /// Whose balance.
    member: Member,
    /// What is owed to the member, less what the member owes.
    net: Money,
}

/// A payment that is proposed.
#[derive(SimpleObject)]
pub(super) struct Transfer {
    /// Who should pay.
    from: Member,
    /// Who should be paid.
    to: Member,
    /// How much; more than zero.
    amount: Money,
}

/// Payments that would bring every balance of a group to zero.
#[derive(SimpleObject)]
pub(super) struct Settlement {
    /// Sorted by currency, payer and receiver.
    transfers: Vec<Transfer>,
    /// Whether it is proved that fewer transfers cannot do.
    minimal: bool,
    /// The ledgerVersion of the balances that it settles.
    ledger_version: i32,
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.into() }
    }
}

impl From<payment::Payment> for Payment {
    fn from(payment: payment::Payment) -> Self {
        Self {
            id: payment.id.into(),
            group: payment.group_id.into(),
            from: payment.from.into(),
            to: payment.to.into(),
            amount: payment.amount.into(),
            method: payment.method.into(),
            status: payment.status.into(),
            date: payment.date.into(),
            note: payment.note,
            created_by: payment.created_by.into(),
            created_at: payment.created_at.into(),
            confirmed_at: payment.confirmed_at.map(DateTime::from),
            version: payment.version,
        }
    }
}

impl Balance {
    /// A row for every net.
    pub(super) fn rows(nets: &Nets<MemberId>) -> Vec<Self> {
        let row = |(&(member, currency), &minor): (&(MemberId, _), &i64)| Self {
            member: member.into(),
            net: Amount::new(minor, currency).into(),
        };
        nets.iter().map(row).collect()
    }
}

impl Settlement {
    pub(super) fn new(settlement: &money::Settlement<MemberId>, ledger_version: i32) -> Self {
        let transfer = |transfer: &money::Transfer<MemberId>| Transfer {
            from: transfer.from.into(),
            to: transfer.to.into(),
            amount: transfer.amount.into(),
        };
        let transfers = settlement.transfers.iter().map(transfer).collect();
        Self { transfers, minimal: settlement.minimal, ledger_version }
    }
}
