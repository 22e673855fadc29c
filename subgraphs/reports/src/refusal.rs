//! The refusals of reports.

use kit::{Code, Failure};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The report or feed of another user.
    OnlyOneself,
    /// A range that ends before it begins.
    RangeReversed,
    /// A range that is too long to show its weeks.
    RangeTooLong {
        /// How many days are possible.
        most: i64,
    },
    /// A text that is no month.
    NotAMonth,
    /// A month with more expenses than a statement lists.
    StatementTooLong {
        /// How many it lists.
        most: i64,
    },
    /// The group is unknown, or the caller is not a member of it.
    GroupNotFound,
    /// Quiet hours that are no two times of a day.
    QuietHours,
    /// The address of a device belongs to no push service that is known.
    NoPushService,
    /// The key of a device cannot be one.
    NoPushKey {
        /// The field that has it.
        field: &'static str,
    },
    /// There is no such budget of the caller or of a group of which the caller is a member.
    BudgetNotFound,
    /// The limit of a budget is zero or negative.
    LimitNotPositive,
    /// The owner has the maximum number of budgets.
    TooManyBudgets {
        /// The maximum.
        most: usize,
    },
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let refusal = match refusal {
            Refusal::OnlyOneself => {
                kit::Refusal::forbidden("PRIVATE", "Everybody's own report and feed are for them alone.")
            }
            Refusal::RangeReversed => kit::Refusal::invalid("to", "The range ends before it begins."),
            Refusal::RangeTooLong { most } => {
                let sentence = format!("Weeks are shown for at most {most} days.");
                kit::Refusal::invalid("to", sentence).because("RANGE_TOO_LONG").with("most", &most)
            }
            Refusal::NotAMonth => kit::Refusal::invalid("month", "A month is written like 2026-11."),
            Refusal::StatementTooLong { most } => {
                let sentence = format!("The month has more than the {most} expenses that a statement lists.");
                kit::Refusal::invalid("month", sentence).because("STATEMENT_TOO_LONG").with("most", &most)
            }
            Refusal::GroupNotFound => kit::Refusal::new(Code::GroupNotFound, "There is no such group."),
            Refusal::QuietHours => kit::Refusal::invalid(
                "input.quietHours",
                "Quiet hours are two different times such as 22:00 and 07:00.",
            ),
            Refusal::NoPushService => {
                kit::Refusal::invalid("input.endpoint", "The push service of this browser is not known.")
            }
            Refusal::NoPushKey { field } => kit::Refusal::invalid(field, "This is not a key of a browser."),
            Refusal::BudgetNotFound => kit::Refusal::new(Code::BudgetNotFound, "There is no such budget."),
            Refusal::LimitNotPositive => kit::Refusal::invalid("input.limit", "A budget is more than zero."),
            Refusal::TooManyBudgets { most } => {
                kit::Refusal::too_many("BUDGETS", &most, format!("There can be at most {most} budgets."))
            }
        };
        refusal.into()
    }
}
