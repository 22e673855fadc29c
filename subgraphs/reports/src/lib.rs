//! Owns the activity feed, notifications, mail and pushes about them, spending reports, statements and budgets. Publishes
//! nothing. Consumes every event (role `collect`).
//!
//! Never serves balances, and never authorises by collected events: each read asks groups whether the caller may read.

mod activity;
mod budget;
mod config;
mod consumer;
mod delivery;
mod directory;
mod graphql;
mod live;
mod mail;
mod notification;
mod preference;
mod push;
mod refusal;
mod services;
mod spending;
mod statement;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use axum::Router;
use contracts::{contacts::HttpContacts, ledger::NoLedger, roster::HttpRosters, topology::COLLECT};
use futures::FutureExt;
use kit::{
    Caller, Outcome, Role, Subgraph,
    auth::TokenCheck,
    bus::{self, Bus},
    migrations::Migration,
    role::Resources,
};
use tokio_util::sync::CancellationToken;

pub use config::Config;
pub use services::Services;

use graphql::{Loaders, Mutation, Query, Subscription};

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "reports";
    const PORT: u16 = 4005;
    const ROLES: &'static [Role<Self>] = &[
        Role {
            name: "collect",
            about: "Consumes events and collects reports",
            port_offset: 10,
            goes_with_serve: true,
            work: |reports, bus, stop| async move { bus::consume(&bus, &COLLECT, reports, &stop).await }.boxed(),
        },
        Role {
            name: "rebuild",
            about: "Empties what was collected and asks for every event again, once `collect` is stopped",
            port_offset: 11,
            goes_with_serve: false,
            work: |reports, bus, stop| consumer::rebuild(reports, bus, stop).boxed(),
        },
    ];
    const HAS_JOURNAL: bool = false;
    const MIGRATIONS: &'static [Migration] = spending::MIGRATIONS;
    type Ledger = NoLedger;
    type Settings = Config;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = Subscription;

    fn schema() -> SchemaBuilder<Query, Mutation, Subscription> {
        kit::graphql::schema(Query::default(), Mutation::default(), Subscription::default())
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let rosters = HttpRosters::new(&resources.own.groups_url)?;
        let contacts = HttpContacts::new(&resources.own.users_url)?;
        let services = Self::new(resources, Arc::new(rosters), Arc::new(contacts))?;
        services.prepare().await?;
        Ok(Arc::new(services))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }

    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> Router {
        mail::routes(&self.mails)
    }

    async fn background(self: Arc<Self>, _bus: Bus, stop: CancellationToken) {
        tokio::join!(
            self.activities.listen(&stop),
            self.notifications.listen(&stop),
            self.mails.deliver(&stop),
            self.pushes.deliver(&stop)
        );
    }
}
