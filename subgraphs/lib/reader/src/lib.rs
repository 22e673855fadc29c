//! Parses a sentence such as "pizza 30 Ben, salad 12 me, tip 10%" into a structured expense: who paid, who shares, and
//! how. The parser is a pure function of its input: no network, clock, floating point, database or ids. It never
//! computes a share (`money::split` does) and never decides for the user: an ambiguous statement becomes a question,
//! not a guess.
//!
//! A text passes these stages, in the order of `reading::read`:
//!
//! 1. **Words** (`words`, `lookup`, `language`, `compounds`): the text is split into words, which are folded and looked
//!    up in the files of `languages/`. A language is data only: its words, each with a role.
//! 2. **Pieces** (`scanner`, `piece`; numbers: `number`, `quantity`; dates: `date`, `short_weekdays`; names: `people`,
//!    `homonym`, `several_people`): words become tokens called pieces: people, amounts, dates, and roles (`role`).
//! 3. **Rewriting** (`count`, `weights`, `measures`, `headcounts`, `amount`, `rests`, `aside`, `pronoun`,
//!    `people_lists`): numbers become amounts or counts, and phrases become plainer ones. Names of unknown people become
//!    questions (`unknown_names`, `strangers`).
//! 4. **Clauses and lines** (`clause`, `line`, `line_people`, `verbs`, `extras`, `reasons`): a clause makes one
//!    statement; a line holds the parts of a clause in named fields.
//! 5. **Facts** (`facts`, `statements`, `prices`, `payments`, `receiving`): the combined statements of all lines: who
//!    paid, who shares, and which part each person has.
//! 6. **Conclusion** (`sharers`, `total`, `payers`, `splitting`, `describe`, `category`): one reading, with a question
//!    for every statement that is unused or does not add up.

mod amount;
mod aside;
mod category;
mod clause;
mod compounds;
mod count;
mod date;
mod decimal;
mod describe;
mod dictionary;
mod extras;
mod facts;
mod headcounts;
mod homonym;
mod language;
pub mod limits;
mod line;
mod line_context;
mod line_people;
mod line_questions;
mod lookup;
mod measures;
mod number;
mod payers;
mod payments;
mod people;
mod people_lists;
mod piece;
mod prices;
mod pronoun;
mod quantity;
mod reading;
mod reasons;
mod receiving;
mod remark;
mod rests;
mod role;
mod scanner;
mod several_people;
mod sharers;
mod short_weekdays;
mod splitting;
mod statements;
mod strangers;
mod things;
mod total;
mod unknown_names;
mod verbs;
mod weights;
mod words;

pub use category::category;
use chrono::NaiveDate;
use money::{Amount, Currency, Split};
pub use remark::Remark;
pub use things::CATEGORIES;

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
    /// One of [`CATEGORIES`].
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

/// Parses a sentence. The result is deterministic.
pub fn read(question: &Question<'_>) -> Reading {
    let refused = |why| Reading { questions: vec![why], ..Reading::default() };
    if question.text.chars().count() > LONGEST_TEXT {
        return refused(Remark::FewerWords);
    }
    if question.speaker >= question.people.len() {
        return refused(Remark::WhoIsInGroup);
    }
    reading::read(question)
}
