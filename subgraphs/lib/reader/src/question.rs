//! The question to the reader and its answer.

use chrono::NaiveDate;
use money::{Amount, Currency, Split};

use crate::remark::Remark;

/// The maximum length of a text, in characters. A longer text is refused with a question.
pub const LONGEST_TEXT: usize = 2_000;

/// A sentence with the context needed to understand it.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The text of the user.
    pub text: &'a str,
    /// The names of the members. All other types refer to a member by the index in this list.
    pub people: &'a [&'a str],
    /// The index of the writer ("I", "me").
    pub speaker: usize,
    /// The currency of amounts without one.
    pub currency: Currency,
    /// The day that "yesterday" is relative to: today, or the date of the expense whose notes are read.
    pub today: NaiveDate,
    /// The total, if it is known already; this is how the notes of an expense are read.
    pub total: Option<Amount>,
}

/// What a sentence says. Everything that it does not say is empty or `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What was bought.
    pub description: Option<String>,
    /// The given total, or one computed only from amounts in the text; negative for a refund.
    pub total: Option<Amount>,
    /// The day of the expense.
    pub date: Option<NaiveDate>,
    /// One of [`CATEGORIES`](crate::CATEGORIES).
    pub category: Option<String>,
    /// Who paid how much, in minor units of the total's currency; empty if the text names no payer.
    pub payers: Vec<(usize, i64)>,
    /// How the total is split; amounts are in minor units of the total's currency.
    pub split: Option<Split<usize>>,
    /// What it may be instead of an expense; then it is asked about.
    pub payment: Option<Payment>,
    /// Questions to answer before this can become an expense, for the user.
    pub questions: Vec<Remark>,
    /// Assumptions that were made, for the user.
    pub guesses: Vec<Remark>,
}

/// Money that one person gave to another: no expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who gave it.
    pub from: usize,
    /// Who got it.
    pub to: usize,
    /// How much.
    pub amount: Amount,
}
