//! Rules for selectors: objects that manage or reach pods must match existing ones.

use serde_json::Value;

use super::objects::{Objects, Pod, list, selects, text, title};

/// Returns the findings about one object among the others.
type Rule = fn(&Objects, &Value) -> Vec<String>;

/// Returns all objects that refer to missing pods, services or ports.
pub(super) fn findings(objects: &Objects) -> Vec<String> {
    let rules: [(&str, Rule); 5] = [
        ("Service", of_service),
        ("HorizontalPodAutoscaler", of_autoscaler),
        ("PodDisruptionBudget", of_budget),
        ("Ingress", of_ingress),
        ("NetworkPolicy", of_policy),
    ];
    let all = rules.into_iter().flat_map(|(kind, rule)| objects.of_kind(kind).map(move |object| (object, rule)));
    all.flat_map(|(object, rule)| {
        let findings = rule(objects, object);
        findings.into_iter().map(|finding| format!("{}: {finding}", title(object)))
    })
    .collect()
}

fn selected<'a>(objects: &'a Objects, selector: &Value) -> Vec<Pod<'a>> {
    objects.pods().filter(|pod| selects(selector, pod.labels)).collect()
}

fn of_service(objects: &Objects, service: &Value) -> Vec<String> {
    let spec = &service["spec"];
    let selector = serde_json::json!({ "matchLabels": spec["selector"] });
    let pods = selected(objects, &selector);
    let [pod] = pods.as_slice() else { return vec![not_one(&pods)] };
    let targets =
        list(&spec["ports"]).map(|port| if port["targetPort"].is_null() { &port["port"] } else { &port["targetPort"] });
    let missing = targets.filter(|target| !pod.listens_on(target));
    missing.map(|target| format!("{} does not listen on {target}", pod.owner)).collect()
}

/// A service that also matched the pods of a job would send requests to them.
fn not_one(pods: &[Pod<'_>]) -> String {
    let owners: Vec<_> = pods.iter().map(|pod| pod.owner.as_str()).collect();
    if owners.is_empty() { "selects no pod".to_owned() } else { format!("selects all of {}", owners.join(", ")) }
}

fn of_autoscaler(objects: &Objects, autoscaler: &Value) -> Vec<String> {
    let target = &autoscaler["spec"]["scaleTargetRef"];
    let scaled = objects.find(text(&target["kind"]), &target["name"]);
    let resets = scaled.filter(|workload| !workload["spec"]["replicas"].is_null());
    resets
        .map(|workload| format!("{} sets its replicas anew whenever it is applied", title(workload)))
        .into_iter()
        .collect()
}

fn of_budget(objects: &Objects, budget: &Value) -> Vec<String> {
    let pods = selected(objects, &budget["spec"]["selector"]);
    if pods.len() == 1 { Vec::new() } else { vec![not_one(&pods)] }
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
    let pods = selected(objects, &spec["podSelector"]);
    if pods.is_empty() {
        return vec!["selects no pod".to_owned()];
    }
    let mut findings = unmatched_values(objects, &spec["podSelector"]);
    for rule in list(&spec["ingress"]) {
        findings.extend(list(&rule["from"]).flat_map(|peer| unmatched_peer(objects, peer)));
        findings.extend(missing_listeners(&pods, &rule["ports"]));
    }
    for rule in list(&spec["egress"]) {
        findings.extend(list(&rule["to"]).flat_map(|peer| unmatched_peer(objects, peer)));
        let peers: Vec<_> = list(&rule["to"]).flat_map(|peer| neighbours(objects, peer)).collect();
        findings.extend(missing_listeners(&peers, &rule["ports"]));
    }
    findings
}

/// Returns the pods of this namespace that a peer matches.
fn neighbours<'a>(objects: &'a Objects, peer: &Value) -> Vec<Pod<'a>> {
    if is_here(peer) { selected(objects, &peer["podSelector"]) } else { Vec::new() }
}

/// The targets in other namespaces or at addresses are unknown here.
fn is_here(peer: &Value) -> bool {
    !peer["podSelector"].is_null() && peer["namespaceSelector"].is_null()
}

fn unmatched_peer(objects: &Objects, peer: &Value) -> Vec<String> {
    if !is_here(peer) {
        return Vec::new();
    }
    if neighbours(objects, peer).is_empty() {
        return vec![format!("matches no pod by {}", peer["podSelector"])];
    }
    unmatched_values(objects, &peer["podSelector"])
}

/// Checks each of several values, because the matching ones would hide a mistyped one.
fn unmatched_values(objects: &Objects, selector: &Value) -> Vec<String> {
    let listed = list(&selector["matchExpressions"]).filter(|expression| expression["operator"] == "In");
    let values =
        listed.flat_map(|expression| list(&expression["values"]).map(move |value| (&expression["key"], value)));
    let unmatched = values.filter(|(key, value)| !objects.pods().any(|pod| pod.labels[text(key)] == **value));
    unmatched.map(|(key, value)| format!("no pod is labelled {}: {value}", text(key))).collect()
}

fn missing_listeners(pods: &[Pod<'_>], ports: &Value) -> Vec<String> {
    let ports = list(ports).map(|port| &port["port"]);
    let pairs = ports.flat_map(|port| pods.iter().map(move |pod| (port, pod)));
    let missing = pairs.filter(|(port, pod)| !pod.listens_on(port));
    missing.map(|(port, pod)| format!("{} does not listen on {port}", pod.owner)).collect()
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::sample::breaks;

    #[test]
    fn a_service_that_leads_nowhere_is_found() {
        breaks("selector: { name: users, kind: serve }", "selector: { name: user }", "Service/users: selects no pod");
        breaks(
            "selector: { name: users, kind: serve }",
            "selector: { name: users }",
            "selects all of Deployment/users",
        );
        breaks("targetPort: http", "targetPort: web", "Service/users: Deployment/users does not listen on \"web\"");
    }

    #[test]
    fn an_autoscaler_whose_replicas_are_set_is_found() {
        breaks("  strategy:", "  replicas: 2\n  strategy:", "Deployment/users sets its replicas anew");
    }

    #[test]
    fn a_disruption_budget_without_pods_is_found() {
        breaks(
            "selector: { matchLabels: { name: users, kind: serve } }\n  max",
            "selector: { matchLabels: { name: x } }\n  max",
            "PodDisruptionBudget/users: selects no pod",
        );
    }

    #[test]
    fn an_ingress_that_leads_nowhere_is_found() {
        breaks(
            "port: { name: http } } } }",
            "port: { name: web } } } }",
            "Service/users has no port {\"name\":\"web\"}",
        );
        breaks("hosts: [quits.example.org]", "hosts: [quits.example.com]", "has no rule for \"quits.example.com\"");
    }

    #[test]
    fn a_policy_that_matches_nothing_is_found() {
        breaks(
            "podSelector: { matchLabels: { name: users } }",
            "podSelector: { matchLabels: { name: u } }",
            "NetworkPolicy/users: selects no pod",
        );
        breaks("values: [migrate] }", "values: [m] }", "matches no pod");
        breaks(
            "podSelector: { matchLabels: { name: store } }",
            "podSelector: { matchLabels: { name: s } }",
            "matches no pod",
        );
        breaks("values: [migrate] }", "values: [migrate, backup] }", "no pod is labelled kind: \"backup\"");
        breaks("ports: [{ port: store }]", "ports: [{ port: data }]", "StatefulSet/store does not listen on \"data\"");
    }
}
