//! Amounts, percentages, fractions and proportions.

use money::Currency;

use crate::{
    language::Meaning,
    lookup::Lookup,
    number::{Decimal, number},
    role::Role,
    words::Kind,
};

/// A quantity as written, before its meaning is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// A number with a currency.
    Money { value: Decimal, unit: Unit, negative: bool },
    /// A number without a currency: an amount or a count.
    Number { number: Decimal, worded: bool, negative: bool },
    /// Any other value.
    Other(Value),
    /// A number that is part of a name, or a time of day.
    Label,
    /// An invalid number.
    Odd,
}

impl Quantity {
    fn negated_if(mut self, is_negative: bool) -> Self {
        if let Self::Money { negative, .. } | Self::Number { negative, .. } = &mut self {
            *negative = is_negative;
        }
        self
    }
}

/// A quantity with a known meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// In minor units.
    Money(i64),
    /// In hundredths of a percent.
    Percent(u64),
    Fraction(u64, u64),
    /// A multiple of an equal share, as numerator and denominator.
    Times(u64, u64),
    /// `60/40`
    Proportion(Vec<u64>),
    Rest,
}

/// The currency of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// An index into the currencies of the lexicon.
    Words(usize),
    Code(Currency),
    /// A hundredth of the group's currency.
    Cents,
    /// The group's currency: "a tenner".
    Own,
}

/// The quantity that starts here and its number of words.
pub(crate) fn quantity(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    if let Some((value, length)) = note(lookup, at) {
        return Some((Quantity::Money { value, unit: Unit::Own, negative: false }, length));
    }
    if let Some(found) = plain_fraction(lookup, at) {
        return Some(found);
    }
    let word = lookup.words.get(at)?;
    let follows = |mark: char| word.is(mark) && !word.glued && lookup.words.get(at + 1).is_some_and(|next| next.glued);
    let negative = follows('-') || follows('−');
    let begin = at + usize::from(negative);
    let (quantity, length) = amount(lookup, begin, negative)?;
    Some((quantity, length + begin - at))
}

fn amount(lookup: &Lookup<'_>, at: usize, negative: bool) -> Option<(Quantity, usize)> {
    if let Some((unit, before)) = unit(lookup, at)
        // "sam p 20"
        && (unit != Unit::Cents || !lookup.words[at].is_letters())
        && let Some((number, length)) = number(lookup, at + before)
        && !number.worded
    {
        // `€30 EUR` repeats the currency.
        let end = before + length;
        let again = self::unit(lookup, at + end).filter(|(again, _)| *again == unit).map_or(0, |(_, words)| words);
        let money = |value| Quantity::Money { value, unit, negative };
        return Some((number.value.map_or(Quantity::Odd, money), end + again));
    }
    if let Some(found) = proportion(lookup, at).or_else(|| set_against(lookup, at)) {
        return Some(found);
    }
    let (number, length) = number(lookup, at)?;
    let Some(value) = number.value else { return Some((Quantity::Odd, length)) };
    let (quantity, words) = counted(lookup, at + length, value)
        .unwrap_or((Quantity::Number { number: value, worded: number.worded, negative: false }, 0));
    Some((quantity.negated_if(negative), length + words))
}

/// Words for fixed amounts: "a tenner", "two fivers".
fn note(lookup: &Lookup<'_>, at: usize) -> Option<(Decimal, usize)> {
    let (count, length) = number_follows(lookup, at).unwrap_or((1, 0));
    let note = |meaning| if let Meaning::Note(value) = meaning { Some(value) } else { None };
    let (value, words) = lookup.find(at + length, note)?;
    Some((Decimal::whole(value.checked_mul(count)?), length + words))
}

/// What a number counts, judged by the words that follow it.
fn counted(lookup: &Lookup<'_>, end: usize, value: Decimal) -> Option<(Quantity, usize)> {
    if let Some(words) = lookup.is_role(end, Role::Percent) {
        let percent = value.scaled(2).and_then(|value| u64::try_from(value).ok()).map(Value::Percent);
        return Some((percent.map_or(Quantity::Odd, Quantity::Other), words));
    }
    if let Some(((1, below), words)) = fraction_word(lookup, end)
        && let Some(count) = value.integer().filter(|count| (1..=below).contains(count))
    {
        return Some((Quantity::Other(Value::Fraction(count, below)), words));
    }
    if let Some((unit, words)) = unit(lookup, end) {
        let (value, cents) = with_cents(lookup, end + words, value, unit);
        return Some((Quantity::Money { value, unit, negative: false }, words + cents));
    }
    let words = lookup.is_role(end, Role::TimesWord)?;
    let number = end + words + unit(lookup, end + words).map_or(0, |(_, words)| words);
    // "2x pizza" is two pizzas.
    let is_count = self::number(lookup, number).is_some() || lookup.is_thing(end + words);
    Some((Quantity::Other(Value::Times(value.integer().filter(|_| !is_count)?, 1)), words))
}

/// Adds the cents after a currency: "12 euros 50", "four euros and fifty cents".
fn with_cents(lookup: &Lookup<'_>, at: usize, value: Decimal, unit: Unit) -> (Decimal, usize) {
    let none = (value, 0);
    if value.has_point() || unit == Unit::Cents {
        return none;
    }
    let and = lookup.is_role(at, Role::And).unwrap_or(0);
    let Some((cents, length)) = number_follows(lookup, at + and) else { return none };
    let end = at + and + length;
    let named = lookup.means(end, Meaning::Cents);
    let other_use = named.is_none()
        && (and > 0
            || proportion(lookup, at + and).is_some()
            || self::unit(lookup, end).is_some()
            || lookup.is_role(end, Role::Percent).is_some()
            || cents < 10);
    if other_use || cents >= 100 {
        return none;
    }
    match value.times(100) {
        Some(hundreds) => (Decimal { digits: hundreds.digits + cents, scale: 2 }, and + length + named.unwrap_or(0)),
        None => none,
    }
}

