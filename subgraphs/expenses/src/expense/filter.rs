//! Filters for searches of expenses.

use chrono::NaiveDate;
use contracts::MemberId;
use money::Currency;

use super::{Expense, words::WantedWords};

/// The conditions that every result meets; `None` leaves a field unrestricted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    /// Words in the description, the notes or the comments.
    pub words: Option<WantedWords>,
    /// The category.
    pub category: Option<String>,
    /// A member who paid or owes.
    pub member: Option<MemberId>,
    /// Members of whom one paid or owes.
    pub any_of: Option<Vec<MemberId>>,
    /// A member who paid.
    pub payer: Option<MemberId>,
    /// The range of days.
    pub days: DayRange,
    /// The currency.
    pub currency: Option<Currency>,
    /// The smallest total, in minor units.
    pub min: Option<i64>,
    /// The largest total, in minor units.
    pub max: Option<i64>,
    /// Whether to include deleted expenses.
    pub include_deleted: bool,
}

impl Filter {
    /// Returns the filter with the words of this text, if it has any.
    #[must_use]
    pub(crate) fn with_words_of(self, text: Option<&str>) -> Self {
        Self { words: text.and_then(WantedWords::of), ..self }
    }

    /// Whether an expense meets all conditions.
    pub(crate) fn passes(&self, expense: &Expense) -> bool {
        let is_payer = |id: MemberId| expense.payers.iter().any(|payer| payer.member_id == id);
        let minor = expense.total.minor;
        self.words.as_ref().is_none_or(|words| words.are_in(&expense.texts()))
            && self.category.as_ref().is_none_or(|category| expense.category == *category)
            && self.member.is_none_or(|id| expense.members().contains(&id))
            && self.any_of.as_ref().is_none_or(|any| expense.members().iter().any(|id| any.contains(id)))
            && self.payer.is_none_or(is_payer)
            && self.days.contains(expense.date)
            && self.currency.is_none_or(|currency| expense.total.currency == currency)
            && self.min.is_none_or(|min| min <= minor)
            && self.max.is_none_or(|max| minor <= max)
            && (self.include_deleted || expense.deleted_at.is_none())
    }
}

/// A range of days; both ends are inclusive and optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayRange {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl DayRange {
    /// Whether the range contains a day.
    pub(crate) fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
