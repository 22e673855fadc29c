//! Starts all services of Quits as separate processes on free ports. MongoDB and the broker come from the environment.

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    net::TcpListener,
    ops::Deref,
    path::{Path, PathBuf},
    process::{self, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use kit::testing::gate::Gate;
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    sync::{RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use uuid::Uuid;

use crate::installation::Installation;

/// The timeout for processes and expected results: enough for nine unoptimised programs on two busy cores.
const TIMEOUT: Duration = Duration::from_secs(90);
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// The secret that authenticates the router to the subgraphs.
pub(crate) const ROUTER_KEY: &str = "the router key of the system tests";
const SERVICE_KEY: &str = "the service key of the system tests";
const JOURNAL_KEY: &str = "the journal key of the system tests";
const KEY_ENCRYPTION_KEY: &str = "the key for keys of the system tests";

/// A process: its name, its program and its arguments.
type Service = (&'static str, &'static str, &'static [&'static str]);

/// Each process.
const SERVICES: &[Service] = &[
    ("users", "users", &["serve"]),
    ("groups", "groups", &["serve"]),
    ("expenses", "expenses", &["serve"]),
    ("payments", "payments", &["serve"]),
    ("reports", "reports", &["serve"]),
    ("advise", "expenses", &["advise"]),
    ("collect", "reports", &["collect"]),
    ("router", "router", &[]),
];

/// Each process where those that serve also consume.
const FEWER_SERVICES: &[Service] = &[
    ("users", "users", &["serve"]),
    ("groups", "groups", &["serve"]),
    ("expenses", "expenses", &["serve", "--also", "advise"]),
    ("payments", "payments", &["serve"]),
    ("reports", "reports", &["serve", "--also", "collect"]),
    ("router", "router", &[]),
];

/// Stacks run concurrently, except those that need the machine alone.
static MACHINE: RwLock<()> = RwLock::const_new(());

/// A shared or exclusive lock on the machine.
pub(crate) enum Place {
    Shared { _guard: RwLockReadGuard<'static, ()> },
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

impl Place {
    /// Waits for a shared lock.
    pub(crate) async fn shared() -> Self {
        Self::Shared { _guard: MACHINE.read().await }
    }

    /// Waits for the exclusive lock.
    pub(crate) async fn alone() -> Self {
        Self::Alone { _guard: MACHINE.write().await }
    }
}

/// Options of a stack.
struct With<'a> {
    services: &'static [Service],
    /// The OTLP endpoint for spans; empty for none.
    collector: &'a str,
    /// Settings that differ from the defaults.
    settings: &'a [(&'static str, &'a str)],
}

impl Default for With<'_> {
    fn default() -> Self {
        Self { services: SERVICES, collector: "", settings: &[] }
    }
}

/// One process of a service.
struct Replica {
    child: Child,
    port: u16,
}

/// An installation of its own processes, which end with the test.
pub(crate) struct Stack {
    services: &'static [Service],
    gates: HashMap<&'static str, Gate>,
    instance: String,
    running: HashMap<&'static str, Replica>,
    logs: PathBuf,
    /// The gate in front of the broker; a test can cut it.
    pub broker: Gate,
    /// The public address.
    front: Installation,
    /// The OTLP endpoint for spans; empty for none.
    collector: String,
    /// Settings of this test.
    settings: Vec<(&'static str, String)>,
    _place: Place,
}

impl Stack {
    /// Starts all services and waits until they are ready.
    pub(crate) async fn start() -> Self {
        Self::start_at(Place::shared().await, With::default()).await
    }

    /// Like [`Self::start`], on databases that this fills before any service runs.
    pub(crate) async fn start_on(fill: impl AsyncFnOnce(&Self)) -> Self {
        let stack = Self::new(Place::shared().await, With::default()).await;
        fill(&stack).await;
        stack.started().await
    }

    /// Like [`Self::start`], with spans sent to this OTLP endpoint.
    pub(crate) async fn start_traced(collector: &str) -> Self {
        Self::start_at(Place::shared().await, With { collector, ..With::default() }).await
    }

    /// Like [`Self::start`], with these settings.
    pub(crate) async fn start_with(settings: &[(&'static str, &str)]) -> Self {
        Self::start_at(Place::shared().await, With { settings, ..With::default() }).await
    }

    /// Like [`Self::start`], with as few processes as can be.
    pub(crate) async fn start_small() -> Self {
        Self::start_at(Place::shared().await, With { services: FEWER_SERVICES, ..With::default() }).await
    }

    /// Like [`Self::start`], while no other stack runs: for tests that measure time or use much of the CPU.
    pub(crate) async fn start_alone() -> Self {
        Self::start_alone_with(&[]).await
    }

    /// Like [`Self::start_alone`], with these settings.
    pub(crate) async fn start_alone_with(settings: &[(&'static str, &str)]) -> Self {
        Self::start_at(Place::alone().await, With { settings, ..With::default() }).await
    }

    async fn start_at(place: Place, with: With<'_>) -> Self {
        Self::new(place, with).await.started().await
    }

    /// An installation whose services do not run yet.
    async fn new(place: Place, With { services, collector, settings }: With<'_>) -> Self {
        let instance = format!("e2e_{}", &Uuid::new_v4().simple().to_string()[..12]);
        let logs = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&instance);
        std::fs::create_dir_all(&logs).unwrap();
        let broker = amqp_url();
        let mut gates = HashMap::new();
        for (name, ..) in services {
            gates.insert(*name, Gate::to("127.0.0.1", free_port()).await);
        }
        let front = Installation::at(&format!("http://127.0.0.1:{}", gates["router"].port()));
        Self {
            services,
            gates,
            instance,
            running: HashMap::new(),
            logs,
            broker: Gate::to(broker.host_str().unwrap(), broker.port().unwrap_or(5672)).await,
            front,
            collector: collector.to_owned(),
            settings: settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            _place: place,
        }
    }

    /// Starts all services.
    async fn started(mut self) -> Self {
        let (router, others) = self.services.split_last().expect("there are services");
        for (name, ..) in others {
            self.run(name);
        }
        for (name, ..) in others {
            self.wait_until_ready(name).await;
        }
        // Last, so that the router finds the JWKS of users when it starts.
        self.restart(router.0).await;
        self
    }

    /// The port of a service itself, behind its gate.
    pub(crate) fn own_port(&self, name: &str) -> u16 {
        self.running[name].port
    }

    /// The process of each service.
    pub(crate) fn processes(&self) -> BTreeMap<&'static str, u32> {
        self.running.iter().map(|(name, replica)| (*name, replica.child.id().unwrap())).collect()
    }

    /// Starts one service and waits until it is ready.
    pub(crate) async fn restart(&mut self, name: &'static str) {
        self.run(name);
        self.wait_until_ready(name).await;
    }

    /// Starts one service without waiting until it is ready. Returns its own port, which bypasses its gate.
    pub(crate) fn run_unready(&mut self, name: &'static str) -> u16 {
        self.run(name);
        self.own_port(name)
    }

    /// Kills one service with SIGKILL.
    pub(crate) async fn kill(&mut self, name: &str) {
        let mut replica = self.running.remove(name).expect("it runs");
        replica.child.kill().await.unwrap();
    }

    /// Replaces one service like a rolling update: a new process takes over before the old one gets SIGTERM.
    pub(crate) async fn roll(&mut self, name: &'static str) {
        let mut old = self.running.remove(name).expect("it runs").child;
        self.restart(name).await;
        let process = Pid::from_raw(old.id().unwrap().try_into().unwrap()).unwrap();
        kill_process(process, Signal::TERM).unwrap();
        let ended = tokio::time::timeout(TIMEOUT, old.wait()).await.expect("it stops").unwrap();
        assert!(ended.success(), "{name} ended with {ended}:\n{}", self.log(name));
    }

    /// Sends a signal to one service.
    pub(crate) fn signal(&self, name: &str, signal: Signal) {
        let process = Pid::from_raw(self.running[name].child.id().unwrap().try_into().unwrap()).unwrap();
        kill_process(process, signal).unwrap();
    }

    /// Returns the lengths of all queues, by name on the broker.
    pub(crate) async fn queue_lengths(&self) -> Vec<(String, u32)> {
        kit::testing::queue_lengths(&self.instance).await
    }

    /// Runs a subgraph's role `verify`. Returns whether the journal is consistent, and the output.
    pub(crate) async fn verify(&self, name: &str) -> (bool, String) {
        let output = self.program(name).arg("verify").output().await.unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// A command for a subgraph's program, to run in addition to the services.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut program = Command::new(programs().join(name));
        program.envs(self.environment());
        program
    }

    /// The URL of a path of a service.
    pub(crate) fn url(&self, name: &str, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.gates[name].port())
    }

    /// The log of a service so far.
    pub(crate) fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.log_file(name)).unwrap_or_default()
    }

    /// The name and the log so far of each service.
    pub(crate) fn logs(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.services.iter().map(|(name, ..)| (*name, self.log(name)))
    }

    /// The resident memory of each service in MiB.
    pub(crate) fn memory_mib(&self) -> BTreeMap<&'static str, u64> {
        let memory = |(name, process)| {
            let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
            let kib: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
            (name, kib / 1024)
        };
        self.processes().into_iter().map(memory).collect()
    }

    fn run(&mut self, name: &'static str) {
        let (_, program, arguments) = self.services.iter().find(|(service, ..)| *service == name).expect("a service");
        let log = File::options().create(true).append(true).open(self.log_file(name)).unwrap();
        let port = free_port();
        let mut command = Command::new(programs().join(program));
        command
            .args(*arguments)
            .envs(self.environment())
            .env("QUITS_PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .kill_on_drop(true);
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("{program} cannot be started ({error}); `cargo build --workspace --bins` makes it")
        });
        self.running.insert(name, Replica { child, port });
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let url = |service| self.url(service, "");
        let supergraph = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/supergraph.graphql");
        let mut broker = amqp_url();
        broker.set_host(Some("127.0.0.1")).unwrap();
        broker.set_port(Some(self.broker.port())).unwrap();
        let usual = [
            ("QUITS_INSTANCE", self.instance.clone()),
            ("AMQP_URL", broker.to_string()),
            ("QUITS_ROUTER_KEY", ROUTER_KEY.to_owned()),
            ("QUITS_SERVICE_KEY", SERVICE_KEY.to_owned()),
            ("QUITS_JOURNAL_KEY", JOURNAL_KEY.to_owned()),
            ("QUITS_KEY_ENCRYPTION_KEY", KEY_ENCRYPTION_KEY.to_owned()),
            ("QUITS_JWKS_URL", self.url("users", "/.well-known/jwks.json")),
            ("QUITS_USERS_URL", url("users")),
            ("QUITS_GROUPS_URL", url("groups")),
            ("QUITS_EXPENSES_URL", url("expenses")),
            ("QUITS_PAYMENTS_URL", url("payments")),
            ("QUITS_REPORTS_URL", url("reports")),
            ("QUITS_SUPERGRAPH", supergraph.display().to_string()),
            ("QUITS_LOG_FORMAT", "json".to_owned()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", self.collector.clone()),
            // Lets each person have an address of their own by `X-Forwarded-For`.
            ("QUITS_TRUSTED_PROXIES", "127.0.0.0/8".to_owned()),
            ("RUST_BACKTRACE", "0".to_owned()),
        ];
        usual.into_iter().chain(self.settings.iter().cloned()).collect()
    }

    /// Waits until a service is ready, then forwards its gate to it.
    pub(crate) async fn wait_until_ready(&mut self, name: &'static str) {
        let path = if name == "router" { "/readiness" } else { "/ready" };
        let (port, started) = (self.own_port(name), Instant::now());
        let url = format!("http://127.0.0.1:{port}{path}");
        while !self.http().get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
            let ended = self.running.get_mut(name).and_then(|replica| replica.child.try_wait().unwrap());
            assert!(ended.is_none(), "{name} ended while starting:\n{}", self.log(name));
            assert!(started.elapsed() < TIMEOUT, "{name} is not ready:\n{}", self.log(name));
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        self.gates[name].lead_to(port);
    }

    fn log_file(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }
}

impl Deref for Stack {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.front
    }
}

/// The folder with the workspace's programs, which is that of the router.
fn programs() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_router")).parent().unwrap().to_owned()
}

fn amqp_url() -> reqwest::Url {
    let url = std::env::var("AMQP_URL").expect("AMQP_URL names the broker; `cargo xtask test` starts one");
    url.parse().expect("AMQP_URL is a URL")
}

/// Returns the next free port. It is below the range of ephemeral ports, from which an outgoing connection could take it
/// before the service does, and above those of `cargo xtask`.
fn free_port() -> u16 {
    const FIRST: u32 = 30_000;
    const NUMBER: u32 = 2_700;
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let next = |_| {
        let given = GIVEN.fetch_add(1, Ordering::Relaxed);
        // Processes that run at the same time begin at different ports.
        u16::try_from(FIRST + process::id().wrapping_add(given) % NUMBER).unwrap()
    };
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (0..NUMBER).map(next).find(is_free).expect("a port is free")
}

/// Polls until `look` returns something; fails after a timeout.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(started.elapsed() < TIMEOUT, "timed out waiting: {what}");
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}
