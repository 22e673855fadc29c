//! Every refusal of reports.

use kit::{Code, Failure};

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else's report or feed.
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
