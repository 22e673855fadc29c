//! Texts that people type: trimmed, of a sensible length, without control characters.

use crate::failure::Refusal;

/// The longest name of anything.
pub const NAME: usize = 100;

/// The longest description or note.
pub const NOTE: usize = 1_000;

/// A text that is needed, on one line; refused at this field.
pub fn line(field: &str, text: &str, longest: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid(field, "This may not be empty."));
    }
    allowed(field, text, longest, |_| false)
}

/// A text that may be left out and may have several lines; blank is left out. Refused at this field.
pub fn note(field: &str, text: Option<&str>, longest: usize) -> Result<Option<String>, Refusal> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| allowed(field, text, longest, |c| c == '\n')).transpose()
}

fn allowed(field: &str, text: &str, longest: usize, exempt: impl Fn(char) -> bool) -> Result<String, Refusal> {
    if text.chars().count() > longest {
        return Err(Refusal::invalid(field, format!("This may have at most {longest} characters.")));
    }
    if text.chars().any(|c| c.is_control() && !exempt(c)) {
        return Err(Refusal::invalid(field, "This may not contain control characters."));
    }
    Ok(text.to_owned())
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
    fn a_note_may_have_lines_and_be_left_out() {
        assert_eq!(note("notes", Some(" a\nb "), NOTE).unwrap().as_deref(), Some("a\nb"));
        assert_eq!(note("notes", Some(" \n "), NOTE).unwrap(), None);
        assert_eq!(note("notes", None, NOTE).unwrap(), None);
        assert!(note("notes", Some("a\u{7}"), NOTE).is_err());
    }
}
