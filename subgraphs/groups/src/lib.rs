//! Owns groups, their members (users and guests), roles, households and invitations.
//!
//! Publishes `group.*`. Consumes `user.updated` and `user.deleted`, because members have copies of the users' names.
//! Asks users for the name of a person who creates or joins a group, and expenses and payments for the balance of a
//! member who leaves. Never computes what members owe each other: that belongs to expenses and payments.

mod claim;
pub mod config;
mod consumer;
mod graphql;
mod group;
mod household;
mod invite;
mod refusal;
mod services;

use std::sync::Arc;

use async_graphql::{Data, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    ledger::NoLedger,
    nets::HttpNets,
    profile::HttpProfiles,
    roster::{RosterAnswer, RosterQuestion, SharedGroupsQuestion},
    topology::FOLLOW_NAMES,
};
use kit::{
    Caller, Outcome, Subgraph,
    auth::TokenCheck,
    bus::{self, Bus},
    journal::Documents,
    role::Resources,
    serve::question,
};
use tokio_util::sync::CancellationToken;

use config::Config;
use graphql::{Loaders, Mutation, Query};

use group::Group;
pub use group::operations::Owners;
pub use services::Services;

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "groups";
    const PORT: u16 = 4002;
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
        kit::graphql::schema(Query::default(), Mutation::default(), EmptySubscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let own = &resources.own;
        let owners = Owners {
            profiles: Arc::new(HttpProfiles::new(own.users_url.as_str())?),
            expenses: Arc::new(HttpNets::new(own.expenses_url.as_str())?),
            payments: Arc::new(HttpNets::of_payments(own.payments_url.as_str())?),
        };
        Ok(Arc::new(Self::new(resources, owners).await?))
    }

    fn documents() -> Vec<Documents> {
        vec![Documents::of::<Group>()]
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }

    async fn background(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        bus::consume(&bus, &FOLLOW_NAMES, self, &stop).await;
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        let rosters = question(self, tokens, |services: Arc<Self>, caller, question: RosterQuestion| async move {
            Ok(RosterAnswer { rosters: services.groups.rosters(&caller, &question.groups).await? })
        });
        let shared = question(self, tokens, |services: Arc<Self>, caller, question: SharedGroupsQuestion| async move {
            Ok(RosterAnswer { rosters: services.groups.shared_with(&caller, question.with).await? })
        });
        rosters.merge(shared)
    }
}
