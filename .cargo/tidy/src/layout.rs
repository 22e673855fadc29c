//! Rules for the locations of files.

use std::collections::BTreeMap;

use super::files::File;
use crate::SUBGRAPHS;

/// What may be at the top level, besides dot files. `target` is the default target folder of cargo.
const TOP: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "compose.yaml",
    "frontend",
    "kubernetes",
    "router",
    "schema",
    "subgraphs",
];
const MADE: &str = "target";

/// The files of a subgraph outside of nouns, and whether each is required.
const OWN_FILES: [(&str, bool); 6] = [
    ("config.rs", true),
    ("consumer.rs", false),
    ("lib.rs", true),
    ("main.rs", true),
    ("refusal.rs", true),
    ("services.rs", true),
];
pub(super) const API: &str = "graphql";

/// The module that each noun and the API must have.
const NOUN: &str = "mod";

const LONGEST_MAIN: usize = 20;

/// Returns all violations of the layout.
pub(super) fn findings(files: &[File], top: &[String]) -> Vec<String> {
    let subgraphs = SUBGRAPHS.iter().flat_map(|name| subgraph(files, name));
    top_level(top).into_iter().chain(subgraphs).collect()
}

fn top_level(top: &[String]) -> Vec<String> {
    let known = |name: &str| name.starts_with('.') || name == MADE || TOP.contains(&name);
    top.iter().filter(|name| !known(name)).map(|name| format!("{name}: has no place at the top")).collect()
}

fn subgraph(files: &[File], name: &str) -> Vec<String> {
    let src = format!("subgraphs/{name}/src");
    let Contents { own, folders } = Contents::of(files, &src);
    let missing = OWN_FILES.iter().filter(|(file, needed)| *needed && !own.contains(file));
    let strangers = own.iter().filter(|file| !OWN_FILES.iter().any(|(known, _)| known == *file));
    let mut findings: Vec<String> = missing.map(|(file, _)| format!("{src}: has no `{file}`")).collect();
    findings.extend(strangers.map(|file| format!("{src}/{file}: belongs to a noun")));
    for (folder, modules) in &folders {
        if !modules.contains(&NOUN) {
            findings.push(format!("{src}/{folder}: has no `{NOUN}`"));
        }
    }
    if !folders.contains_key(API) {
        findings.push(format!("{src}: has no `{API}`"));
    }
    let lines = files.iter().find(|file| file.path == format!("{src}/main.rs")).map(|file| file.text.lines().count());
    if let Some(lines) = lines.filter(|lines| *lines > LONGEST_MAIN) {
        findings.push(format!("{src}/main.rs: {lines} lines; the limit is {LONGEST_MAIN}"));
    }
    findings
}

/// The contents of a subgraph's folder: its own files, and the modules of each folder.
pub(super) struct Contents<'a> {
    pub(super) own: Vec<&'a str>,
    pub(super) folders: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Contents<'a> {
    pub(super) fn of(files: &'a [File], src: &str) -> Self {
        let mut contents = Self { own: Vec::new(), folders: BTreeMap::new() };
        for file in files {
            let Some(inside) = file.path.strip_prefix(src).and_then(|path| path.strip_prefix('/')) else { continue };
            let Some((folder, path)) = inside.split_once('/') else {
                contents.own.push(inside);
                continue;
            };
            let module = path.split_once('/').map_or(path, |(folder, _)| folder).trim_end_matches(".rs");
            let modules = contents.folders.entry(folder).or_default();
            if modules.last() != Some(&module) {
                modules.push(module);
            }
        }
        contents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKELETON: [&str; 8] = [
        "config.rs",
        "graphql/mod.rs",
        "group/mod.rs",
        "group/operations/join.rs",
        "lib.rs",
        "main.rs",
        "refusal.rs",
        "services.rs",
    ];

    /// Returns the findings in the skeleton without one file and with another, whose text is this.
    fn findings(without: &str, with: &str, text: &str) -> Vec<String> {
        let kept = SKELETON.iter().filter(|path| **path != without).map(|path| (*path, ""));
        let files = kept.chain([(with, text)].into_iter().filter(|(path, _)| !path.is_empty()));
        let files: Vec<File> =
            files.map(|(path, text)| File::new(&format!("subgraphs/groups/src/{path}"), text)).collect();
        subgraph(&files, "groups")
    }

    #[test]
    fn unknown_files_at_the_top_are_found() {
        let names = ["README.md", ".gitignore", "target", "scripts"].map(str::to_owned);
        assert_eq!(top_level(&names), ["scripts: has no place at the top"]);
    }

    #[test]
    fn a_subgraph_unlike_the_others_is_found() {
        assert!(findings("", "", "").is_empty() && findings("", "group/store.rs", "").is_empty());
        let (short, long) = ("\n".repeat(LONGEST_MAIN), "\n".repeat(LONGEST_MAIN + 1));
        assert!(findings("main.rs", "main.rs", &short).is_empty());
        for (without, with, text, found) in [
            ("refusal.rs", "", "", ": has no `refusal.rs`"),
            ("graphql/mod.rs", "", "", ": has no `graphql`"),
            ("", "roster.rs", "", "/roster.rs: belongs to a noun"),
            ("group/mod.rs", "", "", "/group: has no `mod`"),
            ("", "invite/store.rs", "", "/invite: has no `mod`"),
            ("main.rs", "main.rs", &long, "/main.rs: 21 lines; the limit is 20"),
        ] {
            assert_eq!(findings(without, with, text), [format!("subgraphs/groups/src{found}")]);
        }
    }
}
