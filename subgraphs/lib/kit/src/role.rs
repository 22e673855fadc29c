//! What a subgraph is to kit, and the roles that its program can have.

use std::{fmt::Debug, sync::Arc};

use async_graphql::{Data, ObjectType, SchemaBuilder, SubscriptionType};
use async_trait::async_trait;
use clap::Args;
use contracts::ledger::{LedgerState, NoLedger};
use futures::future::BoxFuture;
use mongodb::Database;
use tokio_util::sync::CancellationToken;

use crate::{
    auth::{Caller, Keys, TokenCheck},
    bus::Bus,
    clock::Clock,
    failure::Outcome,
    journal::{Documents, Journal, Postings},
    migrations::Migration,
    settings::Settings,
};

/// What a process of a subgraph can do beside what all can: a role with a name, run as `<subgraph> <name>`.
pub struct Role<S> {
    /// The name on the command line.
    pub name: &'static str,
    /// What it does, in one sentence for `--help`.
    pub about: &'static str,
    /// Its probes are answered at the port of the subgraph plus this.
    pub port_offset: u16,
    /// Does it until told to stop.
    pub work: fn(Arc<S>, Bus, CancellationToken) -> BoxFuture<'static, ()>,
}

/// Something that a process of a subgraph does once, and then ends: run as `<subgraph> <name>`.
pub struct OneShot<S> {
    /// The name on the command line.
    pub name: &'static str,
    /// What it does, in one sentence for `--help`.
    pub about: &'static str,
    /// Does it; gives what to say about it.
    pub run: fn(Arc<S>) -> BoxFuture<'static, Outcome<String>>,
}

/// What a subgraph is opened with.
pub struct Resources<S, L: LedgerState = NoLedger> {
    /// The settings that all subgraphs have.
    pub settings: Settings,
    /// The settings that only this one has.
    pub own: S,
    /// Its database.
    pub database: Database,
    /// Its journal, ready to be written to.
    pub journal: Arc<Journal<L>>,
    /// The way to the broker.
    pub bus: Bus,
    /// The present moment.
    pub clock: Clock,
}

/// One domain: what a subgraph gives to `kit` to be run.
#[async_trait]
pub trait Subgraph: Send + Sync + Sized + 'static {
    /// The name of crate, binary, database and image.
    const NAME: &'static str;
    /// The port of the role `serve` when none is set.
    const PORT: u16;
    /// The roles beside those that all have.
    const ROLES: &'static [Role<Self>] = &[];
    /// What its program can do once, beside what all can.
    const ONE_SHOTS: &'static [OneShot<Self>] = &[];
    /// The steps from the first form of its documents to the present one.
    const MIGRATIONS: &'static [Migration] = &[];
    /// Whether it changes anything by itself: then its journal is published and can be verified.
    const HAS_JOURNAL: bool = true;
    /// The settings that only this one has.
    type Settings: Args + Clone + Debug + Send + Sync;
    /// What the entries of its journal add up to.
    type Ledger: LedgerState;
    /// The queries.
    type Query: ObjectType + 'static;
    /// The mutations.
    type Mutation: ObjectType + 'static;
    /// The subscriptions.
    type Subscription: SubscriptionType + 'static;

    /// The schema, without data.
    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription>;

    /// Opens it: makes indexes, connects what it asks.
    async fn open(resources: &Resources<Self::Settings, Self::Ledger>) -> Outcome<Arc<Self>>;

    /// What resolvers find beside the subgraph itself and the caller: one set of loaders a request.
    fn request_data(self: &Arc<Self>, _caller: &Caller, _data: &mut Data) {}

    /// Where its keys for access tokens come from.
    fn keys(&self, settings: &Settings) -> Keys {
        Keys::Published(settings.jwks_url.clone())
    }

    /// Routes beside `/graphql`, `/health` and `/ready`.
    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> axum::Router {
        axum::Router::new()
    }

    /// What the role `serve` does beside answering requests; returns when told to stop.
    async fn beside_serving(self: Arc<Self>, _bus: Bus, stop: CancellationToken) {
        stop.cancelled().await;
    }

    /// Its documents that `verify` compares with the events about them.
    fn documents() -> Vec<Documents> {
        Vec::new()
    }

    /// What its events do to the ledger, for `verify`.
    fn postings() -> Postings<Self::Ledger> {
        |_| Ok(Vec::new())
    }
}
