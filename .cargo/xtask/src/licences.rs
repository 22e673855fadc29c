//! Every dependency's licence has to be one that asks for no more than a notice, or for no more than its own files.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{home::root, tools::cargo};

const ALLOWED: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// What the browser loads.
const NPM_LOCKS: [&str; 2] = ["frontend/package-lock.json", "router/playground/package-lock.json"];

/// Refuses where a dependency's licence is unknown or not allowed.
pub(crate) fn check() -> Result<()> {
    let mut refused = refused(cargo_packages()?);
    for lock in NPM_LOCKS {
        let text = fs::read_to_string(root().join(lock)).with_context(|| format!("reading {lock}"))?;
        refused.extend(
            self::refused(npm_packages(&serde_json::from_str(&text)?))
                .into_iter()
                .map(|name| format!("{name} ({lock})")),
        );
    }
    if refused.is_empty() {
        return Ok(());
    }
    bail!("licences that are not on the list of allowed ones:\n{}", refused.join("\n"))
}

/// A package's name and the licence it states.
type Package = (String, Option<String>);

fn refused(packages: Vec<Package>) -> Vec<String> {
    let refused = packages.into_iter().filter(|(_, licence)| !licence.as_deref().is_some_and(is_allowed));
    refused.map(|(name, licence)| format!("  {name}: {}", licence.as_deref().unwrap_or("none stated"))).collect()
}

fn is_allowed(licence: &str) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|terms| terms.evaluate(|term| ALLOWED.contains(&term.to_string().as_str())))
}

fn cargo_packages() -> Result<Vec<Package>> {
    let output = cargo().args(["metadata", "--format-version", "1", "--locked"]).output()?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    Ok(packages
        .iter()
        .map(|package| (text(&package["name"]), package["license"].as_str().map(str::to_owned)))
        .collect())
}

/// The packages that are not only there for development.
fn npm_packages(lock: &Value) -> Vec<Package> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(path, package)| !path.is_empty() && package["dev"] != true)
        .map(|(path, package)| (path.clone(), package["license"].as_str().map(str::to_owned)))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_allowed_alternative_is_enough_and_every_part_counts() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("SEE LICENSE IN LICENSE.txt"));
    }

    #[test]
    fn a_package_without_a_licence_is_refused() {
        assert_eq!(refused(vec![("a".to_owned(), None)]), ["  a: none stated"]);
    }

    #[test]
    fn development_packages_are_not_handed_out() {
        let lock = json!({"packages": {"": {}, "node_modules/a": {"license": "MIT"}, "node_modules/b": {"dev": true}}});
        assert_eq!(npm_packages(&lock), [("node_modules/a".to_owned(), Some("MIT".to_owned()))]);
    }
}
