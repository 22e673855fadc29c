//! The harness of the subgraphs' tests: the real schema over a real database.
//!
//! Tests replace other subgraphs by their own implementations of the request traits.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "tests panic on failure"
)]

pub mod access;
mod background;
mod collector;
mod commands;
pub mod gate;
pub mod mail;
mod profile;

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use async_graphql::{Data, Request, Schema, Variables};
use contracts::{
    Event, UserId,
    envelope::AnyEvent,
    topology::{QUEUES, Queue},
};
use futures::{StreamExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use mongodb::{Client, Database, bson::doc};
use serde::Deserialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use background::{Background, Task};
pub use collector::{Collector, Span};
pub use commands::Commands;
pub use profile::examined;

use crate::{
    Caller, Clock, Settings, Subgraph,
    bus::Bus,
    journal::{Journal, Relay},
    mongo,
    role::Resources,
    serve,
};

const HOUR_MS: i64 = 60 * 60 * 1_000;
/// The timeout for a test's leftovers to be processed; passing tests never wait for it.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// A subgraph over a database of its own, without HTTP. A test ends with [`TestSubgraph::close`], which checks that no
/// work is left unprocessed.
pub struct TestSubgraph<S: Subgraph> {
    /// The services of the subgraph.
    pub services: Arc<S>,
    /// The resources that the subgraph was opened with.
    pub resources: Resources<S::Settings, S::Ledger>,
    schema: Schema<S::Query, S::Mutation, S::Subscription>,
    background: Mutex<Background>,
    open: Open,
}

/// Fails a test that drops its subgraph without closing it.
#[derive(Default)]
struct Open {
    is_closed: bool,
}

impl Drop for Open {
    fn drop(&mut self) {
        let is_failing = std::thread::panicking();
        assert!(self.is_closed || is_failing, "a test ends with `close`, or with `stop` where another goes on");
    }
}

#[derive(Deserialize)]
struct Waiting {
    event: AnyEvent,
}

/// Returns the settings of tests: the database and broker of the environment, with unique names.
pub fn settings() -> Settings {
    use clap::{Args, Command, FromArgMatches};
    let instance = format!("test_{}", &Uuid::new_v4().simple().to_string()[..16]);
    let command = Settings::augment_args(Command::new("test"));
    let arguments = [
        "test",
        "--instance",
        &instance,
        "--router-key",
        "a router key for tests",
        "--service-key",
        "a service key for tests",
        "--journal-key",
        "a journal key for tests",
    ];
    Settings::from_arg_matches(&command.get_matches_from(arguments)).expect("settings")
}

/// Returns the lengths of all queues of an installation on the broker of the environment, by name.
pub async fn queue_lengths(instance: &str) -> Vec<(String, u32)> {
    let settings = Settings { instance: instance.to_owned(), ..settings() };
    let queues: Vec<&Queue> = QUEUES.iter().collect();
    Bus::new(&settings).lengths(&queues).await.expect("the broker answers at AMQP_URL")
}

/// Creates the resources of a subgraph in a new database.
pub async fn resources<S: Subgraph>(own: S::Settings) -> Resources<S::Settings, S::Ledger> {
    let settings = settings();
    let database = mongo::database(&settings, S::NAME).await.expect("MONGODB_URI names no database server");
    resources_in::<S>(database, settings, own).await
}

/// Creates the resources of a subgraph in a new database, and records the commands that are sent to it.
pub async fn recorded_resources<S: Subgraph>(own: S::Settings) -> (Resources<S::Settings, S::Ledger>, Commands) {
    let (settings, database, commands) = recorded_database(S::NAME).await;
    (resources_in::<S>(database, settings, own).await, commands)
}

/// Creates a database of its own for a service, and records the commands that are sent to it.
pub async fn recorded_database(service: &str) -> (Settings, Database, Commands) {
    let (settings, commands) = (settings(), Commands::default());
    let mut options = mongo::options(&settings, service).await.expect("MONGODB_URI names no database server");
    options.command_event_handler = Some(commands.handler());
    let client = Client::with_options(options).expect("the options are right");
    let database = client.database(&settings.database(service));
    (settings, database, commands)
}

async fn resources_in<S: Subgraph>(
    database: Database,
    settings: Settings,
    own: S::Settings,
) -> Resources<S::Settings, S::Ledger> {
    let clock = Clock::system();
    let journal = Arc::new(Journal::new(S::NAME, database.clone(), clock.clone(), &settings.journal_key));
    journal.prepare().await.expect("MongoDB answers at MONGODB_URI; `cargo xtask test` starts one");
    let bus = Bus::new(&settings);
    Resources { settings, own, database, journal, bus, clock }
}

impl<S: Subgraph> TestSubgraph<S> {
    /// Wraps a subgraph that was opened with these resources.
    pub fn new(services: Arc<S>, resources: Resources<S::Settings, S::Ledger>) -> Self {
        let schema = S::schema().data(Arc::clone(&services)).finish();
        Self { services, resources, schema, background: Mutex::default(), open: Open::default() }
    }

    /// Executes a query; returns the response `{data, errors}`.
    #[must_use = "a refusal that nobody reads is no test"]
    pub async fn ask(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let response = self.schema.execute(self.request(caller, query, variables)).await;
        serde_json::to_value(response).expect("an answer is JSON")
    }

    /// Executes a subscription; streams the responses.
    pub fn stream(&self, caller: &Caller, query: &str, variables: Value) -> BoxStream<'static, Value> {
        let responses = self.schema.execute_stream(self.request(caller, query, variables));
        responses.map(|response| serde_json::to_value(response).expect("an answer is JSON")).boxed()
    }

    fn request(&self, caller: &Caller, query: &str, variables: Value) -> Request {
        let mut data = Data::default();
        self.services.request_data(caller, &mut data);
        let mut request = Request::new(query).variables(Variables::from_json(variables));
        request.data = data;
        request.data(caller.clone())
    }

    /// Executes a query; returns the data of a response without errors.
    pub async fn data(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(caller, query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].take()
    }

    /// Executes a query; returns the code of the only error of the response.
    pub async fn code(&self, caller: &Caller, query: &str, variables: Value) -> String {
        let answer = self.ask(caller, query, variables).await;
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no refusal: {answer:#}"));
        assert_eq!(errors.len(), 1, "{answer:#}");
        errors[0]["extensions"]["code"].as_str().expect("an error has a code").to_owned()
    }

    /// Returns the work of a role, or the background work of `serve`, until cancelled.
    pub fn role(&self, name: &'static str, stop: &CancellationToken) -> BoxFuture<'static, ()> {
        self.background().ran.insert(name);
        let (services, bus, stop) = (Arc::clone(&self.services), self.resources.bus.clone(), stop.clone());
        match S::ROLES.iter().find(|role| role.name == name) {
            Some(role) => (role.work)(services, bus, stop),
            None if name == "serve" => services.background(bus, stop),
            None => panic!("there is no role `{name}`"),
        }
    }

    /// Runs a role, or the background work of `serve`, until the test ends.
    pub fn run(&self, role: &'static str) {
        let task = Task::spawn(|stop| self.role(role, &stop));
        self.background().roles.push(task);
    }

    /// Runs the relay until the test ends.
    pub fn publish(&self) {
        let relay = Relay::new(&self.resources.journal, self.resources.bus.clone());
        self.background().relay = Some(Task::spawn(|stop| relay.run(stop)));
    }

    fn background(&self) -> MutexGuard<'_, Background> {
        self.background.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails if something is left: unpublished journal entries, or, without a relay, entries that consumers cannot
    /// read, and messages that the roles of this test have not acknowledged or have dead-lettered. Removes the
    /// database.
    pub async fn close(self) {
        self.close_within(PATIENCE).await;
    }

    /// Closes with another timeout, for tests of what is left.
    pub async fn close_within(mut self, patience: Duration) {
        self.open.is_closed = true;
        self.settle(patience).await;
        self.resources.database.drop().await.expect("the database can be dropped");
    }

    /// Waits until nothing is left, or fails with what is.
    async fn settle(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        self.settle_outbox(deadline).await;
        self.settle_queues(deadline).await;
        if self.background().relay.is_none() {
            return;
        }
        // The entries that consumers have committed.
        self.settle_outbox(deadline).await;
        let relay = self.background().relay.take();
        if let Some(relay) = relay {
            relay.end().await;
        }
    }

    /// Unacknowledged messages return to their queue when the consumer ends, and can be counted there.
    async fn settle_queues(&self, deadline: Instant) {
        let queues: Vec<&Queue> = QUEUES.iter().filter(|queue| self.consumes(queue)).collect();
        loop {
            self.end_roles().await;
            let left = self.left(&queues).await;
            if left.is_empty() {
                return;
            }
            assert!(Instant::now() < deadline, "messages that no consumer has settled: {left:?}");
            let ran = self.background().ran.clone();
            for role in ran {
                self.run(role);
            }
            while !self.left(&queues).await.is_empty() && Instant::now() < deadline {
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    async fn end_roles(&self) {
        let roles = std::mem::take(&mut self.background().roles);
        for role in roles {
            role.end().await;
        }
    }

    /// Returns the queues with messages, and how many.
    async fn left(&self, queues: &[&Queue]) -> Vec<(String, u32)> {
        if queues.is_empty() {
            return Vec::new();
        }
        let lengths = self.resources.bus.lengths(queues).await.expect("the broker answers at AMQP_URL");
        lengths.into_iter().filter(|(_, length)| *length > 0).collect()
    }

    /// With a relay, everything must be published. Without one, each entry must at least be readable by consumers.
    async fn settle_outbox(&self, deadline: Instant) {
        let publishes = self.background().relay.is_some();
        loop {
            let waiting = self.waiting().await;
            let left: Vec<&String> =
                waiting.iter().filter(|event| publishes || !is_readable(event)).map(|event| &event.kind).collect();
            if left.is_empty() {
                return;
            }
            assert!(publishes && Instant::now() < deadline, "journal entries that are not published: {left:?}");
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn waiting(&self) -> Vec<AnyEvent> {
        let entries = self.resources.database.collection::<Waiting>("journal");
        let waiting = entries.find(doc! { "published_at": null }).await.expect("the journal can be read");
        let waiting: Vec<Waiting> = waiting.try_collect().await.expect("an entry has an event");
        waiting.into_iter().map(|entry| entry.event).collect()
    }

    /// Whether a role that ran in this test consumes a queue: `owner.purpose` is consumed by the role of that name, or
    /// in the background of `serve` if there is none.
    fn consumes(&self, queue: &Queue) -> bool {
        let Some((_, purpose)) = queue.name.split_once('.').filter(|_| queue.is_of(S::NAME)) else { return false };
        let role = S::ROLES.iter().map(|role| role.name).find(|role| *role == purpose).unwrap_or("serve");
        self.background().ran.contains(role)
    }

    /// Ends this instance and leaves the database to another one.
    pub fn stop(mut self) -> Resources<S::Settings, S::Ledger> {
        self.open.is_closed = true;
        self.resources
    }
}

/// Consumers parse events from JSON.
fn is_readable(event: &AnyEvent) -> bool {
    serde_json::to_value(event).and_then(serde_json::from_value::<Event>).is_ok()
}

/// Serves a subgraph over HTTP, as the role `serve` does, until cancelled; returns its URL at once.
pub fn serve<S: Subgraph>(
    subgraph: Arc<S>,
    resources: Arc<Resources<S::Settings, S::Ledger>>,
    stop: CancellationToken,
) -> String {
    let address = TcpListener::bind(SocketAddr::new(resources.settings.host, 0)).unwrap().local_addr().unwrap();
    tokio::spawn(
        async move { serve::serve(&subgraph, serve::Purpose::Requests, &resources, address.port(), &stop).await },
    );
    format!("http://{address}")
}

/// Returns a signed-in caller.
pub fn person(user: UserId) -> Caller {
    Caller::person(user, user.to_string(), Clock::system().now().plus_ms(HOUR_MS))
}

/// Returns the caller of a request that came through the router.
pub fn through_router(mut caller: Caller) -> Caller {
    caller.is_router = true;
    caller
}
