//! A problem to show to a person: a code and facts, from which the app composes a sentence in the person's language, and
//! the English sentence.

use std::{collections::BTreeMap, fmt::Display};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The code of a problem that is only a sentence, in any language.
const SAID: &str = "SAID";

/// A problem of a draft, an import or a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Problem {
    /// Its code, such as `NO_AMOUNT`.
    pub code: String,
    /// What its sentence contains, by name. Items of a list are separated by line breaks.
    pub facts: BTreeMap<String, String>,
    /// The English sentence.
    pub message: String,
}

impl Problem {
    /// Converts a value that is serialised to an object with its code in `code`, and displayed as an English sentence.
    pub(crate) fn of(told: &(impl Serialize + Display)) -> Self {
        let message = told.to_string();
        let Ok(Value::Object(mut fields)) = serde_json::to_value(told) else { return Self::said(message) };
        let code = fields.remove("code").as_ref().map_or_else(|| SAID.to_owned(), text);
        let facts = fields.iter().map(|(name, fact)| (name.clone(), text(fact))).collect();
        Self { code, facts, message }
    }

    /// Creates a problem without facts.
    pub(crate) fn new(code: &str, message: &str) -> Self {
        Self { code: code.to_owned(), facts: BTreeMap::new(), message: message.to_owned() }
    }

    /// Creates a problem of which only the sentence is known.
    pub(crate) fn said(message: String) -> Self {
        Self { code: SAID.to_owned(), facts: BTreeMap::from([("text".to_owned(), message.clone())]), message }
    }

    /// Returns it without control characters, and with every text cut off at this many characters.
    #[must_use]
    pub(crate) fn plain(&self, longest: usize) -> Self {
        let plain =
            |text: &String| text.chars().filter(|letter| !letter.is_control()).take(longest).collect::<String>();
        let fact = |text: &String| text.split('\n').map(|part| plain(&part.to_owned())).collect::<Vec<_>>().join("\n");
        let facts = self.facts.iter().map(|(name, text)| (name.clone(), fact(text))).collect();
        Self { code: self.code.clone(), facts, message: plain(&self.message) }
    }
}

impl From<kit::Refusal> for Problem {
    /// The code of a refusal is that of the API; its field is a fact.
    fn from(refusal: kit::Refusal) -> Self {
        let field = refusal.field.map(|field| ("field".to_owned(), field));
        let facts = refusal.facts.into_iter().chain(field).collect();
        Self { code: refusal.code.as_str().to_owned(), facts, message: refusal.message }
    }
}

fn text(fact: &Value) -> String {
    match fact {
        Value::String(text) => text.clone(),
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use reader::Remark;

    use super::*;

    #[test]
    fn a_remark_has_a_code_facts_and_a_sentence() {
        let choices = vec!["Ben".to_owned(), "Benno".to_owned()];
        let problem = Problem::of(&Remark::WhoIs { written: "Be".to_owned(), choices });
        assert_eq!((problem.code.as_str(), problem.facts["choices"].as_str()), ("WHO_IS", "Ben\nBenno"));
        assert_eq!((problem.facts["written"].as_str(), &*problem.message), ("Be", "Who is \"Be\": Ben or Benno?"));
        assert_eq!(Problem::of(&Remark::SharedByAll), Problem::new("SHARED_BY_ALL", "Shared by everyone."));
    }

    #[test]
    fn no_text_is_longer_or_wilder_than_it_may_be() {
        let said = Problem::said("Wh\u{7}o?\tWho".to_owned()).plain(4);
        assert_eq!((said.message.as_str(), said.facts["text"].as_str()), ("Who?", "Who?"));
    }
}
