//! Subscriptions to the number of unread notifications: emit at once and after every change.

use std::sync::Arc;

use contracts::UserId;
use futures::{
    FutureExt, Stream, StreamExt,
    stream::{self, BoxStream},
};
use kit::{Caller, Outcome, run_to_end};

use super::{Change, Notifications, Recipient};
use crate::live::News;

/// How many news are looked at together.
const AT_ONCE: usize = 32;

/// What a person has not read.
struct Unread {
    number: u64,
    /// Who the person was when it was counted.
    own: Vec<Recipient>,
}

struct UnreadWatch {
    notifications: Arc<Notifications>,
    caller: Caller,
    user: UserId,
    /// The news that are there at a moment, together: many changes at once are counted once.
    news: BoxStream<'static, Vec<News<Arc<Change>>>>,
    /// What was counted last.
    seen: Option<Unread>,
}

impl Notifications {
    /// Streams the number of the caller's unread notifications: at once and after every change of it. Nothing is asked
    /// while nothing changes that concerns the caller. Ends with the failure to count.
    pub(crate) async fn watch_unread(
        self: &Arc<Self>,
        caller: &Caller,
    ) -> Outcome<impl Stream<Item = Outcome<u64>> + Send + use<>> {
        let watch = UnreadWatch {
            notifications: Arc::clone(self),
            caller: caller.clone(),
            user: caller.user()?,
            // It listens before the first count, so that no change is missed in between.
            news: self.live.watch().await.ready_chunks(AT_ONCE).boxed(),
            seen: None,
        };
        Ok(stream::try_unfold(watch, async |mut watch| Ok(watch.next().await?.map(|number| (number, watch)))))
    }
}

impl UnreadWatch {
    /// Waits for the next number that differs from the last one; `None` if there are no news any more.
    async fn next(&mut self) -> Outcome<Option<u64>> {
        loop {
            if self.seen.is_some() && !self.concerned().await {
                return Ok(None);
            }
            let now = self.count().await?;
            let before = self.seen.replace(now).map(|seen| seen.number);
            let number = self.seen.as_ref().map(|seen| seen.number);
            if number != before {
                return Ok(number);
            }
        }
    }

    /// Waits for news that concern the person; false if there will be none.
    async fn concerned(&mut self) -> bool {
        let own = self.seen.as_ref().map_or(&[][..], |seen| &seen.own);
        while let Some(news) = self.news.next().await {
            let concerns = |news: &News<Arc<Change>>| match news {
                News::Change(change) => change.concerns(self.user, own),
                News::Missed => true,
            };
            if news.iter().any(concerns) {
                return true;
            }
        }
        false
    }

    fn count(&self) -> impl Future<Output = Outcome<Unread>> + use<> {
        let (notifications, caller, user) = (Arc::clone(&self.notifications), self.caller.clone(), self.user);
        // A watcher may be gone before it is counted.
        let counting = run_to_end(async move {
            let memberships = notifications.directory.memberships_of(&caller, user).await?;
            let number = notifications.unread(user, &memberships).await?;
            Ok(Unread { number, own: Recipient::of(user, &memberships) })
        });
        counting.map(Result::flatten)
    }
}
