//! Rule: dependencies run one way: `money <- {reader <- gemini, contracts <- kit} <- {users ... reports}`.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{SUBGRAPHS, root};

/// A dependency between two crates of the workspace.
pub(super) struct Dependency {
    from: String,
    to: String,
    for_tests: bool,
}

/// The libraries of the workspace, each with its allowed dependencies. Subgraphs may depend on all of them.
const LIBRARIES: [(&str, &[&str]); 6] = [
    ("commands", &[]),
    ("money", &[]),
    ("reader", &["money"]),
    ("gemini", &["money", "reader"]),
    ("contracts", &["money"]),
    ("kit", &["money", "contracts", "commands"]),
];

/// The allowed external dependencies of the pure libraries: nothing async, and no network or database.
const PURE: [(&str, &[&str]); 2] =
    [("money", &["iso_currency", "thiserror"]), ("reader", &["chrono", "serde", "serde_json", "thiserror"])];

/// The crates of the workspace.
pub(super) struct Workspace {
    /// Their dependencies.
    pub(super) dependencies: Vec<Dependency>,
    /// Their source folders relative to the root, such as `subgraphs/users/src`.
    pub(super) folders: Vec<String>,
}

impl Workspace {
    /// Reads the output of `cargo metadata`.
    pub(super) fn read() -> Result<Self> {
        let metadata = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
        let output = Command::new("cargo").args(metadata).current_dir(root()).output()?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
        let folders = packages.iter().map(sources).collect::<Result<_>>()?;
        Ok(Self { dependencies: packages.iter().flat_map(of_package).collect(), folders })
    }
}

fn sources(package: &Value) -> Result<String> {
    let manifest = Path::new(package["manifest_path"].as_str().context("a package without a manifest")?);
    let folder = manifest.strip_prefix(root())?.with_file_name("src");
    Ok(folder.display().to_string())
}

fn of_package(package: &Value) -> Vec<Dependency> {
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let from = name(package);
    let wishes = package["dependencies"].as_array().into_iter().flatten();
    wishes.map(|wish| Dependency { from: from.clone(), to: name(wish), for_tests: wish["kind"] == "dev" }).collect()
}

/// Returns all disallowed dependencies.
pub(super) fn findings(dependencies: &[Dependency]) -> Vec<String> {
    let wrong = dependencies.iter().filter(|dependency| !is_allowed(dependency));
    wrong.map(|dependency| format!("{} must not depend on {}", dependency.from, dependency.to)).collect()
}

fn is_allowed(dependency: &Dependency) -> bool {
    let Dependency { from, to, for_tests } = dependency;
    // A stand-in for others is never part of what runs.
    if to == "stripe-double" {
        return *for_tests;
    }
    let is_subgraph = |name: &str| SUBGRAPHS.contains(&name);
    let is_library = |name: &str| LIBRARIES.iter().any(|(library, _)| *library == name);
    if !is_subgraph(to) && !is_library(to) {
        let pure = PURE.iter().find(|(library, _)| library == from);
        return *for_tests || pure.is_none_or(|(_, uses)| uses.contains(&to.as_str()));
    }
    let library = LIBRARIES.iter().find(|(library, _)| library == from);
    match library {
        Some((_, below)) => below.contains(&to.as_str()) || to == from,
        None if is_subgraph(from) => is_library(to) || to == from,
        // xtask generates the currencies of the app.
        None if from == "xtask" => to == "money",
        // The router's tests start the subgraphs.
        None => from == "router" && (*for_tests || to == "commands"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(from: &str, to: &str, for_tests: bool) -> bool {
        findings(&[Dependency { from: from.to_owned(), to: to.to_owned(), for_tests }]).is_empty()
    }

    #[test]
    fn down_is_allowed_and_up_is_found() {
        assert!(allowed("contracts", "money", false) && allowed("users", "kit", false));
        assert!(allowed("gemini", "reader", false) && !allowed("reader", "gemini", false));
        assert!(!allowed("money", "contracts", false));
        assert!(!allowed("kit", "users", true));
    }

    #[test]
    fn subgraphs_do_not_know_each_other() {
        assert!(!allowed("payments", "expenses", false) && !allowed("payments", "expenses", true));
    }

    #[test]
    fn the_router_knows_them_only_in_its_tests() {
        assert!(!allowed("router", "kit", false) && allowed("router", "commands", false));
        assert!(allowed("router", "kit", true) && allowed("router", "hive-router", false));
    }

    #[test]
    fn money_and_reader_stay_pure() {
        assert!(allowed("money", "iso_currency", false) && allowed("money", "proptest", true));
        assert!(!allowed("money", "tokio", false) && !allowed("money", "serde", false));
        assert!(allowed("reader", "chrono", false) && !allowed("reader", "reqwest", false));
    }
}
