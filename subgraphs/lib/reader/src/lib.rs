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

mod aside;
mod category;
mod chart;
mod circle;
mod compounds;
mod conclusion;
mod court;
mod date;
mod decimal;
mod dictionary;
mod division;
mod fact;
mod homonym;
mod language;
pub mod limits;
mod lookup;
mod number;
mod pattern;
mod people;
mod piece;
mod pronoun;
mod quantity;
mod question;
mod reading;
mod remark;
mod role;
mod scanner;
mod script;
mod several_people;
mod short_weekdays;
mod things;
mod token;
mod understanding;
mod whole;
mod words;
mod worth;

pub use category::category;
pub use question::{LONGEST_TEXT, Payment, Question, Reading};
pub use remark::Remark;
pub use things::CATEGORIES;

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
