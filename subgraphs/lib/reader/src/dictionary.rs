//! The schema of a language file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::role::Role;

/// The contents of a language file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    pub(crate) roles: BTreeMap<Role, Vec<String>>,
    pub(crate) numbers: BTreeMap<String, u64>,
    /// Words for a fixed amount of the group's currency: "tenner".
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
    /// Phrases for all of a collective ("the whole") and the collectives that they combine with ("crew").
    pub(crate) wholes: Vec<String>,
    pub(crate) collectives: Vec<String>,
    /// Phrases for the rest of a collective: "the rest of the".
    pub(crate) remainders: Vec<String>,
    /// First names by gender, to resolve "he" and "she".
    pub(crate) women: Vec<String>,
    pub(crate) men: Vec<String>,
    pub(crate) given_names: Vec<String>,
    /// Nouns that a number follows as a label: "room 204".
    pub(crate) labels: Vec<String>,
    /// Nouns that an ordinal number precedes as a label: "2nd quarter".
    pub(crate) ranked: Vec<String>,
    /// Nouns that are also first names.
    pub(crate) homonyms: Vec<String>,
    /// Nouns for a person: "brother".
    pub(crate) relatives: Vec<String>,
    pub(crate) articles: Vec<String>,
    /// Infinitives, as they follow "will".
    pub(crate) infinitives: Vec<String>,
    /// Words that refer to people named before: "those".
    pub(crate) demonstratives: Vec<String>,
    /// Question words: "who".
    pub(crate) interrogatives: Vec<String>,
    /// Words for a subgroup whose members are not known: "girls".
    pub(crate) subgroups: Vec<String>,
    /// Verbs for taking somebody along: "took".
    pub(crate) takes_along: Vec<String>,
    /// Conjunctions for something that happened at the same time: "while".
    pub(crate) meanwhile: Vec<String>,
    /// Occasions for a present that the named person does not have to share: "birthday".
    pub(crate) occasions: Vec<String>,
    /// Things that one person uses alone: "ticket".
    pub(crate) personal: Vec<String>,
    /// First words of place names: "San".
    pub(crate) place_leads: Vec<String>,
    pub(crate) ordinals: BTreeMap<String, u32>,
    pub(crate) plurals: Vec<String>,
    pub(crate) possessives: Vec<String>,
    pub(crate) compounds: bool,
    pub(crate) capital_nouns: bool,
    pub(crate) fillers: Vec<String>,
    pub(crate) categories: BTreeMap<String, Vec<String>>,
    /// Names of shops and brands, which are never part of a compound.
    pub(crate) brands: BTreeMap<String, Vec<String>>,
    /// Places; the name of a thing bought there is more specific.
    pub(crate) places: Vec<String>,
    /// Category words that count only if there is no better one: "trip".
    pub(crate) vague: Vec<String>,
    /// Nouns that follow the thing they are about: "ticket", "bill".
    pub(crate) carriers: Vec<String>,
    /// Words without plurals and compounds.
    pub(crate) alone: Vec<String>,
}

/// Words for a currency, or for one of several currencies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrencyWords {
    pub(crate) words: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) default: Option<String>,
}
