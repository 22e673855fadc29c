//! Valid manifests, which tests modify.

use super::{objects::Objects, programs::Programs};

pub(super) const MANIFESTS: &str = include_str!("sample.yaml");

const SECRETS: &str = r"
kind: Secret
metadata: { name: database }
data: { MONGODB_URI: eA== }
---
kind: Secret
metadata: { name: keys }
data: { KEY: eA== }
";

/// A few settings of users.
const SETTINGS: &str = r#"[
    { "name": "QUITS_HOST", "description": "", "default": "127.0.0.1" },
    { "name": "QUITS_LOG", "description": "", "default": "info" },
    { "name": "QUITS_WINDOW", "description": "", "default": "5" },
    { "name": "MONGODB_URI", "description": "", "default": "mongodb://127.0.0.1", "secret": true }
]"#;

/// Returns the findings in manifests.
pub(super) fn findings(manifests: &str) -> Vec<String> {
    let [objects, secrets] = [manifests, SECRETS].map(|yaml| Objects::parse(yaml).unwrap());
    super::findings(objects, &secrets, &Programs::one("users", SETTINGS))
}

/// Replaces the first occurrence of `from` by `to`, and expects this finding.
pub(super) fn breaks(from: &str, to: &str, finding: &str) {
    assert!(MANIFESTS.contains(from), "the sample does not read {from}");
    let findings = findings(&MANIFESTS.replacen(from, to, 1));
    assert!(findings.iter().any(|found| found.contains(finding)), "{from} as {to}: {findings:#?}");
}
