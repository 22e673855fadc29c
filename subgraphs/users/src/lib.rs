//! Owns accounts, sessions, profiles and the keys that access tokens are signed with.
//!
//! Publishes `user.registered`. Consumes nothing. Never knows a group or an amount of money.

mod account;
pub mod config;
mod graphql;
mod refusal;
mod services;
mod session;

use std::sync::Arc;

use async_graphql::{Data, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use axum::{Json, Router, routing::get};
use contracts::ledger::NoLedger;
use kit::{
    Caller, Outcome, Settings, Subgraph,
    auth::{Keys, TokenCheck},
    rate::RateWindows,
    role::Resources,
};

use account::{operations::Accounts, password::Passwords, store::AccountStore};
use config::Config;
use graphql::{Mutation, Query, account::account_loader};
use session::{operations::Sessions, store::SessionStore};

pub use services::Services;
pub use session::signing::{AccessToken, Signer, SigningKey};

/// The collection that counts failed tries to sign in.
const LOGIN_FAILURES: &str = "login_failures";

/// Where the keys are published that access tokens are checked with (RFC 7517).
const JWKS: &str = "/.well-known/jwks.json";

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "users";
    const PORT: u16 = 4001;
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
        kit::graphql::schema(Query::default(), Mutation::default(), EmptySubscription)
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let (accounts, sessions) = (AccountStore::new(&resources.database), SessionStore::new(&resources.database));
        accounts.prepare().await?;
        sessions.prepare().await?;
        let key = sessions.keep_key(&SigningKey::generate()?).await?;
        let signer = Signer::new(&key, &resources.settings, resources.own.access_token_seconds)?;
        let accounts = Accounts::new(accounts, Arc::clone(&resources.journal), Passwords::new().await?);
        let accounts = Arc::new(accounts);
        let failures = RateWindows::new(&resources.database, LOGIN_FAILURES);
        failures.prepare().await?;
        let sessions = Sessions::new(sessions, failures, Arc::clone(&accounts), signer, resources.own.clone());
        Ok(Arc::new(Self { accounts, sessions }))
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(account_loader(self, caller));
    }

    fn keys(&self, _settings: &Settings) -> Keys {
        Keys::Own(self.sessions.published_keys().clone())
    }

    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> Router {
        let published = self.sessions.published_keys().clone();
        Router::new().route(JWKS, get(async move || Json(published)))
    }
}
