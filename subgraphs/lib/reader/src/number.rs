//! Numbers in digits or words: `1.2k`, "twelve fifty", `fünfundzwanzig`.

use crate::{
    decimal::Decimal,
    language::Meaning,
    lexicon::Lexicon,
    lookup::Lookup,
    role::Role,
    words::{Kind, Word},
};

/// The maximum length of a number word, in bytes.
const LONGEST_WORD: usize = 40;

/// The maximum number of consecutive numbers that are read as one.
const MOST_GROUPS: usize = 4;

/// A number, and whether it was written in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// `None` if the digits are not a valid number.
    pub(crate) value: Option<Decimal>,
    /// Whether it was written in words.
    pub(crate) worded: bool,
}

/// The number that starts here and its number of words.
pub(crate) fn number(lookup: &Lookup<'_>, at: usize) -> Option<(Number, usize)> {
    match lookup.words.get(at)?.kind {
        Kind::Number => Some(and_a_half(lookup, at, in_digits(lookup, at))),
        Kind::Letters => in_words(lookup, at).map(|found| and_a_half(lookup, at, found)),
        Kind::Mark(_) => None,
    }
}

const HALF: Meaning = Meaning::Fraction(1, 2);

fn value_of(meaning: Meaning) -> Option<u64> {
    if let Meaning::Number(value) = meaning { Some(value) } else { None }
}

/// A number with "and a half": "two and a half grand", "5 and a half euros".
fn and_a_half(lookup: &Lookup<'_>, at: usize, found: (Number, usize)) -> (Number, usize) {
    let (number, length) = found;
    let end = at + length;
    let half = || {
        let and = end + lookup.is_role(end, Role::And)?;
        let half = and + lookup.means(and, Meaning::Article)?;
        Some(half + lookup.means(half, HALF)?)
    };
    let value = number.value.and_then(Decimal::integer).filter(|value| *value < 100);
    let (Some(value), Some(behind)) = (value, half()) else { return found };
    let Some((factor, words)) = factor(lookup, behind).or(lookup.is_currency(behind).then_some((1, 0))) else {
        return found;
    };
    let value = Decimal { digits: value * 10 + 5, scale: 1 }.times(factor);
    (Number { value, worded: number.worded }, behind + words - at)
}

fn in_digits(lookup: &Lookup<'_>, at: usize) -> (Number, usize) {
    let mut value = Decimal::read(lookup.words[at].text);
    let mut length = 1;
    // `12 000 yen`
    let thousands = |word: &Word<'_>| {
        let (head, tail) = word.text.split_at_checked(3).unwrap_or_default();
        word.kind == Kind::Number && head.parse::<u16>().is_ok() && !tail.starts_with(|c: char| c.is_ascii_digit())
    };
    if let [first, next, after, ..] = &lookup.words[at..]
        && first.text.len() <= 3
        && !first.text.starts_with('0')
        && first.text.parse::<u16>().is_ok()
        && thousands(next)
        && !next.glued
        && lookup.is_currency(at + 2)
        && !after.is('\n')
    {
        value = Decimal::read(&format!("{}{}", first.text, next.text));
        length = 2;
    }
    if let Some((factor, words)) = factor(lookup, at + 1) {
        value = value.and_then(|value| value.times(factor));
        length += words;
    }
    let glued = |at, marks: &[char]| lookup.is_glued(at, marks);
    // `12,-` and `12.--` have no cents.
    if glued(at + length, &[',', '.']) && glued(at + length + 1, &['-', '–', '—']) {
        length += 2;
        while glued(at + length, &['-']) {
            length += 1;
        }
    }
    (Number { value, worded: false }, length)
}

fn factor(lookup: &Lookup<'_>, at: usize) -> Option<(u64, usize)> {
    lookup.find(at, |meaning| value_of(meaning).filter(|factor| *factor >= 100))
}

