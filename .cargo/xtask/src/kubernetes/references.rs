//! What a pod refers to by name has to exist.

use serde_json::Value;

use super::objects::{Container, Objects, Pod, list, text};

/// Every name in a pod that leads nowhere.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    objects.pods().flat_map(|pod| of_pod(objects, &pod)).collect()
}

fn of_pod(objects: &Objects, pod: &Pod<'_>) -> Vec<String> {
    let account = &pod.spec["serviceAccountName"];
    let mut findings = Vec::new();
    if objects.find("ServiceAccount", account).is_none() {
        findings.push(format!("{}: there is no service account `{}`", pod.owner, text(account)));
    }
    findings.extend(missing_volumes(objects, pod));
    for container in pod.containers() {
        let missing = missing_mounts(pod, container)
            .chain(missing_ports(container))
            .chain(missing_sources(objects, container))
            .chain(missing_keys(objects, container));
        findings.extend(missing.map(|what| format!("{}: there is no {what}", pod.place(container))));
    }
    findings
}

fn missing_volumes(objects: &Objects, pod: &Pod<'_>) -> impl Iterator<Item = String> {
    list(&pod.spec["volumes"]).filter_map(move |volume| {
        let (kind, name) = [
            ("ConfigMap", &volume["configMap"]["name"]),
            ("Secret", &volume["secret"]["secretName"]),
            ("PersistentVolumeClaim", &volume["persistentVolumeClaim"]["claimName"]),
        ]
        .into_iter()
        .find(|(_, name)| !name.is_null())?;
        let is_missing = objects.find(kind, name).is_none();
        is_missing.then(|| format!("{}: there is no {kind} `{}`", pod.owner, text(name)))
    })
}

fn missing_mounts<'a>(pod: &Pod<'a>, container: Container<'a>) -> impl Iterator<Item = String> {
    let volumes = list(&pod.spec["volumes"]).map(|volume| &volume["name"]);
    let claimed = list(&pod.object["spec"]["volumeClaimTemplates"]).map(|claim| &claim["metadata"]["name"]);
    let known: Vec<_> = volumes.chain(claimed).collect();
    let mounts = list(&container.spec["volumeMounts"]).map(|mount| &mount["name"]);
    mounts.filter(move |name| !known.contains(name)).map(|name| format!("volume `{}`", text(name)))
}

/// The ports that probes ask.
fn missing_ports(container: Container<'_>) -> impl Iterator<Item = String> {
    let probes = ["startupProbe", "livenessProbe", "readinessProbe"].map(|probe| &container.spec[probe]);
    let ports = probes.into_iter().flat_map(|probe| ["httpGet", "tcpSocket"].map(|way| &probe[way]["port"]));
    let missing = ports.filter(move |port| !port.is_null() && !container.listens_on(port));
    missing.map(|port| format!("port {port}"))
}

/// The objects whose every entry becomes a variable.
fn missing_sources(objects: &Objects, container: Container<'_>) -> impl Iterator<Item = String> {
    list(&container.spec["envFrom"]).filter_map(|source| {
        let kinds = [("ConfigMap", &source["configMapRef"]), ("Secret", &source["secretRef"])];
        let (kind, reference) = kinds.into_iter().find(|(_, reference)| !reference.is_null())?;
        let is_missing = objects.find(kind, &reference["name"]).is_none() && reference["optional"] != true;
        is_missing.then(|| format!("{kind} `{}`", text(&reference["name"])))
    })
}

/// The entries that become one variable each.
fn missing_keys(objects: &Objects, container: Container<'_>) -> impl Iterator<Item = String> {
    container.variables().filter_map(|variable| {
        let source = &variable["valueFrom"];
        let kinds = [("ConfigMap", &source["configMapKeyRef"]), ("Secret", &source["secretKeyRef"])];
        let (kind, reference) = kinds.into_iter().find(|(_, reference)| !reference.is_null())?;
        let exists = objects.find(kind, &reference["name"]).is_some_and(|found| has_key(found, &reference["key"]));
        let (key, name) = (text(&reference["key"]), text(&reference["name"]));
        (!exists && reference["optional"] != true).then(|| format!("`{key}` in {kind} `{name}`"))
    })
}

fn has_key(object: &Value, key: &Value) -> bool {
    ["data", "stringData"].iter().any(|entries| !object[entries][text(key)].is_null())
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::sample::{MANIFESTS, breaks, findings};

    #[test]
    fn a_missing_service_account_is_found() {
        breaks("serviceAccountName: users", "serviceAccountName: user", "there is no service account `user`");
        breaks("serviceAccountName: users", "", "there is no service account ``");
    }

    #[test]
    fn missing_volumes_are_found() {
        breaks("claimName: backups", "claimName: backup", "Job/migrate: there is no PersistentVolumeClaim `backup`");
        breaks("configMap: { name: setup }", "configMap: { name: set }", "there is no ConfigMap `set`");
        breaks("- { name: tmp, mountPath: /tmp }", "- { name: temp, mountPath: /tmp }", "there is no volume `temp`");
    }

    #[test]
    fn a_probe_of_a_port_that_nobody_listens_on_is_found() {
        breaks("path: /ready, port: http", "path: /ready, port: web", "there is no port \"web\"");
        breaks("path: /ready, port: http", "path: /ready, port: 4002", "there is no port 4002");
    }

    #[test]
    fn missing_configuration_is_found() {
        breaks(
            "configMapRef: { name: settings }",
            "configMapRef: { name: setting }",
            "there is no ConfigMap `setting`",
        );
        breaks("key: MONGODB_URI }", "key: MONGODB_URL }", "there is no `MONGODB_URL` in Secret `database`");
        breaks("{ name: keys, key: KEY }", "{ name: key, key: KEY }", "there is no `KEY` in Secret `key`");
    }

    #[test]
    fn what_is_optional_may_be_missing() {
        let manifests = MANIFESTS.replace("{ name: keys, key: KEY }", "{ name: gone, key: KEY, optional: true }");
        assert_eq!(findings(&manifests), [""; 0]);
    }
}
