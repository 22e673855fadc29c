//! GraphQL types of sessions: register, sign in, sign out, and the mutations that need the password again.

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

/// The tokens of a session.
#[derive(SimpleObject)]
struct AuthPayload {
    /// For the header of each request: `Authorization: Bearer ...`.
    access_token: String,
    /// For one call of refreshSession.
    refresh_token: String,
    /// When the access token expires.
    expires_at: DateTime,
    /// The signed-in user.
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
    /// The display name: 1 to 100 characters.
    name: String,
    /// The address to sign in with.
    email: String,
    /// 10 to 200 characters; common passwords are refused.
    password: String,
    /// The default currency of new groups.
    #[graphql(default_with = "Some(CurrencyCode(DEFAULT_CURRENCY.to_owned()))")]
    default_currency: Option<CurrencyCode>,
    /// A BCP 47 language tag such as "de-AT"; "en" by default.
    locale: Option<String>,
    /// An IANA time zone name such as "Europe/Vienna"; "UTC" by default.
    time_zone: Option<String>,
    /// The device, such as "Firefox on Linux", which is shown in the list of sessions; up to 100 characters.
    device: Option<String>,
    /// A random secret that the client keeps, 16 to 100 characters. A device that has signed in with it is not locked out
    /// when others try to sign in to the account.
    device_key: Option<String>,
}

impl RegisterInput {
    fn read(self) -> Outcome<(Registration, Device)> {
        let Self { name, email, password, default_currency, locale, time_zone, device, device_key } = self;
        // An explicit null means the default.
        let code = default_currency.unwrap_or_else(|| CurrencyCode(DEFAULT_CURRENCY.to_owned()));
        let default_currency = code.currency("input.defaultCurrency")?;
        let device = Device::new(device.as_deref(), device_key.as_deref())?;
        Ok((Registration { name, email, password, default_currency, locale, time_zone }, device))
    }
}

/// Credentials for signing in.
#[derive(InputObject)]
pub(super) struct LoginInput {
    /// The address of the account, in any case.
    email: String,
    password: String,
    /// For an account with a second step: the code of the authenticator app, or a recovery code. A login without it is
    /// refused with `SECOND_FACTOR_REQUIRED` if the password is right.
    code: Option<String>,
    /// The device, such as "Firefox on Linux", which is shown in the list of sessions; up to 100 characters.
    device: Option<String>,
    /// A random secret that the client keeps, 16 to 100 characters. A device that has signed in with it is not locked out
    /// when others try to sign in to the account.
    device_key: Option<String>,
}

/// Mutations of sessions.
#[derive(Default)]
pub(super) struct SessionMutations;

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
        let device = Device::new(input.device.as_deref(), input.device_key.as_deref())?;
        let signed_in = services.sessions.login(&input.email, input.password, input.code.as_deref(), device).await?;
        Ok(signed_in.into())
    }

    /// Returns new tokens for a refresh token and replaces it. The reuse of a replaced token ends its session, except
    /// that within ten seconds it returns the same new refresh token again.
    async fn refresh_session(&self, ctx: &Context<'_>, refresh_token: String) -> Outcome<AuthPayload> {
        let (services, _) = request::<Services>(ctx)?;
        let signed_in = services.sessions.refresh(&refresh_token).await?;
        Ok(signed_in.into())
    }

    /// Ends the session of a refresh token; true even if it has ended already.
    async fn logout(&self, ctx: &Context<'_>, refresh_token: String) -> Outcome<bool> {
        let (services, _) = request::<Services>(ctx)?;
        services.sessions.logout(&refresh_token).await?;
        Ok(true)
    }

    /// Ends a session of the caller; true even if it has ended already.
    async fn end_session(&self, ctx: &Context<'_>, #[graphql(name = "id")] session: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.end(caller, &session).await?;
        Ok(true)
    }

    /// Ends all sessions of the caller except the current one.
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

    /// Deletes the caller's account. Other people's ledgers show a deleted person instead; balances stay.
    async fn delete_account(&self, ctx: &Context<'_>, password: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.delete_account(caller, password).await?;
        Ok(true)
    }
}
