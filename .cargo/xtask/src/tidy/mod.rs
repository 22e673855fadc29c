//! Rules of this repository that neither the compiler nor a lint enforces.

pub(crate) mod anatomy;
mod dependencies;
mod files;
mod floors;
mod layout;
mod links;
mod metrics;
mod modules;
mod rust;
mod sources;
mod vocabulary;

use anyhow::{Result, bail};

use crate::progress::say;
use dependencies::Workspace;
use modules::Modules;
use rust::Source;

/// Fails with the locations of broken rules.
pub(crate) fn check() -> Result<()> {
    let files = files::read()?;
    let sources = Source::all(&files)?;
    let workspace = Workspace::read()?;
    let crates: Vec<Modules> = workspace.folders.iter().map(|folder| Modules::read(folder, &sources)).collect();
    let mut findings = dependencies::findings(&workspace.dependencies);
    findings.extend(layout::findings(&files, &files::top_level()?));
    findings.extend(metrics::findings(&files));
    findings.extend(anatomy::findings(&files));
    findings.extend(files.iter().flat_map(sources::findings));
    findings.extend(sources.iter().flat_map(sources::rust_findings));
    findings.extend(files.iter().flat_map(links::findings));
    findings.extend(files.iter().flat_map(vocabulary::findings));
    findings.extend(crates.iter().flat_map(floors::findings));
    findings.extend(circles(&crates));
    if findings.is_empty() {
        return Ok(());
    }
    bail!("broken rules:\n  {}", findings.join("\n  "))
}

/// The crate that is exempt: its modules still have cycles.
const IN_CIRCLES: &str = "subgraphs/lib/reader/src";

/// Returns the cycles that are not exempt, and prints a summary of all.
fn circles(crates: &[Modules]) -> Vec<String> {
    let known = |one: &&Modules| one.folder == IN_CIRCLES;
    let (known, others): (Vec<&Modules>, Vec<&Modules>) = crates.iter().partition(known);
    let [known, found] = [known, others].map(|crates| crates.into_iter().flat_map(floors::circles).collect::<Vec<_>>());
    let modules: usize = crates.iter().map(|one| one.all().count()).sum();
    let (new, old) = (found.len(), known.len());
    say(format!(
        "     {modules} modules in {} crates: {new} circles, and {old} in the reader, which may have some",
        crates.len()
    ));
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_follows_its_rules() {
        if let Err(findings) = super::check() {
            panic!("{findings}");
        }
    }
}
