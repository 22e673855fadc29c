//! The services of the subgraph, as resolvers find them.

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
    session::operations::Sessions,
};

/// How often a watch wakes without a reason.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// The services of users.
pub struct Services {
    /// Accounts and profiles.
    pub(crate) accounts: Arc<Accounts>,
    /// Sessions and the keys that access tokens are signed with.
    pub(crate) sessions: Arc<Sessions>,
    /// Mail to people.
    pub(crate) mails: Arc<Mails>,
    /// What the owner of a mail address may do by proving to be it.
    pub(crate) recovery: Recovery,
    /// Friends and the requests to become one.
    pub(crate) friendships: Arc<Friendships>,
    /// How people can be paid outside of Quits.
    pub(crate) pay_handles: Arc<PayHandles>,
    /// Everything about one person, for that person.
    pub(crate) exports: Exports,
    /// Says whose friends have changed.
    pub(crate) nudges: Nudges,
}

impl Services {
    /// Hears about changes of friends until told to stop.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, FRIEND_NUDGES, stop).await;
    }

    /// Has another key sign access tokens from soon on; says when.
    pub async fn rotate_key(&self) -> Outcome<String> {
        self.sessions.rotate_key().await
    }

    /// Goes on with the signing keys that are stored now, which is also done again and again beside serving.
    pub async fn reload_keys(&self) -> Outcome<()> {
        self.sessions.reload_keys().await
    }

    /// Watches the friends of the caller.
    pub(crate) fn watch_friends(&self, caller: &Caller) -> Outcome<Watch> {
        Ok(self.nudges.watch(caller.user()?.0, HEARTBEAT))
    }
}
