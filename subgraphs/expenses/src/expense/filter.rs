//! Which expenses somebody looks for.

use chrono::NaiveDate;
use contracts::MemberId;
use money::Currency;

use super::{Expense, words::WantedWords};

/// What all the wanted expenses have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words of the description or the notes.
    pub words: Option<WantedWords>,
    /// Their category.
    pub category: Option<String>,
    /// Who paid or owes.
    pub member: Option<MemberId>,
    /// Who paid.
    pub payer: Option<MemberId>,
    /// When they were spent.
    pub days: DayRange,
    /// In which currency.
    pub currency: Option<Currency>,
    /// The least that they came to, in minor units.
    pub min: Option<i64>,
    /// The most that they came to, in minor units.
    pub max: Option<i64>,
    /// Whether deleted ones are among them.
    pub include_deleted: bool,
}

impl Filter {
    /// The filter with the words of this text, if it has some.
    #[must_use]
    pub fn with_words_of(self, text: Option<&str>) -> Self {
        Self { words: text.and_then(WantedWords::of), ..self }
    }

    /// Whether an expense is wanted.
    pub fn passes(&self, expense: &Expense) -> bool {
        let is_payer = |id: MemberId| expense.payers.iter().any(|payer| payer.member_id == id);
        let minor = expense.total.minor;
        self.words.as_ref().is_none_or(|words| words.are_in(&expense.texts()))
            && self.category.as_ref().is_none_or(|category| expense.category == *category)
            && self.member.is_none_or(|id| expense.members().contains(&id))
            && self.payer.is_none_or(is_payer)
            && self.days.contains(expense.date)
            && self.currency.is_none_or(|currency| expense.total.currency == currency)
            && self.min.is_none_or(|min| min <= minor)
            && self.max.is_none_or(|max| minor <= max)
            && (self.include_deleted || expense.deleted_at.is_none())
    }
}

/// A range of days, both ends included; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl DayRange {
    /// Whether a day is in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
