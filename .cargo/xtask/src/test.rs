//! `cargo xtask test`: all tests, on separate servers and data; or the tests from outside, on a running installation.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use regex_lite::Regex;

use crate::{
    compile::{self, FRONTEND, NEWMAN, PLAYGROUND},
    home::{Home, root, throwaway},
    listeners, logs,
    ports::Ports,
    process,
    progress::{Step, say},
    servers::{self, Servers},
    services::Settings,
    stack::Stack,
    steps::{Count, Steps},
    tools::{IGNORE_RUST_VERSION, cargo, find},
};

/// The options of `test`.
#[derive(Args)]
pub(crate) struct Test {
    /// Run only these tests
    #[arg(long)]
    only: Option<Kind>,
    /// Test what runs at this address, from outside; leaves accounts and groups there
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// Run only the Rust tests that `cargo test` runs with these arguments, such as `-p payments --test it`
    #[arg(last = true, conflicts_with_all = ["only", "against"], value_name = "CARGO TEST")]
    chosen: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Unit tests, integration tests and the system tests through the router
    Rust,
    /// The frontend's unit tests
    Frontend,
    /// The request collection against a whole stack
    Requests,
    /// Browsers against a whole stack
    Browser,
}

/// The URLs of an installation.
struct Addresses {
    app: String,
    router: String,
    /// The log into which its mail about accounts is written. Where there is one, the stand-in for Stripe is there, too.
    mail_log: Option<PathBuf>,
}

/// Prepares what the tests need, and runs them.
pub(crate) fn run(options: &Test) -> Result<()> {
    let home = throwaway("test")?;
    let wants = |kind| options.only.is_none_or(|only| only == kind);
    let mut steps = Steps::default();
    match &options.against {
        Some(_) if options.only == Some(Kind::Frontend) => bail!("the frontend's unit tests do not use an address"),
        Some(front) => from_outside(&home, &mut steps, front, wants)?,
        None if options.chosen.is_empty() => on_own_servers(&home, &mut steps, wants)?,
        None => {
            // cargo builds only what they need.
            let servers = servers::start(&home, listeners::free_ports()?, &[])?;
            let mut tests = servers.cargo("test");
            tests.args(&options.chosen);
            counted(&home, &mut steps, "Chosen Rust tests", "rust-tests", |_| Ok(tests))?;
        }
    }
    steps.finish()?;
    home.remove()
}

fn on_own_servers(home: &Home, steps: &mut Steps, wants: impl Fn(Kind) -> bool) -> Result<()> {
    if wants(Kind::Frontend) {
        let tests = |_: &Step| FRONTEND.install(home).map(|()| npm(&["test"]));
        counted(home, steps, "Frontend tests", "frontend-tests", tests)?;
    }
    let wants_stack = wants(Kind::Requests) || wants(Kind::Browser);
    if !wants(Kind::Rust) && !wants_stack {
        return Ok(());
    }
    let ports = listeners::free_ports()?;
    let rust = if wants(Kind::Rust) { compile::rust_with_tests } else { compile::rust };
    let mut servers = None;
    steps.check("Servers and binaries", |_| {
        servers = Some(servers::start(home, ports, &[|home| PLAYGROUND.build(home), rust])?);
        Ok(())
    })?;
    let Some(servers) = servers else { return Ok(()) };
    if wants(Kind::Rust) {
        let mut tests = servers.cargo("test");
        tests.args(["--workspace", "--no-fail-fast"]);
        counted(home, steps, "Rust tests", "rust-tests", |_| Ok(tests))?;
        // Printed each time, because a passing threshold does not show how far above it the accuracy is.
        let is_accuracy = |line: &&str| line.starts_with("sentences: ") && line.contains(" asked back, ");
        home.output("rust-tests").lines().filter(is_accuracy).for_each(say);
    }
    if wants_stack { on_stack(home, steps, ports, servers, wants) } else { Ok(()) }
}

