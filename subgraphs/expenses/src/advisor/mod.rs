//! Advisors read drafts: Gemini if there is a key for it, and the built-in reader otherwise and whenever Gemini fails.
//! Both return structure only; amounts are checked and computed elsewhere, and a person confirms them. The caller
//! counts requests against Gemini's budget.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gemini::{Gemini, Photo};
use reader::{Question, Reading, Remark};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// Why Gemini has not read a text or photo, and what was done instead.
#[derive(Clone, Copy, Debug, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
enum Fallback {
    /// This person's share of the budget is used up.
    #[error("Gemini has read as much for you as it may today.")]
    GeminiOwnSpent,
    /// The budget of all people together is used up.
    #[error("Gemini has read as much as it may today.")]
    GeminiSpent,
    /// There is no key any more.
    #[error("Photos cannot be read here any more.")]
    NoPhotos,
    /// The built-in reader has read it.
    #[error("The built-in reader has read this instead.")]
    BuiltInInstead,
}

/// The advisors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Advisor {
    /// The built-in reader.
    Rules,
    /// Google's model.
    Gemini,
}

/// What an advisor has read, and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Read {
    /// The reading.
    pub reading: Reading,
    /// The advisor that gave it.
    pub advisor: Advisor,
    /// Why there is no reading at all.
    pub unread: Option<Problem>,
    /// How it was read, such as why Gemini was not used.
    pub problems: Vec<Problem>,
}

impl Read {
    /// A reading that the advisor gave.
    pub(crate) fn by(advisor: Advisor, reading: Reading) -> Self {
        Self { reading, advisor, unread: None, problems: Vec::new() }
    }

    /// No reading.
    pub(crate) fn nothing(advisor: Advisor, why: Problem) -> Self {
        Self { unread: Some(why), ..Self::by(advisor, Reading::default()) }
    }
}

/// The built-in reader, and Gemini if there is a key for it.
pub(crate) struct Advisors(Option<Gemini>);

/// Whether the daily budget allows a request to Gemini.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    /// The budget is not used up.
    Left,
    /// This person's share of the budget is used up.
    OwnSpent,
    /// The budget of all people together is used up.
    Spent,
}

impl Budget {
    /// Returns why Gemini may not be asked; `None` if it may.
    fn spent(self) -> Option<Problem> {
        match self {
            Self::Left => None,
            Self::OwnSpent => Some(Problem::of(&Fallback::GeminiOwnSpent)),
            Self::Spent => Some(Problem::of(&Fallback::GeminiSpent)),
        }
    }
}

impl Advisors {
    /// Creates the advisors; Gemini is optional.
    pub(crate) fn new(gemini: Option<Gemini>) -> Self {
        Self(gemini)
    }

    /// Whether Gemini is configured, so that a budget is needed.
    pub(crate) fn has_gemini(&self) -> bool {
        self.0.is_some()
    }

    /// Reads a sentence. If Gemini fails for any reason, the built-in reader takes over.
    pub(crate) async fn read(&self, question: &Question<'_>, budget: Budget) -> Read {
        let Some(gemini) = &self.0 else { return built_in(question, None) };
        if let Some(why) = budget.spent() {
            return built_in(question, Some(why));
        }
        match gemini.read(question).await {
            Ok(reading) => Read::by(Advisor::Gemini, reading),
            Err(failure) => {
                tracing::warn!(%failure, "Gemini could not read a text; using the built-in reader");
                built_in(question, Some(Problem::new(failure.code(), failure.sentence())))
            }
        }
    }

    /// Reads the photo of a receipt, which only Gemini can do. Without Gemini the reading is empty, apart from the
    /// reason.
    pub(crate) async fn read_photo(&self, photo: &Photo<'_>, question: &Question<'_>, budget: Budget) -> Read {
        let Some(gemini) = &self.0 else { return unread_photo(Problem::of(&Fallback::NoPhotos)) };
        if let Some(why) = budget.spent() {
            return unread_photo(why);
        }
        match gemini.read_photo(photo, question).await {
            Ok(reading) => Read::by(Advisor::Gemini, reading),
            Err(failure) => {
                tracing::warn!(%failure, "Gemini could not read a photo");
                unread_photo(Problem::new(failure.code(), failure.sentence()))
            }
        }
    }
}

fn unread_photo(why: Problem) -> Read {
    Read::nothing(Advisor::Gemini, why)
}

/// Returns the reading of the built-in reader, with the reason why it was used instead of Gemini.
pub(crate) fn built_in(question: &Question<'_>, instead: Option<Problem>) -> Read {
    // A panic would repeat at each redelivery of the same text. Unwinding is safe: the reader keeps no state.
    let reading = catch_unwind(AssertUnwindSafe(|| reader::read(question)))
        .unwrap_or_else(|_| Reading { questions: vec![Remark::Unreadable], ..Reading::default() });
    let problems = instead.map(|why| vec![why, Problem::of(&Fallback::BuiltInInstead)]).unwrap_or_default();
    Read { problems, ..Read::by(Advisor::Rules, reading) }
}
