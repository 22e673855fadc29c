//! Owns accounts, sessions, profiles and the keys that access tokens are signed with.
//!
//! Publishes `user.registered`. Consumes nothing. Never knows a group or an amount of money.

pub mod account;
pub mod config;
pub mod failures;
pub mod graphql;
pub mod operations;
pub mod password;
pub mod refusal;
pub mod session;
pub mod signing;
pub mod store;

use std::sync::Arc;

use async_graphql::{Data, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::ledger::NoLedger;
use axum::{Json, Router, routing::get};
use kit::{
    Caller, Outcome, Settings, Subgraph,
    auth::{Keys, TokenCheck},
    journal::Journal,
    role::Resources,
};

use config::Config;
use graphql::{Mutation, Query, loaders};
use password::Passwords;
use signing::{Signer, SigningKey};
use store::Store;

/// Where the keys are published that access tokens are checked with (RFC 7517).
const JWKS: &str = "/.well-known/jwks.json";

/// The subgraph.
pub struct Users {
    store: Store,
    journal: Arc<Journal>,
    passwords: Passwords,
    signer: Signer,
    config: Config,
}

#[async_trait]
impl Subgraph for Users {
    const NAME: &'static str = "users";
    const PORT: u16 = 4001;
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
        kit::graphql::schema(Query::default(), Mutation, EmptySubscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let store = Store::new(&resources.database);
        store.prepare().await?;
        let key = store.keep(&SigningKey::generate()?).await?;
        Ok(Arc::new(Self {
            store,
            journal: Arc::clone(&resources.journal),
            passwords: Passwords::new().await?,
            signer: Signer::new(&key, &resources.settings, resources.own.access_token_seconds)?,
            config: resources.own.clone(),
        }))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(loaders::accounts(self, caller));
    }

    fn keys(&self, _settings: &Settings) -> Keys {
        Keys::Own(self.signer.published().clone())
    }

    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> Router {
        let published = self.signer.published().clone();
        Router::new().route(JWKS, get(async move || Json(published)))
    }
}