/// Runs the tests that need only a URL: not those of the frontend's modules, nor the other Rust tests.
fn from_outside(home: &Home, steps: &mut Steps, front: &str, wants: impl Fn(Kind) -> bool) -> Result<()> {
    if wants(Kind::Rust) {
        // Tests that need a stack of their own are counted as filtered out.
        let mut stories = cargo();
        stories.args(["test", "--workspace", IGNORE_RUST_VERSION, "--test", "e2e", "any::"]);
        stories.env("QUITS_E2E_URL", front);
        counted(home, steps, "Stories of the system", "stories", |_| Ok(stories))?;
    }
    if wants(Kind::Browser) {
        steps.check("Frontend: npm packages", |_| FRONTEND.install(home))?;
    }
    at(home, steps, &Addresses { app: front.to_owned(), router: front.to_owned(), mail_log: None }, wants)
}

/// Runs the tests that need a whole stack, which is started once for all of them.
fn on_stack(
    home: &Home,
    steps: &mut Steps,
    ports: Ports,
    servers: Servers,
    wants: impl Fn(Kind) -> bool,
) -> Result<()> {
    let settings = Settings::new(home, ports, &servers, &format!("stack{}", std::process::id()))?.for_tests();
    let mut stack = None;
    steps.check("Stack", |_| {
        FRONTEND.build(home)?;
        stack = Some(Stack::start(home, servers, &settings)?);
        Ok(())
    })?;
    let Some(stack) = stack else { return Ok(()) };
    let (app, router, mail_log) = (settings.app_url(), settings.router_url(), Some(home.log("users")));
    at(home, steps, &Addresses { app, router, mail_log }, &wants)?;
    if wants(Kind::Browser) {
        steps.check("No secrets in the logs", |_| logs::expect_no_secrets(home))?;
    }
    stack.stop()
}

/// Runs the request collection and the browser tests against these URLs.
fn at(home: &Home, steps: &mut Steps, addresses: &Addresses, wants: impl Fn(Kind) -> bool) -> Result<()> {
    if wants(Kind::Requests) {
        counted(home, steps, "Request collection", "request-collection", |_| requests(home, addresses))?;
    }
    if wants(Kind::Browser) {
        counted(home, steps, "Browser tests", "browser-tests", |step| browser(home, step, addresses))?;
    }
    Ok(())
}

/// Runs a command that runs tests, and reads their number from its output.
fn counted(
    home: &Home,
    steps: &mut Steps,
    name: &str,
    log: &str,
    command: impl FnOnce(&Step) -> Result<Command>,
) -> Result<()> {
    let run = |step: &Step, counted: &mut Count| {
        let done = process::run(home, step, log, command(step)?);
        *counted = count(&home.output(log))?;
        done
    };
    steps.tests(name, run).map(drop)
}

fn requests(home: &Home, addresses: &Addresses) -> Result<Command> {
    NEWMAN.install(home)?;
    let mut requests = Command::new(NEWMAN.program("newman"));
    requests.args(["run", "schema/postman_collection.json", "--color", "off", "--timeout-request", "20000"]);
    requests.arg("--env-var").arg(format!("routerUrl={}", addresses.router));
    if addresses.mail_log.is_some() {
        requests.args(["--env-var", "hasStripeDouble=yes"]);
    }
    requests.env("NO_PROXY", "127.0.0.1,localhost").current_dir(root());
    Ok(requests)
}

fn browser(home: &Home, step: &Step, addresses: &Addresses) -> Result<Command> {
    let mut tests = npm(&["run", "e2e"]);
    tests.env("QUITS_APP_URL", &addresses.app).env("QUITS_ROUTER_URL", &addresses.router);
    tests.env("QUITS_CHROMIUM", chromium(home, step)?).env(logs::USED_SECRETS, logs::used_secrets(home));
    if let Some(log) = &addresses.mail_log {
        tests.env("QUITS_HAS_STRIPE_DOUBLE", "yes").env("QUITS_MAIL_LOG", log);
    }
    Ok(tests)
}

