//! Rules for modules: a module of a subgraph uses only modules on lower floors, never above or beside it. In no crate
//! do modules form a cycle.

use std::collections::BTreeSet;

use super::{
    layout::API,
    modules::{self, Module, Modules, name},
};
use crate::SUBGRAPHS;

/// The floors from the bottom up; a module on none of these is a noun.
const GROUND: [&str; 2] = ["config", "refusal"];
const SERVICES: &str = "services";
const TOP: [&str; 2] = ["consumer", API];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Floor {
    Ground,
    Noun,
    Services,
    Top,
    Lib,
}

/// Returns all uses that lead up or sideways.
pub(super) fn findings(modules: &Modules) -> Vec<String> {
    if !SUBGRAPHS.iter().any(|name| modules.folder == format!("subgraphs/{name}/src")) {
        return Vec::new();
    }
    wrong(modules)
}

fn wrong(modules: &Modules) -> Vec<String> {
    let mut uses = modules.uses();
    // The name of a module behind it would do: nothing imports what `lib` re-exports for others.
    uses.extend(modules.users_of_lib().map(|module| (module.clone(), Module::new())));
    let wrong = uses.iter().filter(|(from, to)| !is_allowed(from, to));
    wrong.map(|(from, to)| format!("{}: `{}` must not use `{}`", modules.folder, name(from), name(to))).collect()
}

/// Returns the cycles of modules, and of the folders that contain them.
pub(super) fn cycles(modules: &Modules) -> Vec<String> {
    let uses = modules.uses();
    let between_folders = uses.iter().map(|(from, to)| (top(from), top(to))).filter(|(from, to)| from != to).collect();
    let cycles = &modules::cycles(&uses) | &modules::cycles(&between_folders);
    let named = |cycle: &BTreeSet<Module>| cycle.iter().map(name).collect::<Vec<_>>().join(", ");
    cycles.iter().map(|cycle| format!("{}: a cycle of {}", modules.folder, named(cycle))).collect()
}

/// Returns the first name of a module, which is its folder if it has one.
fn top(module: &Module) -> Module {
    module.iter().take(1).cloned().collect()
}

fn is_allowed(from: &Module, to: &Module) -> bool {
    let (above, below) = (floor(from), floor(to));
    if top(from) == top(to) {
        return above != Floor::Noun || is_allowed_inside(from, to);
    }
    // A noun may use another one; a separate rule forbids cycles.
    above > below || (above == Floor::Noun && below == Floor::Noun)
}

/// The module of a noun uses neither its operations nor its store, and the store does not use the operations.
fn is_allowed_inside(from: &Module, to: &Module) -> bool {
    let part = |module: &Module| module.get(1).map(String::as_str).unwrap_or_default().to_owned();
    !matches!((part(from).as_str(), part(to).as_str()), ("", "operations" | "store") | ("store", "operations"))
}

fn floor(module: &Module) -> Floor {
    match module.first().map(String::as_str) {
        None => Floor::Lib,
        Some(name) if TOP.contains(&name) => Floor::Top,
        Some(SERVICES) => Floor::Services,
        Some(name) if GROUND.contains(&name) => Floor::Ground,
        Some(_) => Floor::Noun,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modules::crate_of;

    /// Returns the number of uses found in a subgraph in which one file uses a name of another.
    fn uses(user: &str, path: &str) -> usize {
        let files = ["lib.rs", "config.rs", "graphql/mod.rs", "account/mod.rs", "account/operations.rs"];
        let files = [&files[..], &["account/store.rs", "session/mod.rs", "consumer.rs", "services.rs"]].concat();
        let text =
            |file: &str| format!("pub struct X; {}", if file == user { format!("use {path};") } else { String::new() });
        let texts: Vec<String> = files.iter().map(|file| text(file)).collect();
        let pairs: Vec<(&str, &str)> = files.iter().copied().zip(texts.iter().map(String::as_str)).collect();
        wrong(&crate_of(&pairs)).len()
    }

    #[test]
    fn down_is_allowed() {
        for (user, path) in [
            ("lib.rs", "crate::graphql::X"),
            ("graphql/mod.rs", "crate::account::X"),
            ("graphql/mod.rs", "crate::services::X"),
            ("services.rs", "crate::account::operations::X"),
            ("account/operations.rs", "super::store::X"),
            ("account/store.rs", "super::X"),
            ("account/operations.rs", "crate::session::X"),
            ("account/mod.rs", "crate::config::X"),
        ] {
            assert_eq!(uses(user, path), 0, "{user}: {path}");
        }
    }

    #[test]
    fn uses_up_and_sideways_are_found() {
        for (user, path) in [
            ("graphql/mod.rs", "crate::X"),
            ("graphql/mod.rs", "super::X"),
            ("graphql/mod.rs", "crate::{config::X as Y, Reexported}"),
            ("account/mod.rs", "crate::graphql::X"),
            ("account/operations.rs", "crate::services::X"),
            ("account/store.rs", "super::operations::X"),
            ("account/mod.rs", "store::X"),
            ("consumer.rs", "crate::graphql::X"),
            ("config.rs", "crate::account::X"),
        ] {
            assert_eq!(uses(user, path), 1, "{user}: {path}");
        }
    }

    #[test]
    fn a_cycle_of_folders_is_found_without_a_cycle_of_files() {
        let files = [
            ("a/mod.rs", "pub struct A;"),
            ("a/x.rs", "use crate::b::B;"),
            ("b/mod.rs", "pub struct B;"),
            ("b/x.rs", "use crate::a::A;"),
        ];
        assert_eq!(cycles(&crate_of(&files)), ["subgraphs/users/src: a cycle of a, b"]);
    }
}