/// Adjacent number words: "twenty five fifty" is 25 and 50.
fn in_words(lookup: &Lookup<'_>, at: usize) -> Option<(Number, usize)> {
    let mut tallies: Vec<Tally> = Vec::new();
    let mut end = at;
    while tallies.len() < MOST_GROUPS
        && let Some(next) = next_word(lookup, end, tallies.last())
    {
        let Some((parts, words)) = parts(lookup, next) else { break };
        for (value, joined) in parts {
            if !tallies.last_mut().is_some_and(|tally| tally.push(value, joined)) {
                tallies.push(Tally::of(value));
            }
        }
        end = next + words;
    }
    let value = match tallies.as_slice() {
        [] => return None,
        [one] => Some(Decimal::whole(one.value())),
        // "three fifty" can be 3.50 or 350; for a cheap thing such as a coffee it is 3.50.
        [whole, cents]
            if (10..100).contains(&cents.value())
                && (whole.value() >= 10 || (whole.value() > 0 && is_small_change(lookup, end))) =>
        {
            Some(Decimal { digits: whole.value() * 100 + cents.value(), scale: 2 })
        }
        _ => None,
    };
    Some((Number { value, worded: true }, end - at))
}

/// Whether all things in the text are cheap and no currency follows.
fn is_small_change(lookup: &Lookup<'_>, end: usize) -> bool {
    let mut categories = (0..lookup.words.len()).filter_map(|at| lookup.category(at)).peekable();
    !lookup.is_currency(end)
        && categories.peek().is_some()
        && categories.all(|(name, _)| ["groceries", "dining", "drinks", "transport", "health"].contains(&name))
}

/// The position where the next number word can be: after a hyphen, or after the "and" that follows a hundred.
fn next_word(lookup: &Lookup<'_>, end: usize, tally: Option<&Tally>) -> Option<usize> {
    let Some(tally) = tally else { return Some(end) };
    let word = lookup.words.get(end)?;
    if word.is('-') && word.glued {
        return Some(end + 1);
    }
    let round = tally.value() % 100 == 0;
    match lookup.is_role(end, Role::And) {
        Some(words) if round && word.is_letters() => Some(end + words),
        Some(_) => None,
        None => Some(end),
    }
}

/// The values of one phrase, each with whether an "and" precedes it: one for "twenty", several for a compound.
fn parts(lookup: &Lookup<'_>, at: usize) -> Option<(Vec<(u64, bool)>, usize)> {
    if let Some((value, words)) = lookup.find(at, value_of) {
        return Some((vec![(value, false)], words));
    }
    let word = lookup.words.get(at).filter(|word| word.is_letters() && word.folded.len() <= LONGEST_WORD)?;
    if lookup.is_known(at) {
        return None;
    }
    compound(lookup.lexicon, &word.folded).map(|parts| (parts, 1))
}

/// Splits a compound: `funfundzwanzig` is 5 and, after the joiner, 20.
fn compound(lexicon: &Lexicon, word: &str) -> Option<Vec<(u64, bool)>> {
    let mut parts = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let and = lexicon.prefix(rest, |meaning| (meaning == Meaning::Role(Role::And)).then_some(()));
        let joined = and.filter(|_| !parts.is_empty()).map(|((), length)| length);
        let next = &rest[joined.unwrap_or(0)..];
        let (value, length) = lexicon.prefix(next, value_of)?;
        parts.push((value, joined.is_some()));
        rest = &next[length..];
    }
    (parts.len() > 1).then_some(parts)
}

/// The running total of number words.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    thousands: u64,
    current: u64,
}

impl Tally {
    fn of(value: u64) -> Self {
        let mut tally = Self::default();
        tally.push(value, false);
        tally
    }

    fn value(self) -> u64 {
        self.thousands + self.current
    }

    /// Adds the value; `false` if it starts another number, as in "twelve fifty".
    fn push(&mut self, value: u64, joined: bool) -> bool {
        let (tens, fresh) = (self.current % 100, self.value() == 0);
        match value {
            1000.. if self.thousands == 0 => {
                self.thousands = self.current.max(1) * value;
                self.current = 0;
            }
            100 if self.current < 100 => self.current = self.current.max(1) * 100,
            0..100 if fresh => self.current = value,
            1..100 if tens == 0 => self.current += value,
            1..10 if tens >= 20 && tens % 10 == 0 => self.current += value,
            20..100 if joined && tens < 10 => self.current += value,
            _ => return false,
        }
        true
    }
}
