//! Parses and validates the structured answer of Gemini.

use money::Amount;
use reader::{
    Question, Reading,
    limits::{LONGEST_CATEGORY, LONGEST_DESCRIPTION},
};
use serde::Deserialize;

use crate::{
    bounds::{self, Bounds, Flaw},
    nullable::nullable,
    split::SplitAnswer,
};

/// A whole answer. Missing and unknown fields are errors, because the schema requires each field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    #[serde(deserialize_with = "nullable")]
    description: Option<String>,
    #[serde(deserialize_with = "nullable")]
    total: Option<TotalAnswer>,
    #[serde(deserialize_with = "nullable")]
    date: Option<String>,
    #[serde(deserialize_with = "nullable")]
    category: Option<String>,
    payers: Vec<PayerAnswer>,
    #[serde(deserialize_with = "nullable")]
    split: Option<SplitAnswer>,
    questions: Vec<String>,
    guesses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TotalAnswer {
    amount: String,
    currency: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayerAnswer {
    person: String,
    amount: String,
}

/// Parses the text of an answer and validates it against the question.
pub(crate) fn reading(text: &str, question: &Question<'_>) -> Result<Reading, Flaw> {
    // The error of serde quotes the text, which must not reach the log.
    let answer: Answer = serde_json::from_str(text).map_err(|_| "it has another structure")?;
    answer.read(question)
}

impl Answer {
    fn read(&self, question: &Question<'_>) -> Result<Reading, Flaw> {
        let total = self.total(question)?;
        let currency = total.map_or(question.currency, |total| total.currency);
        let bounds = Bounds { people: question.people.len(), currency, total };
        let category = bounds::optional_line(self.category.as_deref(), LONGEST_CATEGORY)?;
        Ok(Reading {
            description: bounds::optional_line(self.description.as_deref(), LONGEST_DESCRIPTION)?,
            total,
            date: self.date.as_deref().map(|date| bounds::date(date, question.today)).transpose()?,
            category: category.map(|category| category.to_lowercase()),
            payers: self.payers(&bounds)?,
            split: self.split.as_ref().map(|split| split.read(&bounds)).transpose()?,
            // It is asked for expenses alone.
            payment: None,
            questions: bounds::remarks(&self.questions)?,
            guesses: bounds::remarks(&self.guesses)?,
        })
    }

    /// Returns the total; refuses one that differs from the known total.
    fn total(&self, question: &Question<'_>) -> Result<Option<Amount>, Flaw> {
        let total = self.total.as_ref().map(|total| bounds::total(&total.amount, &total.currency)).transpose()?;
        match (total, question.total) {
            (Some(read), Some(known)) if read != known => Err("it changes the total"),
            (read, known) => Ok(read.or(known)),
        }
    }

    fn payers(&self, bounds: &Bounds) -> Result<Vec<(usize, i64)>, Flaw> {
        let payers = bounds.amounts(self.payers.iter().map(|payer| (payer.person.as_str(), payer.amount.as_str())))?;
        bounds.check_payers(&payers)?;
        Ok(payers)
    }
}
