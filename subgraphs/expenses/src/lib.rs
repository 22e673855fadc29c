//! Owns expenses: what was spent, who paid, who shares; the drafts that become expenses and the advice for them; and what
//! all expenses add to each member's balance, the expense nets.
//!
//! Publishes `expense.created`, `.updated`, `.deleted`, `.restored`, `.advised`, `.advice_dismissed`, and `draft.requested`,
//! `.read`, `.discarded`. Consumes `draft.requested`, `expense.created` and `expense.updated` (role `advise`), and nudges
//! of `draft.*`. Never knows who is in a group by itself (it asks groups), nor a payment, nor a balance.

#![recursion_limit = "256"]

pub mod config;
pub mod edit;
pub mod expense;
pub mod posting;
pub mod refusal;
pub mod revision;
pub mod split_rule;

pub mod draft;
pub mod limits;
pub mod photo;

pub mod advice;
pub mod advisors;
pub mod gemini;

mod consumer;
mod graphql;
mod measure;
mod operations;
mod store;
mod watch;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    nets::{NetsAnswer, NetsQuestion},
    roster::{HttpRosters, Rosters},
    topology::{ADVISE, DRAFT_NUDGES},
};
use kit::{
    Caller, Outcome, Role, Subgraph,
    auth::TokenCheck,
    bus::{self, Bus, Nudges},
    journal::{Journal, Postings},
    migrations::Migration,
    role::Resources,
    serve::question,
    settings::Secret,
};
use tokio_util::sync::CancellationToken;

pub use config::Config;
pub use expense::{Expense, NewExpense};

use crate::{advisors::Advisors, gemini::Gemini, store::Store};

/// The subgraph of expenses.
pub struct Expenses {
    store: Store,
    journal: Arc<Journal>,
    rosters: Arc<dyn Rosters>,
    advisors: Advisors,
    nudges: Nudges,
    drafts_per_minute: i64,
    service_key: Secret,
}

impl Expenses {
    /// Over a database, with someone to ask who is in a group.
    pub fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>) -> Outcome<Self> {
        let Config { drafts_per_minute, gemini, .. } = &resources.own;
        let store = Store::new(&resources.database);
        Ok(Self {
            advisors: Advisors::new(Gemini::new(gemini)?, gemini.calls_per_day, store.clone()),
            store,
            journal: Arc::clone(&resources.journal),
            rosters,
            nudges: Nudges::new(),
            drafts_per_minute: *drafts_per_minute,
            service_key: resources.settings.service_key.clone(),
        })
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
    type Subscription = graphql::Subscription;

    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription> {
        kit::graphql::schema(graphql::Query::default(), graphql::Mutation, graphql::Subscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let expenses = Self::new(resources, Arc::new(HttpRosters::new(resources.own.groups_url.as_str())?))?;
        expenses.store.prepare().await?;
        Ok(Arc::new(expenses))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        graphql::add_loaders(self, caller, data);
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        question(self, tokens, |expenses: Arc<Self>, caller, question: NetsQuestion| async move {
            Ok(NetsAnswer { nets: expenses.nets_at(&caller, question.group, question.at).await? })
        })
    }

    async fn work(self: Arc<Self>, role: Role, bus: Bus, stop: CancellationToken) {
        match role {
            Role::Serve => self.nudges.listen(&bus, DRAFT_NUDGES, &stop).await,
            Role::Advise => bus::consume(&bus, &ADVISE, &*self, &stop).await,
            _ => stop.cancelled().await,
        }
    }

    fn postings() -> Postings {
        posting::postings
    }
}
