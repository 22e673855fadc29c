//! The languages: one data file each. All are loaded once and used together for each text.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use money::Currency;

use crate::{
    dictionary::{CurrencyWords, Language},
    role::Role,
    things::Things,
    words::{fold, spellings, words},
};

/// To add a language, add its file here.
const FILES: [&str; 3] =
    [include_str!("../languages/en.json"), include_str!("../languages/de.json"), include_str!("../languages/es.json")];

/// The minimum length of words that are matched with a typo, in bytes.
pub(crate) const SHORTEST_WITH_TYPO: usize = 6;

/// Roles whose words are matched with a typo: few other words resemble them.
const MAY_HAVE_TYPOS: [Role; 6] = [Role::Everyone, Role::Others, Role::Between, Role::Except, Role::Split, Role::Equal];

/// Roles whose words resemble other words: only transposed and doubled letters are accepted, no other letters.
const MAY_HAVE_SLIPS: [Role; 4] = [Role::Paid, Role::Basis, Role::Total, Role::Halves];

/// Whether only transposed and doubled letters are accepted in words of this role.
pub(crate) fn may_have_slips(role: Role) -> bool {
    MAY_HAVE_SLIPS.contains(&role)
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&FILES));

/// The currencies that a word can mean, in preference the group's own.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Currencies {
    codes: Vec<Currency>,
    default: Option<Currency>,
}

impl Currencies {
    /// The currency meant in a group whose currency is `own`; `None` if it is ambiguous.
    pub(crate) fn meant(&self, own: Currency) -> Option<Currency> {
        if self.codes.contains(&own) { Some(own) } else { self.default }
    }
}

/// The meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Role(Role),
    Number(u64),
    /// A fixed amount: "tenner".
    Note(u64),
    Fraction(u64, u64),
    Times(u64, u64),
    /// An index into the list of currencies.
    Currency(usize),
    Cents,
    /// Days after Monday.
    Weekday(usize),
    ShortWeekday(usize),
    /// From 1 for January.
    Month(u32),
    /// Days after today; negative in the past.
    Day(i64),
    /// A number of days.
    Span(i64),
    Ordinal(u32),
    /// A month and a day, the same every year.
    Holiday(u32, u32),
    /// A number of people.
    Company(u64),
    /// A common first name.
    GivenName,
    /// An everyday noun that is also a first name.
    Homonym,
    Relative,
    Article,
    /// A noun that an ordinal number precedes as a label: "quarter".
    Ranked,
    /// A noun that a number follows as a label: "room".
    Label,
    /// An infinitive, as it follows "will".
    Infinitive,
    /// "those"
    Demonstrative,
    /// "who", "how much"
    Interrogative,
    /// A word for a subgroup whose members are not known: "girls".
    Subgroup,
    /// A verb for taking somebody along: "took".
    Along,
    /// A conjunction for something that happened at the same time: "while".
    Meanwhile,
    /// An occasion for a present: "birthday".
    Occasion,
    /// A thing that one person uses alone: "ticket".
    Personal,
    /// The first word of a place name: "San".
    PlaceLead,
    Category(&'static str),
    Filler,
}

/// A phrase of a language, indexed by its first word.
pub(crate) struct Phrase {
    /// The words after the first one.
    pub(crate) rest: Vec<String>,
    pub(crate) meaning: Meaning,
    pub(crate) language: usize,
}

/// The folded words of all spellings of a phrase.
pub(crate) fn phrase_words(text: &str) -> Vec<Vec<String>> {
    // Most phrases are plain, and there are many.
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') {
        return vec![text.split_ascii_whitespace().map(str::to_owned).collect()];
    }
    let parts = |spelling: &String| words(spelling).into_iter().map(|word| word.folded).collect();
    spellings(text).iter().map(parts).collect()
}

/// The words of all languages.
pub(crate) struct Lexicon {
    pub(crate) phrases: HashMap<String, Vec<Phrase>>,
    currencies: Vec<Currencies>,
    /// Long words of a role with their language, for matching typos.
    pub(crate) long: Vec<(String, Role, usize)>,
    pub(crate) things: Things,
    plurals: Vec<String>,
    /// Plural endings, each with its language.
    pub(crate) ends: Vec<(String, usize)>,
    possessives: Vec<String>,
    /// All words for "and".
    pub(crate) joins: Vec<String>,
    /// First names; `true` for a woman's name.
    women: HashMap<String, bool>,
    /// For each language, whether all nouns are capitalised.
    pub(crate) capital_nouns: Vec<bool>,
}

