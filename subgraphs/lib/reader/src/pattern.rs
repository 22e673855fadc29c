//! The rules: each is data, with its pattern, the facts it makes, and examples.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::role::Role;

/// All rules, in `rules.json`. An invalid file has no rules; a test checks that it is valid.
pub(crate) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let file = file();
    file.rules.iter().filter_map(|entry| Rule::of(entry, &file.sets)).collect()
});

fn file() -> File {
    serde_json::from_str(include_str!("../rules.json")).unwrap_or_default()
}

/// The rules as written.
#[cfg(test)]
pub(crate) fn entries() -> Vec<Entry> {
    file().rules
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Names for alternatives that several patterns share.
    sets: std::collections::BTreeMap<String, String>,
    pub(crate) rules: Vec<Entry>,
}

/// A rule as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) pattern: String,
    pub(crate) makes: Vec<String>,
    #[serde(default)]
    pub(crate) score: i32,
    /// Whether the fact may continue a list of payments: "Ben paid 30 and Dan 20".
    #[serde(default)]
    pub(crate) bare: bool,
    /// Whether the fact says something only beside other parts: "Ben pizza 12, Dan salad 8".
    #[serde(default)]
    pub(crate) listed: bool,
    /// Whether the fact says that something is divided.
    #[serde(default)]
    pub(crate) divides: bool,
    /// Sentences that the rule takes part in, each with its reading.
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are for people and tests"))]
    #[serde(default)]
    pub(crate) examples: std::collections::BTreeMap<String, String>,
}

/// A rule, ready to be matched.
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) elements: Vec<Element>,
    pub(crate) makes: Vec<Make>,
    pub(crate) score: i32,
    pub(crate) bare: bool,
    pub(crate) listed: bool,
    pub(crate) divides: bool,
}

/// A part of a pattern.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) any: Vec<Symbol>,
    pub(crate) optional: bool,
}

/// What a part of a pattern accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// `P`: a list of people.
    People,
    /// `I`: the writer alone.
    Writer,
    /// `Y`: a list of people without the writer.
    Others,
    /// `N`: a list of people that can be the subject: not "him".
    Subject,
    /// `D`: people as the object: "mir".
    Object,
    /// `A`: everyone.
    Everyone,
    /// `O`: a possessive: "Ben's", "my".
    Owner,
    /// `M`: an amount.
    Money,
    /// `V`: an amount, a percentage, a fraction, a multiple, or the rest.
    Value,
    /// `n`: a whole number without a currency.
    Count,
    /// `%`
    Percent,
    /// `f`: a fraction.
    Fraction,
    /// `x`: a multiple.
    Times,
    /// `r`: a proportion.
    Ratio,
    /// `rest`
    Rest,
    /// `U`: a word that may be the name of a stranger.
    Unknown,
    /// `S`: the same with a possessive ending.
    UnknownOwner,
    /// `R`: a word for a person: "sister".
    Relative,
    /// `t`: words for a thing.
    Thing,
    /// `~`: words without meaning for the money.
    Gap,
    /// `^`: the start of a clause.
    Start,
    /// `$`: the end of a clause.
    End,
    Comma,
    Colon,
    Stop,
    Open,
    Close,
    Role(Role),
    /// `paid&first_person`: a word with both roles.
    Both(Role, Role),
}

/// A fact that a rule makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Make {
    pub(crate) kind: FactKind,
    pub(crate) who: Option<Whom>,
    /// The index of the value in the pattern.
    pub(crate) value: usize,
}

/// The people of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    /// The index of the people in the pattern.
    At(usize),
    Speaker,
}

/// The kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FactKind {
    /// An amount of unknown meaning.
    Amount,
    Total,
    Paid,
    /// Each of them paid.
    PaidEach,
    Share,
    /// They share with the writer.
    With,
    /// The share of others is compared with theirs.
    Than,
    /// They are named, without saying why.
    Mention,
    /// They did something that does not concern money.
    Bystander,
    /// They do not matter.
    Nothing,
    /// The thing is theirs.
    Owner,
    /// A payment without a payer.
    PaidBySomebody,
    Part,
    PartEach,
    /// A number of shares.
    Weight,
    /// The same beside other numbers of shares.
    WeightToo,
    /// Numbers are shares.
    Basis,
    /// An amount for each of them.
    Each,
    Except,
    More,
    Less,
    Tip,
    Tax,
    Discount,
    /// They are in the total.
    TipWithin,
    TaxWithin,
    DiscountWithin,
    Owes,
    Owed,
    Refund,
    /// They got money back.
    Back,
    Ratio,
    Equal,
    Halves,
    /// A number of people share.
    Heads,
    /// A number of things at this price.
    Price,
    /// A person outside the group.
    Stranger,
    /// Money that changed hands.
    Transfer,
    WhichTotal,
    WhoIsMeant,
    WhoShares,
    WhoPaid,
    SharedHow,
}

impl Rule {
    fn of(entry: &Entry, sets: &std::collections::BTreeMap<String, String>) -> Option<Self> {
        let elements = entry.pattern.split_whitespace().map(|part| Element::of(part, sets)).collect::<Option<_>>()?;
        let makes = entry.makes.iter().map(|text| Make::of(text)).collect::<Option<_>>()?;
        Some(Self {
            id: entry.id.clone(),
            elements,
            makes,
            score: entry.score,
            bare: entry.bare,
            listed: entry.listed,
            divides: entry.divides,
        })
    }
}

impl Element {
    fn of(text: &str, sets: &std::collections::BTreeMap<String, String>) -> Option<Self> {
        let (text, optional) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
        let mut any = Vec::new();
        for part in text.split('|') {
            match sets.get(part) {
                Some(set) => any.extend(set.split('|').map(Symbol::of).collect::<Option<Vec<_>>>()?),
                None => any.push(Symbol::of(part)?),
            }
        }
        Some(Self { any, optional })
    }
}

impl Symbol {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "P" => Self::People,
            "O" => Self::Owner,
            "I" => Self::Writer,
            "Y" => Self::Others,
            "N" => Self::Subject,
            "D" => Self::Object,
            "A" => Self::Everyone,
            "M" => Self::Money,
            "V" => Self::Value,
            "n" => Self::Count,
            "%" => Self::Percent,
            "f" => Self::Fraction,
            "x" => Self::Times,
            "r" => Self::Ratio,
            "rest" => Self::Rest,
            "U" => Self::Unknown,
            "R" => Self::Relative,
            "S" => Self::UnknownOwner,
            "t" => Self::Thing,
            "~" => Self::Gap,
            "^" => Self::Start,
            "$" => Self::End,
            "," => Self::Comma,
            ":" => Self::Colon,
            "." => Self::Stop,
            "(" => Self::Open,
            ")" => Self::Close,
            text => match text.split_once('&') {
                Some((one, other)) => Self::Both(role(one)?, role(other)?),
                None => Self::Role(role(text)?),
            },
        })
    }
}

fn role(text: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::from(text)).ok()
}

impl Make {
    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split_whitespace();
        let kind = serde_json::from_value(serde_json::Value::from(parts.next()?)).ok()?;
        let mut make = Self { kind, who: None, value: 0 };
        for part in parts {
            match part.strip_prefix('v') {
                Some(value) => make.value = value.parse().ok()?,
                None if part == "me" => make.who = Some(Whom::Speaker),
                None => make.who = Some(Whom::At(part.parse().ok()?)),
            }
        }
        Some(make)
    }
}
