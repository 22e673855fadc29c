//! Rules for where files are.

use super::files::File;
use crate::services::SUBGRAPHS;

/// What may stand at the top beside names that begin with a dot. `target` is cargo's, where it has no other place.
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

/// What each subgraph has, a module being a file or a folder.
const SKELETON: [&str; 6] = ["lib", "config", "refusal", "operations", "store", "graphql"];

const LONGEST_MAIN: usize = 20;

/// Every rule that the layout breaks.
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
    let has = |module: &&str| {
        let (file, folder) = (format!("{src}/{module}.rs"), format!("{src}/{module}/"));
        files.iter().any(|known| known.path == file || known.path.starts_with(&folder))
    };
    let missing = SKELETON.iter().filter(|module| !has(module));
    let mut findings: Vec<String> = missing.map(|module| format!("{src}: has no `{module}`")).collect();

    let main = format!("{src}/main.rs");
    match files.iter().find(|file| file.path == main).map(|file| file.text.lines().count()) {
        Some(lines) if lines > LONGEST_MAIN => {
            findings.push(format!("{main}: {lines} lines, and {LONGEST_MAIN} are the limit"));
        }
        Some(_) => {}
        None => findings.push(format!("{main}: is missing")),
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton() -> Vec<File> {
        let paths =
            ["main.rs", "lib.rs", "config.rs", "refusal.rs", "operations/join.rs", "store.rs", "graphql/query.rs"];
        paths.iter().map(|path| File::new(&format!("subgraphs/groups/src/{path}"), "")).collect()
    }

    #[test]
    fn strangers_at_the_top_are_found() {
        let names = ["README.md", ".gitignore", "target", "scripts"].map(str::to_owned);
        assert_eq!(top_level(&names), ["scripts: has no place at the top"]);
    }

    #[test]
    fn a_subgraph_unlike_the_others_is_found() {
        let mut files = skeleton();
        assert!(subgraph(&files, "groups").is_empty());
        files.retain(|file| !file.path.ends_with("refusal.rs"));
        assert_eq!(subgraph(&files, "groups"), ["subgraphs/groups/src: has no `refusal`"]);
    }

    #[test]
    fn a_main_that_does_something_is_found() {
        let mut files = skeleton();
        files[0].text = "\n".repeat(21);
        assert_eq!(subgraph(&files, "groups").len(), 1);
        files.remove(0);
        assert_eq!(subgraph(&files, "groups").len(), 1);
    }
}
