//! Rule: the library `kit` knows how a subgraph runs and nothing about the domain, so it contains no word of the
//! domain.

use super::files::File;

const KIT: &str = "subgraphs/lib/kit/src/";

/// The words of the domain, in the singular.
const DOMAIN: [&str; 17] = [
    "advice",
    "balance",
    "budget",
    "draft",
    "expense",
    "friend",
    "group",
    "guest",
    "invite",
    "member",
    "net",
    "payment",
    "report",
    "roster",
    "settlement",
    "share",
    "split",
];

/// Names of the standard library and of other crates that contain such words.
const FOREIGN: [&str; 8] =
    ["net::", "rsplit", "rsplit_once", "split", "split_at", "split_first", "split_once", "split_whitespace"];

/// Returns all lines of kit with a word of the domain.
pub(super) fn findings(file: &File) -> Vec<String> {
    if !file.path.starts_with(KIT) {
        return Vec::new();
    }
    let lines = file.text.lines().zip(1..);
    let found = lines.filter_map(|(line, number)| Some((number, domain_word(line)?)));
    found.map(|(number, word)| format!("{}:{number}: `{word}` is a word of the domain", file.path)).collect()
}

fn domain_word(line: &str) -> Option<String> {
    let own = FOREIGN.iter().fold(line.to_owned(), |line, foreign| without(&line, foreign));
    words(&own).into_iter().find(|word| {
        let is_domain = |one: &str| DOMAIN.contains(&one);
        is_domain(word) || word.strip_suffix('s').is_some_and(is_domain)
    })
}

/// Removes whole-word occurrences of a name from a line.
fn without(line: &str, name: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = line;
    let mut kept = String::new();
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let ends = !name.ends_with(is_part) || !after.starts_with(is_part);
        let stands_alone = !before.ends_with(is_part) && ends;
        kept += before;
        kept += if stands_alone { "" } else { name };
        rest = after;
    }
    kept + rest
}

/// Returns the words of a line in lower case; `snake_case` and `CamelCase` are split.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in line.chars() {
        if !c.is_alphabetic() || c.is_uppercase() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphabetic(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(line: &str) -> Option<String> {
        let found = findings(&File::new("subgraphs/lib/kit/src/a.rs", line));
        found.first().and_then(|finding| finding.split('`').nth(1)).map(str::to_owned)
    }

    #[test]
    fn domain_words_are_found_in_code_and_comments() {
        assert_eq!(word("struct GroupHead;").as_deref(), Some("group"));
        assert_eq!(word("let nets_after = 1;").as_deref(), Some("nets"));
        assert_eq!(word("// Tells the roster.").as_deref(), Some("roster"));
        assert_eq!(word("\"expenses\"").as_deref(), Some("expenses"));
    }

    #[test]
    fn foreign_names_are_allowed() {
        assert_eq!(word("use std::net::TcpListener; text.split(' ').map(shared)"), None);
        assert_eq!(word("let split_here = 1;").as_deref(), Some("split"));
        assert!(findings(&File::new("subgraphs/users/src/lib.rs", "group")).is_empty());
    }
}
