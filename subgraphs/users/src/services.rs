//! The services of all nouns.

use std::{sync::Arc, time::Duration};

use contracts::topology::FRIEND_NUDGES;
use kit::{
    Caller, Outcome,
    bus::{Bus, Nudges, Watch},
};
use tokio_util::sync::CancellationToken;

use crate::{
    account::operations::Accounts, export::operations::Exports, friendship::operations::Friendships,
    mail::operations::Mails, pay_handle::operations::PayHandles, recovery::operations::Recovery,
    second_factor::operations::SecondFactors, session::operations::Sessions,
};

/// The longest interval between two looks of a subscription at the database.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// The services of users.
pub struct Services {
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) second_factors: Arc<SecondFactors>,
    pub(crate) mails: Arc<Mails>,
    pub(crate) recovery: Recovery,
    pub(crate) friendships: Arc<Friendships>,
    pub(crate) pay_handles: Arc<PayHandles>,
    pub(crate) exports: Exports,
    /// Notifies subscriptions about changes of friends.
    pub(crate) nudges: Nudges,
}

impl Services {
    /// Receives nudges about friends until cancelled.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, FRIEND_NUDGES, stop).await;
    }

    /// Creates the next key for signing access tokens; returns a message with the time from which it signs.
    pub async fn rotate_key(&self) -> Outcome<String> {
        self.sessions.rotate_key().await
    }

    /// Reloads the stored signing keys. While serving, this also happens at intervals.
    pub async fn reload_keys(&self) -> Outcome<()> {
        self.sessions.reload_keys().await
    }

    /// Deletes the caller's account. What belongs to it goes first: if that fails midway, the account is still there and
    /// its owner can try again.
    pub(crate) async fn delete_account(&self, caller: &Caller, password: String) -> Outcome<()> {
        let account = self.sessions.confirmed(caller, password).await?;
        self.friendships.forget(account.id).await?;
        self.mails.forget(account.id).await?;
        self.pay_handles.forget(account.id).await?;
        self.sessions.forget(account.id).await?;
        self.accounts.delete(caller, &account).await
    }

    /// Subscribes to changes of the caller's friends.
    pub(crate) fn watch_friends(&self, caller: &Caller) -> Outcome<Watch> {
        Ok(self.nudges.watch(caller.user()?.0, HEARTBEAT))
    }
}
