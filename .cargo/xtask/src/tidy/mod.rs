//! The rules of the house that neither the compiler nor a lint can hold.

mod dependencies;
mod layout;
mod links;
mod metrics;
mod sources;
mod words;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::home::root;

/// A file of the repository, its path from the root.
pub(crate) struct File {
    path: String,
    text: String,
}

/// Refuses where a rule is broken, and says where.
pub(crate) fn check() -> Result<()> {
    let files = files()?;
    let mut findings = dependencies::findings(&dependencies::read()?);
    findings.extend(layout::findings(&files, &top_level()?));
    findings.extend(metrics::findings(&files));
    findings.extend(files.iter().flat_map(sources::findings));
    findings.extend(files.iter().flat_map(links::findings));
    if findings.is_empty() {
        return Ok(());
    }
    bail!("the rules of the house:\n  {}", findings.join("\n  "))
}

/// What is made and not written.
const SKIPPED: [&str; 7] = [".git", ".quits", "dist", "node_modules", "playwright-report", "target", "test-results"];

/// TypeScript that codegen writes.
const GENERATED: &str = ".generated.ts";

/// Every text file of the repository that somebody wrote.
fn files() -> Result<Vec<File>> {
    let mut files = Vec::new();
    collect(root(), &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(dir: &Path, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if SKIPPED.iter().any(|skipped| path.ends_with(skipped)) || path.to_string_lossy().ends_with(GENERATED) {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root()).context("a file outside the repository")?;
            files.push(File { path: path.display().to_string(), text });
        }
    }
    Ok(())
}

fn top_level() -> Result<Vec<String>> {
    fs::read_dir(root())?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_keeps_the_rules_of_the_house() {
        if let Err(findings) = super::check() {
            panic!("{findings}");
        }
    }
}
