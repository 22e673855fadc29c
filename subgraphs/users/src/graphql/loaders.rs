//! Accounts by id: one question for all entities of a request.

use std::{collections::HashMap, sync::Arc};

use contracts::UserId;
use dataloader::{BatchFn, non_cached::Loader};
use kit::{Caller, Outcome};

use crate::{Users, account::Account};

/// Loads accounts for one request.
pub type AccountLoader = Loader<UserId, Loaded, Accounts>;

type Loaded = Outcome<Option<Account>>;

/// The question for several accounts.
pub struct Accounts {
    users: Arc<Users>,
    caller: Caller,
}

/// A loader for one request of this caller.
pub fn accounts(users: &Arc<Users>, caller: &Caller) -> AccountLoader {
    Loader::new(Accounts { users: Arc::clone(users), caller: caller.clone() })
}

impl BatchFn<UserId, Loaded> for Accounts {
    async fn load(&mut self, ids: &[UserId]) -> HashMap<UserId, Loaded> {
        match self.users.accounts(&self.caller, ids).await {
            Ok(mut found) => ids.iter().map(|id| (*id, Ok(found.remove(id)))).collect(),
            Err(failure) => ids.iter().map(|id| (*id, Err(failure.clone()))).collect(),
        }
    }
}
