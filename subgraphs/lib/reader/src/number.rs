//! Numbers in digits or words: `1.2k`, "twelve fifty", `fünfundzwanzig`.

use crate::{
    decimal::Decimal,
    language::{Lexicon, Meaning},
    lookup::Lookup,
    role::Role,
    words::{Kind, Word},
};

/// Longer words are no numbers.
const LONGEST_WORD: usize = 40;

/// More numbers in a row are no amount, and are not looked at together.
const MOST_GROUPS: usize = 4;

/// A number, and whether it was written in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// `None` where the digits make no sense as one number.
    pub(crate) value: Option<Decimal>,
    /// Whether it was written in words.
    pub(crate) worded: bool,
}

/// The number that begins here, and of how many words it is.
pub(crate) fn number(lookup: &Lookup<'_>, at: usize) -> Option<(Number, usize)> {
    match lookup.words.get(at)?.kind {
        Kind::Number => Some(in_digits(lookup, at)),
        Kind::Letters => in_words(lookup, at),
        Kind::Mark(_) => None,
    }
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
    let glued = |at: usize, marks: &[char]| {
        lookup.words.get(at).is_some_and(|word| word.glued && marks.iter().any(|mark| word.is(*mark)))
    };
    // `12,-` and `12.--` are whole amounts.
    if glued(at + length, &[',', '.']) && glued(at + length + 1, &['-', '–', '—']) {
        length += 2;
        while glued(at + length, &['-']) {
            length += 1;
        }
    }
    (Number { value, worded: false }, length)
}

fn factor(lookup: &Lookup<'_>, at: usize) -> Option<(u64, usize)> {
    lookup.find(at, |meaning| match meaning {
        Meaning::Number(factor) if factor >= 100 => Some(factor),
        _ => None,
    })
}

/// Groups of number words: "twenty five fifty" is 25 and 50.
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
        // "three fifty" may be 3.50 and 350.
        [whole, cents] if whole.value() >= 10 && (10..100).contains(&cents.value()) => {
            Some(Decimal { digits: whole.value() * 100 + cents.value(), scale: 2 })
        }
        _ => None,
    };
    Some((Number { value, worded: true }, end - at))
}

/// Where the next word of a number can stand: over a hyphen, or over the "and" after a hundred.
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

/// The values of one phrase: one for "twenty", several for a word that is made of several.
fn parts(lookup: &Lookup<'_>, at: usize) -> Option<(Vec<(u64, bool)>, usize)> {
    let value = |meaning| if let Meaning::Number(value) = meaning { Some(value) } else { None };
    if let Some((value, words)) = lookup.find(at, value) {
        return Some((vec![(value, false)], words));
    }
    let word = lookup.words.get(at).filter(|word| word.is_letters() && word.folded.len() <= LONGEST_WORD)?;
    if lookup.is_known(at) {
        return None;
    }
    compound(lookup.lexicon, &word.folded).map(|parts| (parts, 1))
}

/// `funfundzwanzig` is 5 and, joined, 20.
fn compound(lexicon: &Lexicon, word: &str) -> Option<Vec<(u64, bool)>> {
    let mut parts = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let joined = !parts.is_empty();
        let (rest_after_join, is_joined) = match lexicon.joiner(rest).filter(|_| joined) {
            Some(length) => (&rest[length..], true),
            None => (rest, false),
        };
        let (value, length) = lexicon.number_prefix(rest_after_join)?;
        parts.push((value, is_joined));
        rest = &rest_after_join[length..];
    }
    (parts.len() > 1).then_some(parts)
}

/// A number as its words add up.
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

    /// Whether the value belongs to this number; "twelve fifty" are two.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    fn read(text: &str) -> Option<i64> {
        let words = words(text);
        let (number, length) = number(&Lookup::new(&words), 0)?;
        assert_eq!(length, words.len(), "{text}");
        number.value?.scaled(2)
    }

    #[test]
    fn words_add_up() {
        assert_eq!(read("twenty five"), Some(2_500));
        assert_eq!(read("twenty-five"), Some(2_500));
        assert_eq!(read("hundred and twenty"), Some(12_000));
        assert_eq!(read("two thousand three hundred"), Some(230_000));
        assert_eq!(read("fünfundzwanzig"), Some(2_500));
        assert_eq!(read("zweihundertfünfzig"), Some(25_000));
        assert_eq!(read("eintausendzweihundert"), Some(120_000));
    }

    #[test]
    fn a_second_number_is_the_cents() {
        assert_eq!(read("twelve fifty"), Some(1_250));
        assert_eq!(read("nineteen ninety nine"), Some(1_999));
        assert_eq!(read("zwölf fünfzig"), Some(1_250));
        assert_eq!(read("three fifty"), None, "3.50 or 350");
    }

    #[test]
    fn digits_can_be_followed_by_a_factor() {
        assert_eq!(read("1.2k"), Some(120_000));
        assert_eq!(read("2 grand"), Some(200_000));
        assert_eq!(read("12,-"), Some(1_200));
    }
}