impl Lexicon {
    /// The lexicon compiled into the program.
    pub(crate) fn built_in() -> &'static Self {
        &LEXICON
    }

    fn of(files: &[&str]) -> Self {
        let mut lexicon = Self {
            phrases: HashMap::new(),
            currencies: Vec::new(),
            long: Vec::new(),
            things: Things::default(),
            plurals: Vec::new(),
            ends: Vec::new(),
            possessives: Vec::new(),
            joins: Vec::new(),
            women: HashMap::new(),
            capital_nouns: Vec::new(),
        };
        // An invalid file is skipped; a test checks that all files are valid.
        for language in files.iter().filter_map(|file| serde_json::from_str(file).ok()) {
            lexicon.add(language);
        }
        lexicon
    }

    fn add(&mut self, language: Language) {
        self.add_categories(&language);
        self.add_collectives(&language);
        self.add_genders(&language);
        for (role, texts) in &language.roles {
            self.add_all(texts, Meaning::Role(*role));
            self.add_long(texts, *role);
        }
        let pairs = |map: BTreeMap<String, (u64, u64)>, meaning: fn(u64, u64) -> Meaning| {
            map.into_iter().map(move |(text, (above, below))| (text, meaning(above, below)))
        };
        let mut single: Vec<(String, Meaning)> = Vec::new();
        single.extend(language.numbers.into_iter().map(|(text, number)| (text, Meaning::Number(number))));
        single.extend(language.notes.into_iter().map(|(text, value)| (text, Meaning::Note(value))));
        single.extend(pairs(language.fractions, Meaning::Fraction));
        single.extend(pairs(language.times, Meaning::Times));
        // "this mornings bagels"
        for (text, days) in language.days {
            let owned = language.possessives.iter().map(|end| (format!("{text}{end}"), Meaning::Day(days)));
            single.extend(owned);
            single.push((text, Meaning::Day(days)));
        }
        single.extend(language.holidays.into_iter().map(|(text, (month, day))| (text, Meaning::Holiday(month, day))));
        single.extend(language.spans.into_iter().map(|(text, days)| (text, Meaning::Span(days))));
        single.extend(language.companies.into_iter().map(|(text, count)| (text, Meaning::Company(count))));
        single.extend(language.ordinals.into_iter().map(|(text, day)| (text, Meaning::Ordinal(day))));
        for (text, meaning) in single {
            self.add_phrase(&text, meaning);
        }
        for (place, texts) in language.weekdays.iter().enumerate() {
            self.add_all(texts, Meaning::Weekday(place));
        }
        for (place, texts) in language.short_weekdays.iter().enumerate() {
            self.add_all(texts, Meaning::ShortWeekday(place));
        }
        for (month, texts) in (1..).zip(&language.months) {
            self.add_all(texts, Meaning::Month(month));
        }
        for words in language.currencies {
            self.add_currency(&words);
        }
        self.add_all(&language.given_names, Meaning::GivenName);
        self.add_all(&language.homonyms, Meaning::Homonym);
        self.add_all(&language.labels, Meaning::Label);
        self.add_all(&language.ranked, Meaning::Ranked);
        self.add_all(&language.relatives, Meaning::Relative);
        self.add_all(&language.articles, Meaning::Article);
        self.add_all(&language.infinitives, Meaning::Infinitive);
        self.add_all(&language.demonstratives, Meaning::Demonstrative);
        self.add_all(&language.interrogatives, Meaning::Interrogative);
        self.add_all(&language.subgroups, Meaning::Subgroup);
        self.add_all(&language.takes_along, Meaning::Along);
        self.add_all(&language.meanwhile, Meaning::Meanwhile);
        self.add_all(&language.occasions, Meaning::Occasion);
        self.add_all(&language.personal, Meaning::Personal);
        self.add_all(&language.place_leads, Meaning::PlaceLead);
        self.add_all(&language.cents, Meaning::Cents);
        self.add_all(&language.fillers, Meaning::Filler);
        self.joins.extend(language.roles.get(&Role::And).into_iter().flatten().map(|text| crate::words::fold(text)));
        let place = self.capital_nouns.len();
        self.ends.extend(language.plurals.iter().map(|end| (end.clone(), place)));
        self.plurals.extend(language.plurals);
        self.possessives.extend(language.possessives);
        self.capital_nouns.push(language.capital_nouns);
    }

    /// Adds all combinations of lead and collective: "the whole crew", "the rest of the crew".
    fn add_collectives(&mut self, language: &Language) {
        for (leads, role) in [(&language.wholes, Role::Everyone), (&language.remainders, Role::Others)] {
            for lead in leads {
                for all in &language.collectives {
                    self.add_phrase(&format!("{lead} {all}"), Meaning::Role(role));
                }
            }
        }
    }

    fn add_genders(&mut self, language: &Language) {
        for (names, is_woman) in [(&language.women, true), (&language.men, false)] {
            self.women.extend(names.iter().flat_map(|name| spellings(name)).map(|name| (name, is_woman)));
        }
    }

    fn add_currency(&mut self, words: &CurrencyWords) {
        let known = |code: &String| Currency::from_code(code).ok();
        let codes = words.codes.iter().filter_map(known).collect();
        self.currencies.push(Currencies { codes, default: words.default.as_ref().and_then(known) });
        self.add_all(&words.words, Meaning::Currency(self.currencies.len() - 1));
    }

    fn add_long(&mut self, texts: &[String], role: Role) {
        if !MAY_HAVE_TYPOS.contains(&role) && !MAY_HAVE_SLIPS.contains(&role) {
            return;
        }
        for text in texts.iter().filter(|text| text.chars().all(char::is_alphabetic)) {
            let folded = fold(text);
            if folded.len() >= SHORTEST_WITH_TYPO {
                self.long.push((folded, role, self.capital_nouns.len()));
            }
        }
    }

    fn add_all(&mut self, texts: &[String], meaning: Meaning) {
        for text in texts {
            self.add_phrase(text, meaning);
        }
    }

    pub(crate) fn add_phrase(&mut self, text: &str, meaning: Meaning) {
        let language = self.capital_nouns.len();
        for mut parts in phrase_words(text).into_iter().map(Vec::into_iter) {
            let Some(first) = parts.next() else { continue };
            let phrase = Phrase { rest: parts.collect(), meaning, language };
            self.phrases.entry(first).or_default().push(phrase);
        }
    }

    /// The currencies that a word can mean.
    pub(crate) fn currencies(&self, place: usize) -> Option<&Currencies> {
        self.currencies.get(place)
    }

    /// The name as written and without a plural ending: "Toms", "Marcuses".
    pub(crate) fn singulars<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = &'t str> {
        let ends = self.plurals.iter().chain(&self.possessives);
        std::iter::once(folded).chain(ends.filter_map(|end| folded.strip_suffix(end.as_str())))
    }

    /// Whether the first name is a woman's; `None` if unknown.
    pub(crate) fn is_woman(&self, folded: &str) -> Option<bool> {
        self.women.get(folded).copied()
    }

    /// Whether this is a common first name.
    pub(crate) fn is_given(&self, folded: &str) -> bool {
        let given = |phrase: &Phrase| phrase.rest.is_empty() && phrase.meaning == Meaning::GivenName;
        self.phrases.get(folded).is_some_and(|phrases| phrases.iter().any(given))
    }

    pub(crate) fn plurals(&self) -> &[String] {
        &self.plurals
    }

    /// The name without its possessive ending: `Ben's`.
    pub(crate) fn owners<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = &'t str> {
        self.possessives.iter().filter_map(|end| folded.strip_suffix(end.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::things::CATEGORIES;

    fn keys(value: &Value) -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn every_language_has_the_same_keys() {
        let languages: Vec<Value> = FILES.iter().map(|file| serde_json::from_str(file).unwrap()).collect();
        for language in &languages {
            assert_eq!(keys(language), keys(&languages[0]));
            assert_eq!(keys(&language["roles"]), keys(&languages[0]["roles"]));
            assert_eq!(keys(&language["categories"]), keys(&languages[0]["categories"]));
            assert_eq!(keys(&language["brands"]), keys(&languages[0]["categories"]));
            assert_eq!(language["weekdays"].as_array().unwrap().len(), 7);
            assert_eq!(language["short_weekdays"].as_array().unwrap().len(), 7);
            assert_eq!(language["months"].as_array().unwrap().len(), 12);
        }
    }

    #[test]
    fn every_language_can_be_read() {
        for file in FILES {
            let language: Language = serde_json::from_str(file).unwrap();
            assert!(
                language
                    .categories
                    .keys()
                    .chain(language.brands.keys())
                    .all(|name| CATEGORIES.contains(&name.as_str()))
            );
            let codes = language.currencies.iter().flat_map(|words| words.codes.iter().chain(&words.default));
            assert!(codes.clone().all(|code| Currency::from_code(code).is_ok()));
        }
        assert_eq!(Lexicon::built_in().capital_nouns.len(), FILES.len());
    }
}
