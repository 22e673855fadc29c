//! Owns expenses: what was spent, who paid, who shares; the drafts that become expenses, the advice for them, their
//! comments and attachments; the presets and the categories of a group; schedules, which enter recurring expenses; the
//! import and export of groups as files; and the expense nets, which are what all expenses add to each member's
//! balance.
//!
//! Publishes `expense.created`, `.updated`, `.deleted`, `.restored`, `.advised`, `.advice_dismissed`, `.commented`,
//! `.comment_edited`, `.comment_deleted`, `.attachment_added`, `.attachment_removed`, `.category_saved`,
//! `.category_deleted`, `.preset_saved`, `.preset_deleted`, `import.finished`, `schedule.created`, `.updated`, `.deleted`, and
//! `draft.requested`, `.read`, `.discarded`. Consumes `draft.requested`, `expense.created` and `expense.updated` (role
//! `advise`), and nudges of `draft.*`. Never stores who is in a group (it asks groups), nor a payment, nor a balance.

#![recursion_limit = "256"]

mod config;
mod refusal;

mod advice;
mod advisor;
mod attachment;
mod category;
mod comment;
mod draft;
mod expense;
mod preset;
mod problem;
mod rate;
mod schedule;
mod transfer;

mod consumer;
mod graphql;
mod services;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use contracts::{
    causes::{CausesAnswer, CausesQuestion},
    ledger::GroupLedger,
    ledgers::{LedgersAnswer, LedgersQuestion},
    nets::{NetsAnswer, NetsQuestion},
    payments::HttpGroupPayments,
    roster::HttpRosters,
    taking_over::{HttpGroupMaker, HttpPaymentRecorder},
    topology::ADVISE,
};
use futures::FutureExt;
use kit::{
    Caller, Outcome, Role, Subgraph,
    auth::TokenCheck,
    bus::{self, Bus},
    journal::{Documents, Postings},
    migrations::Migration,
    role::Resources,
    serve::question,
};
use tokio_util::sync::CancellationToken;

use comment::migrations::FIND_COMMENTED;
use draft::store::END_DRAFTS;
use expense::migrations::{COUNT_SHARERS, NAME_PEOPLE, NAME_SHARERS, NAME_WORDS};

pub use config::Config;
pub use services::{Owners, Services};

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "expenses";
    const PORT: u16 = 4003;
    const ROLES: &'static [Role<Self>] = &[Role {
        name: "advise",
        about: "Consumes events, writes advice, and fetches reference rates",
        port_offset: 10,
        goes_with_serve: true,
        // Only this role reaches the outside.
        work: |services, bus, stop| {
            async move {
                let rates = Arc::clone(&services);
                tokio::join!(bus::consume(&bus, &ADVISE, services, &stop), rates.rates.run(&stop));
            }
            .boxed()
        },
    }];
    // In chronological order: new migrations go at the end.
    const MIGRATIONS: &'static [Migration] =
        &[NAME_SHARERS, COUNT_SHARERS, NAME_WORDS, END_DRAFTS, FIND_COMMENTED, NAME_PEOPLE];

    type Settings = Config;
    type Ledger = GroupLedger;
    type Query = graphql::Query;
    type Mutation = graphql::Mutation;
    type Subscription = graphql::Subscription;

    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription> {
        kit::graphql::schema(graphql::Query::default(), graphql::Mutation::default(), graphql::Subscription::default())
    }

    async fn open(resources: &Resources<Config, GroupLedger>) -> Outcome<Arc<Self>> {
        let (groups, payments) = (resources.own.groups_url.as_str(), resources.own.payments_url.as_str());
        let owners = Owners {
            rosters: Arc::new(HttpRosters::new(groups)?),
            groups: Arc::new(HttpGroupMaker::new(groups)?),
            payments: Arc::new(HttpPaymentRecorder::new(payments)?),
            recorded: Arc::new(HttpGroupPayments::new(payments)?),
        };
        Ok(Arc::new(Self::new(resources, owners).await?))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(graphql::Loaders::new(self, caller));
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        let nets = question(self, tokens, |services: Arc<Self>, caller, question: NetsQuestion| async move {
            Ok(NetsAnswer { nets: services.expenses.nets_at(&caller, question.group, question.at).await? })
        });
        let causes = question(self, tokens, |services: Arc<Self>, caller, question: CausesQuestion| async move {
            Ok(CausesAnswer { causes: services.expenses.causes(&caller, question).await? })
        });
        let ledgers = question(self, tokens, |services: Arc<Self>, caller, question: LedgersQuestion| async move {
            Ok(LedgersAnswer { ledgers: services.expenses.ledgers(&caller, &question.groups).await? })
        });
        nets.merge(causes).merge(ledgers).merge(attachment::http::routes(&self.attachments))
    }

    async fn background(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        tokio::join!(
            self.drafts.listen(&bus, &stop),
            self.schedules.run(&stop),
            self.transfers.run(&stop),
            self.attachments.run(&stop)
        );
    }

    fn documents() -> Vec<Documents> {
        vec![Documents::of::<expense::Expense>()]
    }

    fn postings() -> Postings<GroupLedger> {
        expense::posting::postings
    }
}
