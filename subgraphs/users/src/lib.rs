//! Owns accounts, profiles, sessions, friendships, pay handles, mail to people and the keys that sign access tokens.
//!
//! Publishes `user.*` and `friendship.*`. Consumes nudges only: `friendship.*` triggers a new look at a person's
//! friends. Never knows a group or an amount of money.

mod account;
mod cipher;
pub mod config;
mod export;
mod friendship;
mod graphql;
mod mail;
mod pay_handle;
mod recovery;
mod refusal;
mod second_factor;
mod services;
mod session;

use std::sync::Arc;

use async_graphql::{Data, SchemaBuilder};
use async_trait::async_trait;
use axum::{Json, Router, routing::get};
use contracts::{
    contacts::{ContactsAnswer, ContactsQuestion},
    ledger::NoLedger,
    pay_handles::{PayHandlesAnswer, PayHandlesQuestion},
    profile::{FriendAnswer, FriendQuestion},
};
use futures::FutureExt;
use kit::{
    Caller, Outcome, Settings, Subgraph,
    auth::{Keys, TokenCheck},
    bus::{Bus, Nudges},
    journal::Documents,
    rate::RateWindows,
    role::{OneShot, Resources},
    serve::question,
};
use tokio_util::sync::CancellationToken;

use account::{Account, operations::Accounts, password::Passwords, store::AccountStore};
use cipher::KeyCipher;
use config::Config;
use export::operations::Exports;
use friendship::{
    operations::{Friendships, people},
    store::FriendshipStore,
};
use graphql::{Mutation, Query, Subscription, user::account_loader};
use mail::{operations::Mails, store::MailStore};
use pay_handle::{operations::PayHandles, store::PayHandleStore};
use recovery::operations::Recovery;
use second_factor::{operations::SecondFactors, store::SecondFactorStore};
use session::{operations::Sessions, rotation::SigningKeys, store::SessionStore};

pub use services::Services;
pub use session::{
    keys::SigningKey,
    signing::{AccessToken, Holder, Signer},
};

/// The collection that counts failed sign-ins.
const LOGIN_FAILURES: &str = "login_failures";

/// The collection that counts sent friend requests.
const REQUESTS_SENT: &str = "friend_requests_sent";

/// The collection that counts requested mails.
const MAILS_ASKED: &str = "mails_asked";

/// The path of the JSON Web Key Set (RFC 7517) with the public keys of access tokens.
const JWKS: &str = "/.well-known/jwks.json";

