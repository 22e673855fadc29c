//! The notebook as a subgraph that is served over HTTP.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SchemaBuilder, Subscription};
use async_trait::async_trait;
use axum::Router;
use clap::Args;
use contracts::{
    GroupId, Trace,
    ask::Asker,
    ledger::GroupLedger,
    roster::{HttpRosters, RosterAnswer, RosterQuestion, Rosters},
};
use futures::{Stream, StreamExt, stream};
use kit::{
    Caller, Code, Outcome, Refusal, Subgraph,
    auth::{Keys, TokenCheck},
    journal::{Committed, Journal},
    role::Resources,
    serve::question,
    testing,
};
use mongodb::{
    Database,
    bson::{Document, doc},
};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::notebook::{Notebook, eventually};

#[derive(Clone, Debug, Args)]
pub(crate) struct Nothing {}

pub(crate) struct Served {
    journal: Arc<Journal<GroupLedger>>,
    database: Database,
    /// Blocks `wait`.
    pub gate: Semaphore,
}

pub(crate) struct Query;
pub(crate) struct Mutation;
pub(crate) struct Pushes;
pub(crate) struct Pushed;

#[Object]
impl Query {
    async fn read(&self) -> Result<bool> {
        Ok(true)
    }

    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        ctx.data::<Arc<Served>>()?.count().await
    }

    /// Waits until the test releases it.
    async fn wait(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx.data::<Arc<Served>>()?.gate.acquire().await.is_ok())
    }

    async fn secret(&self) -> Result<bool> {
        Err(kit::Failure::from(Refusal::new(Code::NotAllowed, "That is not for you.")).into())
    }
}

/// What the subscription sends. Its count is read when it is resolved, so that a client can go away meanwhile.
#[Object]
impl Pushed {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        ctx.data::<Arc<Served>>()?.count().await
    }
}

#[Subscription]
impl Pushes {
    async fn pushed(&self) -> impl Stream<Item = Pushed> {
        stream::iter([Pushed]).chain(stream::pending())
    }
}

impl Served {
    /// Counts the notes up to one, slowly.
    async fn count(&self) -> Result<u64> {
        let slow = doc! { "$where": "sleep(50) || true" };
        Ok(u64::from(self.database.collection::<Document>("notes").find_one(slow).await?.is_some()))
    }
}

#[Object]
impl Mutation {
    /// Asks groups at the given URL for a roster, and commits a note.
    async fn note(&self, ctx: &Context<'_>, groups_url: String) -> Result<i64> {
        let trace = ctx.data::<Caller>()?.trace;
        let asker = Asker::Service { key: "a service key for tests".to_owned(), trace };
        HttpRosters::new(&groups_url)?.rosters(&asker, &[GroupId::new()]).await?;
        let change = Notebook::change(Uuid::now_v7(), "a", None).caused_by(trace);
        match ctx.data::<Arc<Served>>()?.journal.commit(change).await? {
            Committed::Applied { version } => Ok(version),
            Committed::AlreadyApplied(_) => Ok(0),
        }
    }
}

#[async_trait]
impl Subgraph for Served {
    const NAME: &'static str = "notebook";
    const PORT: u16 = 0;
    type Settings = Nothing;
    type Ledger = GroupLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = Pushes;

    fn schema() -> SchemaBuilder<Query, Mutation, Pushes> {
        kit::graphql::schema(Query, Mutation, Pushes)
    }

    async fn open(resources: &Resources<Nothing, GroupLedger>) -> Outcome<Arc<Self>> {
        Ok(Arc::new(Self {
            journal: Arc::clone(&resources.journal),
            database: resources.database.clone(),
            gate: Semaphore::new(0),
        }))
    }

    fn keys(&self, _: &kit::Settings) -> Keys {
        Keys::fixed(serde_json::from_value(json!({ "keys": [] })).unwrap())
    }

    /// A stand-in for groups without any rosters.
    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> Router {
        question(self, tokens, |_, _, _: RosterQuestion| async { Ok(RosterAnswer { rosters: Vec::new() }) })
    }
}

/// The served notebook with its resources.
pub(crate) struct Fixture {
    pub resources: Arc<Resources<Nothing, GroupLedger>>,
    pub served: Arc<Served>,
    pub url: String,
    client: reqwest::Client,
    stop: CancellationToken,
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        let resources = Arc::new(testing::resources::<Served>(Nothing {}).await);
        let served = Served::open(&resources).await.unwrap();
        let stop = CancellationToken::new();
        let url = testing::serve(Arc::clone(&served), Arc::clone(&resources), stop.clone());
        let client = reqwest::Client::new();
        eventually("it serves", async || client.get(format!("{url}/health")).send().await.ok()).await;
        Self { resources, served, url, client, stop }
    }

    pub(crate) async fn ask(&self, query: &str, trace: Trace) -> Value {
        let question = self.question().json(&json!({ "query": query }));
        question.header("traceparent", trace.to_string()).send().await.unwrap().json().await.unwrap()
    }

    /// A request whose body the test sets.
    pub(crate) fn question(&self) -> reqwest::RequestBuilder {
        self.client.post(format!("{}/graphql", self.url))
    }

    pub(crate) async fn ready(&self) -> reqwest::StatusCode {
        self.client.get(format!("{}/ready", self.url)).send().await.unwrap().status()
    }

    pub(crate) async fn metrics(&self) -> String {
        self.client.get(format!("{}/metrics", self.url)).send().await.unwrap().text().await.unwrap()
    }

    pub(crate) async fn close(self) {
        self.stop.cancel();
        self.resources.database.drop().await.unwrap();
    }
}
