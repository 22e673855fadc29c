//! Reads "pizza 30 Ben, salad 12 me, tip 10%" and gives structure: who paid, who shares, how. Pure text in, structure
//! out: no network, no clock, no float, no database, no ids. It never computes a share (`money::split` does) and never
//! decides (a person does). What could be meant in two ways becomes a question, not a guess.
//!
//! A text goes through these stages, in the order of `reading::read`:
//!
//! 1. **Words** (`words`, `lookup`, `language`): folded, and known by what the files in `languages/` say of them.
//! 2. **Pieces** (`piece`; numbers: `number`, `quantity`, `count`, `ratio`; days: `date`; names: `people`, `homonym`, `crowd`):
//!    people, amounts, days, and the roles that words play (`role`).
//! 3. **Plainer pieces** (`phrasing`, `amount`, `remains`, `aside`, `group`, `pronoun`, `heading`): what is said in more
//!    words, in another order or beside the matter comes to be like what is said plainly. Names of nobody are asked about
//!    (`unknown`, `stranger`).
//! 4. **Clauses and lines** (`clause`, `line`, `reason`, `referring`): a clause says one thing; a line has it in slots.
//! 5. **Facts** (`facts`, `telling`, `spending`, `receiving`, `weighing`, `proportion`): who paid, who takes part, who has how
//!    much, as all lines say together.
//! 6. **Conclusion** (`circle`, `whole`, `payers`, `sharing`, `describe`, `category`): one reading, or a question wherever
//!    something that was said has not been used or does not add up.

mod amount;
mod aside;
mod basis;
mod cards;
mod category;
mod circle;
mod clause;
mod compound;
mod context;
mod count;
mod crowd;
mod date;
mod decimal;
mod describe;
mod dictionary;
mod doing;
mod extra;
mod facts;
mod following;
mod group;
mod heading;
mod heads;
mod homonym;
mod label;
mod language;
pub mod limits;
mod line;
mod lookup;
mod naming;
mod number;
mod parted;
mod payers;
mod people;
mod phrasing;
mod piece;
mod pronoun;
mod proportion;
mod quantity;
mod ratio;
mod reading;
mod reason;
mod receiving;
mod referring;
mod remains;
mod role;
mod row;
mod saying;
mod sharing;
mod short;
mod spending;
mod stranger;
mod telling;
#[cfg(test)]
mod testing;
mod things;
mod unknown;
mod weighing;
mod whole;
mod words;

pub use category::category;
use chrono::NaiveDate;
use money::{Amount, Currency, Split};
pub use things::CATEGORIES;

/// Longer texts are not read, in characters.
pub const LONGEST_TEXT: usize = 2_000;

/// A sentence, and what must be known to understand it.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// What the person wrote.
    pub text: &'a str,
    /// The names of those who can be meant; everywhere else they are told apart by their place in this list.
    pub people: &'a [&'a str],
    /// Who wrote it: "I" and "me".
    pub speaker: usize,
    /// What an amount without a currency is in.
    pub currency: Currency,
    /// What "yesterday" is counted from.
    pub today: NaiveDate,
    /// The total, where it is known already: the notes of an expense are read this way.
    pub total: Option<Amount>,
}

/// What a sentence says, as far as it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it was for.
    pub description: Option<String>,
    /// The whole amount; never computed from anything but what was written.
    pub total: Option<Amount>,
    /// The day it was spent.
    pub date: Option<NaiveDate>,
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Who paid what, in minor units of the total's currency; nobody when nobody is named.
    pub payers: Vec<(usize, i64)>,
    /// How it is split; amounts in minor units of the total's currency.
    pub split: Option<Split<usize>>,
    /// What must be answered before this can be an expense, each a sentence for the person.
    pub questions: Vec<String>,
    /// What was taken for granted, each a sentence for the person.
    pub guesses: Vec<String>,
}

/// Reads a sentence. The same question always gives the same reading.
pub fn read(question: &Question<'_>) -> Reading {
    let refused = |why: &str| Reading { questions: vec![why.to_owned()], ..Reading::default() };
    if question.text.chars().count() > LONGEST_TEXT {
        return refused("Can you say it in fewer words?");
    }
    if question.speaker >= question.people.len() {
        return refused("Who is in the group?");
    }
    reading::read(question)
}
