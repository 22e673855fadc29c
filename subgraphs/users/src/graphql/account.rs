//! Accounts in the API.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use contracts::UserId;
use kit::{
    Caller, Outcome,
    graphql::{CurrencyCode, DateTime, Loader, data, id, request},
};

use crate::{account::Account, refusal::Refusal, services::Services};

/// A person with an account, as one viewer may see it.
pub(super) struct User {
    account: Account,
    is_viewer: bool,
}

impl User {
    /// An account in the eyes of its owner.
    pub(super) fn oneself(account: Account) -> Self {
        Self { account, is_viewer: true }
    }

    /// An account in the eyes of this viewer.
    fn seen_by(viewer: UserId, account: Account) -> Self {
        Self { is_viewer: account.id == viewer, account }
    }

    /// What only the owner may see. Elsewhere an error at the field alone.
    fn own(&self) -> Outcome<&Account> {
        if self.is_viewer { Ok(&self.account) } else { Err(Refusal::Private.into()) }
    }
}

/// A person with an account. Others see the name and the picture.
#[Object]
impl User {
    /// Never changes.
    async fn id(&self) -> ID {
        self.account.id.0.into()
    }

    /// The name shown to others.
    async fn name(&self) -> &str {
        &self.account.profile.name
    }

    /// The address to sign in with; only for oneself, null for others.
    async fn email(&self) -> Option<&str> {
        self.is_viewer.then(|| self.account.email.as_str())
    }

    /// The address of a picture.
    async fn avatar_url(&self) -> Option<&str> {
        self.account.profile.avatar_url.as_deref()
    }

    /// The currency that new groups start with; only for oneself.
    async fn default_currency(&self) -> Outcome<CurrencyCode> {
        Ok(self.own()?.profile.default_currency.into())
    }

    /// A language tag such as "de-AT"; only for oneself.
    async fn locale(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.locale)
    }

    /// A name of the IANA time zone database such as "Europe/Vienna"; only for oneself.
    async fn time_zone(&self) -> Outcome<&str> {
        Ok(&self.own()?.profile.time_zone)
    }

    /// When the account was opened; only for oneself.
    async fn created_at(&self) -> Outcome<DateTime> {
        Ok(self.own()?.created_at.into())
    }
}

/// The queries about accounts.
#[derive(Default)]
pub struct AccountQueries;

#[Object]
impl AccountQueries {
    /// The account of the caller.
    async fn me(&self, ctx: &Context<'_>) -> Outcome<User> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.accounts.me(caller).await?;
        Ok(User::oneself(account))
    }
}

/// What the router asks for by key.
#[derive(Default)]
pub struct AccountEntities;

#[Object]
impl AccountEntities {
    /// The account with this id, for anybody who is signed in.
    ///
    /// Users does not know who shares a group with whom, so it shows everybody what fellow members see of each other: the
    /// name and the picture. That is safe since no client can choose the id. There is no query by id, only the router asks
    /// for entities, and it takes the id from the answer of a subgraph that has checked what the caller may see.
    /// Everything else about an account is for its owner alone; [`User`] holds to that.
    #[graphql(entity)]
    async fn user(&self, ctx: &Context<'_>, #[graphql(name = "id")] user: ID) -> Outcome<Option<User>> {
        let viewer = request::<Services>(ctx)?.1.user()?;
        let Some(user) = id(&user) else { return Ok(None) };
        let account = data::<AccountLoader>(ctx)?.load(user).await?;
        Ok(account.map(|account| User::seen_by(viewer, account)))
    }
}

/// Loads accounts for one request.
pub(crate) type AccountLoader = Loader<UserId, Account>;

/// A loader for one request of this caller.
pub(crate) fn account_loader(services: &Services, caller: &Caller) -> AccountLoader {
    let (accounts, caller) = (Arc::clone(&services.accounts), caller.clone());
    Loader::new(move |ids: Vec<UserId>| {
        let (accounts, caller) = (Arc::clone(&accounts), caller.clone());
        async move { accounts.by_ids(&caller, &ids).await }
    })
}
