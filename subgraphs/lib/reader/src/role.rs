//! The roles of words in a sentence about an expense.

use serde::Deserialize;

/// The role of a word or phrase. The language files list the words of each role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    And,
    /// Names an alternative, which makes the statement ambiguous.
    Or,
    /// Starts a contrasting clause.
    But,
    /// Starts a reason: "because".
    Because,
    /// Starts a consequence: "so".
    So,
    Me,
    /// A possessive of the writer.
    My,
    /// The people the text is about: "we", "us".
    We,
    Everyone,
    /// Everybody, unless a thing follows: "all drinks".
    All,
    /// Everybody who is not named.
    Others,
    /// Precedes a number of other people.
    Other,
    Both,
    He,
    /// Several people named before, or one of unknown gender.
    They,
    /// A possessive pronoun without a noun: "hers".
    Hers,
    She,
    /// The subject of the sentence: "himself".
    Himself,
    /// Precedes people who share with the writer.
    With,
    /// Precedes people who share, or the thing that was bought.
    For,
    /// A dative article before the receiver of a thing: "dem".
    ForPerson,
    /// Precedes the payer.
    By,
    /// Precedes the origin of money or things.
    From,
    /// Precedes the people who share.
    Between,
    /// Precedes a place.
    At,
    Inside,
    /// Precedes people who do not share.
    Except,
    Not,
    /// Precedes the only people who share.
    Only,
    Paid,
    /// A past payment that can be followed by its receiver: "bought her a coffee".
    Bought,
    /// A present or future payment, or a share.
    Pays,
    /// A debt or a share.
    Owes,
    /// A debt of money that somebody advanced.
    Debt,
    Had,
    /// A purchase, a receipt or consumption.
    Got,
    /// A weight other than one.
    Counts,
    /// A weight of one, where others have a larger weight.
    Single,
    /// The quantity that shares are measured in.
    Basis,
    Split,
    /// A transfer of money from one person to another.
    Transfer,
    /// A transfer that can also be a payment for a thing.
    Sent,
    /// An invitation: others do not have to pay.
    Treat,
    Card,
    Each,
    Per,
    Rest,
    ShareNoun,
    More,
    Less,
    /// Precedes the person whom a share is compared with.
    Than,
    Equal,
    Halves,
    Tip,
    Tax,
    Discount,
    /// A discount if it is beside an amount.
    Off,
    /// A tip if it is beside an amount.
    Service,
    /// A past payment, unless "back" follows.
    Gave,
    Included,
    Total,
    Refund,
    /// "back": makes a verb a refund or a repayment.
    Back,
    Plus,
    Minus,
    Percent,
    /// A part of an amount.
    Of,
    /// Follows the number of parts: "3 ways".
    Ways,
    /// Follows a number of people: "5 people".
    Heads,
    /// A multiplication: "times", "x".
    TimesWord,
    /// A counted thing or a unit of measure.
    Unit,
    /// The ending of an ordinal number: "rd".
    Ordinal,
    /// Precedes a day.
    On,
    /// The previous one: "last friday".
    Last,
    This,
    /// The next one.
    Next,
    /// Follows a time span in the past: "ago".
    Ago,
    /// Precedes a time span in the past: "vor".
    Before,
    LastWeek,
    /// The one before the previous one.
    BeforeLast,
    Maybe,
    /// An instruction to a program: "ignore".
    Hostile,
    /// A verb in the first person: the writer is its subject.
    FirstPerson,
    /// An object pronoun, never a subject: "him".
    ObjectPronoun,
    /// A pronoun that can also stand for a thing: "sie".
    Accusative,
    /// A possessive pronoun before a noun: "her".
    Possessive,
    /// An action that does not concern money: "came".
    Harmless,
    /// Taking part with somebody else: "mitgegessen".
    Along,
    /// Precedes the people in "leave Ben out".
    Leave,
    /// Follows the people in "leave Ben out".
    Out,
    /// A definite article, which can precede a name: "die".
    Definite,
    /// A preposition combined with an article: "vom".
    WithArticle,
    /// The writer as an object: "mir".
    Object,
    /// An auxiliary verb, beside the subject: "hat".
    Auxiliary,
    /// Separates the sides of a proportion: "2 to 1".
    Against,
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Role>")]
pub(crate) struct Roles(u128);

impl Roles {
    pub(crate) fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    pub(crate) fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Vec<Role>> for Roles {
    fn from(roles: Vec<Role>) -> Self {
        roles.into_iter().collect()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |set, role| set | 1 << role as u8))
    }
}
