//! Rules for references: every object and port that is referenced must exist.

use serde_json::Value;

use super::objects::{Container, Objects, text, title};

/// A reference by name to another object, or to a key in it, which must exist.
struct Reference<'a> {
    kind: &'a str,
    name: &'a Value,
    key: Option<&'a str>,
}

/// Returns all dangling references.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let mut findings = Vec::new();
    for object in objects.all() {
        let mut references = Vec::new();
        collect(object, &mut references);
        let missing = references.iter().filter(|reference| !reference.leads_into(objects));
        findings.extend(missing.map(|reference| format!("{}: there is no {}", title(object), reference.said())));
    }
    for container in objects.containers() {
        let missing = missing_ports(&container);
        findings.extend(missing.map(|port| format!("{}: there is no port {port}", container.place)));
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
        let is_needed = name.is_string() && value["optional"] != true;
        is_needed.then(|| Self { kind, name, key: value["key"].as_str() })
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
fn missing_ports<'a>(container: &Container<'a>) -> impl Iterator<Item = &'a Value> {
    let spec = container.spec;
    let probes = ["startupProbe", "livenessProbe", "readinessProbe"].map(|probe| &spec[probe]);
    let ports = probes.into_iter().flat_map(|probe| ["httpGet", "tcpSocket"].map(|way| &probe[way]["port"]));
    ports.filter(move |port| !port.is_null() && !container.listens_on(port))
}
