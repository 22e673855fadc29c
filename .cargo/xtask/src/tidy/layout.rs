//! Rules for the locations of files.

use std::collections::BTreeMap;

use super::files::File;
use crate::services::SUBGRAPHS;

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
const API: &str = "graphql";

/// The module that each noun and the API must have.
const NOUN: &str = "mod";

const LONGEST_MAIN: usize = 20;

/// Returns all violations of the layout.
pub(super) fn findings(files: &[File], top: &[String]) -> Vec<String> {
    let subgraphs = SUBGRAPHS.iter().flat_map(|(name, _)| subgraph(files, name));
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

    fn findings_without(file: &str, more: &[&str]) -> Vec<String> {
        let paths = SKELETON.iter().filter(|path| **path != file).chain(more);
        let files: Vec<File> = paths.map(|path| File::new(&format!("subgraphs/groups/src/{path}"), "")).collect();
        subgraph(&files, "groups")
    }

    #[test]
    fn unknown_files_at_the_top_are_found() {
        let names = ["README.md", ".gitignore", "target", "scripts"].map(str::to_owned);
        assert_eq!(top_level(&names), ["scripts: has no place at the top"]);
    }

    #[test]
    fn a_subgraph_unlike_the_others_is_found() {
        assert!(findings_without("", &[]).is_empty());
        assert_eq!(findings_without("refusal.rs", &[]), ["subgraphs/groups/src: has no `refusal.rs`"]);
        assert_eq!(findings_without("graphql/mod.rs", &[]), ["subgraphs/groups/src: has no `graphql`"]);
        assert_eq!(findings_without("", &["roster.rs"]), ["subgraphs/groups/src/roster.rs: belongs to a noun"]);
    }

    #[test]
    fn a_noun_unlike_the_others_is_found() {
        assert_eq!(findings_without("group/mod.rs", &[]), ["subgraphs/groups/src/group: has no `mod`"]);
        assert_eq!(findings_without("", &["invite/store.rs"]), ["subgraphs/groups/src/invite: has no `mod`"]);
        assert!(findings_without("", &["invite/mod.rs", "invite/store.rs"]).is_empty());
    }

    #[test]
    fn a_long_main_is_found() {
        let main = File::new("subgraphs/groups/src/main.rs", &"\n".repeat(21));
        let others = SKELETON.iter().filter(|path| **path != "main.rs");
        let others = others.map(|path| File::new(&format!("subgraphs/groups/src/{path}"), ""));
        assert_eq!(subgraph(&others.chain([main]).collect::<Vec<_>>(), "groups").len(), 1);
    }
}