fn npm(arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(arguments).env("NO_COLOR", "1").env("CI", "1").current_dir(root().join("frontend"));
    npm
}

/// The lines in which cargo (`test result: ok. 3 passed; 0 failed`), vitest (`Tests  1 failed | 2 passed (3)`) and
/// playwright (`3 passed (1.2s)`) count.
const SUMMARY: &str = r"(?m)^\s*(?:test result:|Tests |\d).*$";
const COUNT: &str = r"(\d+) (passed|failed)";
/// The line in which newman counts: all assertions, and the failed ones.
const ASSERTIONS: &str = r"(?m)^\W*assertions\W+(\d+)\W+(\d+)\W*$";

/// The lines in which cargo, vitest and playwright name a test that failed.
const FAILURE: &str = r"(?m)^(?:test (.+) \.\.\. FAILED| *(?:FAIL|✘) +(.+))$";

/// Adds up the counts in an output.
fn count(output: &str) -> Result<Count> {
    let mut count = Count::default();
    let (summary, pair) = (Regex::new(SUMMARY)?, Regex::new(COUNT)?);
    for found in summary.find_iter(output).flat_map(|line| pair.captures_iter(line.as_str())) {
        let (_, [number, what]) = found.extract();
        *(if what == "passed" { &mut count.passed } else { &mut count.failed }) += number.parse::<usize>()?;
    }
    for found in Regex::new(ASSERTIONS)?.captures_iter(output) {
        let (_, [all, failed]) = found.extract();
        let failed: usize = failed.parse()?;
        count.failed += failed;
        count.passed += all.parse::<usize>()?.saturating_sub(failed);
    }
    let failures = Regex::new(FAILURE)?;
    let named = failures.captures_iter(output).filter_map(|found| found.get(1).or(found.get(2)));
    count.failures = named.map(|name| name.as_str().to_owned()).collect();
    count.failures.sort_unstable();
    count.failures.dedup();
    Ok(count)
}

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

fn chromium(home: &Home, step: &Step) -> Result<PathBuf> {
    if let Some(given) = env::var_os("QUITS_CHROMIUM") {
        return Ok(given.into());
    }
    if let Some(installed) = CHROMIUM.iter().find_map(|name| find(name)) {
        return Ok(installed);
    }
    if !rustix::process::geteuid().is_root() || find("apt-get").is_none() {
        bail!("Chromium is missing; set QUITS_CHROMIUM, or get it with: sudo apt-get install -y chromium");
    }
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends", "chromium"]] {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        process::run(home, step, "apt-chromium", apt)?;
    }
    Ok("/usr/bin/chromium".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(output: &str) -> (usize, usize) {
        let count = count(output).unwrap();
        (count.passed, count.failed)
    }

    #[test]
    fn counts_of_all_runners_are_parsed() {
        assert_eq!(counts("test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured"), (3, 1));
        assert_eq!(counts("      Tests  1 failed | 2 passed (3)"), (2, 1));
        assert_eq!(counts(" Test Files  2 passed (2)"), (0, 0));
        assert_eq!(counts("  1 failed\n    [chromium] › a.spec.ts\n  3 passed (1.2s)"), (3, 1));
        let newman =
            "│              executed │ failed │\n│  requests │ 9 │ 0 │\n│         assertions │       5 │      2 │";
        assert_eq!(counts(newman), (3, 2));
    }

    #[test]
    fn failed_tests_are_named_once() {
        let output = "test own::a ... FAILED\ntest b ... ok\n FAIL  src/a.test.ts > c\n  ✘  1 e2e/a.spec.ts:3:1 › d\n\
                      test own::a ... FAILED\n";
        let failures = count(output).unwrap().failures;
        assert_eq!(failures, ["1 e2e/a.spec.ts:3:1 › d", "own::a", "src/a.test.ts > c"]);
    }
}