pub(crate) fn number_follows(lookup: &Lookup<'_>, at: usize) -> Option<(u64, usize)> {
    let (number, length) = number(lookup, at)?;
    Some((number.value?.integer()?, length))
}

/// A currency by symbol, word or ISO code.
pub(crate) fn unit(lookup: &Lookup<'_>, at: usize) -> Option<(Unit, usize)> {
    let found = lookup.find(at, |meaning| match meaning {
        Meaning::Currency(place) => Some(Unit::Words(place)),
        Meaning::Cents if !is_letter_of_its_own(lookup, at) => Some(Unit::Cents),
        _ => None,
    });
    found.or_else(|| {
        let word = lookup.words.get(at).filter(|_| !lookup.is_known(at))?;
        let currency = Currency::from_code(word.text).ok()?;
        Some((Unit::Code(currency), 1))
    })
}

/// Whether a "p" stands alone: "85p" is pence, but "12 p" and "12p.p." are ambiguous.
fn is_letter_of_its_own(lookup: &Lookup<'_>, at: usize) -> bool {
    let word = |at: usize| lookup.words.get(at);
    let letter = |at: usize| word(at).is_some_and(|word| word.is_letters() && word.text.len() == 1);
    let again = word(at + 1).is_some_and(|mark| mark.glued && matches!(mark.kind, Kind::Mark('.' | '/')));
    letter(at) && (!word(at).is_some_and(|word| word.glued) || (again && letter(at + 2)))
}

fn fraction_word(lookup: &Lookup<'_>, at: usize) -> Option<((u64, u64), usize)> {
    lookup.find(at, |meaning| match meaning {
        Meaning::Fraction(above, below) => Some((above, below)),
        _ => None,
    })
}

/// A fraction or a multiple in words or symbols: "half", "twice", `½`, `1/3`.
fn plain_fraction(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    if let Some([above, below]) = row(lookup, at, '/').as_deref()
        && (1..*below).contains(above)
        && *below <= 6
    {
        return Some((Quantity::Other(Value::Fraction(*above, *below)), 3));
    }
    lookup.find(at, |meaning| match meaning {
        Meaning::Fraction(above, below) => Some(Quantity::Other(Value::Fraction(above, below))),
        Meaning::Times(above, below) => Some(Quantity::Other(Value::Times(above, below))),
        _ => None,
    })
}

/// Proportions such as `60/40`, `2:1` and `50-50`. Also recognises times such as `19:30`.
pub(crate) fn proportion(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    for mark in ['/', ':', '-'] {
        let Some(parts) = row(lookup, at, mark) else { continue };
        let length = parts.len() * 2 - 1;
        let split = parts.len() > 2 || is_divided(lookup, at);
        let several = mark == '/' && split && parts.iter().all(|part| *part > 0);
        if makes_hundred(&parts) || several || (mark == ':' && parts.iter().all(|part| (1..10).contains(part))) {
            return Some((Quantity::Other(Value::Proportion(parts)), length));
        }
        let minutes = lookup.words.get(at + 2).is_some_and(|word| word.text.len() == 2);
        if mark == ':' && parts.len() == 2 && parts[0] < 25 && parts[1] < 60 && minutes {
            return Some((Quantity::Label, length));
        }
    }
    None
}

/// Proportions in words: "2 to 1", "two to one", but not "from 9 to 5" or "9 to 5 pm".
pub(crate) fn set_against(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    let (first, mut length) = number_follows(lookup, at)?;
    let mut parts = vec![first];
    while let Some(to) = lookup.is_role(at + length, Role::Against)
        && let Some((next, words)) = number_follows(lookup, at + length + to)
    {
        parts.push(next);
        length += to + words;
    }
    let small = parts.iter().all(|part| (1..10).contains(part));
    let end = at + length;
    let counts = unit(lookup, end).is_some() || lookup.is_any(end, &[Role::Unit, Role::Percent, Role::TimesWord]);
    let ranged = lookup.follows_any(at, &[Role::From, Role::By, Role::Between]);
    (parts.len() > 1 && (small || makes_hundred(&parts)) && !counts && !ranged)
        .then_some((Quantity::Other(Value::Proportion(parts)), length))
}

fn makes_hundred(parts: &[u64]) -> bool {
    parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part)) == Some(100)
}

/// Whether a word for dividing directly precedes: "split 2/1".
pub(crate) fn is_divided(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.follows_any(at, &[Role::Split, Role::Basis])
}

/// Whole numbers separated by the same mark, without spaces.
pub(crate) fn row(lookup: &Lookup<'_>, at: usize, mark: char) -> Option<Vec<u64>> {
    let part = |at: usize| {
        let word = lookup.words.get(at).filter(|word| word.kind == Kind::Number)?;
        word.text.parse::<u64>().ok()
    };
    let mut parts = vec![part(at)?];
    let mut end = at + 1;
    while lookup.is_glued(end, &[mark])
        && lookup.words.get(end + 1).is_some_and(|word| word.glued)
        && parts.len() < 12
        && let Some(next) = part(end + 1)
    {
        parts.push(next);
        end += 2;
    }
    (parts.len() > 1).then_some(parts)
}
