//! GraphQL types of problems.

use std::collections::BTreeMap;

use async_graphql::SimpleObject;

use crate::problem;

/// Something to show to a person. The message is in English; code and facts contain the same as data.
#[derive(SimpleObject)]
pub(super) struct Problem {
    /// Such as `NO_AMOUNT`, or the code of a refusal.
    code: String,
    /// What the message contains.
    facts: Vec<Fact>,
    message: String,
}

/// A value in a message.
#[derive(SimpleObject)]
pub(super) struct Fact {
    /// Such as "amount".
    name: String,
    /// A text, a decimal amount, or several texts separated by line breaks.
    value: String,
}

impl From<problem::Problem> for Problem {
    fn from(problem::Problem { code, facts, message }: problem::Problem) -> Self {
        Self { code, facts: self::facts(facts), message }
    }
}

pub(super) fn facts(facts: BTreeMap<String, String>) -> Vec<Fact> {
    facts.into_iter().map(|(name, value)| Fact { name, value }).collect()
}
