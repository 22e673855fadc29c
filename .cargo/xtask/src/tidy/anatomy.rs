//! The table of the subgraphs' files in `subgraphs/README.md`.

use std::fs;

use anyhow::{Context, Result};

use super::{
    files::{self, File},
    layout::Contents,
};
use crate::{home::root, progress::say, services::SUBGRAPHS};

const PAGE: &str = "subgraphs/README.md";
const BEGIN: &str = "<!-- The files of the subgraphs: `cargo xtask docs` writes them. -->\n";
const END: &str = "<!-- End of the files. -->\n";

/// Writes the table if it has changed.
pub(crate) fn write() -> Result<()> {
    let page = fs::read_to_string(root().join(PAGE)).with_context(|| format!("reading {PAGE}"))?;
    let written = with_table(&page, &files::read()?).with_context(|| format!("{PAGE} has no place for the files"))?;
    if written != page {
        fs::write(root().join(PAGE), written)?;
        say(format!("     {PAGE} written"));
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

/// Returns the table: a column for each subgraph; rows for its own files, for the API and for each noun.
fn table(files: &[File]) -> String {
    let sources: Vec<String> = SUBGRAPHS.iter().map(|(name, _)| format!("subgraphs/{name}/src")).collect();
    let contents: Vec<Contents> = sources.iter().map(|src| Contents::of(files, src)).collect();
    let nouns = |one: &Contents| {
        let nouns = one.folders.iter().filter(|(folder, _)| **folder != "graphql");
        nouns.map(|(folder, modules)| format!("**{folder}** {}", listed(modules))).collect::<Vec<_>>()
    };
    let own =
        contents.iter().map(|one| listed(&one.own.iter().map(|file| file.trim_end_matches(".rs")).collect::<Vec<_>>()));
    let api = contents.iter().map(|one| one.folders.get("graphql").map(|modules| listed(modules)).unwrap_or_default());
    let names = SUBGRAPHS.iter().map(|(name, _)| (*name).to_owned());
    let columns: Vec<Vec<String>> = contents.iter().map(nouns).collect();
    let mut rows = vec![
        row("", names),
        row("---", SUBGRAPHS.iter().map(|_| "---".to_owned())),
        row("`src/`", own),
        row("`graphql/`", api),
    ];
    for number in 0..columns.iter().map(Vec::len).max().unwrap_or_default() {
        let title = if number == 0 { "nouns" } else { "" };
        rows.push(row(title, columns.iter().map(|nouns| nouns.get(number).cloned().unwrap_or_default())));
    }
    rows.concat()
}

fn row(title: &str, cells: impl Iterator<Item = String>) -> String {
    format!("| {title} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
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
        assert!(page.contains("| `src/` | lib |  |  |  |  |\n| `graphql/` | mod |  |  |  |  |\n"), "{page}");
        assert!(
            page.contains("| nouns |  | **group** mod store |  |  |  |\n|  |  | **invite** mod |  |  |  |\n"),
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
