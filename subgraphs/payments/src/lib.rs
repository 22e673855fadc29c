//! Owns payments, by hand and by card, and what they add to each balance. Computes balances and settlements from these
//! and from the expense nets, which the router provides, and emits changes of groups to subscribers.
//!
//! Publishes `payment.*`. Consumes nudges only: `expense.*`, `payment.*` and `group.*` trigger a new look at the group.
//!
//! Never stores a balance: it is computed per request from validated input.

mod balance;
mod card;
mod config;
mod debt;
mod explanation;
mod graphql;
mod home;
mod pay_option;
mod payment;
mod refusal;
mod reminder;
mod services;
mod settle_up;
mod settlement;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use contracts::{
    causes::HttpCauses,
    ledger::GroupLedger,
    ledgers::HttpExpenseLedgers,
    nets::{HttpNets, NetsAnswer, NetsQuestion},
    pay_handles::HttpPayHandles,
    payments::{PaymentsAnswer, PaymentsQuestion},
    roster::HttpRosters,
};
use kit::{
    Caller, Outcome, Subgraph,
    auth::TokenCheck,
    bus::Bus,
    journal::{Documents, Postings},
    role::Resources,
    run_to_end,
    serve::question,
};
use tokio_util::sync::CancellationToken;

pub use config::{Config, FixedFees};
pub use services::{Owners, Services};

use graphql::{Loaders, Mutation, Query, Subscription};

/// The path of Stripe's webhooks.
const WEBHOOKS: &str = "/webhooks/stripe";

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "payments";
    const PORT: u16 = 4004;
    type Ledger = GroupLedger;
    type Settings = Config;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = Subscription;

    fn schema() -> SchemaBuilder<Query, Mutation, Subscription> {
        kit::graphql::schema(Query::default(), Mutation::default(), Subscription::default())
    }

    async fn open(resources: &Resources<Config, GroupLedger>) -> Outcome<Arc<Self>> {
        let (groups, expenses) = (resources.own.groups_url.as_str(), resources.own.expenses_url.as_str());
        let rosters = Arc::new(HttpRosters::new(groups)?);
        let owners = Owners {
            shared: Arc::clone(&rosters) as _,
            rosters,
            past: Arc::new(HttpNets::new(expenses)?),
            ledgers: Arc::new(HttpExpenseLedgers::new(expenses)?),
            causes: Arc::new(HttpCauses::new(expenses)?),
            pay_handles: Arc::new(HttpPayHandles::new(resources.own.users_url.as_str())?),
        };
        let services = Self::new(resources, owners)?;
        services.prepare().await?;
        Ok(Arc::new(services))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(Loaders::new(self, caller));
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> axum::Router {
        let nets = question(self, tokens, |services: Arc<Self>, caller, question: NetsQuestion| async move {
            Ok(NetsAnswer { nets: services.balances.payment_nets_at(&caller, question.group, question.at).await? })
        });
        let payments = question(self, tokens, |services: Arc<Self>, caller, question: PaymentsQuestion| async move {
            Ok(PaymentsAnswer { payments: services.payments.counted(&caller, &question).await? })
        });
        nets.merge(payments).route(WEBHOOKS, post(webhook).with_state(Arc::clone(self)))
    }

    async fn background(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        tokio::join!(self.watches.listen(&bus, &stop), self.cards.follow(&stop));
    }

    fn documents() -> Vec<Documents> {
        vec![Documents::of::<payment::Payment>()]
    }

    fn postings() -> Postings<GroupLedger> {
        payment::postings
    }
}

/// Responds to Stripe: with success once a signed event is stored, so that it is not sent again.
async fn webhook(State(services): State<Arc<Services>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature =
        headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let received = run_to_end(async move { services.cards.receive(&signature, &body).await });
    match received.await.flatten() {
        Ok(true) => StatusCode::OK,
        Ok(false) => StatusCode::BAD_REQUEST,
        Err(failure) => {
            tracing::error!(reason = failure.log_text(), "a webhook could not be stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
