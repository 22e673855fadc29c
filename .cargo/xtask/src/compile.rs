//! Builds the Rust binaries and the two browser packages, and installs npm packages; each only if its inputs have
//! changed.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

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
    cargo_build(home, "Rust binaries", "--bins")
}

/// Builds all binaries and tests.
pub(crate) fn rust_with_tests(home: &Home) -> Result<()> {
    cargo_build(home, "Rust binaries and tests", "--all-targets")
}

fn cargo_build(home: &Home, name: &str, targets: &str) -> Result<()> {
    let step = progress::step(name);
    let mut build = cargo();
    build.args(["build", "--workspace", "--locked", IGNORE_RUST_VERSION, targets]);
    run(home, &step, "cargo-build", build)?;
    step.done();
    Ok(())
}

/// Builds the playground, which the router serves.
pub(crate) fn playground(home: &Home) -> Result<()> {
    build(home, &PLAYGROUND)
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
    let mut inputs = vec![dir.clone()];
    inputs.extend(package.also_reads.iter().map(|path| root().join(path)));
    let stamp = Stamp::of(&format!("{}-build", package.name), &inputs)?;
    if stamp.is_current() && dir.join("dist").exists() {
        return Ok(());
    }
    let step = progress::step(format!("{}: build", package.name));
    let mut npm = npm(package)?;
    npm.args(["run", "build"]);
    run(home, &step, &log_name(package, "build"), npm)?;
    step.done();
    stamp.set()
}

fn modules(home: &Home, package: &Package) -> Result<()> {
    let dir = root().join(package.dir);
    let stamp = Stamp::of(&format!("{}-modules", package.name), &[dir.join("package-lock.json")])?;
    if stamp.is_current() && dir.join("node_modules").exists() {
        return Ok(());
    }
    let step = progress::step(format!("{}: npm packages", package.name));
    let mut npm = npm(package)?;
    npm.args(["ci", "--no-audit", "--no-fund"]);
    run(home, &step, &log_name(package, "modules"), npm)?;
    step.done();
    stamp.set()
}

fn npm(package: &Package) -> Result<Command> {
    let mut npm = Command::new(need("npm", "Node 20.19 or newer, https://nodejs.org/en/download")?);
    npm.current_dir(root().join(package.dir)).env("NO_COLOR", "1");
    Ok(npm)
}

fn log_name(package: &Package, what: &str) -> String {
    format!("{}-{what}", package.name.to_lowercase())
}

/// Records the inputs from which something was built.
struct Stamp {
    path: PathBuf,
    hash: String,
}

impl Stamp {
    fn of(name: &str, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash(input, &mut hasher).with_context(|| format!("reading {}", input.display()))?;
        }
        let path = quits().join("stamps").join(name.to_lowercase());
        Ok(Self { path, hash: format!("{:016x}", hasher.finish()) })
    }

    fn is_current(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|stamp| stamp == self.hash)
    }

    fn set(&self) -> Result<()> {
        if let Some(dir) = self.path.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(&self.path, &self.hash).with_context(|| format!("writing {}", self.path.display()))
    }
}

/// Folders with build outputs, which are not inputs.
const OUTPUTS: [&str; 4] = ["node_modules", "dist", "test-results", "playwright-report"];

fn hash(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_file() {
        fs::read(path)?.hash(hasher);
    } else if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|entry| entry.path()).collect();
        entries.retain(|entry| !OUTPUTS.iter().any(|output| entry.ends_with(output)));
        entries.sort();
        for entry in entries {
            hash(&entry, hasher)?;
        }
    } else {
        bail!("{} is missing", path.display());
    }
    Ok(())
}
