//! Builds the Rust binaries and the two browser packages, and installs npm packages; each only if its inputs are newer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::{
    home::{Home, quits, root},
    process::run,
    progress,
    tools::{IGNORE_RUST_VERSION, cargo, need},
};

/// An npm package; if it is built, `npm run build` creates `dist`.
struct Package {
    name: &'static str,
    dir: &'static str,
    /// Further inputs of its build.
    also_reads: &'static [&'static str],
}

const PLAYGROUND: Package = Package { name: "Playground", dir: "router/playground", also_reads: &[] };
const FRONTEND: Package = Package { name: "Frontend", dir: "frontend", also_reads: &["schema/api.graphql"] };
const NEWMAN: Package = Package { name: "Newman", dir: ".cargo/xtask/newman", also_reads: &[] };

/// Builds all binaries.
pub(crate) fn rust(home: &Home) -> Result<()> {
    cargo_build(home, "Rust binaries", &["--bins"])
}

/// Builds all binaries and tests.
pub(crate) fn rust_with_tests(home: &Home) -> Result<()> {
    cargo_build(home, "Rust binaries and tests", &["--all-targets"])
}

/// Builds what is measured, optimised.
pub(crate) fn rust_for_bench(home: &Home) -> Result<()> {
    cargo_build(home, "Optimised binaries", &["--release", "--bins", "--examples", "--bench", "speed"])
}

fn cargo_build(home: &Home, name: &str, targets: &[&str]) -> Result<()> {
    let step = progress::step(name);
    let mut build = cargo();
    build.args(["build", "--workspace", "--locked", IGNORE_RUST_VERSION]).args(targets);
    run(home, &step, "cargo-build", build)?;
    step.done();
    Ok(())
}

/// Builds the playground, which the router serves.
pub(crate) fn playground(home: &Home) -> Result<()> {
    build(home, &PLAYGROUND)
}

/// Builds the playground and the app, one after the other.
pub(crate) fn browser_packages(home: &Home) -> Result<()> {
    playground(home).and_then(|()| frontend(home))
}

/// Builds the app.
pub(crate) fn frontend(home: &Home) -> Result<()> {
    build(home, &FRONTEND)
}

/// Installs the dependencies of the frontend.
pub(crate) fn frontend_modules(home: &Home) -> Result<()> {
    modules(home, &FRONTEND)
}

/// Installs newman, which runs the request collection; returns its path.
pub(crate) fn newman(home: &Home) -> Result<PathBuf> {
    modules(home, &NEWMAN)?;
    Ok(root().join(NEWMAN.dir).join("node_modules/.bin/newman"))
}

fn build(home: &Home, package: &Package) -> Result<()> {
    modules(home, package)?;
    let dir = root().join(package.dir);
    // Written after a build that succeeded, because npm may leave `dist` behind without finishing it.
    let stamp = quits().join(format!("{}-built", package.name.to_lowercase()));
    let inputs = package.also_reads.iter().map(|path| newest(&root().join(path)));
    let newest_input = inputs.chain([newest(&dir)]).collect::<Result<Vec<_>>>()?.into_iter().max();
    if dir.join("dist").exists() && modified(&stamp).ok() > newest_input {
        return Ok(());
    }
    let step = progress::step(format!("{}: build", package.name));
    let mut npm = npm(package)?;
    npm.args(["run", "build"]);
    run(home, &step, &log_name(package, "build"), npm)?;
    step.done();
    fs::write(&stamp, "").with_context(|| format!("writing {}", stamp.display()))
}

fn modules(home: &Home, package: &Package) -> Result<()> {
    let dir = root().join(package.dir);
    // npm writes the first of them at the end of an installation.
    let installed = modified(&dir.join("node_modules/.package-lock.json")).ok();
    if installed >= Some(modified(&dir.join("package-lock.json"))?) {
        return Ok(());
    }
    let step = progress::step(format!("{}: npm packages", package.name));
    let mut npm = npm(package)?;
    npm.args(["ci", "--no-audit", "--no-fund"]);
    run(home, &step, &log_name(package, "modules"), npm)?;
    step.done();
    Ok(())
}

fn npm(package: &Package) -> Result<Command> {
    let mut npm = Command::new(need("npm", "Node 20.19 or newer, https://nodejs.org/en/download")?);
    npm.current_dir(root().join(package.dir)).env("NO_COLOR", "1");
    Ok(npm)
}

fn log_name(package: &Package, what: &str) -> String {
    format!("{}-{what}", package.name.to_lowercase())
}

/// Folders with build outputs, which are not inputs.
const OUTPUTS: [&str; 4] = ["node_modules", "dist", "test-results", "playwright-report"];

/// Returns the time of the last change of a file, or of anything in a folder.
fn newest(path: &Path) -> Result<SystemTime> {
    let mut newest = modified(path)?;
    if path.is_dir() {
        let entries = fs::read_dir(path)?.flatten().map(|entry| entry.path());
        for entry in entries.filter(|entry| !OUTPUTS.iter().any(|output| entry.ends_with(output))) {
            newest = newest.max(self::newest(&entry)?);
        }
    }
    Ok(newest)
}

fn modified(path: &Path) -> Result<SystemTime> {
    let modified = fs::metadata(path).and_then(|file| file.modified());
    modified.with_context(|| format!("reading {}", path.display()))
}
