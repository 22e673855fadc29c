//! Manifests that break no rule, for tests to break.

use super::{objects::Objects, programs::Programs};

/// A subgraph in small, and what stands around it.
pub(super) const MANIFESTS: &str = r#"
apiVersion: v1
kind: ServiceAccount
metadata: { name: users }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  QUITS_HOST: 0.0.0.0
  QUITS_LOG: info
---
apiVersion: v1
kind: ConfigMap
metadata: { name: setup }
data: { setup.js: "" }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: backups }
---
apiVersion: v1
kind: Service
metadata: { name: users }
spec:
  selector: { name: users, kind: serve }
  ports: [{ name: http, port: 4001, targetPort: http }]
---
apiVersion: v1
kind: Service
metadata: { name: store }
spec:
  selector: { name: store }
  ports: [{ port: 27017 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: users }
spec:
  selector: { matchLabels: { name: users, kind: serve } }
  strategy: { rollingUpdate: { maxUnavailable: 0 } }
  template:
    metadata: { labels: { name: users, kind: serve } }
    spec:
      serviceAccountName: users
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: app
          image: quits/users:0.1.0
          ports: [{ name: http, containerPort: 4001 }]
          envFrom: [{ configMapRef: { name: settings } }]
          env:
            - name: MONGODB_URI
              valueFrom: { secretKeyRef: { name: database, key: MONGODB_URI } }
          startupProbe: { httpGet: { path: /health, port: http } }
          livenessProbe: { httpGet: { path: /health, port: 4001 } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
          resources:
            requests: { cpu: 1m, memory: 1Mi }
            limits: { cpu: "1", memory: 1Gi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
      volumes: [{ name: tmp, emptyDir: {} }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store }
spec:
  serviceName: store
  selector: { matchLabels: { name: store } }
  template:
    metadata: { labels: { name: store } }
    spec:
      serviceAccountName: users
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: store
          image: mongo:8.0
          ports: [{ name: store, containerPort: 27017 }]
          env:
            - name: STORE_PASSWORD
              valueFrom: { secretKeyRef: { name: keys, key: KEY } }
          startupProbe: { tcpSocket: { port: store } }
          livenessProbe: { tcpSocket: { port: store } }
          readinessProbe: { tcpSocket: { port: store } }
          resources: { requests: { cpu: 1m, memory: 2Mi }, limits: { cpu: "1", memory: 2Gi } }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates: [{ metadata: { name: data } }]
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  template:
    metadata: { labels: { name: users, kind: migrate } }
    spec:
      serviceAccountName: users
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: users
          image: registry.example.org/quits/users:0.1.0
          args: [migrate]
          envFrom: [{ configMapRef: { name: settings } }]
          env:
            - name: MONGODB_URI
              valueFrom: { secretKeyRef: { name: database, key: MONGODB_URI } }
            - name: QUITS_WINDOW
              value: "5"
          resources: { requests: { cpu: 1m, memory: 1Mi }, limits: { cpu: "1", memory: 1Gi } }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts: [{ name: backups, mountPath: /backups }, { name: setup, mountPath: /setup }]
      volumes:
        - { name: backups, persistentVolumeClaim: { claimName: backups } }
        - { name: setup, configMap: { name: setup } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: users }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: users }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: users }
spec:
  selector: { matchLabels: { name: users, kind: serve } }
  maxUnavailable: 1
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: quits }
spec:
  tls: [{ hosts: [quits.example.org] }]
  rules:
    - host: quits.example.org
      http:
        paths:
          - { path: /, backend: { service: { name: users, port: { name: http } } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: refuse }
spec: { podSelector: {} }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: users }
spec:
  podSelector: { matchLabels: { name: users } }
  ingress:
    - from:
        - podSelector: { matchExpressions: [{ key: kind, operator: In, values: [migrate] }] }
        - namespaceSelector: { matchLabels: { ingress: "true" } }
  egress:
    - to: [{ podSelector: { matchLabels: { name: store } } }]
      ports: [{ port: store }]
    - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]
      ports: [{ port: 443 }]
"#;

const SECRETS: &str = r"
kind: Secret
metadata: { name: database }
data: { MONGODB_URI: eA== }
---
kind: Secret
metadata: { name: keys }
data: { KEY: eA== }
";

const SETTINGS: &str = r#"
    #[arg(long, env = "QUITS_HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,
    #[arg(long, env = "QUITS_LOG", default_value = "info")]
    pub log: String,
    #[arg(long, env = "QUITS_WINDOW", default_value_t = 5)]
    pub window: i64,
    #[arg(long, env = "MONGODB_URI", default_value = "mongodb://127.0.0.1", hide_env_values = true)]
    pub mongodb_uri: String,
"#;

/// What is wrong with manifests.
pub(super) fn findings(manifests: &str) -> Vec<String> {
    let [objects, secrets] = [manifests, SECRETS].map(|yaml| Objects::parse(yaml).unwrap());
    super::findings(objects, &secrets, &Programs::one("users", SETTINGS))
}

/// The first place that reads `from`, changed to read `to`, has to be found by this finding.
pub(super) fn breaks(from: &str, to: &str, finding: &str) {
    assert!(MANIFESTS.contains(from), "the sample does not read {from}");
    let findings = findings(&MANIFESTS.replacen(from, to, 1));
    assert!(findings.iter().any(|found| found.contains(finding)), "{from} as {to}: {findings:#?}");
}
