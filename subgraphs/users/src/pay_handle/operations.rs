//! Use cases of pay handles. They are not journalled: nothing depends on them, and their owner can remove them.

use std::sync::Arc;

use contracts::{
    UserId,
    pay_handles::{PayHandle, PersonHandles},
};
use kit::{Caller, Failure, Outcome};

use super::{NewHandle, OwnHandles, store::PayHandleStore};
use crate::account::{Account, operations::Accounts};

/// The most people per request of another subgraph.
const PEOPLE: usize = 1_000;

/// The service for pay handles.
pub(crate) struct PayHandles {
    store: PayHandleStore,
    accounts: Arc<Accounts>,
}

impl PayHandles {
    pub(crate) fn new(store: PayHandleStore, accounts: Arc<Accounts>) -> Self {
        Self { store, accounts }
    }

    /// Returns the caller's own handles.
    pub(crate) async fn own(&self, caller: &Caller) -> Outcome<Vec<PayHandle>> {
        let own = self.store.of(&[caller.user()?]).await?.pop();
        Ok(own.map(|own| own.handles).unwrap_or_default())
    }

    /// Replaces the caller's own handles.
    pub(crate) async fn set(&self, caller: &Caller, typed: &[NewHandle]) -> Outcome<Account> {
        let account = self.accounts.me(caller).await?;
        self.store.put(&OwnHandles::new(account.id, typed)?).await?;
        Ok(account)
    }

    /// Returns the handles of these people, for another subgraph, which checks who may see them. Refuses people.
    pub(crate) async fn for_service(&self, caller: &Caller, users: &[UserId]) -> Outcome<Vec<PersonHandles>> {
        if !caller.is_service {
            return Err(Failure::unauthenticated());
        }
        let found = self.store.of(&users[..users.len().min(PEOPLE)]).await?;
        Ok(found.into_iter().map(|own| PersonHandles { user_id: own.user_id, handles: own.handles }).collect())
    }

    /// Removes the handles of a deleted account.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.store.forget(user).await
    }
}
