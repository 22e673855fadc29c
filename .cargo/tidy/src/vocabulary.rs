//! Rule: the library `kit` knows how a subgraph runs and nothing about the domain, so it contains no word of the
//! domain.

use anyhow::Result;
use regex_lite::Regex;

use super::files::File;

const KIT: &str = "subgraphs/lib/kit/src/";

/// The words of the domain, in the singular.
const DOMAIN: &str = "advice|attachment|balance|budget|category|draft|expense|friend|group|guest|household|invite|\
    member|net|notification|payer|payment|receipt|report|roster|schedule|settlement|share|split";

/// Names of the standard library and of other crates that contain such words.
const FOREIGN: &str = r"\bnet::|\b(r?split(_once)?|split_(at|first|whitespace))\b";

/// One word of a name in `snake_case`, `CamelCase` or `CAPITALS`.
const WORD: &str = "[A-Z]?[a-z]+|[A-Z]+";

/// Returns all lines of kit with a word of the domain.
pub(super) fn findings(files: &[File]) -> Result<Vec<String>> {
    let (foreign, word) = (Regex::new(FOREIGN)?, Regex::new(WORD)?);
    let domain = Regex::new(&format!("(?i)^({DOMAIN})s?$|^categories$"))?;
    let lines = files.iter().filter(|file| file.path.starts_with(KIT));
    let lines = lines.flat_map(|file| file.text.lines().zip(1..).map(move |(line, number)| (file, line, number)));
    let found = lines.filter_map(|(file, line, number)| {
        let own = foreign.replace_all(line, " ");
        let word = word.find_iter(&own).map(|word| word.as_str()).find(|word| domain.is_match(word))?;
        Some(format!("{}:{number}: `{word}` is a word of the domain", file.path))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(path: &str, line: &str) -> Option<String> {
        let found = findings(&[File::new(path, line)]).unwrap();
        found.first().and_then(|finding| finding.split('`').nth(1)).map(str::to_owned)
    }

    #[test]
    fn domain_words_are_found_in_code_and_comments() {
        for (line, found) in [
            ("struct GroupHead;", Some("Group")),
            ("let nets_after = 1;", Some("nets")),
            ("// Tells the roster.", Some("roster")),
            ("\"expenses\"", Some("expenses")),
            ("const CATEGORIES: u8 = 1;", Some("CATEGORIES")),
            ("/// A photo of a receipt.", Some("receipt")),
            ("let split_here = 1;", Some("split")),
            ("use std::net::TcpListener; text.split(' ').map(shared); text.rsplit_once('/')", None),
        ] {
            assert_eq!(word("subgraphs/lib/kit/src/a.rs", line).as_deref(), found, "{line}");
        }
        assert_eq!(word("subgraphs/users/src/lib.rs", "group"), None);
    }
}
