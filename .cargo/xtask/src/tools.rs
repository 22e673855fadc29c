//! Programs on this machine, and packages that it lacks.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};

use crate::{
    home::{Home, tools},
    process::run,
    progress::{self, Step},
};

/// Finds a program on PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}

/// Finds a program on PATH; the error says how to install it.
pub(crate) fn need(name: &str, how: &str) -> Result<PathBuf> {
    find(name).with_context(|| format!("{name} is missing; get it with: {how}"))
}

/// Returns `cargo` without the variables that `cargo run` sets for this process: build scripts that depend on them
/// would otherwise run again each time.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo.current_dir(crate::home::root());
    cargo
}

/// Passed to every build: the router's HTTP server declares a newer version of Rust than it needs.
pub(crate) const IGNORE_RUST_VERSION: &str = "--ignore-rust-version";

/// Runs the rules of the repository, a program of its own.
pub(crate) const TIDY: [&str; 6] = ["run", "--quiet", "--package", "tidy", "--locked", IGNORE_RUST_VERSION];

/// Serialises access to the package lists; the value is whether they have been updated.
static PACKAGE_LISTS: Mutex<bool> = Mutex::new(false);

/// Fills a folder under another name first, so that nobody finds it half full: other checkouts may use and fill it, too.
pub(crate) fn place(into: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = into.file_name().unwrap_or_default().to_string_lossy();
    let partial = into.with_file_name(format!("{name}.partial-{}", std::process::id()));
    fs::create_dir_all(&partial)?;
    if let Err(error) = fill(&partial) {
        // What remains only takes space.
        let _ = fs::remove_dir_all(&partial);
        return Err(error);
    }
    match fs::rename(&partial, into) {
        // Another process was faster.
        Err(_) if into.exists() => fs::remove_dir_all(&partial).map_err(Into::into),
        placed => placed.with_context(|| format!("moving {}", into.display())),
    }
}

/// Unpacks Debian packages and their missing dependencies into a folder: nothing is installed or started, and no root
/// privileges are needed.
pub(crate) fn unpack_packages(home: &Home, step: &Step, packages: &[&str], into: &Path) -> Result<()> {
    need("apt-get", &format!("the package manager of this system, as {}", packages.join(", ")))?;
    let log = format!("apt-{}", packages[0]);
    let mut renewed = PACKAGE_LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if !*renewed {
        // One unreachable package source may not matter: the next command fails if a package is missing.
        if let Err(error) = run(home, step, &log, apt(home, &["update"])?) {
            progress::say(format!("     {error:#}"));
        }
        *renewed = true;
    }
    place(into, |partial| {
        let archives = partial.join("archives");
        fs::create_dir_all(archives.join("partial"))?;
        let mut download = apt(home, &["install", "--download-only", "--yes", "--no-install-recommends"])?;
        download.arg("-o").arg(format!("Dir::Cache::archives={}", archives.display())).args(packages);
        run(home, step, &log, download)?;
        let files = fs::read_dir(&archives)?.flatten().map(|entry| entry.path());
        let debs: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "deb")).collect();
        ensure!(!debs.is_empty(), "{} is installed, but does not work", packages.join(", "));
        for deb in debs {
            let mut unpack = Command::new("dpkg-deb");
            unpack.arg("--extract").arg(deb).arg(partial);
            run(home, step, &log, unpack)?;
        }
        fs::remove_dir_all(&archives).map_err(Into::into)
    })
}

/// Returns the folder for packages of this release of the system, whose libraries they need.
pub(crate) fn unpacked(package: &str) -> PathBuf {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let release = system.lines().find_map(|line| line.strip_prefix("VERSION_ID=")).unwrap_or_default();
    tools().join(format!("{package}-{}", release.trim_matches('"')))
}

/// Returns the paths of shared libraries in unpacked packages.
pub(crate) fn library_path(unpacked: &Path) -> String {
    let triplet = format!("{}-linux-gnu", env::consts::ARCH);
    ["usr/lib", "lib"].map(|dir| unpacked.join(dir).join(&triplet).display().to_string()).join(":")
}

/// Returns `apt-get` with its own package lists: those of the system may be missing or old, and only root may update
/// them.
fn apt(home: &Home, arguments: &[&str]) -> Result<Command> {
    let state = home.dir().join("apt");
    fs::create_dir_all(state.join("lists/partial"))?;
    let mut apt = Command::new("apt-get");
    apt.arg("-o").arg(format!("Dir::State::lists={}", state.join("lists").display()));
    apt.arg("-o").arg(format!("Dir::Cache={}", state.join("cache").display()));
    apt.args(["-o", "APT::Sandbox::User=", "-o", "Debug::NoLocking=1"]).args(arguments);
    Ok(apt)
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_folder_is_found_full_or_not_at_all() {
        let dir = env::temp_dir().join(format!("quits-tools-{}", std::process::id()));
        let fill = |partial: &Path| Ok(fs::write(partial.join("program"), "")?);
        assert!(place(&dir, |partial| fill(partial).and_then(|()| bail!("no network"))).is_err());
        assert!(!dir.exists());
        // A second process fills it meanwhile.
        place(&dir, |partial| fill(partial).and_then(|()| Ok(fs::create_dir(&dir)?)).and_then(|()| fill(&dir)))
            .unwrap();
        assert!(dir.join("program").is_file());
        let parent = fs::read_dir(env::temp_dir()).unwrap().flatten();
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(parent.filter(|entry| entry.file_name().to_string_lossy().starts_with(&name)).count(), 1);
        fs::remove_dir_all(&dir).unwrap();
    }
}
