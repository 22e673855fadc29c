//! Who reads drafts: Gemini where there is a key for it, and the built-in reader otherwise and whenever Gemini fails. What
//! either says is structure only; it is checked, computed and confirmed elsewhere.

use std::panic::{AssertUnwindSafe, catch_unwind};

use contracts::Timestamp;
use kit::Outcome;
use reader::{Question, Reading};
use serde::{Deserialize, Serialize};

use crate::{gemini::Gemini, limits::Window, photo::Photo, store::Store};

const TOOK_OVER: &str = "The built-in reader has read this instead.";
const BUDGET_SPENT: &str = "Gemini has read as much as it may today.";

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
pub struct Advisors {
    gemini: Option<Gemini>,
    gemini_calls_per_day: i64,
    store: Store,
}

impl Advisors {
    /// With Gemini, or without; its calls are counted in the store.
    pub(crate) fn new(gemini: Option<Gemini>, gemini_calls_per_day: u32, store: Store) -> Self {
        Self { gemini, gemini_calls_per_day: i64::from(gemini_calls_per_day), store }
    }

    /// Whether photos can be read.
    pub fn read_photos(&self) -> bool {
        self.gemini.is_some()
    }

    /// Reads a sentence. Whatever goes wrong with Gemini, there is a reading.
    pub async fn read(&self, question: &Question<'_>) -> Outcome<Read> {
        let Some(gemini) = &self.gemini else { return Ok(built_in(question, None)) };
        if !self.within_budget().await? {
            return Ok(built_in(question, Some(BUDGET_SPENT)));
        }
        Ok(match gemini.read(question).await {
            Ok(reading) => Read { reading, advisor: Advisor::Gemini, problems: Vec::new() },
            Err(failure) => {
                tracing::warn!(%failure, "Gemini has not read a text; the built-in reader does");
                built_in(question, Some(failure.sentence()))
            }
        })
    }

    /// Reads a receipt, which only Gemini can: without it nothing is known but why.
    pub async fn read_photo(&self, photo: &Photo, question: &Question<'_>) -> Outcome<Read> {
        let unread = |why: &str| Read {
            reading: Reading { questions: vec![why.to_owned()], ..Reading::default() },
            advisor: Advisor::Gemini,
            problems: Vec::new(),
        };
        let Some(gemini) = &self.gemini else { return Ok(unread("Photos cannot be read here any more.")) };
        if !self.within_budget().await? {
            return Ok(unread(BUDGET_SPENT));
        }
        Ok(match gemini.read_photo(&photo.shown(), question).await {
            Ok(reading) => Read { reading, advisor: Advisor::Gemini, problems: Vec::new() },
            Err(failure) => {
                tracing::warn!(%failure, "Gemini has not read a photo");
                unread(failure.sentence())
            }
        })
    }

    /// Counts one more question to Gemini; false when the day has had enough of them.
    async fn within_budget(&self) -> Outcome<bool> {
        let asked = self.store.count(&Window::of_gemini(Timestamp::now())).await?;
        Ok(asked <= self.gemini_calls_per_day)
    }
}

/// The built-in reader's word, and why it was asked instead of Gemini.
pub(crate) fn built_in(question: &Question<'_>, instead: Option<&str>) -> Read {
    // A panic would come back with every delivery of the same text. The reader holds nothing that it could leave broken.
    let reading = catch_unwind(AssertUnwindSafe(|| reader::read(question))).unwrap_or_else(|_| Reading {
        questions: vec!["This could not be read. Please say it in other words.".to_owned()],
        ..Reading::default()
    });
    let problems = instead.map(|why| format!("{why} {TOOK_OVER}"));
    Read { reading, advisor: Advisor::Rules, problems: problems.into_iter().collect() }
}
