//! Watching a group: told at once and after every change, for as long as one is in it.

use std::{sync::Arc, time::Duration};

use contracts::{GroupId, UserId, ask::Asker, roster::group_not_found};
use futures::{Stream, StreamExt, stream};
use kit::{Caller, Outcome, bus::Watch};
use tokio::time::{Instant, sleep_until};

use crate::{Payments, refusal::Refusal};

/// Changes that come closer together than this are told as one.
const APART: Duration = Duration::from_millis(100);
/// When groups did not say who is a member, it is asked again after this.
const ASK_AGAIN: Duration = Duration::from_secs(1);

struct GroupWatch {
    payments: Arc<Payments>,
    asker: Asker,
    user: UserId,
    group: GroupId,
    watch: Watch,
    not_before: Instant,
    /// Whether the group has moved since it was told the last time.
    moved: bool,
}

impl Payments {
    /// The group's id now and whenever the group has moved. Ends when the caller is no longer in the group.
    pub async fn watch(
        self: &Arc<Self>,
        caller: &Caller,
        group: GroupId,
    ) -> Outcome<impl Stream<Item = GroupId> + Send + use<>> {
        let watch = GroupWatch {
            payments: Arc::clone(self),
            asker: caller.asker()?,
            user: caller.user()?,
            group,
            // Listens before anything is told, so that nothing is missed in between.
            watch: self.nudges.watch(group.0, Duration::from_millis(self.heartbeat_ms)),
            not_before: Instant::now() + APART,
            moved: false,
        };
        if !watch.is_member().await?.ok_or_else(group_not_found)? {
            return Err(Refusal::GroupLeft.into());
        }
        let moves = stream::unfold(watch, |mut watch| async { watch.next().await.map(|group| (group, watch)) });
        Ok(stream::iter([group]).chain(moves))
    }
}

impl GroupWatch {
    /// Waits until the group has moved and may be told again; `None` when the person is no longer in it.
    async fn next(&mut self) -> Option<GroupId> {
        loop {
            self.moved |= self.watch.next().await;
            if self.moved {
                sleep_until(self.not_before).await;
                self.not_before = Instant::now() + APART;
                self.watch.drain();
            }
            match self.is_member().await {
                Ok(Some(true)) if self.moved => {
                    self.moved = false;
                    return Some(self.group);
                }
                Ok(Some(true)) => {}
                Ok(_) => return None,
                // Nothing is told without the answer; the change is, as soon as there is one.
                Err(failure) => {
                    tracing::warn!(reason = failure.log_text(), "it is not known who is in the group; asking again");
                    self.watch.again_after(ASK_AGAIN);
                }
            }
        }
    }

    /// Whether the person is in the group now, asked afresh; `None` when the person may not even see it.
    async fn is_member(&self) -> Outcome<Option<bool>> {
        let rosters = self.payments.rosters.rosters(&self.asker, &[self.group]).await?;
        Ok(rosters.get(&self.group).map(|roster| roster.active_member_of(self.user).is_some()))
    }
}
