//! The whole of Quits as separate processes, each with a port of its own, over the database server and
//! the broker of the environment.

use std::{
    collections::HashMap,
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    process::{Child, Command},
    sync::{RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use uuid::Uuid;

use crate::{backup, cut::Cut, person::Person};

/// Long enough for nine unoptimised programs on two busy cores.
const START: Duration = Duration::from_secs(90);
const LOOK: Duration = Duration::from_millis(50);
/// What the router shows to subgraphs.
pub const ROUTER_KEY: &str = "the router key of the system tests";
const SERVICE_KEY: &str = "the service key of the system tests";

/// Every process: its name, its program and its role.
const SERVICES: &[(&str, &str, Option<&str>)] = &[
    ("users", "users", Some("serve")),
    ("groups", "groups", Some("serve")),
    ("expenses", "expenses", Some("serve")),
    ("payments", "payments", Some("serve")),
    ("reports", "reports", Some("serve")),
    ("advise", "expenses", Some("advise")),
    ("collect", "reports", Some("collect")),
    ("router", "router", None),
];

/// Stacks share the machine, but for those that want it for themselves.
static MACHINE: RwLock<()> = RwLock::const_new(());

/// A part of the machine, or all of it.
enum Place {
    Shared { _guard: RwLockReadGuard<'static, ()> },
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

impl Place {
    async fn shared() -> Self {
        Self::Shared { _guard: MACHINE.read().await }
    }
}

/// What a stack is started with beside its parts.
#[derive(Default)]
struct With<'a> {
    /// A folder with a file for each subgraph.
    backups: Option<&'a Path>,
    /// Where spans are sent; nowhere when empty.
    collector: &'a str,
}

/// A running installation; ends with the test.
pub struct Stack {
    ports: HashMap<&'static str, u16>,
    instance: String,
    running: HashMap<&'static str, Child>,
    logs: PathBuf,
    /// The way to the broker, which a test can cut.
    pub broker: Cut,
    http: reqwest::Client,
    /// Where its services send their spans, if anywhere.
    collector: String,
    _place: Place,
}

impl Stack {
    /// Starts everything and waits until it is ready.
    pub async fn start() -> Self {
        Self::start_at(Place::shared().await, With::default()).await
    }

    /// Starts everything over what was backed up: a file for each subgraph.
    pub async fn start_from(backups: &Path) -> Self {
        Self::start_at(Place::shared().await, With { backups: Some(backups), ..With::default() }).await
    }

    /// The same with spans, sent to this address.
    pub async fn start_traced(collector: &str) -> Self {
        Self::start_at(Place::shared().await, With { collector, ..With::default() }).await
    }

    /// The same while no other stack runs: for stories about time, or that would leave others none.
    pub async fn start_alone() -> Self {
        Self::start_at(Place::Alone { _guard: MACHINE.write().await }, With::default()).await
    }

    async fn start_at(place: Place, With { backups, collector }: With<'_>) -> Self {
        let instance = format!("e2e_{}", &Uuid::new_v4().simple().to_string()[..12]);
        let logs = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&instance);
        std::fs::create_dir_all(&logs).unwrap();
        let broker = std::env::var("AMQP_URL").expect("AMQP_URL names the broker; `cargo xtask test` starts one");
        let mut stack = Self {
            ports: free_ports(),
            instance,
            running: HashMap::new(),
            logs,
            broker: Cut::to(&broker).await,
            http: reqwest::Client::new(),
            collector: collector.to_owned(),
            _place: place,
        };
        if let Some(backups) = backups {
            backup::restore(&stack, backups).await;
        }
        let (router, others) = SERVICES.split_last().expect("there are services");
        for (name, ..) in others {
            stack.run(name);
        }
        for (name, ..) in others {
            stack.wait_until_ready(name).await;
        }
        // Last, so that it finds the keys of users when it starts.
        stack.restart(router.0).await;
        stack
    }

    /// Starts one service and waits until it is ready.
    pub async fn restart(&mut self, name: &'static str) {
        self.run(name);
        self.wait_until_ready(name).await;
    }

    /// Ends one service at once, as `kill -9` does.
    pub async fn kill(&mut self, name: &str) {
        let mut child = self.running.remove(name).expect("it runs");
        child.kill().await.unwrap();
    }

    /// Whether the journal of a subgraph adds up, and what its role `verify` says.
    pub async fn verify(&self, name: &str) -> (bool, String) {
        let output = self.program(name).arg("verify").output().await.unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The program of a subgraph, to be run beside the services.
    pub fn program(&self, name: &str) -> Command {
        let mut program = Command::new(programs().join(name));
        program.envs(self.environment(name));
        program
    }

    /// The address of a service.
    pub fn url(&self, name: &str, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.ports[name])
    }

    /// The port of a service.
    pub fn port(&self, name: &str) -> u16 {
        self.ports[name]
    }

    /// The client of all requests.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// What a service has logged.
    pub fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.log_file(name)).unwrap_or_default()
    }

    /// A new account with that name.
    pub async fn register(&self, name: &str) -> Person {
        Person::register(self, name).await
    }

    fn run(&mut self, name: &'static str) {
        let (_, program, role) = SERVICES.iter().find(|(service, ..)| *service == name).expect("a service");
        let log = File::options().create(true).append(true).open(self.log_file(name)).unwrap();
        let mut command = Command::new(programs().join(program));
        command
            .args(role.iter())
            .envs(self.environment(name))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .kill_on_drop(true);
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("{program} cannot be started ({error}); `cargo build --workspace --bins` makes it")
        });
        self.running.insert(name, child);
    }

    fn environment(&self, name: &str) -> Vec<(&'static str, String)> {
        let url = |service| self.url(service, "");
        let supergraph = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/supergraph.graphql");
        vec![
            ("QUITS_PORT", self.ports[name].to_string()),
            ("QUITS_INSTANCE", self.instance.clone()),
            ("AMQP_URL", self.broker.url()),
            ("QUITS_ROUTER_KEY", ROUTER_KEY.to_owned()),
            ("QUITS_SERVICE_KEY", SERVICE_KEY.to_owned()),
            ("QUITS_JWKS_URL", self.url("users", "/.well-known/jwks.json")),
            ("QUITS_USERS_URL", url("users")),
            ("QUITS_GROUPS_URL", url("groups")),
            ("QUITS_EXPENSES_URL", url("expenses")),
            ("QUITS_PAYMENTS_URL", url("payments")),
            ("QUITS_REPORTS_URL", url("reports")),
            ("QUITS_SUPERGRAPH", supergraph.display().to_string()),
            ("QUITS_LOG_FORMAT", "json".to_owned()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", self.collector.clone()),
            ("RUST_BACKTRACE", "0".to_owned()),
        ]
    }

    async fn wait_until_ready(&mut self, name: &'static str) {
        let path = if name == "router" { "/readiness" } else { "/ready" };
        let (url, started) = (self.url(name, path), Instant::now());
        loop {
            if self.http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let ended = self.running.get_mut(name).and_then(|child| child.try_wait().unwrap());
            assert!(ended.is_none(), "{name} ended while starting:\n{}", self.log(name));
            assert!(started.elapsed() < START, "{name} is not ready:\n{}", self.log(name));
            tokio::time::sleep(LOOK).await;
        }
    }

    fn log_file(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }
}

/// The programs of the workspace stand beside the router.
fn programs() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_router")).parent().unwrap().to_owned()
}

/// All at once, so that no two are the same.
fn free_ports() -> HashMap<&'static str, u16> {
    let listeners: Vec<_> = SERVICES.iter().map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    let ports = listeners.iter().map(|listener| listener.local_addr().unwrap().port());
    SERVICES.iter().map(|(name, ..)| *name).zip(ports).collect()
}

/// Looks until there is something to see; fails when it does not come.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(started.elapsed() < START, "this never came: {what}");
        tokio::time::sleep(LOOK).await;
    }
}
