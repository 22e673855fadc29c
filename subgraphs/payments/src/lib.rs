//! Owns payments and what they add to each balance. Joins that with what expenses add, which the router brings along, into
//! balances and settlements, and says when a group has moved.
//!
//! Publishes `payment.*`. Consumes nudges only: `expense.*`, `payment.*` and `group.*` say where to look again.
//!
//! Never keeps a balance: what the router brings is checked, used and dropped.

pub mod config;
pub mod payment;
pub mod refusal;

pub mod balances;
pub mod settlement;

pub mod operations;
pub mod store;
pub mod watch;

pub mod graphql;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    ledger::GroupLedger,
    nets::{HttpNets, Nets, NetsAnswer, NetsQuestion},
    roster::{HttpRosters, Rosters},
    topology::GROUP_NUDGES,
};
use kit::{
    Caller, Outcome, Subgraph,
    auth::TokenCheck,
    bus::{Bus, Nudges},
    journal::{Journal, Postings},
    role::Resources,
    serve::question,
};
use tokio_util::sync::CancellationToken;

pub use config::Config;

use crate::{
    graphql::{Loaders, Mutation, Query, Subscription},
    settlement::Settlements,
    store::Store,
};

/// The subgraph.
pub struct Payments {
    store: Store,
    journal: Arc<Journal<GroupLedger>>,
    rosters: Arc<dyn Rosters>,
    past: Arc<dyn Nets>,
    settlements: Settlements,
    nudges: Nudges,
    heartbeat_ms: u64,
}

impl Payments {
    /// Over these resources; asks there who is in a group, and what the expenses of the past were.
    pub fn new(resources: &Resources<Config, GroupLedger>, rosters: Arc<dyn Rosters>, past: Arc<dyn Nets>) -> Self {
        Self {
            store: Store::new(&resources.database),
            journal: Arc::clone(&resources.journal),
            rosters,
            past,
            settlements: Settlements::default(),
            nudges: Nudges::new(),
            heartbeat_ms: resources.own.heartbeat_ms,
        }
    }
}

#[async_trait]
impl Subgraph for Payments {
    const NAME: &'static str = "payments";
    const PORT: u16 = 4004;
    type Settings = Config;
    type Ledger = GroupLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = Subscription;

    fn schema() -> SchemaBuilder<Query, Mutation, Subscription> {
        kit::graphql::schema(Query::default(), Mutation, Subscription)
    }

    async fn open(resources: &Resources<Config, GroupLedger>) -> Outcome<Arc<Self>> {
        let rosters = HttpRosters::new(resources.own.groups_url.as_str())?;
        let past = HttpNets::new(resources.own.expenses_url.as_str())?;
        let payments = Self::new(resources, Arc::new(rosters), Arc::new(past));
        payments.store.prepare().await?;
        Ok(Arc::new(payments))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        question(self, tokens, |payments: Arc<Self>, caller, question: NetsQuestion| async move {
            Ok(NetsAnswer { nets: payments.nets_at(&caller, question.group, question.at).await? })
        })
    }

    async fn beside_serving(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        self.nudges.listen(&bus, GROUP_NUDGES, &stop).await;
    }

    fn postings() -> Postings<GroupLedger> {
        payment::postings
    }
}
