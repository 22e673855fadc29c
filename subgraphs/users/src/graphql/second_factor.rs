//! GraphQL types of the second step of a sign-in.

use async_graphql::{Context, Object, SimpleObject};
use kit::{Outcome, graphql::request};

use crate::{second_factor::Setup, services::Services};

/// What an authenticator app needs to show codes.
#[derive(SimpleObject)]
struct SecondFactorSetup {
    /// The secret in Base32, to type.
    secret: String,
    /// The same as an `otpauth` URI, for a QR code.
    uri: String,
}

impl From<Setup> for SecondFactorSetup {
    fn from(Setup { secret, uri }: Setup) -> Self {
        Self { secret, uri }
    }
}

/// A second step that is enabled.
#[derive(SimpleObject)]
struct EnabledSecondFactor {
    /// Ten codes, each for one sign-in without the authenticator app. They are not shown again.
    recovery_codes: Vec<String>,
}

/// Mutations of the second step.
#[derive(Default)]
pub(super) struct SecondFactorMutations;

#[Object]
impl SecondFactorMutations {
    /// Creates a secret for the caller's authenticator app. Sign-ins stay as they are until a code of it has enabled the
    /// second step.
    async fn begin_second_factor(&self, ctx: &Context<'_>, password: String) -> Outcome<SecondFactorSetup> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.sessions.begin_second_factor(caller, password).await?.into())
    }

    /// Enables the second step with a code of the authenticator app: sign-ins need the password and a code from now on.
    async fn enable_second_factor(&self, ctx: &Context<'_>, code: String) -> Outcome<EnabledSecondFactor> {
        let (services, caller) = request::<Services>(ctx)?;
        let recovery_codes = services.sessions.enable_second_factor(caller, &code).await?;
        Ok(EnabledSecondFactor { recovery_codes })
    }

    /// Disables the second step; true even if there was none.
    async fn disable_second_factor(&self, ctx: &Context<'_>, password: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.sessions.disable_second_factor(caller, password).await?;
        Ok(true)
    }
}
