//! GraphQL types of accounts.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use kit::{
    Outcome,
    graphql::{CurrencyCode, data, id, request},
};

use super::user::{AccountLoader, User};
use crate::{account::ProfileEdit, services::Services};

/// Queries of accounts.
#[derive(Default)]
pub(super) struct AccountQueries;

#[Object]
impl AccountQueries {
    /// The caller's account.
    async fn me(&self, ctx: &Context<'_>) -> Outcome<User> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.accounts.me(caller).await?;
        Ok(User::oneself(account))
    }
}

/// Entities for the router.
#[derive(Default)]
pub(super) struct AccountEntities;

#[Object]
impl AccountEntities {
    /// The account with this id, for any signed-in caller.
    ///
    /// Users does not know who shares a group with whom, so it shows everybody what fellow members see of each other:
    /// the name and the picture. That is safe because no client can choose the id: there is no query by id, only the
    /// router asks for entities, and it takes the id from the response of a subgraph that has checked what the caller
    /// may see. Everything else about an account is for its owner alone, which [`User`] enforces.
    #[graphql(entity)]
    async fn user_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] user: ID) -> Outcome<Option<User>> {
        let viewer = request::<Services>(ctx)?.1.user()?;
        let Some(user) = id(&user) else { return Ok(None) };
        let seen = data::<AccountLoader>(ctx)?.load(user).await?;
        Ok(seen.map(|seen| User::seen_by(viewer, seen)))
    }
}

/// A change of the caller's profile; omitted fields stay.
#[derive(InputObject)]
pub(super) struct UpdateProfileInput {
    /// The display name: 1 to 100 characters.
    name: Option<String>,
    /// The https URL of a picture, or a data URL of a PNG, JPEG or WebP of at most 32 KiB. Null removes the picture.
    avatar_url: MaybeUndefined<String>,
    /// The default currency of new groups.
    default_currency: Option<CurrencyCode>,
    /// A BCP 47 language tag such as "de-AT".
    locale: Option<String>,
    /// An IANA time zone name such as "Europe/Vienna".
    time_zone: Option<String>,
}

impl UpdateProfileInput {
    fn read(self) -> Outcome<ProfileEdit> {
        let avatar_url = match self.avatar_url {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(url) => Some(Some(url)),
        };
        let default_currency = self.default_currency.map(|code| code.currency("input.defaultCurrency")).transpose()?;
        Ok(ProfileEdit {
            name: self.name,
            avatar_url,
            default_currency,
            locale: self.locale,
            time_zone: self.time_zone,
        })
    }
}

/// Mutations of accounts.
#[derive(Default)]
pub(super) struct AccountMutations;

#[Object]
impl AccountMutations {
    /// Changes the caller's profile.
    async fn update_profile(&self, ctx: &Context<'_>, input: UpdateProfileInput) -> Outcome<User> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        Ok(User::oneself(services.accounts.update_profile(caller, input.read()?).await?))
    }
}
