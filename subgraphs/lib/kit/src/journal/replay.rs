//! Replay: a consumer that misses part of a stream requests it from its publisher, over the broker.

use std::time::Duration;

use contracts::topology::{ReplayRequest, WholeReplayRequest, replay_queue};
use futures::StreamExt;
use lapin::options::BasicAckOptions;
use mongodb::bson::doc;
use tokio_util::sync::CancellationToken;

use super::{Outbox, Relay, publish_again};
use crate::failure::{Failure, Outcome};

const AFTER_FAILURE: Duration = Duration::from_secs(1);

impl Relay {
    /// Handles replay requests until cancelled; reconnects without limit.
    pub(super) async fn answer_replays(&self, stop: &CancellationToken) {
        loop {
            tokio::select! {
                ended = self.answer_replays_once() => {
                    if let Err(failure) = ended {
                        tracing::warn!(reason = failure.log_text(), "replays stopped; reconnecting");
                    }
                }
                () = stop.cancelled() => return,
            }
            tokio::time::sleep(AFTER_FAILURE).await;
        }
    }

    async fn answer_replays_once(&self) -> Outcome<()> {
        let queue = replay_queue(self.outbox.source);
        let (_link, mut deliveries) = self.bus.deliveries(&queue).await?;
        while let Some(delivery) = deliveries.next().await {
            let delivery = delivery?;
            if let Ok(request) = serde_json::from_slice::<ReplayRequest>(&delivery.data) {
                self.outbox.replay(&request).await?;
            } else if let Ok(WholeReplayRequest::WholeJournal) = serde_json::from_slice(&delivery.data) {
                self.outbox.replay_all().await?;
            }
            delivery.ack(BasicAckOptions::default()).await?;
        }
        Err(Failure::internal("the broker closed the consumer"))
    }
}

impl Outbox {
    /// Marks part of a stream as unpublished. Returns the number of entries.
    pub(crate) async fn replay(&self, request: &ReplayRequest) -> Outcome<u64> {
        let versions = doc! { "$gte": request.from_version, "$lt": request.before_version };
        let part = doc! { "stream": request.stream.to_string(), "version": versions };
        let marked = self.entries.update_many(part, doc! { "$set": { "published_at": null } }).await?;
        self.appended.notify_one();
        Ok(marked.matched_count)
    }

    /// Marks the whole journal as unpublished. Returns the number of entries that were published.
    pub(crate) async fn replay_all(&self) -> Outcome<u64> {
        let marked = publish_again(&self.database).await?;
        self.appended.notify_one();
        Ok(marked)
    }
}
