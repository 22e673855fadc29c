//! Problems of import files.

use money::{Amount, Currency};
use serde::Serialize;

use crate::{problem::Problem, refusal::Refusal};

/// Why a file, or a line of it, cannot be imported. Its `Display` is a sentence for the importing person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Fault {
    /// The file has no content.
    #[error("This file is empty.")]
    EmptyFile,
    /// The file is not of the expected format.
    #[error("This is not a file of {program}, or not of this kind.")]
    OtherFile {
        /// The program that writes the format.
        program: &'static str,
    },
    /// The request has no file, or two.
    #[error("Either the text or the bytes of a file are needed.")]
    NoFile,
    /// The file has more people than a group can have.
    #[error("At most {most} people can be imported at once.")]
    TooManyPeople {
        /// The limit.
        most: usize,
    },
    /// The file has more entries than an import can have.
    #[error("At most {most} entries can be imported at once.")]
    TooManyEntries {
        /// The limit.
        most: usize,
    },
    /// The file has no entries.
    #[error("There is nothing in this file that could be taken over.")]
    NothingInFile,
    /// A text is not an amount.
    #[error("\"{text}\" is not an amount of {currency}.")]
    NotAnAmount {
        /// The text.
        text: String,
        /// The currency.
        currency: &'static str,
    },
    /// A text is not the code of a currency.
    #[error("\"{text}\" is not a currency.")]
    NotACurrency {
        /// The text.
        text: String,
    },
    /// A text is not a rate.
    #[error("\"{text}\" is not a rate.")]
    NotARate {
        /// The text.
        text: String,
    },
    /// A text is not a date.
    #[error("\"{text}\" is not a date.")]
    NotADate {
        /// The text.
        text: String,
    },
    /// The balances of a row have another sum than zero.
    #[error("What the people of this row owe and are owed does not add up to zero.")]
    UnbalancedRow,
    /// The people of a row are owed more than its total.
    #[error("People are owed {owed}, more than the cost of {total}.")]
    OwedMoreThanTotal {
        /// What they are owed.
        owed: String,
        /// The total.
        total: String,
        /// The currency of both.
        currency: &'static str,
    },
    /// A payer or sharer is not among the people of the file.
    #[error("Somebody is named who is not in the list.")]
    UnknownPerson,
    /// A share is negative.
    #[error("A share is negative.")]
    NegativeShare,
    /// A way to split is unknown.
    #[error("\"{text}\" is not a way to split that is known here.")]
    UnknownSplit {
        /// The text.
        text: String,
    },
    /// Payers or shares have another sum than the total.
    #[error("Payers or shares do not add up to the amount.")]
    DoesNotAddUp,
    /// The split is refused.
    #[error("This cannot be split so: {why}.")]
    Split {
        /// The reason, in English.
        #[serde(skip)]
        why: money::SplitRefusal,
    },
    /// Money came in, in a bank statement.
    #[error("{amount} {currency} came in: that is not an expense.")]
    CameIn {
        /// The amount.
        amount: String,
        /// Its currency.
        currency: &'static str,
    },
    /// A balance in the file is not that of its entries.
    #[error("The file says {expected} {currency} for {name}; its rows make {computed} {currency}.")]
    OtherBalance {
        /// The person.
        name: String,
        /// The balance in the file.
        expected: String,
        /// The balance of its entries.
        computed: String,
        /// The currency of both.
        currency: &'static str,
    },
}

impl Fault {
    /// Returns the refusal of the whole file.
    pub(crate) fn refused(self) -> Refusal {
        let Problem { code, facts, message } = self.into();
        Refusal::Unreadable { code, facts, message }
    }

    pub(super) fn not_a_currency(text: &str) -> Self {
        Self::NotACurrency { text: text.to_owned() }
    }

    pub(super) fn not_a_date(text: &str) -> Self {
        Self::NotADate { text: text.trim().to_owned() }
    }

    pub(super) fn came_in(amount: Amount) -> Self {
        Self::CameIn { amount: amount.to_string(), currency: amount.currency.code() }
    }

    pub(super) fn other_balance(name: &str, expected: Amount, computed: i64) -> Self {
        Self::OtherBalance {
            name: name.to_owned(),
            expected: expected.to_string(),
            computed: Amount::new(computed, expected.currency).to_string(),
            currency: expected.currency.code(),
        }
    }

    pub(super) fn owed_more(owed: i64, total: Amount) -> Self {
        Self::OwedMoreThanTotal {
            owed: Amount::new(owed, total.currency).to_string(),
            total: total.to_string(),
            currency: total.currency.code(),
        }
    }

    pub(super) fn not_an_amount(text: &str, currency: Currency) -> Self {
        Self::NotAnAmount { text: text.trim().to_owned(), currency: currency.code() }
    }
}

impl From<money::SplitRefusal> for Fault {
    fn from(why: money::SplitRefusal) -> Self {
        Self::Split { why }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::of(&fault)
    }
}
