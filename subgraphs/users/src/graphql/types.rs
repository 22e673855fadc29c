//! Types of the API.

use async_graphql::{ID, InputObject, Object, Result, SimpleObject};
use contracts::UserId;
use kit::{
    Outcome,
    graphql::{CurrencyCode, DateTime},
};

use crate::{
    account::Account,
    operations::{Registration, SignedIn},
    refusal::Refusal,
};

const DEFAULT_CURRENCY: &str = "EUR";

/// A person with an account, as one viewer may see it.
pub struct User {
    account: Account,
    is_viewer: bool,
}

impl User {
    /// An account in the eyes of its owner.
    pub fn oneself(account: Account) -> Self {
        Self { account, is_viewer: true }
    }

    /// An account in the eyes of anybody.
    pub fn seen_by(viewer: UserId, account: Account) -> Self {
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
    /// Stays the same for ever.
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
    async fn default_currency(&self) -> Result<CurrencyCode> {
        Ok(self.own()?.profile.default_currency.into())
    }

    /// A language tag such as "de-AT"; only for oneself.
    async fn locale(&self) -> Result<&str> {
        Ok(&self.own()?.profile.locale)
    }

    /// A name of the IANA time zone database such as "Europe/Vienna"; only for oneself.
    async fn time_zone(&self) -> Result<&str> {
        Ok(&self.own()?.profile.time_zone)
    }

    /// When the account was opened; only for oneself.
    async fn created_at(&self) -> Result<DateTime> {
        Ok(self.own()?.created_at.into())
    }
}

/// What a client needs to act for somebody.
#[derive(SimpleObject)]
pub struct AuthPayload {
    /// Goes with each request, as `Authorization: Bearer ...`.
    access_token: String,
    /// Gives the next access token, once.
    refresh_token: String,
    /// When the access token stops counting.
    expires_at: DateTime,
    /// Who signed in.
    user: User,
}

impl From<SignedIn> for AuthPayload {
    fn from(SignedIn { account, access_token, refresh_token }: SignedIn) -> Self {
        Self {
            access_token: access_token.text,
            refresh_token: refresh_token.write(),
            expires_at: access_token.expires_at.into(),
            user: User::oneself(account),
        }
    }
}

/// A new account.
#[derive(InputObject)]
pub struct RegisterInput {
    /// The name shown to others: 1 to 100 characters.
    name: String,
    /// The address to sign in with.
    email: String,
    /// 8 to 200 characters.
    password: String,
    /// The currency that new groups start with.
    #[graphql(default_with = "Some(CurrencyCode(DEFAULT_CURRENCY.to_owned()))")]
    default_currency: Option<CurrencyCode>,
    /// A language tag such as "de-AT"; "en" when not given.
    locale: Option<String>,
    /// A name of the IANA time zone database such as "Europe/Vienna"; "UTC" when not given.
    time_zone: Option<String>,
}

impl RegisterInput {
    /// The input as the operation takes it.
    pub fn registration(self) -> Outcome<Registration> {
        let Self { name, email, password, default_currency, locale, time_zone } = self;
        // An explicit null is as good as nothing.
        let code = default_currency.unwrap_or_else(|| CurrencyCode(DEFAULT_CURRENCY.to_owned()));
        let default_currency = code.currency("input.defaultCurrency")?;
        Ok(Registration { name, email, password, default_currency, locale, time_zone })
    }
}

/// Who signs in.
#[derive(InputObject)]
pub struct LoginInput {
    /// In capitals or not.
    pub email: String,
    /// As it was chosen.
    pub password: String,
}
