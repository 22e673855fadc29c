//! The refusals of payments.

use chrono::NaiveDate;
use kit::{Code, Failure};

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The payment does not exist, or the caller may not see it.
    PaymentNotFound,
    /// The requested data belongs to somebody else.
    OnlyOneself,
    /// The caller has left the group, and the payment does not settle the caller's own balance.
    OnlyOwnBalance {
        /// The field of the input.
        field: &'static str,
    },
    /// It would lower the balance of somebody who has left the group, below zero or further below.
    LowersBalanceOfDeparted,
    /// The caller and the other person are the same.
    SettlesWithOneself,
    /// What is open between the two is not what the caller has seen.
    OpenHasChanged,
    /// A group to settle is archived and takes no new entries.
    ArchivedBetween {
        /// The name of the group.
        group: String,
    },
    /// More transfers would have to be settled than can be recorded together.
    TooManyTransfers {
        /// The limit.
        most: usize,
    },
    /// The member to be reminded owes the caller nothing.
    OwesNothing,
    /// The member to be reminded is a guest.
    GuestReminded,
    /// The last reminder is less than a day old.
    RemindedToday,
    /// The member was never in the group.
    NotAMember {
        /// The field of the input.
        field: &'static str,
    },
    /// The payer and the receiver are the same.
    SamePerson,
    /// The amount is zero or negative.
    AmountNotPositive {
        /// The field of the input.
        field: &'static str,
    },
    /// The amount exceeds the largest payment.
    AmountTooLarge {
        /// The field of the input.
        field: &'static str,
    },
    /// What a payment settles is given in the currency that was paid, where both are the same.
    SettlesItsOwnCurrency,
    /// What a payment settles is changed without what was paid.
    SettlesWithoutAmount,
    /// The date is implausible for a payment.
    AbsurdDate {
        /// The first day that is possible.
        first: NaiveDate,
        /// The last day that is possible.
        last: NaiveDate,
    },
    /// A card payment cannot be recorded or corrected by hand.
    CardByHand,
    /// This installation does not accept cards.
    NoCards,
    /// The receiver is a guest, or has not completed Stripe's onboarding.
    CannotBePaidByCard,
    /// Stripe cannot charge this amount, or not at the moment.
    NotByCard,
    /// A text is invalid.
    Text(kit::Refusal),
    /// A dispute needs a reason.
    ReasonMissing,
    /// Only the receiver may confirm a payment.
    OnlyReceiver,
    /// Only the payer and the receiver may do this.
    OnlyParties,
    /// Only the payer, the receiver and the recorder may do this.
    OnlyRecorderAndParties,
    /// The payment is in a state that does not allow this.
    NotInThisState,
    /// The payment was changed concurrently.
    Stale {
        /// The current version, if known.
        present: Option<i32>,
    },
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::PaymentNotFound => Self::new(Code::PaymentNotFound, "There is no such payment."),
            Refusal::OnlyOneself => {
                Self::forbidden("PRIVATE", "Balances and payments over all groups are for oneself.")
            }
            Refusal::OnlyOwnBalance { field } => Self::invalid(
                field,
                "You have left this group: you can only record what settles your own open balance in it.",
            ),
            Refusal::LowersBalanceOfDeparted => {
                Self::forbidden("LOWERS_BALANCE", "This would lower the balance of somebody who has left the group.")
            }
            Refusal::SettlesWithOneself => Self::invalid("userId", "Nobody can settle up with themselves."),
            Refusal::OpenHasChanged => {
                Self::new(Code::StaleVersion, "What is open between you has changed. Look at it again first.")
            }
            Refusal::ArchivedBetween { group } => Self::forbidden(
                "ARCHIVED_BETWEEN",
                format!("The group \"{group}\" is archived. Restore it first, or settle the others one by one."),
            )
            .with("group", &group),
            Refusal::TooManyTransfers { most } => {
                Self::too_many("TRANSFERS", &most, format!("More than {most} transfers cannot be settled at once."))
            }
            Refusal::OwesNothing => Self::invalid("memberId", "This member is not to pay you anything."),
            Refusal::GuestReminded => Self::invalid("memberId", "A guest has no account and cannot be reminded here."),
            Refusal::RemindedToday => {
                Self::new(Code::RateLimited, "You have reminded this member within the last day already.")
                    .because("REMINDED_TODAY")
            }
            Refusal::NotAMember { field } => Self::invalid(field, "This is not a member of the group."),
            Refusal::SamePerson => Self::invalid("input.toMemberId", "Nobody can pay themselves."),
            Refusal::AmountNotPositive { field } => Self::invalid(field, "A payment is more than zero."),
            Refusal::AmountTooLarge { field } => Self::too_large(field, "A payment cannot be that large."),
            Refusal::SettlesItsOwnCurrency => {
                Self::invalid("input.settles.currency", "A payment settles another currency, or its own amount.")
            }
            Refusal::SettlesWithoutAmount => {
                Self::invalid("input.amount", "What was paid is needed together with what it settles.")
            }
            Refusal::AbsurdDate { first, last } => Self::absurd_date(first, last),
            Refusal::CardByHand => Self::invalid("input.method", "A payment by card cannot be recorded by hand."),
            Refusal::NoCards => Self::new(Code::NotConfigured, "Payments by card are not set up here."),
            Refusal::CannotBePaidByCard => Self::invalid("input.toMemberId", "This person cannot be paid by card yet.")
                .because("CANNOT_BE_PAID_BY_CARD"),
            Refusal::NotByCard => {
                Self::invalid("input.amount", "This amount cannot be paid by card.").because("NOT_BY_CARD")
            }
            Refusal::Text(why) => why,
            Refusal::ReasonMissing => Self::invalid("reason", "A dispute needs a reason."),
            Refusal::OnlyReceiver => Self::forbidden("ONLY_RECEIVER", "Only the receiver can confirm a payment."),
            Refusal::OnlyParties => {
                Self::forbidden("ONLY_PARTIES", "Only the payer and the receiver can dispute a payment.")
            }
            Refusal::OnlyRecorderAndParties => Self::forbidden(
                "ONLY_RECORDER_AND_PARTIES",
                "Only the payer, the receiver and whoever recorded a payment can change it.",
            ),
            Refusal::NotInThisState => {
                Self::forbidden("NOT_IN_THIS_STATE", "The payment is in a state that does not allow this.")
            }
            Refusal::Stale { present } => {
                let stale =
                    Self::new(Code::StaleVersion, "Somebody changed this payment in between. Look at it again first.");
                match present {
                    Some(version) => stale.with("version", &version),
                    None => stale,
                }
            }
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
