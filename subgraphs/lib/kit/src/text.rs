//! Normalises texts that people enter: trimmed, composed (NFC), of limited length, without invisible characters.

use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;

use crate::failure::Refusal;

/// The longest name of anything, in characters.
pub const NAME: usize = 100;

/// The longest description or note, in characters.
pub const NOTE: usize = 1_000;

/// Normalises a required single-line text; refused at this field.
pub fn line(field: &str, text: &str, longest: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid(field, "This may not be empty.").because("EMPTY"));
    }
    allowed(field, text, longest, |_| false)
}

/// Reads the IANA name of a time zone, such as `Europe/Berlin`; an unknown one is refused at this field.
pub fn time_zone(field: &str, name: &str) -> Result<Tz, Refusal> {
    name.trim().parse().map_err(|_| Refusal::invalid(field, "A time zone is written as Europe/Berlin."))
}

/// Normalises an optional text of one or more lines; blank counts as none. Refused at this field.
pub fn note(field: &str, text: Option<&str>, longest: usize) -> Result<Option<String>, Refusal> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| allowed(field, text, longest, |c| c == '\n')).transpose()
}

fn allowed(field: &str, text: &str, longest: usize, exempt: impl Fn(char) -> bool) -> Result<String, Refusal> {
    if text.chars().count() > longest {
        let sentence = format!("This may have at most {longest} characters.");
        return Err(Refusal::invalid(field, sentence).because("TOO_LONG").with("most", &longest));
    }
    let text: String = text.nfc().collect();
    if text.chars().any(|c| (c.is_control() && !exempt(c)) || is_invisible(c)) || has_loose_joiner(&text) {
        return Err(Refusal::invalid(field, "This may not contain control characters.").because("CONTROL_CHARACTERS"));
    }
    Ok(text)
}

/// Characters without width, and those that change the direction of the text around them (Unicode Standard Annex #9).
/// With them two names could look the same, or a name could reverse a sentence.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Zero-width characters that join emoji, and separate letters of some scripts. Elsewhere they have no effect.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn has_loose_joiner(text: &str) -> bool {
    let joins = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_joiner(*c));
    let letters: Vec<char> = text.chars().collect();
    let mut joiners = (0..letters.len()).filter(|at| is_joiner(letters[*at]));
    joiners.any(|at| !joins(at.checked_sub(1).and_then(|before| letters.get(before))) || !joins(letters.get(at + 1)))
}

/// First characters that make a spreadsheet read a text as a formula, or split it into cells.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Escapes a text so that spreadsheets do not read it as a formula.
pub fn not_a_formula(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// Returns a key that is the same for texts that read the same: it ignores case, composition, width and the number of
/// spaces.
pub fn folded(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c) && !is_joiner(*c)).collect();
    let lower: String = visible.nfkc().collect::<String>().to_lowercase().nfkc().collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the key without accents, so that `cafe` finds `Café`.
pub fn unaccented(text: &str) -> String {
    folded(text).nfkd().filter(|c| !is_accent(*c)).flat_map(plain).collect()
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Replaces letters that Unicode does not decompose.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        'ı' => ('i', None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_counted_in_characters() {
        assert_eq!(line("name", "  Zoë ", 3).unwrap(), "Zoë");
        for bad in ["", "  ", "Zoë!", "a\nb", "a\u{0}"] {
            assert_eq!(line("name", bad, 3).unwrap_err().field.as_deref(), Some("name"), "{bad:?}");
        }
    }

    #[test]
    fn invisible_characters_are_refused() {
        for bad in ["Ben\u{200b}", "\u{202e}Ben", "Be\u{ad}n", "Ben\u{2066}", "Be\u{200d}n", "\u{feff}Ben"] {
            assert!(line("name", bad, NAME).is_err(), "{bad:?}");
            assert!(note("notes", Some(bad), NOTE).is_err(), "{bad:?}");
        }
        for good in ["👩\u{200d}👩\u{200d}👧", "می\u{200c}خواهم", "Zoë"] {
            assert_eq!(line("name", good, NAME).unwrap(), good);
        }
    }

    #[test]
    fn texts_are_composed() {
        assert_eq!(line("name", "Zoe\u{308}", NAME).unwrap(), "Zo\u{eb}");
    }

    #[test]
    fn texts_that_read_the_same_fold_to_the_same() {
        for (one, other) in [("Ben", "Ben\u{200b}"), ("Zoë", "Zoe\u{308}"), ("BEN  B", "ben b"), ("Ｂｅｎ", "Ben")]
        {
            assert_eq!(folded(one), folded(other), "{one:?} {other:?}");
        }
        assert_ne!(folded("Ben"), folded("Bena"));
    }

    #[test]
    fn accents_are_left_out() {
        for (text, plain) in [("Café", "cafe"), ("CAFE\u{301}", "cafe"), ("Straße", "strasse"), ("Ørsted", "orsted")]
        {
            assert_eq!(unaccented(text), plain);
        }
        assert_eq!(unaccented("İstanbul"), unaccented("istanbul"));
        assert_eq!(unaccented("寿司"), "寿司");
    }

    #[test]
    fn a_note_may_have_lines_and_be_left_out() {
        assert_eq!(note("notes", Some(" a\nb "), NOTE).unwrap().as_deref(), Some("a\nb"));
        assert_eq!(note("notes", Some(" \n "), NOTE).unwrap(), None);
        assert_eq!(note("notes", None, NOTE).unwrap(), None);
        assert!(note("notes", Some("a\u{7}"), NOTE).is_err());
    }
}
