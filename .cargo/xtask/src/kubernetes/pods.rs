//! Rules for pods: probes, resource limits, no privileges, and rollouts without a gap.

use serde_json::Value;

use super::objects::{Objects, PROBES, Pod, list, text};

/// Returns all violations by pods.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let mut findings = Vec::new();
    for pod in objects.pods() {
        findings.extend(of_pod(&pod));
        for container in pod.containers() {
            let place = pod.place(container);
            findings.extend(of_container(&place, container.spec));
            if pod.serves() && !container.is_init {
                findings.extend(unwatched(&place, container.spec));
            }
        }
    }
    findings
}

fn of_pod(pod: &Pod<'_>) -> Vec<String> {
    let (spec, security) = (pod.spec, &pod.spec["securityContext"]);
    let rollout = &pod.object["spec"]["strategy"]["rollingUpdate"];
    let keeps_replicas = pod.object["kind"] != "Deployment" || rollout["maxUnavailable"] == 0;
    let rules = [
        (spec["automountServiceAccountToken"] == false, "carries a token for the API server"),
        (spec["serviceAccountName"].is_string(), "has no service account of its own"),
        (security["runAsNonRoot"] == true, "may run as root"),
        (security["seccompProfile"]["type"] == "RuntimeDefault", "has no seccomp profile"),
        (keeps_replicas, "has fewer pods than replicas during a rollout"),
    ];
    broken(&pod.owner, &rules)
}

fn of_container(place: &str, spec: &Value) -> Vec<String> {
    let (security, resources) = (&spec["securityContext"], &spec["resources"]);
    let is_bounded = ["requests", "limits"].iter().all(|bound| {
        let bound = &resources[bound];
        !bound["cpu"].is_null() && !bound["memory"].is_null()
    });
    let rules = [
        (is_bounded, "has no requests and limits of both processor and memory"),
        (security["allowPrivilegeEscalation"] == false, "may gain rights"),
        (security["readOnlyRootFilesystem"] == true, "may write to its root file system"),
        (list(&security["capabilities"]["drop"]).any(|dropped| dropped == "ALL"), "keeps capabilities"),
        (names_version(text(&spec["image"])), "has an image without a version"),
    ];
    broken(place, &rules)
}

fn unwatched(place: &str, spec: &Value) -> Vec<String> {
    let missing = PROBES.iter().filter(|probe| spec[probe].is_null());
    missing.map(|probe| format!("{place} has no {probe}")).collect()
}

fn broken(place: &str, rules: &[(bool, &str)]) -> Vec<String> {
    rules.iter().filter(|(holds, _)| !holds).map(|(_, what)| format!("{place} {what}")).collect()
}

/// A colon before a slash belongs to the registry's port; a tag follows the last slash.
fn names_version(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    name.contains('@') || name.split_once(':').is_some_and(|(_, tag)| !tag.is_empty() && tag != "latest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::sample::breaks;

    #[test]
    fn missing_probes_are_found() {
        for probe in PROBES {
            let (from, to) = (format!("          {probe}:"), format!("          # {probe}:"));
            breaks(&from, &to, &format!("Deployment/users, container app has no {probe}"));
        }
    }

    #[test]
    fn missing_limits_are_found() {
        breaks("limits: { cpu: \"1\", memory: 1Gi }", "limits: { cpu: \"1\" }", "has no requests and limits");
        breaks("requests: { cpu: 1m, memory: 1Mi }", "requests: {}", "Deployment/users, container app has no requests");
    }

    #[test]
    fn privileges_are_found() {
        breaks("automountServiceAccountToken: false", "", "Deployment/users carries a token");
        breaks("serviceAccountName: users", "", "Deployment/users has no service account");
        breaks("runAsNonRoot: true", "runAsNonRoot: false", "Deployment/users may run as root");
        breaks("type: RuntimeDefault", "type: Unconfined", "has no seccomp profile");
        breaks("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "may gain rights");
        breaks("readOnlyRootFilesystem: true", "", "may write to its root file system");
        breaks("drop: [ALL]", "drop: [CHOWN]", "keeps capabilities");
    }

    #[test]
    fn a_rollout_with_a_gap_is_found() {
        breaks("maxUnavailable: 0", "maxUnavailable: 1", "Deployment/users has fewer pods");
    }

    #[test]
    fn an_image_without_a_version_is_found() {
        breaks("quits/users:0.1.0", "quits/users", "has an image without a version");
        assert!(!names_version("registry.example.org:5000/quits/users") && !names_version("mongo:latest"));
        assert!(names_version("registry.example.org:5000/quits/users:1") && names_version("mongo@sha256:00"));
    }
}
