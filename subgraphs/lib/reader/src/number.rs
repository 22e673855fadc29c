//! Numbers in digits or words: `1.2k`, "twelve fifty", `fünfundzwanzig`.

use crate::{language::Meaning, lexicon::Lexicon, lookup::Lookup, role::Role, words::Kind};

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
        Kind::Number => Some(in_digits(lookup, at)),
        Kind::Letters => in_words(lookup, at),
        Kind::Mark(_) => None,
    }
}

fn value_of(meaning: Meaning) -> Option<u64> {
    if let Meaning::Number(value) = meaning { Some(value) } else { None }
}

fn in_digits(lookup: &Lookup<'_>, at: usize) -> (Number, usize) {
    let first = lookup.words[at].text;
    // `12 000 yen`
    let next = lookup.words.get(at + 1).filter(|next| !next.glued && lookup.is_currency(at + 2));
    let grouped = next.and_then(|next| Decimal::read(&format!("{first}'{}", next.text)));
    let mut length = if grouped.is_some() { 2 } else { 1 };
    let mut value = grouped.or_else(|| Decimal::read(first));
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
                let mut tally = Tally::default();
                tally.push(value, false);
                tallies.push(tally);
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

/// The maximum number of digits: more than any amount needs, and safe from overflow.
const MOST_DIGITS: usize = 15;

/// The value is `digits` divided by 10 to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// All digits, without the decimal point.
    pub(crate) digits: u64,
    /// The number of digits after the decimal point.
    pub(crate) scale: u32,
}

impl Decimal {
    pub(crate) fn whole(digits: u64) -> Self {
        Self { digits, scale: 0 }
    }

    /// Parses digits with separators; `None` if the decimal separator cannot be determined.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        match marks.as_slice() {
            [] => Self::of(text, ""),
            [.., last] => {
                let (whole, fraction) = text.rsplit_once(*last)?;
                let point = matches!(last, '.' | ',');
                let alone = marks.iter().filter(|mark| *mark == last).count() == 1;
                if point && alone && (fraction.len() != 3 || !groups(text, *last)) {
                    let inner = marks.iter().find(|mark| *mark != last);
                    let grouped = inner.is_none_or(|inner| groups(whole, *inner));
                    return if grouped { Self::of(whole, fraction) } else { None };
                }
                let single = marks.iter().all(|mark| mark == last);
                if single && groups(text, *last) { Self::of(text, "") } else { None }
            }
        }
    }

    /// Whether the number was parsed with a decimal point. `1.234` is ambiguous, because some locales group thousands
    /// with a point.
    pub(crate) fn has_point(self) -> bool {
        self.scale > 0
    }

    pub(crate) fn times(self, factor: u64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(factor)?, scale: self.scale })
    }

    /// The number in units of 10 to the power of minus `decimals`; `None` if that is not exact.
    pub(crate) fn scaled(self, decimals: u32) -> Option<i64> {
        let digits = if self.scale <= decimals {
            self.digits.checked_mul(10_u64.checked_pow(decimals - self.scale)?)?
        } else {
            let unit = 10_u64.checked_pow(self.scale - decimals)?;
            self.digits.is_multiple_of(unit).then_some(self.digits / unit)?
        };
        i64::try_from(digits).ok()
    }

    /// The integer value; `None` if there are decimals.
    pub(crate) fn integer(self) -> Option<u64> {
        if self.scale == 0 { Some(self.digits) } else { None }
    }

    fn of(whole: &str, fraction: &str) -> Option<Self> {
        let digits: String = whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
        if digits.len() > MOST_DIGITS {
            return None;
        }
        Some(Self { digits: digits.parse().ok()?, scale: u32::try_from(fraction.len()).ok()? })
    }
}

/// Whether the separators are valid thousands separators: `1,234,567`, but not `0,123` or `1,23`.
fn groups(text: &str, separator: char) -> bool {
    let mut parts = text.split(separator);
    let first = parts.next().unwrap_or_default();
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    !first.starts_with('0')
        && (1..=3).contains(&first.len())
        && digits(first)
        && parts.all(|part| part.len() == 3 && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_grouping_are_read() {
        let cents = |text| Decimal::read(text).and_then(|decimal| decimal.scaled(2));
        let read = [("1,234.50", 123_450), ("1.234,50", 123_450), ("1'234.5", 123_450), ("1.234.567", 123_456_700)];
        for (text, minor) in read.into_iter().chain([("12,5", 1_250), ("1,234", 123_400), ("7", 700)]) {
            assert_eq!(cents(text), Some(minor), "{text}");
        }
        for text in ["1.2.3", "1,23.456,7", "0.123", "1234567890123456", "1,2,3.5"] {
            assert_eq!(cents(text), None, "{text}");
        }
    }
}
