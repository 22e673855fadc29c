//! The rules: each is data, with its pattern, the facts it makes, and examples.

use std::{str::FromStr, sync::LazyLock};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IntoDeserializer, value},
};

use crate::{
    role::{Role, Roles},
    token::Break,
};

/// The grammar in `rules.json`. An invalid file has no rules; a test checks that it is valid.
pub(crate) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| serde_json::from_str(include_str!("../rules.json")).unwrap_or_default());

/// All rules.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grammar {
    /// How much a reading gains by using a word of one of these roles.
    worths: Vec<(i32, Roles)>,
    pub(crate) rules: Vec<Rule>,
}

/// The worth of a word that says how the money is divided.
pub(crate) const USEFUL: i32 = 20;

impl Grammar {
    /// The gain of using a word of this role; nothing for a word that only connects others.
    pub(crate) fn worth(&self, role: Role) -> i32 {
        self.worths.iter().find(|(_, roles)| roles.has(role)).map_or(1, |(worth, _)| *worth)
    }
}

/// A rule.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Rule {
    pub(crate) id: String,
    #[serde(deserialize_with = "elements")]
    pub(crate) pattern: Vec<Element>,
    pub(crate) makes: Vec<Make>,
    pub(crate) score: i32,
    pub(crate) flags: Vec<Flag>,
    /// Sentences that the rule takes part in, each with its reading.
    #[cfg(test)]
    pub(crate) examples: std::collections::BTreeMap<String, String>,
}

impl Rule {
    pub(crate) fn is(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// A property of the facts that a rule makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Flag {
    /// They may continue a list of payments: "Ben paid 30 and Dan 20".
    Bare,
    /// They say something only beside other parts: "Ben pizza 12, Dan salad 8".
    Listed,
    /// They say that something is divided.
    Divides,
    /// The value is meant for each of the people.
    Each,
    /// The value is in the total already.
    Within,
}

fn elements<'de, D: Deserializer<'de>>(pattern: D) -> Result<Vec<Element>, D::Error> {
    let pattern = String::deserialize(pattern)?;
    pattern.split_whitespace().map(|part| part.parse().map_err(D::Error::custom)).collect()
}

/// The variant of an enum with this name.
fn variant<'de, T: Deserialize<'de>>(name: &'de str) -> Result<T, value::Error> {
    T::deserialize(name.into_deserializer())
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
    Mark(Break),
    /// A word with one of these roles.
    Role(Roles),
    /// `paid&first_person`: a word with both roles.
    Both(Role, Role),
}

/// A fact that a rule makes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
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
    WhoPaid,
    SharedHow,
}

impl FromStr for Element {
    type Err = value::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (text, optional) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
        let any = text.split('|').map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { any, optional })
    }
}

impl FromStr for Symbol {
    type Err = value::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
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
            "," => Self::Mark(Break::Comma),
            ":" => Self::Mark(Break::Colon),
            "." => Self::Mark(Break::Stop),
            "(" => Self::Mark(Break::Open),
            ")" => Self::Mark(Break::Close),
            "PAY" => Self::Role([Role::Paid, Role::Bought, Role::Sent, Role::Gave].into_iter().collect()),
            "TAKE" => Self::Role([Role::Owes, Role::Pays, Role::Had, Role::Got].into_iter().collect()),
            text => match text.split_once('&') {
                Some((one, other)) => Self::Both(variant(one)?, variant(other)?),
                None => Self::Role(std::iter::once(variant::<Role>(text)?).collect()),
            },
        })
    }
}

impl TryFrom<String> for Make {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (kind, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let kind = variant(kind).map_err(|error| error.to_string())?;
        let mut make = Self { kind, who: None, value: 0 };
        let number = |text: &str| text.parse().map_err(|_| format!("not a number: {text}"));
        for part in rest.split_whitespace() {
            match part.strip_prefix('v') {
                Some(value) => make.value = number(value)?,
                None if part == "me" => make.who = Some(Whom::Speaker),
                None => make.who = Some(Whom::At(number(part)?)),
            }
        }
        Ok(make)
    }
}
