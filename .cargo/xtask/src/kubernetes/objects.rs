//! Rendered manifests, and the pods and containers in them.

use anyhow::{Context, Result};
use serde_json::Value;

/// The objects of rendered manifests.
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
pub(super) struct Container<'a> {
    /// The location of a finding, such as `Deployment/users, container app`.
    pub(super) place: String,
    pub(super) spec: &'a Value,
    /// Whether it is meant to run forever.
    pub(super) serves: bool,
}

impl Objects {
    pub(super) fn parse(yaml: &str) -> Result<Self> {
        serde_saphyr::from_multiple(yaml).map(Self).context("the rendered manifests are not valid YAML")
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

    /// Returns the pods that a label selector matches.
    pub(super) fn selected(&self, selector: &Value) -> Vec<Pod<'_>> {
        self.pods().filter(|pod| selects(selector, pod.labels)).collect()
    }

    pub(super) fn containers(&self) -> impl Iterator<Item = Container<'_>> {
        self.pods().flat_map(|pod| pod.containers().collect::<Vec<_>>())
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

    fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        let runs_forever = self.object["kind"] == "Deployment" || self.object["kind"] == "StatefulSet";
        let init = list(&self.spec["initContainers"]).map(|spec| (spec, false));
        let all = init.chain(list(&self.spec["containers"]).map(move |spec| (spec, runs_forever)));
        all.map(|(spec, serves)| {
            let place = format!("{}, container {}", self.owner, text(&spec["name"]));
            Container { place, spec, serves }
        })
    }

    /// Whether a container listens on this port, given by name or number.
    pub(super) fn listens_on(&self, port: &Value) -> bool {
        self.containers().any(|container| container.listens_on(port))
    }
}

impl<'a> Container<'a> {
    pub(super) fn listens_on(&self, port: &Value) -> bool {
        list(&self.spec["ports"]).any(|known| known["name"] == *port || known["containerPort"] == *port)
    }

    /// Returns its environment variables, without those from config maps.
    pub(super) fn variables(&self) -> impl Iterator<Item = &'a Value> {
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

/// Whether a label selector matches these labels; an empty one matches everything. The manifests use one operator;
/// with any other nothing matches, which is found.
fn selects(selector: &Value, labels: &Value) -> bool {
    let equal = selector["matchLabels"].as_object().into_iter().flatten().all(|(key, value)| labels[key] == *value);
    let is_in = |expression: &Value| {
        let label = &labels[text(&expression["key"])];
        expression["operator"] == "In" && list(&expression["values"]).any(|value| value == label)
    };
    equal && list(&selector["matchExpressions"]).all(is_in)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn selectors_match_as_in_kubernetes() {
        let labels = json!({"name": "users", "component": "subgraph"});
        let expression = |operator: &str, values: Value| {
            selects(&json!({"matchExpressions": [{"key": "name", "operator": operator, "values": values}]}), &labels)
        };
        assert!(selects(&json!({}), &labels));
        assert!(selects(&json!({"matchLabels": {"name": "users"}}), &labels));
        assert!(!selects(&json!({"matchLabels": {"name": "users", "component": "consumer"}}), &labels));
        assert!(expression("In", json!(["groups", "users"])));
        assert!(!expression("In", json!(["groups"])) && !expression("Mistyped", json!(["users"])));
    }
}
