//! Rendered manifests, and the pods in them.

use anyhow::{Context, Result};
use serde_json::Value;

/// The probes that a container can have.
pub(super) const PROBES: [&str; 3] = ["startupProbe", "livenessProbe", "readinessProbe"];

/// The objects of rendered manifests.
#[derive(Clone)]
pub(super) struct Objects(Vec<Value>);

/// The pod template of an object.
pub(super) struct Pod<'a> {
    /// The name of the object, such as `Deployment/users`.
    pub(super) owner: String,
    pub(super) object: &'a Value,
    pub(super) labels: &'a Value,
    pub(super) spec: &'a Value,
}

/// One container of a pod.
#[derive(Clone, Copy)]
pub(super) struct Container<'a> {
    pub(super) spec: &'a Value,
    /// Whether it is an init container.
    pub(super) is_init: bool,
}

impl Objects {
    pub(super) fn parse(yaml: &str) -> Result<Self> {
        serde_saphyr::from_multiple(yaml).map(Self).context("the rendered manifests are not valid YAML")
    }

    pub(super) fn extend(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }

    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter(move |object| object["kind"] == kind)
    }

    pub(super) fn find(&self, kind: &str, name: &Value) -> Option<&Value> {
        self.0.iter().find(|object| object["kind"] == kind && object["metadata"]["name"] == *name)
    }

    pub(super) fn pods(&self) -> impl Iterator<Item = Pod<'_>> {
        self.0.iter().filter_map(Pod::of)
    }
}

impl<'a> Pod<'a> {
    fn of(object: &'a Value) -> Option<Self> {
        let template = match object["kind"].as_str()? {
            "Deployment" | "StatefulSet" | "Job" => &object["spec"]["template"],
            "CronJob" => &object["spec"]["jobTemplate"]["spec"]["template"],
            _ => return None,
        };
        let (labels, spec) = (&template["metadata"]["labels"], &template["spec"]);
        Some(Self { owner: title(object), object, labels, spec })
    }

    /// Whether it is meant to run forever.
    pub(super) fn serves(&self) -> bool {
        matches!(self.object["kind"].as_str(), Some("Deployment" | "StatefulSet"))
    }

    pub(super) fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        let init = list(&self.spec["initContainers"]).map(|spec| Container { spec, is_init: true });
        init.chain(list(&self.spec["containers"]).map(|spec| Container { spec, is_init: false }))
    }

    /// Whether a container listens on this port, given by name or number.
    pub(super) fn listens_on(&self, port: &Value) -> bool {
        self.containers().any(|container| container.listens_on(port))
    }

    /// Returns the location of a finding, such as `Deployment/users, container app`.
    pub(super) fn place(&self, container: Container<'_>) -> String {
        format!("{}, container {}", self.owner, text(&container.spec["name"]))
    }
}

impl<'a> Container<'a> {
    pub(super) fn listens_on(self, port: &Value) -> bool {
        list(&self.spec["ports"]).any(|known| known["name"] == *port || known["containerPort"] == *port)
    }

    /// Returns its environment variables, without those from config maps.
    pub(super) fn variables(self) -> impl Iterator<Item = &'a Value> {
        list(&self.spec["env"])
    }
}

/// Returns the name of an object for messages, such as `Deployment/users`.
pub(super) fn title(object: &Value) -> String {
    format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]))
}

/// Returns the items of a list; empty if it is none.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Returns a text; empty if it is none.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a label selector matches these labels; an empty one matches everything.
pub(super) fn selects(selector: &Value, labels: &Value) -> bool {
    let wanted = selector["matchLabels"].as_object();
    let equal = wanted.into_iter().flatten().all(|(key, value)| labels[key] == *value);
    equal && list(&selector["matchExpressions"]).all(|expression| holds(expression, labels))
}

fn holds(expression: &Value, labels: &Value) -> bool {
    let label = &labels[text(&expression["key"])];
    let is_listed = list(&expression["values"]).any(|value| value == label);
    match text(&expression["operator"]) {
        "In" => is_listed,
        "NotIn" => !is_listed,
        "Exists" => !label.is_null(),
        "DoesNotExist" => label.is_null(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn selectors_match_as_in_kubernetes() {
        let labels = json!({"name": "users", "component": "subgraph"});
        let expression = |operator: &str, key: &str, values: Value| {
            selects(&json!({"matchExpressions": [{"key": key, "operator": operator, "values": values}]}), &labels)
        };
        assert!(selects(&json!({}), &labels));
        assert!(selects(&json!({"matchLabels": {"name": "users"}}), &labels));
        assert!(!selects(&json!({"matchLabels": {"name": "users", "component": "consumer"}}), &labels));
        assert!(expression("In", "name", json!(["groups", "users"])) && !expression("In", "name", json!(["groups"])));
        assert!(expression("NotIn", "name", json!(["groups"])) && !expression("NotIn", "name", json!(["users"])));
        assert!(expression("Exists", "name", Value::Null) && !expression("Exists", "zone", Value::Null));
        assert!(expression("DoesNotExist", "zone", Value::Null) && !expression("Mistyped", "name", Value::Null));
    }
}
