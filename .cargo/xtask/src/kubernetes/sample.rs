//! Manifests that break no rule, and a change that breaks each.

use super::environment::Programs;

const MANIFESTS: &str = include_str!("sample.yaml");

const SECRETS: &str = r"
kind: Secret
metadata: { name: database }
data: { MONGODB_URI: eA== }
---
kind: Secret
metadata: { name: keys }
data: { KEY: eA== }
";

/// A few settings of users.
const SETTINGS: &str = r#"{ "users": [
    { "name": "QUITS_HOST", "description": "", "default": "127.0.0.1" },
    { "name": "QUITS_LOG", "description": "", "default": "info" },
    { "name": "QUITS_WINDOW", "description": "", "default": "5" },
    { "name": "MONGODB_URI", "description": "", "default": "mongodb://127.0.0.1", "secret": true }
] }"#;

/// What the manifests read, what is put in its place, and a part of what is found then.
const BREAKS: &[(&str, &str, &str)] = &[
    // Pods.
    ("          startupProbe:", "          # :", "Deployment/users, container app has no startupProbe"),
    ("          livenessProbe:", "          # :", "Deployment/users, container app has no livenessProbe"),
    ("          readinessProbe:", "          # :", "Deployment/users, container app has no readinessProbe"),
    ("limits: { cpu: \"1\", memory: 1Gi }", "limits: { cpu: \"1\" }", "has no requests and limits"),
    ("requests: { cpu: 1m, memory: 1Mi }", "requests: {}", "Deployment/users, container app has no requests"),
    ("automountServiceAccountToken: false", "", "Deployment/users carries a token"),
    ("serviceAccountName: users", "", "Deployment/users has no service account"),
    ("runAsNonRoot: true", "runAsNonRoot: false", "Deployment/users may run as root"),
    ("type: RuntimeDefault", "type: Unconfined", "has no seccomp profile"),
    ("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "may gain rights"),
    ("readOnlyRootFilesystem: true", "", "may write to its root file system"),
    ("drop: [ALL]", "drop: [CHOWN]", "keeps capabilities"),
    ("maxUnavailable: 0", "maxUnavailable: 1", "Deployment/users has fewer pods"),
    ("quits/users:0.1.0", "quits/users", "has an image without a version"),
    // References.
    ("serviceAccountName: users", "serviceAccountName: user", "there is no ServiceAccount `user`"),
    ("claimName: backups", "claimName: backup", "there is no PersistentVolumeClaim `backup`"),
    ("configMap: { name: setup }", "configMap: { name: set }", "there is no ConfigMap `set`"),
    ("configMapRef: { name: settings }", "configMapRef: { name: setting }", "there is no ConfigMap `setting`"),
    ("{ name: keys, key: KEY }", "{ name: key, key: KEY }", "there is no `KEY` in Secret `key`"),
    ("key: MONGODB_URI }", "key: MONGODB_URL }", "there is no `MONGODB_URL` in Secret `database`"),
    ("serviceName: store", "serviceName: stores", "there is no Service `stores`"),
    ("kind: Deployment, name: users }", "kind: Deployment, name: user }", "there is no Deployment `user`"),
    ("service: { name: users,", "service: { name: user,", "there is no Service `user`"),
    ("path: /ready, port: http", "path: /ready, port: web", "there is no port \"web\""),
    ("path: /ready, port: http", "path: /ready, port: 4002", "there is no port 4002"),
    // Targets.
    ("selector: { name: users, kind: serve }", "selector: { name: user }", "Service/users: selects no pod"),
    ("selector: { name: users, kind: serve }", "selector: { name: users }", "selects all of Deployment/users"),
    ("targetPort: http", "targetPort: web", "Service/users: Deployment/users does not listen on \"web\""),
    ("  strategy:", "  replicas: 2\n  strategy:", "Deployment/users sets its replicas anew"),
    ("users, kind: serve } }\n  max", "x } }\n  max", "PodDisruptionBudget/users: selects no pod"),
    ("port: { name: http } } } }", "port: { name: web } } } }", "Service/users has no port {\"name\":\"web\"}"),
    ("hosts: [quits.example.org]", "hosts: [quits.example.com]", "has no rule for \"quits.example.com\""),
    ("podSelector: { matchLabels: { name: users }", "podSelector: { matchLabels: { name: u }", "users: selects no pod"),
    ("values: [migrate] }", "values: [m] }", "matches no pod"),
    ("podSelector: { matchLabels: { name: store }", "podSelector: { matchLabels: { name: s }", "matches no pod"),
    ("values: [migrate] }", "values: [migrate, backup] }", "no pod is labelled kind: \"backup\""),
    ("ports: [{ port: store }]", "ports: [{ port: data }]", "StatefulSet/store does not listen on \"data\""),
    // Environment.
    ("quits/users:0.1.0", "quits/user:0.1.0", "Deployment/users, container app: there is no program `user`"),
    ("- name: QUITS_WINDOW", "- name: QUITS_WINDOWS", "its program does not know QUITS_WINDOWS"),
    ("  QUITS_LOG: info", "  QUITS_LOGS: info", "ConfigMap/settings: QUITS_LOGS is known to no program"),
    ("  QUITS_HOST: 0.0.0.0", "", "Deployment/users, container app: nobody sets QUITS_HOST"),
    ("valueFrom: { secretKeyRef: { name: database, key: MONGODB_URI } }", "value: x", "MONGODB_URI is a secret"),
    ("valueFrom: { secretKeyRef: { name: keys, key: KEY } }", "value: x", "STORE_PASSWORD is a secret"),
    ("  QUITS_LOG: info", "  MONGODB_URI: x", "ConfigMap/settings: MONGODB_URI is a secret"),
    ("kind: PersistentVolumeClaim", "kind: Secret", "Secret/backups: is in the repository"),
];

fn findings(manifests: &str) -> Vec<String> {
    let programs: Programs = serde_json::from_str(SETTINGS).unwrap();
    super::findings(manifests, SECRETS, &programs).unwrap()
}

#[test]
fn every_broken_rule_is_found() {
    for (from, to, finding) in BREAKS {
        assert!(MANIFESTS.contains(from), "the sample does not read {from}");
        let findings = findings(&MANIFESTS.replacen(from, to, 1));
        assert!(findings.iter().any(|found| found.contains(finding)), "{from} as {to}: {findings:#?}");
    }
}

#[test]
fn valid_manifests_have_no_findings() {
    assert_eq!(findings(MANIFESTS), [""; 0]);
}

#[test]
fn optional_objects_may_be_missing() {
    let manifests = MANIFESTS.replace("{ name: keys, key: KEY }", "{ name: gone, key: KEY, optional: true }");
    assert_eq!(findings(&manifests), [""; 0]);
}

#[test]
fn a_variable_that_is_used_in_another_is_known() {
    let manifests = MANIFESTS.replace("args: [migrate]", "args: [migrate, $(JOB)]");
    assert_eq!(findings(&manifests.replace("- name: QUITS_WINDOW", "- name: JOB")), [""; 0]);
}
