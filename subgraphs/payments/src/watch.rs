//! Watching a group: told at once and after every change, for as long as one is in it.

use std::{sync::Arc, time::Duration};

use contracts::{GroupId, UserId, ask::Asker};
use futures::{Stream, StreamExt, stream};
use kit::{Caller, Outcome, bus::Nudge, load::group_not_found};
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until},
};

use crate::{Payments, refusal::Refusal};

/// Changes that come closer together than this are told as one.
const APART: Duration = Duration::from_millis(100);
/// When groups did not say who is a member, it is asked again after this.
const ASK_AGAIN: Duration = Duration::from_secs(1);

struct Watch {
    payments: Arc<Payments>,
    asker: Asker,
    user: UserId,
    group: GroupId,
    nudges: Receiver<Nudge>,
    heartbeat: Interval,
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
        let period = Duration::from_millis(self.heartbeat_ms);
        let mut heartbeat = interval_at(Instant::now() + period, period);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let watch = Watch {
            payments: Arc::clone(self),
            asker: caller.asker()?,
            user: caller.user()?,
            group,
            // Listens before anything is told, so that nothing is missed in between.
            nudges: self.nudges.subscribe(),
            heartbeat,
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

impl Watch {
    /// Waits until the group has moved and may be told again; `None` when the person is no longer in it.
    async fn next(&mut self) -> Option<GroupId> {
        loop {
            tokio::select! {
                () = nudged(&mut self.nudges, self.group) => self.moved = true,
                _ = self.heartbeat.tick() => {}
            }
            if self.moved {
                sleep_until(self.not_before).await;
                self.not_before = Instant::now() + APART;
                drain(&mut self.nudges);
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
                    self.heartbeat.reset_after(ASK_AGAIN);
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

/// Waits for a nudge that may be about this group.
async fn nudged(nudges: &mut Receiver<Nudge>, group: GroupId) {
    loop {
        match nudges.recv().await {
            Ok(Nudge::Group(other)) if other != group => {}
            // Whoever could not keep up has missed something.
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Drops what has come already: what is told next is newer than all of it.
fn drain(nudges: &mut Receiver<Nudge>) {
    while let Ok(_) | Err(TryRecvError::Lagged(_)) = nudges.try_recv() {}
}
