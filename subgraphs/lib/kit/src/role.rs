//! The interface between a subgraph and kit, and the roles of its program.

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

/// A role that only this subgraph has, besides the common ones: run as `<subgraph> <name>`.
pub struct Role<S> {
    /// The name on the command line.
    pub name: &'static str,
    /// A sentence for `--help`.
    pub about: &'static str,
    /// Added to the port of the subgraph for the probes of this role.
    pub port_offset: u16,
    /// Whether `serve` can play it too, in the same process: it goes on until it is told to stop.
    pub goes_with_serve: bool,
    /// Runs until cancelled.
    pub work: fn(Arc<S>, Bus, CancellationToken) -> BoxFuture<'static, ()>,
}

/// A command that a subgraph runs once: run as `<subgraph> <name>`.
pub struct OneShot<S> {
    /// The name on the command line.
    pub name: &'static str,
    /// A sentence for `--help`.
    pub about: &'static str,
    /// Runs the command; returns the message to print.
    pub run: fn(Arc<S>) -> BoxFuture<'static, Outcome<String>>,
}

/// The resources that a subgraph is opened with.
pub struct Resources<S, L: LedgerState = NoLedger> {
    /// The common settings.
    pub settings: Settings,
    /// The settings of this subgraph.
    pub own: S,
    /// Its database.
    pub database: Database,
    /// Its journal, ready for commits.
    pub journal: Arc<Journal<L>>,
    /// The client of the broker.
    pub bus: Bus,
    /// The clock.
    pub clock: Clock,
}

/// A subgraph, as kit runs it.
#[async_trait]
pub trait Subgraph: Send + Sync + Sized + 'static {
    /// The name of the crate, binary, database and image.
    const NAME: &'static str;
    /// The default port of the role `serve`.
    const PORT: u16;
    /// The roles in addition to the common ones.
    const ROLES: &'static [Role<Self>] = &[];
    /// The commands in addition to the common ones.
    const ONE_SHOTS: &'static [OneShot<Self>] = &[];
    /// The migrations of its documents, from the first format to the present one.
    const MIGRATIONS: &'static [Migration] = &[];
    /// Whether it makes changes of its own, so that it has a journal to publish and verify.
    const HAS_JOURNAL: bool = true;
    /// The settings of this subgraph.
    type Settings: Args + Clone + Debug + Send + Sync;
    /// The ledger type of its journal.
    type Ledger: LedgerState;
    /// The queries.
    type Query: ObjectType + 'static;
    /// The mutations.
    type Mutation: ObjectType + 'static;
    /// The subscriptions.
    type Subscription: SubscriptionType + 'static;

    /// Returns the schema, without data.
    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription>;

    /// Opens the subgraph: creates indexes and clients.
    async fn open(resources: &Resources<Self::Settings, Self::Ledger>) -> Outcome<Arc<Self>>;

    /// Adds data to each request besides the services and the caller, such as loaders.
    fn request_data(self: &Arc<Self>, _caller: &Caller, _data: &mut Data) {}

    /// Returns the source of the keys of access tokens.
    fn keys(&self, settings: &Settings) -> Keys {
        Keys::Published(settings.jwks_url.clone())
    }

    /// Returns additional routes besides `/graphql`, `/health` and `/ready`.
    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> axum::Router {
        axum::Router::new()
    }

    /// Runs background work of the role `serve`; returns when cancelled.
    async fn background(self: Arc<Self>, _bus: Bus, stop: CancellationToken) {
        stop.cancelled().await;
    }

    /// Returns the documents that `verify` compares with their events.
    fn documents() -> Vec<Documents> {
        Vec::new()
    }

    /// Returns the ledger postings of its events, for `verify`.
    fn postings() -> Postings<Self::Ledger> {
        |_| Ok(Vec::new())
    }
}
