//! The table of the subgraphs' files in `subgraphs/README.md`.

use std::fs;

use anyhow::{Context, Result};

use super::{
    files::{self, File},
    layout::{API, Contents},
};
use crate::{SUBGRAPHS, root};

const PAGE: &str = "subgraphs/README.md";
const BEGIN: &str = "<!-- The files of the subgraphs: `cargo xtask docs` writes them. -->\n";
const END: &str = "<!-- End of the files. -->\n";

/// Writes the table if it has changed.
pub(super) fn write() -> Result<()> {
    let page = fs::read_to_string(root().join(PAGE)).with_context(|| format!("reading {PAGE}"))?;
    let written = with_table(&page, &files::read()?).with_context(|| format!("{PAGE} has no place for the files"))?;
    if written != page {
        fs::write(root().join(PAGE), written)?;
        println!("     {PAGE} written");
    }
    Ok(())
}

/// Reports an outdated table.
pub(super) fn findings(files: &[File]) -> Vec<String> {
    let page = files.iter().find(|file| file.path == PAGE);
    let is_current = page.is_some_and(|page| with_table(&page.text, files).as_ref() == Some(&page.text));
    if is_current { Vec::new() } else { vec![format!("{PAGE}: shows other files than there are; `cargo xtask docs`")] }
}

fn with_table(page: &str, files: &[File]) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", table(files)))
}

/// Returns the table: a row for each subgraph, with its own files, those of the API, and those of each noun.
fn table(files: &[File]) -> String {
    let rows = SUBGRAPHS.map(|name| {
        let src = format!("subgraphs/{name}/src");
        let Contents { own, mut folders } = Contents::of(files, &src);
        let own: Vec<&str> = own.iter().map(|file| file.trim_end_matches(".rs")).collect();
        let api = folders.remove(API).unwrap_or_default();
        let nouns = folders.iter().map(|(folder, modules)| format!("**{folder}** {}", listed(modules)));
        let nouns = nouns.collect::<Vec<_>>().join("<br>");
        format!("| {name} | {} | {} | {nouns} |\n", listed(&own), listed(&api))
    });
    format!("| | `src/` | `graphql/` | nouns |\n| --- | --- | --- | --- |\n{}", rows.concat())
}

/// `mod` first, because it describes the others.
fn listed(modules: &[&str]) -> String {
    let (first, others): (Vec<&str>, Vec<&str>) = modules.iter().partition(|module| **module == "mod");
    [first, others].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(files: &[&str]) -> String {
        let files: Vec<File> = files.iter().map(|path| File::new(&format!("subgraphs/{path}"), "")).collect();
        with_table(&format!("a\n{BEGIN}old\n{END}b\n"), &files).unwrap()
    }

    #[test]
    fn files_are_listed_side_by_side() {
        let files =
            ["users/src/lib.rs", "users/src/graphql/mod.rs", "groups/src/group/mod.rs", "groups/src/group/store.rs"];
        let page = page(&[&files[..], &["groups/src/invite/mod.rs"]].concat());
        assert!(page.starts_with("a\n") && page.ends_with("b\n") && !page.contains("old"), "{page}");
        assert!(
            page.contains("| users | lib | mod |  |\n| groups |  |  | **group** mod store<br>**invite** mod |\n"),
            "{page}"
        );
    }

    #[test]
    fn an_outdated_table_is_found() {
        let text = page(&["users/src/lib.rs"]);
        let files = |more: &[&str]| {
            let paths = ["users/src/lib.rs"].iter().chain(more).map(|path| File::new(&format!("subgraphs/{path}"), ""));
            paths.chain([File::new(PAGE, &text)]).collect::<Vec<_>>()
        };
        assert!(findings(&files(&[])).is_empty());
        assert_eq!(findings(&files(&["users/src/new.rs"])).len(), 1);
    }
}
