//! The folder of one running stack: data, logs, secrets, and a lock that prevents a second instance.

use std::{
    env,
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use anyhow::{Context, Result, bail};

use crate::leftovers;

/// Returns the root of the checkout in which the command was started. Several checkouts may share one target folder.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let started_by_cargo = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = started_by_cargo.or_else(|| env::current_dir().ok()).unwrap_or_default();
        let root = here.ancestors().find(|dir| dir.join(".cargo/xtask/Cargo.toml").is_file());
        root.unwrap_or(&here).to_owned()
    });
    &ROOT
}

/// Returns the folder for everything that is created locally and not committed.
pub(crate) fn quits() -> PathBuf {
    root().join(".quits")
}

/// Returns the folder for downloaded programs, which all checkouts of a user share.
pub(crate) fn tools() -> PathBuf {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let cache = folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
    cache.map_or_else(quits, |cache| cache.join("quits")).join("tools")
}

/// An open home, which is exclusive to this process.
pub(crate) struct Home {
    dir: PathBuf,
    /// Held as long as this process lives, however it ends.
    _lock: File,
}

impl Home {
    /// Opens the folder, and ends processes of an earlier owner.
    pub(crate) fn open(dir: PathBuf) -> Result<Self> {
        for part in ["", "data", "logs", "secrets"] {
            create_private(&dir.join(part))?;
        }
        let lock = lock(&dir.join("lock"))?;
        leftovers::end(&dir);
        Ok(Self { dir, _lock: lock })
    }

    /// Returns the folder, which also marks the processes that belong to it.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the log file of a service or step.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.dir.join("logs").join(format!("{name}.log"))
    }

    /// Returns what a service or step has logged.
    pub(crate) fn output(&self, name: &str) -> String {
        fs::read_to_string(self.log(name)).unwrap_or_default()
    }

    /// Returns the data folder of one server.
    pub(crate) fn data(&self, name: &str) -> Result<PathBuf> {
        let dir = self.dir.join("data").join(name);
        create_private(&dir)?;
        Ok(dir)
    }

    /// Returns a secret, which is generated on first use and stored.
    pub(crate) fn secret(&self, name: &str) -> Result<String> {
        let path = self.dir.join("secrets").join(name);
        if let Ok(secret) = fs::read_to_string(&path) {
            return Ok(secret);
        }
        let secret = random_hex()?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(secret.as_bytes())?;
        Ok(secret)
    }

    /// Ends remaining processes and removes the folder.
    pub(crate) fn remove(self) -> Result<()> {
        let dir = self.dir.clone();
        drop(self);
        fs::remove_dir_all(&dir).with_context(|| format!("removing {}", dir.display()))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Grandchildren can outlive their parents; Erlang's port mapper always does.
        leftovers::end(&self.dir);
    }
}

/// Creates a home for one run of a command, separate from other runs. Removes stale ones first and ends their
/// processes.
pub(crate) fn throwaway(command: &str) -> Result<Home> {
    let runs = quits().join("runs");
    create_private(&runs)?;
    for entry in fs::read_dir(&runs)? {
        let dir = entry?.path();
        if let Ok(stale) = Home::open(dir) {
            stale.remove()?;
        }
    }
    Home::open(runs.join(format!("{command}-{}", std::process::id())))
}

fn create_private(dir: &Path) -> Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).with_context(|| format!("creating {}", dir.display()))
}

fn lock(path: &Path) -> Result<File> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            write!(file, "{}", std::process::id())?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            file.read_to_string(&mut owner)?;
            bail!("Quits already runs from this checkout (process {owner}); stop it first: kill {owner}")
        }
        Err(TryLockError::Error(error)) => Err(error).context("locking .quits"),
    }
}

/// Returns 32 random bytes in hexadecimal.
pub(crate) fn random_hex() -> Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.map(|byte| format!("{byte:02x}")).concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_keeps_its_secrets_and_is_exclusive() {
        let dir = std::env::temp_dir().join(format!("quits-home-{}", std::process::id()));
        let home = Home::open(dir.clone()).unwrap();
        let secret = home.secret("router-key").unwrap();
        assert_eq!(secret.len(), 64);
        assert_eq!(home.secret("router-key").unwrap(), secret);
        assert!(Home::open(dir.clone()).is_err());
        drop(home);
        Home::open(dir.clone()).unwrap().remove().unwrap();
        assert!(!dir.exists());
    }
}
