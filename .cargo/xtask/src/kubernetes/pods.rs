//! Rules for pods: probes, resource limits, no privileges, and rollouts without a gap.

use super::objects::{Container, Objects, Pod, list, text};

/// Returns all violations by pods and their containers.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let of_pods = objects.pods().flat_map(|pod| of_pod(&pod));
    of_pods.chain(objects.containers().flat_map(|container| of_container(&container))).collect()
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

fn of_container(container: &Container<'_>) -> Vec<String> {
    let Container { place, spec, serves } = container;
    let (security, resources) = (&spec["securityContext"], &spec["resources"]);
    let is_bounded = ["requests", "limits"].iter().all(|bound| {
        let bound = &resources[bound];
        !bound["cpu"].is_null() && !bound["memory"].is_null()
    });
    let has_probe = |probe| !serves || !spec[probe].is_null();
    let rules = [
        (has_probe("startupProbe"), "has no startupProbe"),
        (has_probe("livenessProbe"), "has no livenessProbe"),
        (has_probe("readinessProbe"), "has no readinessProbe"),
        (is_bounded, "has no requests and limits of both processor and memory"),
        (security["allowPrivilegeEscalation"] == false, "may gain rights"),
        (security["readOnlyRootFilesystem"] == true, "may write to its root file system"),
        (list(&security["capabilities"]["drop"]).any(|dropped| dropped == "ALL"), "keeps capabilities"),
        (names_version(text(&spec["image"])), "has an image without a version"),
    ];
    broken(place, &rules)
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

    #[test]
    fn a_version_is_a_tag_or_a_digest() {
        assert!(!names_version("registry.example.org:5000/quits/users") && !names_version("mongo:latest"));
        assert!(names_version("registry.example.org:5000/quits/users:1") && names_version("mongo@sha256:00"));
    }
}
