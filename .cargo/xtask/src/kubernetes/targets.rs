//! Rules for selectors: objects that manage or reach pods must match existing ones.

use serde_json::Value;

use super::objects::{Objects, Pod, list, text, title};

/// Returns the findings about one object among the others.
type Rule = fn(&Objects, &Value) -> Vec<String>;

const RULES: [(&str, Rule); 5] = [
    ("Service", of_service),
    ("HorizontalPodAutoscaler", of_autoscaler),
    ("PodDisruptionBudget", of_budget),
    ("Ingress", of_ingress),
    ("NetworkPolicy", of_policy),
];

/// Returns all objects that refer to missing pods, services or ports.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let mut findings = Vec::new();
    for (kind, rule) in RULES {
        for object in objects.of_kind(kind) {
            findings.extend(rule(objects, object).iter().map(|finding| format!("{}: {finding}", title(object))));
        }
    }
    findings
}

fn of_service(objects: &Objects, service: &Value) -> Vec<String> {
    let spec = &service["spec"];
    let pods = objects.selected(&serde_json::json!({ "matchLabels": spec["selector"] }));
    let targets =
        list(&spec["ports"]).map(|port| if port["targetPort"].is_null() { &port["port"] } else { &port["targetPort"] });
    not_one(&pods).unwrap_or_else(|| deaf(&pods, targets))
}

/// Returns the finding unless there is exactly one: a service that also matched the pods of a job would send requests
/// to them.
fn not_one(pods: &[Pod<'_>]) -> Option<Vec<String>> {
    let owners: Vec<_> = pods.iter().map(|pod| pod.owner.as_str()).collect();
    match owners.len() {
        0 => Some(vec!["selects no pod".to_owned()]),
        1 => None,
        _ => Some(vec![format!("selects all of {}", owners.join(", "))]),
    }
}

/// Returns the pods that do not listen on one of these ports.
fn deaf<'a>(pods: &[Pod<'_>], ports: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let pairs = ports.flat_map(|port| pods.iter().map(move |pod| (port, pod)));
    let missing = pairs.filter(|(port, pod)| !pod.listens_on(port));
    missing.map(|(port, pod)| format!("{} does not listen on {port}", pod.owner)).collect()
}

fn of_autoscaler(objects: &Objects, autoscaler: &Value) -> Vec<String> {
    let target = &autoscaler["spec"]["scaleTargetRef"];
    let scaled = objects.find(text(&target["kind"]), &target["name"]).into_iter();
    let resets = scaled.filter(|workload| !workload["spec"]["replicas"].is_null());
    resets.map(|workload| format!("{} sets its replicas anew whenever it is applied", title(workload))).collect()
}

fn of_budget(objects: &Objects, budget: &Value) -> Vec<String> {
    not_one(&objects.selected(&budget["spec"]["selector"])).unwrap_or_default()
}

fn of_ingress(objects: &Objects, ingress: &Value) -> Vec<String> {
    let spec = &ingress["spec"];
    let paths = list(&spec["rules"]).flat_map(|rule| list(&rule["http"]["paths"]));
    let missing = paths.filter_map(|path| {
        let (name, port) = (&path["backend"]["service"]["name"], &path["backend"]["service"]["port"]);
        let service = objects.find("Service", name)?;
        let has = list(&service["spec"]["ports"])
            .any(|known| known["name"] == port["name"] || known["port"] == port["number"]);
        (!has).then(|| format!("{} has no port {port}", title(service)))
    });
    let hosts: Vec<_> = list(&spec["rules"]).map(|rule| &rule["host"]).collect();
    let certified = list(&spec["tls"]).flat_map(|tls| list(&tls["hosts"]));
    let unruled = certified.filter(|host| !hosts.contains(host)).map(|host| format!("has no rule for {host}"));
    missing.chain(unruled).collect()
}

fn of_policy(objects: &Objects, policy: &Value) -> Vec<String> {
    let spec = &policy["spec"];
    let pods = objects.selected(&spec["podSelector"]);
    if pods.is_empty() {
        return vec!["selects no pod".to_owned()];
    }
    let mut findings = unmatched_values(objects, &spec["podSelector"]);
    for rule in list(&spec["ingress"]) {
        findings.extend(neighbours(&rule["from"]).flat_map(|selector| unmatched(objects, selector)));
        findings.extend(deaf(&pods, list(&rule["ports"]).map(|port| &port["port"])));
    }
    for rule in list(&spec["egress"]) {
        findings.extend(neighbours(&rule["to"]).flat_map(|selector| unmatched(objects, selector)));
        let pods: Vec<_> = neighbours(&rule["to"]).flat_map(|selector| objects.selected(selector)).collect();
        findings.extend(deaf(&pods, list(&rule["ports"]).map(|port| &port["port"])));
    }
    findings
}

/// Returns the selectors of peers in this namespace: those in other namespaces or at addresses are unknown here.
fn neighbours(peers: &Value) -> impl Iterator<Item = &Value> {
    let here = list(peers).filter(|peer| peer["namespaceSelector"].is_null());
    here.map(|peer| &peer["podSelector"]).filter(|selector| !selector.is_null())
}

fn unmatched(objects: &Objects, selector: &Value) -> Vec<String> {
    if objects.selected(selector).is_empty() {
        return vec![format!("matches no pod by {selector}")];
    }
    unmatched_values(objects, selector)
}

/// Checks each of several values, because the matching ones would hide a mistyped one.
fn unmatched_values(objects: &Objects, selector: &Value) -> Vec<String> {
    let values = list(&selector["matchExpressions"])
        .flat_map(|expression| list(&expression["values"]).map(move |value| (&expression["key"], value)));
    let unmatched = values.filter(|(key, value)| !objects.pods().any(|pod| pod.labels[text(key)] == **value));
    unmatched.map(|(key, value)| format!("no pod is labelled {}: {value}", text(key))).collect()
}
