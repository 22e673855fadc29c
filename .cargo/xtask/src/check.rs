//! `cargo xtask check`: all checks that do not need a running Quits.

use std::process::Command;

use anyhow::Result;

use crate::{
    compile, containers, deny, generated,
    home::{Home, root, throwaway},
    kubernetes,
    process::run as run_command,
    progress::Step,
    schema, settings,
    steps::Steps,
    tools::{IGNORE_RUST_VERSION, TIDY, cargo},
};

/// Runs all checks, even if some fail.
pub(crate) fn run() -> Result<()> {
    let home = throwaway("check")?;
    let mut steps = Steps::default();
    steps.check("Rust format", |step| run_cargo(&home, step, "fmt", &["fmt", "--all", "--check"]))?;
    steps.check("Repository rules", |step| run_cargo(&home, step, "tidy", &TIDY))?;
    steps.check("Licences", |step| deny::check_licences(&home, step))?;
    steps.check("Known vulnerabilities", |step| deny::check_advisories(&home, step))?;
    steps.check("Containers", |step| containers::check(&home, step))?;
    steps.check("Rust lints", |step| {
        let what = ["clippy", "--workspace", "--all-targets", "--keep-going", "--locked", IGNORE_RUST_VERSION];
        run_cargo(&home, step, "clippy", &[&what[..], &["--", "-D", "warnings"]].concat())
    })?;
    // The tests need the same build: `--bins` alone would compile many dependencies a second time with other features.
    if steps.check("Rust build", |_| compile::rust_with_tests(&home))? {
        steps.check("Schema", |_| generated::check(&schema::files()?, "schema"))?;
        steps.check("Settings", |_| generated::check(&settings::files()?, "docs"))?;
        steps.check("Kubernetes", |step| kubernetes::check(&home, step))?;
    }
    steps.check("Frontend lints, types and format", |step| frontend(&home, step))?;
    steps.finish()?;
    home.remove()
}

fn run_cargo(home: &Home, step: &Step, log: &str, arguments: &[&str]) -> Result<()> {
    let mut command = cargo();
    command.args(arguments);
    run_command(home, step, log, command)
}

fn frontend(home: &Home, step: &Step) -> Result<()> {
    compile::FRONTEND.install(home)?;
    let mut npm = Command::new("npm");
    npm.args(["run", "check"]).env("NO_COLOR", "1").current_dir(root().join("frontend"));
    run_command(home, step, "frontend-check", npm)
}
