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
pub(crate) struct Package {
    name: &'static str,
    dir: &'static str,
    /// Further inputs of its build.
    also_reads: &'static [&'static str],
}

/// The playground, which the router serves.
pub(crate) const PLAYGROUND: Package = Package { name: "Playground", dir: "router/playground", also_reads: &[] };

/// The app.
pub(crate) const FRONTEND: Package = Package { name: "Frontend", dir: "frontend", also_reads: &["schema/api.graphql"] };

/// Newman, which runs the request collection.
pub(crate) const NEWMAN: Package = Package { name: "Newman", dir: ".cargo/xtask/newman", also_reads: &[] };

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
    let mut build = cargo();
    build.args(["build", "--workspace", "--locked", IGNORE_RUST_VERSION]).args(targets);
    progress::step(name, |step| run(home, step, "cargo-build", build))
}

impl Package {
    /// Builds it after its dependencies are installed.
    pub(crate) fn build(&self, home: &Home) -> Result<()> {
        self.install(home)?;
        // Written after a build that succeeded, because npm may leave `dist` behind without finishing it.
        let stamp = quits().join(format!("{}-built", self.name.to_lowercase()));
        let inputs = self.also_reads.iter().map(|path| newest(&root().join(path)));
        let newest_input = inputs.chain([newest(&self.dir())]).collect::<Result<Vec<_>>>()?.into_iter().max();
        if self.dir().join("dist").exists() && modified(&stamp).ok() > newest_input {
            return Ok(());
        }
        self.npm(home, "build", &["run", "build"])?;
        fs::write(&stamp, "").with_context(|| format!("writing {}", stamp.display()))
    }

    /// Installs its dependencies.
    pub(crate) fn install(&self, home: &Home) -> Result<()> {
        // npm writes the first of them at the end of an installation.
        let installed = modified(&self.dir().join("node_modules/.package-lock.json")).ok();
        if installed >= Some(modified(&self.dir().join("package-lock.json"))?) {
            return Ok(());
        }
        self.npm(home, "npm packages", &["ci", "--no-audit", "--no-fund"])
    }

    /// Returns the path of a program among its dependencies.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir().join("node_modules/.bin").join(name)
    }

    fn dir(&self) -> PathBuf {
        root().join(self.dir)
    }

    fn npm(&self, home: &Home, what: &str, arguments: &[&str]) -> Result<()> {
        let mut npm = Command::new(need("npm", "Node 20.19 or newer, https://nodejs.org/en/download")?);
        npm.args(arguments).current_dir(self.dir()).env("NO_COLOR", "1");
        let log = format!("{}-{}", self.name.to_lowercase(), what.replace(' ', "-"));
        progress::step(format!("{}: {what}", self.name), |step| run(home, step, &log, npm))
    }
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
