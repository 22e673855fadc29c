//! What the words of a language can do in a sentence about an expense.

use serde::Deserialize;

/// What a word or phrase does. Every language has words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// Joins people, items and clauses.
    And,
    /// Leaves it open which of two is meant.
    Or,
    /// Begins a clause of its own.
    But,
    /// Begins a clause that says why.
    Because,
    /// Begins what follows from something.
    So,
    /// Who writes.
    Me,
    /// What belongs to who writes.
    My,
    /// Those who are spoken of.
    We,
    /// All people, said plainly.
    Everyone,
    /// All people, unless it says something about things: "all drinks".
    All,
    /// All but those who are named.
    Others,
    /// Before so many of them.
    Other,
    /// Two.
    Both,
    /// Somebody who was named before.
    He,
    /// Several who were named before, or somebody.
    They,
    /// Of these, what belongs to one or several, where nothing follows.
    Hers,
    /// Of those who were named before, a woman.
    She,
    /// The one who does it.
    Himself,
    /// Before those who take part together with who writes.
    With,
    /// Before those who take part, or before what it was.
    For,
    /// Before somebody whom something is done for.
    ForPerson,
    /// Before who paid.
    By,
    /// Before where money or things come from.
    From,
    /// Before those who take part.
    Between,
    /// Before a place.
    At,
    /// Of these, before a place and nobody.
    Inside,
    /// Before those who do not take part.
    Except,
    /// Beside those who do not take part.
    Not,
    /// Before those who take part alone.
    Only,
    /// Has paid.
    Paid,
    /// Of these, what can be done for somebody who is named behind it: "bought her a coffee".
    Bought,
    /// Pays, now or later: a payer or a share.
    Pays,
    /// Has to pay a share.
    Owes,
    /// Of these, said of money that was laid out for somebody.
    Debt,
    /// Consumed.
    Had,
    /// Bought, received or consumed.
    Got,
    /// Counts for more or less than one.
    Counts,
    /// Counts for one, where others count for more.
    Single,
    /// What shares are measured by.
    Basis,
    /// Is divided.
    Split,
    /// Money from one person to another.
    Transfer,
    /// Of these, what can pay for a thing, too.
    Sent,
    /// Pays for others for good.
    Treat,
    /// What one pays with.
    Card,
    /// For every one of them.
    Each,
    /// For every one of some things.
    Per,
    /// What is left.
    Rest,
    /// A part that somebody has.
    ShareNoun,
    /// On top of an equal share.
    More,
    /// Below an equal share.
    Less,
    /// Before whom a share is compared with.
    Than,
    /// The same for each.
    Equal,
    /// Half for each of two.
    Halves,
    /// A tip.
    Tip,
    /// A tax or a fee.
    Tax,
    /// A discount.
    Discount,
    /// A discount, beside an amount.
    Off,
    /// A tip, beside an amount.
    Service,
    /// Has paid, unless it came back.
    Gave,
    /// Is part of the total.
    Included,
    /// Is the total.
    Total,
    /// Money that came back.
    Refund,
    /// Back, with a verb.
    Back,
    /// And, with an amount.
    Plus,
    /// Less, with an amount.
    Minus,
    /// In hundredths.
    Percent,
    /// A part of something.
    Of,
    /// So many parts.
    Ways,
    /// So many people.
    Heads,
    /// So many times.
    TimesWord,
    /// What is counted and is not money.
    Unit,
    /// The end of an ordinal number.
    Ordinal,
    /// Before a day.
    On,
    /// The one before today.
    Last,
    /// The one of now.
    This,
    /// The one after today.
    Next,
    /// After how long it has been.
    Ago,
    /// Before how long it has been.
    Before,
    /// A week earlier.
    LastWeek,
    /// The one before the last one.
    BeforeLast,
    /// Leaves something open.
    Maybe,
    /// Tells a machine what to do.
    Hostile,
    /// A verb that says that whoever writes does it.
    FirstPerson,
    /// Somebody who was named before and does not do it: "him".
    ObjectPronoun,
    /// Of these, and of those who may do it, what can be a thing, too: "sie".
    Accusative,
    /// What belongs to somebody who was named before: "her".
    Possessive,
    /// What people do that is no matter of money: "came".
    Harmless,
    /// Took part with somebody else: "mitgegessen".
    Along,
    /// Before those who are left out: "leave Ben out".
    Leave,
    /// Behind those who are left out.
    Out,
    /// Before a name it says nothing: "die".
    Definite,
    /// Before people or a thing, with an article: "vom".
    WithArticle,
    /// Whoever writes, and does not do it: "mir".
    Object,
    /// Whoever writes, and does it: "ich".
    Nominative,
    /// Beside whoever does it: "hat".
    Auxiliary,
    /// A verb for money that goes back.
    GivenBack,
    /// Between two parts or people that are set against each other: "2 to 1".
    Against,
}
