//! Rules for references: every object that is referenced by name must exist.

use serde_json::Value;

use super::objects::{Container, Objects, PROBES, text, title};

/// A reference by name to another object, or to a key in it.
struct Reference<'a> {
    kind: &'a str,
    name: &'a Value,
    key: Option<&'a str>,
    is_optional: bool,
}

/// Returns all dangling references.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let mut findings = Vec::new();
    for object in objects.all() {
        let mut references = Vec::new();
        collect(object, &mut references);
        let missing = references.iter().filter(|reference| !reference.is_optional && !reference.leads_into(objects));
        findings.extend(missing.map(|reference| format!("{}: there is no {}", title(object), reference.said())));
    }
    for pod in objects.pods() {
        for container in pod.containers() {
            let missing = missing_ports(container);
            findings.extend(missing.map(|what| format!("{}: there is no {what}", pod.place(container))));
        }
    }
    findings
}

/// Collects the references at any depth.
fn collect<'a>(value: &'a Value, found: &mut Vec<Reference<'a>>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                found.extend(Reference::of(field, value));
                collect(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

impl<'a> Reference<'a> {
    fn of(field: &str, value: &'a Value) -> Option<Self> {
        let (kind, name) = match field {
            "configMap" | "configMapRef" | "configMapKeyRef" => ("ConfigMap", &value["name"]),
            "persistentVolumeClaim" => ("PersistentVolumeClaim", &value["claimName"]),
            "scaleTargetRef" => (text(&value["kind"]), &value["name"]),
            "secret" => ("Secret", &value["secretName"]),
            "secretRef" | "secretKeyRef" => ("Secret", &value["name"]),
            "service" => ("Service", &value["name"]),
            "serviceAccountName" => ("ServiceAccount", value),
            "serviceName" => ("Service", value),
            _ => return None,
        };
        let is_optional = value["optional"] == true;
        name.is_string().then(|| Self { kind, name, key: value["key"].as_str(), is_optional })
    }

    fn leads_into(&self, objects: &Objects) -> bool {
        let has = |object: &Value, key: &str| ["data", "stringData"].iter().any(|part| !object[part][key].is_null());
        objects.find(self.kind, self.name).is_some_and(|object| self.key.is_none_or(|key| has(object, key)))
    }

    fn said(&self) -> String {
        let object = format!("{} `{}`", self.kind, text(self.name));
        self.key.map_or(object.clone(), |key| format!("`{key}` in {object}"))
    }
}

/// Returns the ports of probes on which the container does not listen.
fn missing_ports(container: Container<'_>) -> impl Iterator<Item = String> {
    let probes = PROBES.iter().map(move |probe| &container.spec[probe]);
    let ports = probes.flat_map(|probe| ["httpGet", "tcpSocket"].map(|way| &probe[way]["port"]));
    let missing = ports.filter(move |port| !port.is_null() && !container.listens_on(port));
    missing.map(|port| format!("port {port}"))
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::sample::{MANIFESTS, breaks, findings};

    #[test]
    fn references_to_missing_objects_are_found() {
        for (from, to, missing) in [
            ("serviceAccountName: users", "serviceAccountName: user", "ServiceAccount `user`"),
            ("claimName: backups", "claimName: backup", "PersistentVolumeClaim `backup`"),
            ("configMap: { name: setup }", "configMap: { name: set }", "ConfigMap `set`"),
            ("configMapRef: { name: settings }", "configMapRef: { name: setting }", "ConfigMap `setting`"),
            ("{ name: keys, key: KEY }", "{ name: key, key: KEY }", "`KEY` in Secret `key`"),
            ("key: MONGODB_URI }", "key: MONGODB_URL }", "`MONGODB_URL` in Secret `database`"),
            ("serviceName: store", "serviceName: stores", "Service `stores`"),
            ("kind: Deployment, name: users }", "kind: Deployment, name: user }", "Deployment `user`"),
            ("service: { name: users,", "service: { name: user,", "Service `user`"),
        ] {
            breaks(from, to, &format!("there is no {missing}"));
        }
    }

    #[test]
    fn a_probe_of_a_port_that_nobody_listens_on_is_found() {
        breaks("path: /ready, port: http", "path: /ready, port: web", "there is no port \"web\"");
        breaks("path: /ready, port: http", "path: /ready, port: 4002", "there is no port 4002");
    }

    #[test]
    fn optional_objects_may_be_missing() {
        let manifests = MANIFESTS.replace("{ name: keys, key: KEY }", "{ name: gone, key: KEY, optional: true }");
        assert_eq!(findings(&manifests), [""; 0]);
    }
}
