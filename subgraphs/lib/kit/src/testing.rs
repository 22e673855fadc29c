//! The harness of the subgraphs' own tests: the real schema over a real database.
//!
//! What another subgraph would answer is given by a test's own implementation of the question.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "tests panic on failure"
)]

mod collector;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use async_graphql::{Data, Request, Schema, Variables};
use contracts::UserId;
use futures::{StreamExt, future::BoxFuture, stream::BoxStream};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use collector::{Collector, Span};

use crate::{Caller, Clock, Settings, Subgraph, bus::Bus, journal::Journal, mongo, role::Resources, serve};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// One subgraph over a database of its own, without HTTP.
pub struct TestSubgraph<S: Subgraph> {
    /// The services of the subgraph.
    pub services: Arc<S>,
    /// What the subgraph was opened with.
    pub resources: Resources<S::Settings, S::Ledger>,
    schema: Schema<S::Query, S::Mutation, S::Subscription>,
}

/// The settings of tests: the database and broker of the environment, under a name of their own.
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
    ];
    Settings::from_arg_matches(&command.get_matches_from(arguments)).expect("settings")
}

/// What a subgraph is opened with, in a new database.
pub async fn resources<S: Subgraph>(own: S::Settings) -> Resources<S::Settings, S::Ledger> {
    let settings = settings();
    let database = mongo::database(&settings, S::NAME).await.expect("MONGODB_URI names no database server");
    let clock = Clock::system();
    let journal = Arc::new(Journal::new(S::NAME, database.clone(), clock.clone()));
    journal.prepare().await.expect("MongoDB answers at MONGODB_URI; `cargo xtask test` starts one");
    let bus = Bus::new(&settings);
    Resources { settings, own, database, journal, bus, clock }
}

impl<S: Subgraph> TestSubgraph<S> {
    /// Over a subgraph that was opened with these resources.
    pub fn new(services: Arc<S>, resources: Resources<S::Settings, S::Ledger>) -> Self {
        let schema = S::schema().data(Arc::clone(&services)).finish();
        Self { services, resources, schema }
    }

    /// What the subgraph answers: `{data, errors}`.
    pub async fn ask(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let response = self.schema.execute(self.request(caller, query, variables)).await;
        serde_json::to_value(response).expect("an answer is JSON")
    }

    /// What the subgraph answers to a subscription, one after the other.
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

    /// The data of an answer without errors.
    pub async fn data(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(caller, query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].take()
    }

    /// The code of the only error of an answer.
    pub async fn code(&self, caller: &Caller, query: &str, variables: Value) -> String {
        let answer = self.ask(caller, query, variables).await;
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no refusal: {answer:#}"));
        assert_eq!(errors.len(), 1, "{answer:#}");
        errors[0]["extensions"]["code"].as_str().expect("an error has a code").to_owned()
    }

    /// What a role does, or what `serve` does beside answering requests, until told to stop.
    pub fn role(&self, name: &str, stop: &CancellationToken) -> BoxFuture<'static, ()> {
        let (services, bus, stop) = (Arc::clone(&self.services), self.resources.bus.clone(), stop.clone());
        match S::ROLES.iter().find(|role| role.name == name) {
            Some(role) => (role.work)(services, bus, stop),
            None if name == "serve" => services.beside_serving(bus, stop),
            None => panic!("there is no role `{name}`"),
        }
    }

    /// Removes the database.
    pub async fn close(self) {
        self.resources.database.drop().await.expect("the database can be dropped");
    }
}

/// Serves a subgraph over HTTP, as its role `serve` does, until told to stop; gives its address at once.
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

/// A signed-in caller.
pub fn person(user: UserId) -> Caller {
    Caller::person(user, user.to_string(), Clock::system().now().plus_ms(HOUR_MS))
}

/// The same caller as the router would bring it.
pub fn through_router(mut caller: Caller) -> Caller {
    caller.is_router = true;
    caller
}