#[async_trait]
impl Subgraph for Services {
    const NAME: &'static str = "users";
    const PORT: u16 = 4001;
    const ONE_SHOTS: &'static [OneShot<Self>] = &[OneShot {
        name: "rotate-key",
        about: "Has a new key sign access tokens from a minute on; tokens of the present one count until they end",
        run: |services| async move { services.rotate_key().await }.boxed(),
    }];
    type Settings = Config;
    type Ledger = NoLedger;
    type Query = Query;
    type Mutation = Mutation;
    type Subscription = Subscription;

    fn schema() -> SchemaBuilder<Query, Mutation, Subscription> {
        kit::graphql::schema(Query::default(), Mutation::default(), Subscription::default())
    }

    async fn open(resources: &Resources<Config>) -> Outcome<Arc<Self>> {
        let (accounts, sessions) = (AccountStore::new(&resources.database), SessionStore::new(&resources.database));
        accounts.prepare().await?;
        sessions.prepare().await?;
        let cipher = KeyCipher::new(&resources.own.key_encryption_key)?;
        let signing = signing(&sessions, cipher.clone(), resources).await?;
        let (journal, clock) = (&resources.journal, &resources.clock);
        let accounts = Accounts::new(accounts, Arc::clone(journal), clock.clone(), Passwords::new()?);
        let accounts = Arc::new(accounts);
        let failures = RateWindows::new(&resources.database, LOGIN_FAILURES);
        failures.prepare().await?;
        let mails = MailStore::new(&resources.database);
        mails.prepare().await?;
        let own = &resources.own;
        let mails = Arc::new(Mails::new(mails, Arc::clone(&accounts), own, clock.clone())?);
        let second_factors = SecondFactorStore::new(&resources.database);
        let second_factors = Arc::new(SecondFactors::new(second_factors, cipher, clock.clone()));
        let (known, post, factors) = (Arc::clone(&accounts), Arc::clone(&mails), Arc::clone(&second_factors));
        let sessions = Sessions::new(sessions, failures, known, post, factors, signing, resources);
        let sessions = Arc::new(sessions);
        let asked = RateWindows::new(&resources.database, MAILS_ASKED);
        asked.prepare().await?;
        let (known, post) = (Arc::clone(&accounts), Arc::clone(&mails));
        let recovery = Recovery::new(known, Arc::clone(&sessions), post, asked, clock.clone());
        let friendships = FriendshipStore::new(&resources.database);
        friendships.prepare().await?;
        let sent = RateWindows::new(&resources.database, REQUESTS_SENT);
        sent.prepare().await?;
        let (known, post, journal) = (Arc::clone(&accounts), Arc::clone(&mails), Arc::clone(journal));
        let friendships = Arc::new(Friendships::new(friendships, known, post, journal, clock.clone(), sent));
        let (known, friends, open) = (Arc::clone(&accounts), Arc::clone(&friendships), Arc::clone(&sessions));
        let pay_handles = PayHandleStore::new(&resources.database);
        let pay_handles = Arc::new(PayHandles::new(pay_handles, Arc::clone(&accounts)));
        let exports = Exports::new(known, friends, open, Arc::clone(&pay_handles), clock.clone());
        let nudges = Nudges::about(people);
        Ok(Arc::new(Self {
            accounts,
            sessions,
            second_factors,
            mails,
            recovery,
            friendships,
            pay_handles,
            exports,
            nudges,
        }))
    }

    fn documents() -> Vec<Documents> {
        vec![Documents::of::<Account>()]
    }

    fn request_data(self: &Arc<Self>, caller: &Caller, data: &mut Data) {
        data.insert(account_loader(self, caller));
    }

    fn keys(&self, _settings: &Settings) -> Keys {
        let sessions = Arc::clone(&self.sessions);
        Keys::Own(Box::new(move || sessions.published_keys()))
    }

    fn routes(self: &Arc<Self>, tokens: &Arc<TokenCheck>) -> Router {
        let sessions = Arc::clone(&self.sessions);
        let friends = question(self, tokens, |services: Arc<Self>, caller, question: FriendQuestion| async move {
            Ok(FriendAnswer { friend: services.friendships.friend(&caller, question.user).await? })
        });
        let handles = question(self, tokens, |services: Arc<Self>, caller, question: PayHandlesQuestion| async move {
            Ok(PayHandlesAnswer { people: services.pay_handles.for_service(&caller, &question.users).await? })
        });
        let contacts = question(self, tokens, |services: Arc<Self>, caller, question: ContactsQuestion| async move {
            Ok(ContactsAnswer { people: services.mails.contacts(&caller, &question.users).await? })
        });
        friends
            .merge(handles)
            .merge(contacts)
            .route(JWKS, get(move || std::future::ready(Json(sessions.published_keys()))))
    }

    async fn background(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        tokio::join!(self.listen(&bus, &stop), self.mails.deliver(&stop), self.sessions.follow_keys(&stop));
    }
}

/// Creates the signer of access tokens and the store of its keys.
async fn signing(
    store: &SessionStore,
    cipher: KeyCipher,
    resources: &Resources<Config>,
) -> Outcome<(Signer, SigningKeys)> {
    let access_token_seconds = &resources.own.access_token_seconds;
    let keys = SigningKeys::new(store.clone(), cipher, resources.clock.clone(), *access_token_seconds);
    let loaded = keys.load().await?;
    SigningKeys::warn_of_plain(&loaded);
    Ok((Signer::new(&loaded, &resources.settings, *access_token_seconds)?, keys))
}
