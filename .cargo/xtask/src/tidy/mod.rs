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

/// Returns the cycles, and prints a summary.
fn circles(crates: &[Modules]) -> Vec<String> {
    let found: Vec<String> = crates.iter().flat_map(floors::circles).collect();
    let modules: usize = crates.iter().map(|one| one.all().count()).sum();
    say(format!("     {modules} modules in {} crates: {} circles", crates.len(), found.len()));
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
