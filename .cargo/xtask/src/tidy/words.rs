//! Rust and TypeScript as a row of words and marks, without comments and texts, so that a rule meets code only.

/// The words, numbers and marks of a source.
pub(super) fn words(source: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(0);
        if length > 0 {
            rest = &rest[length..];
            continue;
        }
        let length = if is_word(first) { word_length(rest, words.last() == Some(&".")) } else { first.len_utf8() };
        if !first.is_whitespace() {
            words.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    words
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A number reaches over a decimal point, but not over that of `1..2`, `1.max(2)` or `pair.0.1`.
fn word_length(rest: &str, is_field: bool) -> usize {
    let end = |text: &str| text.find(|c| !is_word(c)).unwrap_or(text.len());
    let whole = end(rest);
    let is_number = !is_field && rest.starts_with(|c: char| c.is_ascii_digit());
    match rest[whole..].strip_prefix('.') {
        Some(after) if is_number && after.starts_with(|c: char| c.is_ascii_digit()) => whole + 1 + end(after),
        _ => whole,
    }
}

/// The length of the comment or text that stands here.
fn skipped(rest: &str) -> Option<usize> {
    let until = |start: usize, end: &str| rest[start..].find(end).map_or(rest.len(), |at| start + at + end.len());
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(until(2, "*/"));
    }
    if let Some(after) = rest.strip_prefix('r')
        && after.trim_start_matches('#').starts_with('"')
    {
        let hashes = after.len() - after.trim_start_matches('#').len();
        return Some(until(hashes + 2, &format!("\"{}", "#".repeat(hashes))));
    }
    match rest.chars().next()? {
        '"' => Some(quoted(rest, '"')),
        '\'' => character(rest),
        _ => None,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// `'a'` and TypeScript's `'text'`, but not the lifetime `'a`: that one has no second quote on its line, or has it after
/// something that no text of this kind contains.
fn character(rest: &str) -> Option<usize> {
    let line = rest.lines().next()?;
    let length = quoted(line, '\'');
    let closed = length > 1 && line[..length].ends_with('\'');
    let is_lifetime =
        line[1..].starts_with(|c: char| c.is_alphabetic()) && line[1..length].contains(['<', '>', ',', '&']);
    (closed && !is_lifetime).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_no_words() {
        assert_eq!(words("a // b\n/* c */ \"d \\\" e\" r#\"f\"# 'g' h"), ["a", "h"]);
    }

    #[test]
    fn lifetimes_do_not_hide_code() {
        assert_eq!(words("fn a<'a>(b: &'a str)").iter().filter(|word| **word == "str").count(), 1);
    }

    #[test]
    fn numbers_keep_their_point() {
        assert_eq!(words("1.5 + 1..2"), ["1.5", "+", "1", ".", ".", "2"]);
        assert_eq!(words("x.0.1"), ["x", ".", "0", ".", "1"]);
    }
}
