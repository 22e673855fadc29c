//! Who reads drafts: Gemini where there is a key for it, and the built-in reader otherwise and whenever Gemini fails. What
//! either says is structure only; it is checked, computed and confirmed elsewhere. The caller counts Gemini's budget.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gemini::{Gemini, Photo};
use reader::{Question, Reading};
use serde::{Deserialize, Serialize};

const TOOK_OVER: &str = "The built-in reader has read this instead.";

/// Who gives advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advisor {
    /// The built-in reader.
    Rules,
    /// Google's model.
    Gemini,
}

/// What an advisor has read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// What it says.
    pub reading: Reading,
    /// Whose word it is.
    pub advisor: Advisor,
    /// What the person should know about how it was read.
    pub problems: Vec<String>,
}

/// The two advisors behind one door.
pub struct Advisors(Option<Gemini>);

/// Whether Gemini may be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// There are questions left for today.
    Left,
    /// The person has none left.
    OwnSpent,
    /// Nobody has.
    Spent,
}

impl Budget {
    /// Why Gemini may not be asked; `None` when it may.
    fn spent(self) -> Option<&'static str> {
        match self {
            Self::Left => None,
            Self::OwnSpent => Some("Gemini has read as much for you as it may today."),
            Self::Spent => Some("Gemini has read as much as it may today."),
        }
    }
}

impl Advisors {
    /// With Gemini, or without.
    pub fn new(gemini: Option<Gemini>) -> Self {
        Self(gemini)
    }

    /// Whether Gemini is asked at all, so that a budget is needed.
    pub fn has_gemini(&self) -> bool {
        self.0.is_some()
    }

    /// Reads a sentence. Whatever goes wrong with Gemini, there is a reading.
    pub async fn read(&self, question: &Question<'_>, budget: Budget) -> Read {
        let Some(gemini) = &self.0 else { return built_in(question, None) };
        if let Some(why) = budget.spent() {
            return built_in(question, Some(why));
        }
        match gemini.read(question).await {
            Ok(reading) => Read { reading, advisor: Advisor::Gemini, problems: Vec::new() },
            Err(failure) => {
                tracing::warn!(%failure, "Gemini has not read a text; the built-in reader does");
                built_in(question, Some(failure.sentence()))
            }
        }
    }

    /// Reads a receipt, which only Gemini can: without it nothing is known but why.
    pub async fn read_photo(&self, photo: &Photo<'_>, question: &Question<'_>, budget: Budget) -> Read {
        let Some(gemini) = &self.0 else { return unread_photo("Photos cannot be read here any more.") };
        if let Some(why) = budget.spent() {
            return unread_photo(why);
        }
        match gemini.read_photo(photo, question).await {
            Ok(reading) => Read { reading, advisor: Advisor::Gemini, problems: Vec::new() },
            Err(failure) => {
                tracing::warn!(%failure, "Gemini has not read a photo");
                unread_photo(failure.sentence())
            }
        }
    }
}

fn unread_photo(why: &str) -> Read {
    let reading = Reading { questions: vec![why.to_owned()], ..Reading::default() };
    Read { reading, advisor: Advisor::Gemini, problems: Vec::new() }
}

/// The built-in reader's word, and why it was asked instead of Gemini.
pub fn built_in(question: &Question<'_>, instead: Option<&str>) -> Read {
    // A panic would come back with every delivery of the same text. The reader holds nothing that it could leave broken.
    let reading = catch_unwind(AssertUnwindSafe(|| reader::read(question))).unwrap_or_else(|_| Reading {
        questions: vec!["This could not be read. Please say it in other words.".to_owned()],
        ..Reading::default()
    });
    let problems = instead.map(|why| format!("{why} {TOOK_OVER}"));
    Read { reading, advisor: Advisor::Rules, problems: problems.into_iter().collect() }
}
