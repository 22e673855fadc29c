//! Checks the rules of this repository that neither the compiler nor a lint enforces.
#![allow(clippy::print_stdout, reason = "a command-line tool prints to the terminal")]

mod anatomy;
mod dependencies;
mod files;
mod floors;
mod layout;
mod links;
mod lists;
mod metrics;
mod modules;
mod requests;
mod rust;
mod sources;
mod vocabulary;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::LazyLock,
};

use anyhow::{Result, bail};
use clap::Parser;

use dependencies::Workspace;
use files::File;
use modules::Modules;
use rust::Source;

/// The names of the subgraphs, which are also those of their folders, crates and SDL files.
const SUBGRAPHS: [&str; 5] = ["users", "groups", "expenses", "payments", "reports"];

/// Checks the rules of this repository; see `subgraphs/README.md`.
#[derive(Parser)]
struct Arguments {
    /// Write the table of the subgraphs' files instead
    #[arg(long)]
    write: bool,
}

fn main() -> ExitCode {
    match if Arguments::parse().write { anatomy::write() } else { check() } {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the root of the checkout in which cargo started this. Several checkouts may share one target folder.
fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        here.ancestors().nth(2).unwrap_or(&here).to_owned()
    });
    &ROOT
}

/// Fails with the locations of broken rules.
fn check() -> Result<()> {
    let files = files::read()?;
    let sources = Source::all(&files)?;
    let workspace = Workspace::read()?;
    let crates: Vec<Modules> = workspace.folders.iter().map(|folder| Modules::read(folder, &sources)).collect();
    let mut findings = of_files(&files)?;
    findings.extend(sources.iter().flat_map(sources::rust_findings));
    findings.extend(dependencies::findings(&workspace.dependencies));
    findings.extend(crates.iter().flat_map(floors::findings));
    let cycles: Vec<String> = crates.iter().flat_map(floors::cycles).collect();
    let modules: usize = crates.iter().map(|one| one.all().count()).sum();
    println!("     {modules} modules in {} crates: {} cycles", crates.len(), cycles.len());
    findings.extend(cycles);
    if findings.is_empty() {
        return Ok(());
    }
    bail!("broken rules:\n  {}", findings.join("\n  "))
}

fn of_files(files: &[File]) -> Result<Vec<String>> {
    let mut findings = layout::findings(files, &files::top_level()?);
    findings.extend(metrics::findings(files));
    findings.extend(anatomy::findings(files));
    findings.extend(files.iter().flat_map(sources::findings));
    findings.extend(files.iter().flat_map(links::findings));
    findings.extend(vocabulary::findings(files)?);
    findings.extend(requests::findings(files)?);
    findings.extend(lists::findings(files)?);
    Ok(findings)
}
