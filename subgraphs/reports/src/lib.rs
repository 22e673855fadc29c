//! Owns the activity feed and the spending reports. Publishes nothing. Consumes every event (role
//! `collect`). Never says what anybody owes: no balance is read from here, and who may read is asked
//! of groups each time, never of what was collected.

pub mod activity;
pub mod config;
pub mod consumer;
pub mod expense;
pub mod graphql;
pub mod membership;
pub mod names;
pub mod operations;
pub mod refusal;
pub mod report;
pub mod store;

use std::sync::Arc;

use async_graphql::{Data, EmptyMutation, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    ledger::NoLedger,
    roster::{HttpRosters, Rosters},
    topology::COLLECT,
};
use futures::FutureExt;
use kit::{Caller, Outcome, Role, Subgraph, bus, role::Resources};

use crate::{
    config::Config,
    graphql::{Loaders, Query},
    store::Store,
};

/// The subgraph.
pub struct Reports {
    store: Store,
    rosters: Arc<dyn Rosters>,
}

impl Reports {
    /// Over a database, with somebody who knows who is in which group.
    pub fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>) -> Self {
        Self { store: Store::new(&resources.database), rosters }
    }

    /// The collected facts.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

#[async_trait]
impl Subgraph for Reports {
    const NAME: &'static str = "reports";
    const PORT: u16 = 4005;
    const ROLES: &'static [Role<Self>] = &[Role {
        name: "collect",
        about: "Consumes events and collects reports",
        port_offset: 10,
        work: |reports, bus, stop| async move { bus::consume(&bus, &COLLECT, reports, &stop).await }.boxed(),
    }];
    const HAS_JOURNAL: bool = false;
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = EmptyMutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
        kit::graphql::schema(Query, EmptyMutation, EmptySubscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let rosters = Arc::new(HttpRosters::new(&resources.own.groups_url)?);
        let reports = Self::new(resources, rosters);
        reports.store.prepare().await?;
        Ok(Arc::new(reports))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }
}
