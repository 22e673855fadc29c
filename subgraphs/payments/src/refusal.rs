//! Every "no" that payments can say.

use kit::{Code, Failure};

/// Why a payment is not recorded, or something is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not exist, or the caller may not see it.
    PaymentNotFound,
    /// The caller was in the group once, but is no longer.
    GroupLeft,
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
    /// The text cannot be kept.
    Note(kit::Refusal),
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::PaymentNotFound => Self::new(Code::PaymentNotFound, "There is no such payment."),
            Refusal::GroupLeft => Self::new(Code::NotAllowed, "You have left this group."),
            Refusal::NotAMember { field } => Self::invalid(field, "This is not a member of the group."),
            Refusal::SamePerson => Self::invalid("input.toMemberId", "Nobody can pay themselves."),
            Refusal::AmountNotPositive => Self::invalid("input.amount.amount", "A payment is more than zero."),
            Refusal::AmountTooLarge => Self::invalid("input.amount.amount", "A payment cannot be that large."),
            Refusal::AbsurdDate => Self::invalid("input.date", "A date between 2000 and a year from now is needed."),
            Refusal::CardByHand => Self::invalid("input.method", "A payment by card cannot be recorded by hand."),
            Refusal::Note(why) => why,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
