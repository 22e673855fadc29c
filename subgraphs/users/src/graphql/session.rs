//! Sessions in the API: registering, signing in and out, and what asks for the password again.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{CurrencyCode, DateTime, request},
};

use super::user::User;
use crate::{
    account::operations::Registration,
    services::Services,
    session::{Device, operations::SignedIn},
};

const DEFAULT_CURRENCY: &str = "EUR";

/// What a client needs to act for somebody.
#[derive(SimpleObject)]
struct AuthPayload {
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
pub(super) struct RegisterInput {
    /// The name shown to others: 1 to 100 characters.
    name: String,
    /// The address to sign in with.
    email: String,
    /// 10 to 200 characters, and none of the passwords that everybody tries first.
    password: String,
    /// The currency that new groups start with.
    #[graphql(default_with = "Some(CurrencyCode(DEFAULT_CURRENCY.to_owned()))")]
    default_currency: Option<CurrencyCode>,
    /// A language tag such as "de-AT"; "en" when not given.
    locale: Option<String>,
    /// A name of the IANA time zone database such as "Europe/Vienna"; "UTC" when not given.
    time_zone: Option<String>,
    /// What the session is opened on, such as "Firefox on Linux"; up to 100 characters, shown in the list of sessions.
    device: Option<String>,
}

impl RegisterInput {
    fn read(self) -> Outcome<(Registration, Device)> {
        let Self { name, email, password, default_currency, locale, time_zone, device } = self;
        // An explicit null means the default.
        let code = default_currency.unwrap_or_else(|| CurrencyCode(DEFAULT_CURRENCY.to_owned()));
        let default_currency = code.currency("input.defaultCurrency")?;
        let device = Device::new(device.as_deref())?;
        Ok((Registration { name, email, password, default_currency, locale, time_zone }, device))
    }
}

/// Who signs in.
#[derive(InputObject)]
pub(super) struct LoginInput {
    /// In capitals or not.
    email: String,
    /// As it was chosen.
    password: String,
    /// What the session is opened on, such as "Firefox on Linux"; up to 100 characters, shown in the list of sessions.
    device: Option<String>,
}

/// The mutations about sessions.
#[derive(Default)]
pub struct SessionMutations;

#[Object]
impl SessionMutations {
    /// Opens an account and signs its owner in.
    async fn register(&self, ctx: &Context<'_>, input: RegisterInput) -> Outcome<AuthPayload> {
        let (services, caller) = request::<Services>(ctx)?;
        let (new, device) = input.read()?;
        let signed_in = services.sessions.register(caller, new, device).await?;
        services.friendships.deliver_waiting(caller, &signed_in.account).await?;
        Ok(signed_in.into())
    }

    /// Signs in.
    async fn login(&self, ctx: &Context<'_>, input: LoginInput) -> Outcome<AuthPayload> {
        let (services, _) = request::<Services>(ctx)?;
        let signed_in =
            services.sessions.login(&input.email, input.password, Device::new(input.device.as_deref())?).await?;
        Ok(signed_in.into())
    }

    /// Gives new tokens for a refresh token, which is used up by that. Using a token up twice ends its session, except that
    /// a repeat within ten seconds gets the same refresh token again.
    async fn refresh_session(&self, ctx: &Context<'_>, refresh_token: String) -> Outcome<AuthPayload> {
        let (services, _) = request::<Services>(ctx)?;
        let signed_in = services.sessions.refresh(&refresh_token).await?;
        Ok(signed_in.into())
    }

    /// Ends the session of a refresh token; true also when it has ended already.
    async fn logout(&self, ctx: &Context<'_>, refresh_token: String) -> Outcome<bool> {
        let (services, _) = request::<Services>(ctx)?;
        services.sessions.logout(&refresh_token).await?;
        Ok(true)
    }

    /// Ends a session of the caller; true also when it has ended already.
    async fn end_session(&self, ctx: &Context<'_>, #[graphql(name = "id")] session: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.end(caller, &session).await?;
        Ok(true)
    }

    /// Ends all sessions of the caller but the one that asks.
    async fn end_other_sessions(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.end_others(caller).await?;
        Ok(true)
    }

    /// Changes the caller's password and ends all other sessions.
    async fn change_password(&self, ctx: &Context<'_>, current: String, new: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.change_password(caller, current, new).await?;
        Ok(true)
    }

    /// Deletes the caller's account. In the ledgers of others its owner is a deleted person from then on; balances stay.
    async fn delete_account(&self, ctx: &Context<'_>, password: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.delete_account(caller, password).await?;
        services.friendships.forget(caller.user()?).await?;
        services.mails.forget(caller.user()?).await?;
        services.pay_handles.forget(caller.user()?).await?;
        Ok(true)
    }
}
