//! The refusals of reports.

use kit::{Code, Failure};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The report or feed of another user.
    OnlyOneself,
    /// A range that ends before it begins.
    RangeReversed,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let refusal = match refusal {
            Refusal::OnlyOneself => {
                kit::Refusal::new(Code::NotAllowed, "Everybody's own report and feed are for them alone.")
            }
            Refusal::RangeReversed => kit::Refusal::invalid("to", "The range ends before it begins."),
        };
        refusal.into()
    }
}
