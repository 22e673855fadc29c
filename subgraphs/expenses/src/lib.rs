//! Owns expenses: what was spent, who paid, who shares, and the advice for it; and what all of it
//! adds to each member's balance, the expense nets.
//!
//! Publishes `expense.created`, `.updated`, `.deleted`, `.restored`, `.advised`. Consumes `expense.created` (role `advise`).
//! Never knows who is in a group by itself (it asks groups), nor a payment, nor a balance.

#![recursion_limit = "256"]

pub mod advice;
pub mod config;
pub mod edit;
pub mod expense;
pub mod measure;
pub mod posting;
pub mod refusal;
pub mod revision;
pub mod split_rule;

mod consumer;
mod graphql;
mod nets;
mod operations;
mod store;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    roster::{HttpRosters, Rosters},
    topology::ADVISE,
};
use kit::{
    Caller, Outcome, Role, Subgraph,
    auth::TokenCheck,
    bus::{self, Bus},
    journal::{Journal, Postings},
    migrations::Migration,
    role::Parts,
    settings::Secret,
};
use tokio_util::sync::CancellationToken;

pub use config::Config;
pub use expense::{Expense, NewExpense};
use store::Store;

/// The subgraph of expenses.
pub struct Expenses {
    store: Store,
    journal: Arc<Journal>,
    rosters: Arc<dyn Rosters>,
    router_key: Secret,
}

impl Expenses {
    /// Over a database, with someone to ask who is in a group.
    pub fn new(parts: &Parts<Config>, rosters: Arc<dyn Rosters>) -> Self {
        Self {
            store: Store::new(&parts.database),
            journal: Arc::clone(&parts.journal),
            rosters,
            router_key: parts.settings.router_key.clone(),
        }
    }
}

#[async_trait]
impl Subgraph for Expenses {
    const NAME: &'static str = "expenses";
    const PORT: u16 = 4003;
    const ROLES: &'static [Role] = &[Role::Advise, Role::Verify];
    const MIGRATIONS: &'static [Migration] = store::MIGRATIONS;

    type Settings = Config;
    type Query = graphql::Query;
    type Mutation = graphql::Mutation;
    type Subscription = async_graphql::EmptySubscription;

    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription> {
        kit::graphql::schema(graphql::Query::default(), graphql::Mutation, async_graphql::EmptySubscription)
    }

    async fn open(parts: &Parts<Config>) -> Outcome<Arc<Self>> {
        let expenses = Self::new(parts, Arc::new(HttpRosters::new(parts.own.groups_url.as_str())?));
        expenses.store.prepare().await?;
        Ok(Arc::new(expenses))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(kit::load::roster_loader(&self.rosters, caller));
        data.insert(kit::load::head_loader(&self.journal));
        data.insert(graphql::expense_loader(self));
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        nets::routes(self, tokens)
    }

    async fn work(self: Arc<Self>, role: Role, bus: Bus, stop: CancellationToken) {
        if role == Role::Advise {
            bus::consume(&bus, &ADVISE, &consumer::Advise(self), &stop).await;
        }
    }

    fn postings() -> Postings {
        posting::postings
    }
}
