//! Every refusal of payments.

use kit::{Code, Failure};

/// Why a payment is not recorded, or something is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not exist, or the caller may not see it.
    PaymentNotFound,
    /// What is somebody else's is asked for.
    OnlyOneself,
    /// The caller was in the group once, but is no longer.
    GroupLeft,
    /// The caller has left the group and records what does not settle the caller's own balance.
    OnlyOwnBalance {
        /// What is wrong with the payment.
        field: &'static str,
    },
    /// Somebody settles with themselves.
    SettlesWithOneself,
    /// Something is to be settled in a group that takes no new entries.
    ArchivedBetween {
        /// Which group.
        group: String,
    },
    /// More is to be settled than is recorded together.
    TooManyTransfers {
        /// How many transfers that are.
        most: usize,
    },
    /// Who is to be reminded owes the caller nothing.
    OwesNothing,
    /// Who is to be reminded has no account.
    GuestReminded,
    /// The last reminder is less than a day old.
    RemindedToday,
    /// Somebody is named who never was in the group.
    NotAMember {
        /// Where the member is named.
        field: &'static str,
    },
    /// Nobody pays themselves.
    SamePerson,
    /// A payment moves money one way only.
    AmountNotPositive,
    /// No payment is that large.
    AmountTooLarge,
    /// The day is not one on which somebody pays.
    AbsurdDate,
    /// A payment by card is made by the card's provider, not by hand.
    CardByHand,
    /// This installation takes no cards.
    NoCards,
    /// The receiver is a guest, or has not told Stripe enough to be paid out.
    CannotBePaidByCard,
    /// Stripe does not take such an amount, or not now.
    NotByCard,
    /// The text cannot be kept.
    Text(kit::Refusal),
    /// A dispute says what is not right.
    ReasonMissing,
    /// Only the receiver knows whether the money came.
    OnlyReceiver,
    /// Only the payer and the receiver may.
    OnlyParties,
    /// Only the payer, the receiver and whoever recorded it may.
    OnlyRecorderAndParties,
    /// The payment is in a state that does not allow this.
    NotInThisState,
    /// Somebody changed it in between.
    Stale {
        /// The version that it has now, where that is known.
        present: Option<i32>,
    },
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::PaymentNotFound => Self::new(Code::PaymentNotFound, "There is no such payment."),
            Refusal::OnlyOneself => {
                Self::new(Code::NotAllowed, "Balances and payments over all groups are for oneself.")
            }
            Refusal::GroupLeft => Self::new(Code::NotAllowed, "You have left this group."),
            Refusal::OnlyOwnBalance { field } => Self::invalid(
                field,
                "You have left this group: you can only record what settles your own open balance in it.",
            ),
            Refusal::SettlesWithOneself => Self::invalid("userId", "Nobody can settle up with themselves."),
            Refusal::ArchivedBetween { group } => Self::new(
                Code::NotAllowed,
                format!("The group \"{group}\" is archived. Restore it first, or settle the others one by one."),
            ),
            Refusal::TooManyTransfers { most } => {
                Self::new(Code::NotAllowed, format!("More than {most} transfers cannot be settled at once."))
            }
            Refusal::OwesNothing => Self::invalid("memberId", "This member is not to pay you anything."),
            Refusal::GuestReminded => Self::invalid("memberId", "A guest has no account and cannot be reminded here."),
            Refusal::RemindedToday => {
                Self::new(Code::RateLimited, "You have reminded this member within the last day already.")
            }
            Refusal::NotAMember { field } => Self::invalid(field, "This is not a member of the group."),
            Refusal::SamePerson => Self::invalid("input.toMemberId", "Nobody can pay themselves."),
            Refusal::AmountNotPositive => Self::invalid("input.amount.amount", "A payment is more than zero."),
            Refusal::AmountTooLarge => Self::invalid("input.amount.amount", "A payment cannot be that large."),
            Refusal::AbsurdDate => Self::invalid("input.date", "A date between 2000 and a year from now is needed."),
            Refusal::CardByHand => Self::invalid("input.method", "A payment by card cannot be recorded by hand."),
            Refusal::NoCards => Self::new(Code::NotConfigured, "Payments by card are not set up here."),
            Refusal::CannotBePaidByCard => Self::invalid("input.toMemberId", "This person cannot be paid by card yet."),
            Refusal::NotByCard => Self::invalid("input.amount", "This amount cannot be paid by card."),
            Refusal::Text(why) => why,
            Refusal::ReasonMissing => Self::invalid("reason", "A dispute needs a reason."),
            Refusal::OnlyReceiver => Self::new(Code::NotAllowed, "Only the receiver can confirm a payment."),
            Refusal::OnlyParties => {
                Self::new(Code::NotAllowed, "Only the payer and the receiver can dispute a payment.")
            }
            Refusal::OnlyRecorderAndParties => Self::new(
                Code::NotAllowed,
                "Only the payer, the receiver and whoever recorded a payment can change it.",
            ),
            Refusal::NotInThisState => {
                Self::new(Code::NotAllowed, "The payment is in a state that does not allow this.")
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
