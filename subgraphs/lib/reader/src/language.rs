//! The schema of a language file, and the meanings of its phrases.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::role::Role;

/// The categories of an expense.
pub const CATEGORIES: [&str; 12] = [
    "groceries",
    "dining",
    "drinks",
    "transport",
    "travel",
    "home",
    "utilities",
    "entertainment",
    "health",
    "gifts",
    "shopping",
    "other",
];

/// To add a language, add its file here.
pub(crate) const FILES: [&str; 3] =
    [include_str!("../languages/en.json"), include_str!("../languages/de.json"), include_str!("../languages/es.json")];

/// The meaning of a phrase. Those without a value are the keys of `words` in a language file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Meaning {
    Role(Role),
    Number(u64),
    /// A fixed amount: "tenner".
    Note(u64),
    Fraction(u64, u64),
    Times(u64, u64),
    /// An index into the list of currencies.
    Currency(usize),
    /// Days after Monday.
    Weekday(usize),
    ShortWeekday(usize),
    /// From 0 for January.
    Month(usize),
    /// Days after today; negative in the past.
    Day(i64),
    /// A number of days.
    Span(i64),
    Ordinal(u32),
    /// A month and a day, the same every year.
    Holiday(u32, u32),
    /// A number of people.
    Company(u64),
    #[serde(skip)]
    Thing(Thing),
    Cents,
    /// A common first name.
    GivenName,
    /// First names by gender, to resolve "he" and "she".
    Woman,
    Man,
    /// An everyday noun that is also a first name.
    Homonym,
    /// A noun for a person: "brother".
    Relative,
    Article,
    /// A noun that a number follows as a label: "room 204".
    Label,
    /// An infinitive, as it follows "will".
    Infinitive,
    /// The first word of a place name: "San".
    PlaceLead,
    /// A noun that follows the thing it is about: "ticket", "bill".
    Carrier,
    Filler,
    /// A word that only tells the language of the text.
    Known,
}

impl Meaning {
    /// Whether a word with no other meaning is unknown, so that it can be the name of a stranger or of a thing.
    pub(crate) fn is_hint(self) -> bool {
        matches!(self, Self::Woman | Self::Man | Self::Carrier)
    }
}

/// A thing that can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Thing {
    pub(crate) category: &'static str,
    pub(crate) weight: Weight,
    /// Whether it has a plural and occurs in compounds.
    pub(crate) plain: bool,
}

/// How specific a word is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Counts only if there is no other word: "trip".
    Vague,
    /// A place where things are bought: "hotel".
    Place,
    Thing,
}

/// The contents of a language file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(crate) struct Language<'a> {
    pub(crate) roles: BTreeMap<Role, Vec<&'a str>>,
    pub(crate) words: BTreeMap<Meaning, Vec<&'a str>>,
    pub(crate) numbers: BTreeMap<&'a str, u64>,
    pub(crate) notes: BTreeMap<&'a str, u64>,
    pub(crate) fractions: BTreeMap<&'a str, (u64, u64)>,
    pub(crate) times: BTreeMap<&'a str, (u64, u64)>,
    pub(crate) currencies: Vec<CurrencyWords<'a>>,
    pub(crate) weekdays: Vec<Vec<&'a str>>,
    pub(crate) short_weekdays: Vec<Vec<&'a str>>,
    pub(crate) months: Vec<Vec<&'a str>>,
    pub(crate) days: BTreeMap<&'a str, i64>,
    pub(crate) spans: BTreeMap<&'a str, i64>,
    pub(crate) holidays: BTreeMap<&'a str, (u32, u32)>,
    pub(crate) companies: BTreeMap<&'a str, u64>,
    pub(crate) ordinals: BTreeMap<&'a str, u32>,
    /// Phrases for all of a collective ("the whole") and the collectives that they combine with ("crew").
    pub(crate) wholes: Vec<&'a str>,
    pub(crate) collectives: Vec<&'a str>,
    /// Phrases for the rest of a collective: "the rest of the".
    pub(crate) remainders: Vec<&'a str>,
    pub(crate) plurals: Vec<&'a str>,
    pub(crate) possessives: Vec<&'a str>,
    pub(crate) compounds: bool,
    pub(crate) capital_nouns: bool,
    pub(crate) categories: BTreeMap<&'a str, Vec<&'a str>>,
    /// Names of shops and brands, which have no plural and are never part of a compound.
    pub(crate) brands: BTreeMap<&'a str, Vec<&'a str>>,
    /// Places; the name of a thing bought there is more specific.
    pub(crate) places: Vec<&'a str>,
    /// Category words that count only if there is no better one: "trip".
    pub(crate) vague: Vec<&'a str>,
    /// Words without plurals and compounds.
    pub(crate) alone: Vec<&'a str>,
}

/// Words for a currency, or for one of several currencies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrencyWords<'a> {
    #[serde(borrow)]
    pub(crate) words: Vec<&'a str>,
    pub(crate) codes: Vec<&'a str>,
    pub(crate) default: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use money::Currency;
    use serde_json::Value;

    use super::*;

    fn keys(value: &Value) -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn every_language_is_complete() {
        let values: Vec<Value> = FILES.iter().map(|file| serde_json::from_str(file).unwrap()).collect();
        for (file, value) in FILES.iter().zip(&values) {
            for part in ["roles", "words", "categories"] {
                assert_eq!(keys(&value[part]), keys(&values[0][part]));
            }
            assert_eq!(keys(&value["brands"]), keys(&values[0]["categories"]));
            let language: Language<'_> = serde_json::from_str(file).unwrap();
            assert!(language.categories.keys().all(|name| CATEGORIES.contains(name)));
            let mut codes = language.currencies.iter().flat_map(|words| words.codes.iter().chain(&words.default));
            assert!(codes.all(|code| Currency::from_code(code).is_ok()));
            assert_eq!([language.weekdays.len(), language.short_weekdays.len(), language.months.len()], [7, 7, 12]);
        }
    }
}
