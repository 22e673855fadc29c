//! The use case of exporting one's own data.

use std::sync::Arc;

use contracts::UserId;
use kit::{Caller, Clock, Outcome};

use super::{FriendData, PersonalData, VERSION};
use crate::{
    account::operations::Accounts, friendship::operations::Friendships, pay_handle::operations::PayHandles,
    session::operations::Sessions,
};

/// A file for the person to save.
pub(crate) struct ExportFile {
    pub(crate) filename: String,
    pub(crate) content: String,
}

/// The service for exports.
pub(crate) struct Exports {
    accounts: Arc<Accounts>,
    friendships: Arc<Friendships>,
    sessions: Arc<Sessions>,
    pay_handles: Arc<PayHandles>,
    clock: Clock,
}

impl Exports {
    pub(crate) fn new(
        accounts: Arc<Accounts>,
        friendships: Arc<Friendships>,
        sessions: Arc<Sessions>,
        pay_handles: Arc<PayHandles>,
        clock: Clock,
    ) -> Self {
        Self { accounts, friendships, sessions, pay_handles, clock }
    }

    /// Returns everything about the caller as JSON.
    pub(crate) async fn export(&self, caller: &Caller) -> Outcome<ExportFile> {
        let account = self.accounts.me(caller).await?;
        let friendships = self.friendships.all(caller).await?;
        let ids: Vec<UserId> = friendships.iter().map(|friendship| friendship.friend_of(account.id)).collect();
        let mut known = self.accounts.by_ids(caller, &ids).await?;
        let mut name = |id: UserId| known.remove(&id).map(|friend| friend.profile.name);
        let friends = friendships.iter().zip(ids).map(|(friendship, id)| FriendData::new(friendship, id, name(id)));
        let now = self.clock.now();
        let data = PersonalData {
            version: VERSION,
            exported_at: now,
            account: account.into(),
            friends: friends.collect(),
            friend_requests: self.friendships.requests(caller).await?.into_iter().map(Into::into).collect(),
            blocked_user_ids: self.friendships.blocked(caller).await?,
            pay_handles: self.pay_handles.own(caller).await?,
            sessions: self.sessions.list(caller).await?.into_iter().map(Into::into).collect(),
        };
        let filename = format!("quits-{}.json", caller.today(now));
        Ok(ExportFile { filename, content: serde_json::to_string_pretty(&data)? })
    }
}
