//! Owns groups, their members (users and guests), roles and invitations.
//!
//! Publishes `group.*`. Consumes nothing. Asks users for the name of who makes or joins a group.
//! Never touches money: what members owe each other is a matter of expenses and payments.

pub mod config;
pub mod graphql;
pub mod group;
pub mod invite;
pub mod operations;
pub mod refusal;
pub mod store;

use std::sync::Arc;

use async_graphql::{Data, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    ledger::NoLedger,
    profile::{HttpProfiles, Profiles},
    roster::{RosterAnswer, RosterQuestion},
};
use kit::{
    Caller, Outcome, Subgraph, auth::TokenCheck, journal::Journal, keyed_locks::KeyedLocks, role::Resources,
    serve::question,
};
use reqwest::Url;

use crate::{
    config::Config,
    graphql::{Loaders, Mutation, Query},
    invite::Token,
    store::Store,
};

/// The subgraph.
pub struct Groups {
    store: Store,
    journal: Arc<Journal>,
    profiles: Arc<dyn Profiles>,
    locks: KeyedLocks,
    app_url: Url,
}

impl Groups {
    /// Over these resources; names come from `profiles`.
    pub fn new(resources: &Resources<Config>, profiles: Arc<dyn Profiles>) -> Self {
        Self {
            store: Store::new(&resources.database),
            journal: Arc::clone(&resources.journal),
            profiles,
            locks: KeyedLocks::new(),
            app_url: resources.own.app_url.clone(),
        }
    }

    /// Makes the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// The address that leads somebody with this secret into its group.
    pub fn link(&self, token: &Token) -> String {
        format!("{}/join/{}", self.app_url.as_str().trim_end_matches('/'), token.expose())
    }
}

#[async_trait]
impl Subgraph for Groups {
    const NAME: &'static str = "groups";
    const PORT: u16 = 4002;
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
        kit::graphql::schema(Query::default(), Mutation, EmptySubscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let profiles = HttpProfiles::new(resources.own.users_url.as_str())?;
        let groups = Self::new(resources, Arc::new(profiles));
        groups.prepare().await?;
        Ok(Arc::new(groups))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        question(self, tokens, |groups: Arc<Self>, caller, question: RosterQuestion| async move {
            Ok(RosterAnswer { rosters: groups.rosters(&caller, &question.groups).await? })
        })
    }
}
