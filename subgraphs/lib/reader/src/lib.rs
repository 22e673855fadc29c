//! Parses a sentence such as "pizza 30 Ben, salad 12 me, tip 10%" into a structured expense: who paid, who shares, and
//! how. The parser is a pure function of its input: no network, clock, floating point, database or ids. It never
//! computes a share (`money::split` does) and never decides for the user: an ambiguous statement becomes a question,
//! not a guess.
//!
//! A text passes these stages, in the order of `reading::read`. No stage changes what another one made:
//!
//! 1. **Words** (`words`, `lookup`, `lexicon`, `language`): the text is split into words, which are folded and looked
//!    up in the files of `languages/`. A language is data only: words, each with a role (`role`) or another meaning.
//! 2. **Tokens** (`scanner`, `token`; numbers: `number`, `quantity`; dates: `date`; names: `people`): words become
//!    people, amounts, dates and roles, without asides and with pronouns resolved (`context`).
//! 3. **Chart** (`chart`): all matches of the rules in `rules.json` (`pattern`), and the sets of matches that use most
//!    of the text.
//! 4. **Facts** (`fact`, `understanding`): what the rules of such a set say, and the ways to understand it.
//! 5. **Conclusion** (`participants`, `whole`, `division`, `conclusion`, `category`): the people, the total,
//!    the payers and the split; a question for everything that is unused, unclear or does not add up.
//!
//! To read another family of sentences, add a rule with its examples to `rules.json`; a test reads all examples.

mod category;
mod chart;
mod conclusion;
mod context;
mod date;
mod division;
mod fact;
mod language;
mod lexicon;
pub mod limits;
mod lookup;
mod number;
mod participants;
mod pattern;
mod people;
mod quantity;
mod question;
mod reading;
mod remark;
mod role;
mod scanner;
mod token;
mod understanding;
mod whole;
mod words;

pub use category::category;
pub use language::CATEGORIES;
pub use question::{LONGEST_TEXT, Payment, Question, Reading};
pub use remark::Remark;

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
