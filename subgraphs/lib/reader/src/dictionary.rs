//! The form of a language's file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::role::Role;

/// A language as it is written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    pub(crate) roles: BTreeMap<Role, Vec<String>>,
    pub(crate) numbers: BTreeMap<String, u64>,
    /// Amounts of the group's currency in one word.
    pub(crate) notes: BTreeMap<String, u64>,
    pub(crate) fractions: BTreeMap<String, (u64, u64)>,
    pub(crate) times: BTreeMap<String, (u64, u64)>,
    pub(crate) currencies: Vec<CurrencyWords>,
    pub(crate) cents: Vec<String>,
    pub(crate) weekdays: Vec<Vec<String>>,
    pub(crate) short_weekdays: Vec<Vec<String>>,
    pub(crate) months: Vec<Vec<String>>,
    pub(crate) days: BTreeMap<String, i64>,
    pub(crate) spans: BTreeMap<String, i64>,
    pub(crate) holidays: BTreeMap<String, (u32, u32)>,
    pub(crate) companies: BTreeMap<String, u64>,
    /// "the whole", and whom it can be said of: "crew".
    pub(crate) wholes: Vec<String>,
    pub(crate) collectives: Vec<String>,
    /// "the rest of the", said of the same.
    pub(crate) remainders: Vec<String>,
    /// First names that say whether "he" or "she" is meant.
    pub(crate) women: Vec<String>,
    pub(crate) men: Vec<String>,
    pub(crate) given_names: Vec<String>,
    /// Words that a number behind them tells apart: "room 204".
    pub(crate) labels: Vec<String>,
    /// Words that an ordinal number before them tells apart: "2nd quarter".
    pub(crate) ranked: Vec<String>,
    /// Nouns that are first names, too.
    pub(crate) homonyms: Vec<String>,
    /// "brother": somebody, and no thing.
    pub(crate) relatives: Vec<String>,
    pub(crate) articles: Vec<String>,
    /// Verbs as they stand behind "will".
    pub(crate) infinitives: Vec<String>,
    /// Words that point at those who were named: "those".
    pub(crate) demonstratives: Vec<String>,
    /// Words that ask: "who".
    pub(crate) interrogatives: Vec<String>,
    /// Words for some of the people, who cannot be told: "girls".
    pub(crate) subgroups: Vec<String>,
    /// Verbs for bringing somebody along: "took".
    pub(crate) takes_along: Vec<String>,
    /// Words before what happened at the same time: "while".
    pub(crate) meanwhile: Vec<String>,
    /// What a thing for somebody may be for, without them: "birthday".
    pub(crate) occasions: Vec<String>,
    /// What is one person's own: "ticket".
    pub(crate) personal: Vec<String>,
    /// First words of places that have a name behind them: "San".
    pub(crate) place_leads: Vec<String>,
    pub(crate) ordinals: BTreeMap<String, u32>,
    pub(crate) plurals: Vec<String>,
    pub(crate) possessives: Vec<String>,
    pub(crate) compounds: bool,
    pub(crate) capital_nouns: bool,
    pub(crate) fillers: Vec<String>,
    pub(crate) categories: BTreeMap<String, Vec<String>>,
    /// Names of shops and the like: never a part of a longer word.
    pub(crate) brands: BTreeMap<String, Vec<String>>,
    /// Where something is bought or done: what is bought there says more.
    pub(crate) places: Vec<String>,
    /// Words that say what it is only where nothing else does: "trip".
    pub(crate) vague: Vec<String>,
    /// Words behind what they are about: "ticket", "bill".
    pub(crate) carriers: Vec<String>,
    /// Words that have no other forms and are in no longer ones.
    pub(crate) alone: Vec<String>,
}

/// Words for a currency, or for one of several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrencyWords {
    pub(crate) words: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) default: Option<String>,
}
