//! The input of the rules: every text file that is not generated.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::root;

/// A file of the repository.
pub(super) struct File {
    /// The path relative to the root.
    pub(super) path: String,
    /// The content.
    pub(super) text: String,
}

/// Folders with generated files.
const SKIPPED: [&str; 7] = [".git", ".quits", "dist", "node_modules", "playwright-report", "target", "test-results"];

/// The suffix of TypeScript files written by codegen.
const GENERATED: &str = ".generated.ts";

/// Reads every text file of the repository.
pub(super) fn read() -> Result<Vec<File>> {
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

/// Returns the names of files and folders at the top level.
pub(super) fn top_level() -> Result<Vec<String>> {
    fs::read_dir(root())?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Returns the text of the file at this path.
pub(super) fn text<'a>(files: &'a [File], path: &str) -> Result<&'a str> {
    let file = files.iter().find(|file| file.path == path);
    file.map(|file| file.text.as_str()).with_context(|| format!("there is no {path}"))
}

impl File {
    /// Returns the file extension.
    pub(super) fn extension(&self) -> &str {
        Path::new(&self.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
    }
}

#[cfg(test)]
impl File {
    /// Creates a file for a test.
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}
