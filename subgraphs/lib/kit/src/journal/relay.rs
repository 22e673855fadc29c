//! The outbox relay: publishes journal entries in the order of each stream, and marks them only after the broker's
//! confirm. One relay per database holds the lease.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use contracts::{
    Envelope, Timestamp, Trace, UserId,
    envelope::{AnyEvent, Place},
    ledger::LedgerState,
};
use futures::{TryStreamExt, future::join_all};
use mongodb::{
    Database,
    bson::{RawDocumentBuf, deserialize_from_slice, doc},
};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, info_span};

use super::{Journal, Outbox, outbox::ENTRIES};
use crate::{
    bus::{Bus, Confirm, Publisher},
    failure::{Failure, Outcome},
    lease::{Held, Lease},
};

/// The name of the relay's lease.
pub(crate) const RELAY: &str = "relay";

/// The most entries that are published and marked together.
const BATCH: usize = 1_024;
/// How often a relay looks for entries while other processes append, which do not wake it. Without them only commands do,
/// and a look at each renewal of the lease suffices.
const POLL_INTERVAL: Duration = Duration::from_millis(200);
/// The least time between two batches, so that a steady flow of entries is not published one by one. The first entry
/// after a pause does not wait.
const GATHERED_FOR: Duration = Duration::from_millis(10);
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// How long a stream is skipped whose next entry cannot be published.
const BLOCKED_PAUSE: Duration = Duration::from_secs(30);

/// Publishes the entries of one journal.
pub struct Relay {
    pub(super) outbox: Arc<Outbox>,
    pub(super) bus: Bus,
    lease: Lease,
    has_other_writers: bool,
}

/// The part of an entry that publishing needs; the event is forwarded as stored, whatever its kind.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "_id")]
    id: String,
    stream: String,
    version: i64,
    at: Timestamp,
    actor: Option<UserId>,
    trace: Trace,
    event: AnyEvent,
}

/// Entries that wait for their confirms.
struct Batch {
    sent: Vec<Sent>,
    /// Whether as many were found as a batch can have.
    is_whole: bool,
}

struct Sent {
    id: String,
    stream: String,
    confirm: Confirm,
    span: Span,
}

impl Batch {
    fn ids(&self) -> Vec<String> {
        self.sent.iter().map(|sent| sent.id.clone()).collect()
    }
}

impl Relay {
    /// Creates a relay that competes for the journal's lease.
    pub fn new<L: LedgerState>(journal: &Journal<L>, bus: Bus) -> Self {
        let outbox = journal.outbox();
        let lease = Lease::new(&outbox.database, RELAY);
        Self { outbox, bus, lease, has_other_writers: false }
    }

    /// Expects entries of processes that have no relay, besides those of processes that want the lease.
    #[must_use]
    pub(crate) fn with_other_writers(mut self, has_other_writers: bool) -> Self {
        self.has_other_writers = has_other_writers;
        self
    }

    /// Publishes until cancelled. Failures are logged and retried, so entries may be late but are never lost.
    pub async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = self.keep_publishing() => {}
            () = self.answer_replays(&stop) => {}
            () = stop.cancelled() => {}
        }
        if let Err(failure) = self.lease.release().await {
            tracing::warn!(reason = failure.log_text(), "the relay's lease could not be released; it will expire");
        }
    }

    async fn keep_publishing(&self) {
        loop {
            let publisher = self.bus.publisher().await;
            if let Err(failure) = self.publish_all(&publisher).await {
                tracing::warn!(reason = failure.log_text(), "the relay stopped; restarting");
            }
            tokio::time::sleep(RETRY_DELAY).await;
        }
    }

    async fn publish_all(&self, publisher: &Publisher) -> Outcome<()> {
        let mut blocked = HashMap::new();
        loop {
            if !publisher.is_open() {
                return Err(Failure::internal("the connection to the broker is lost"));
            }
            let Some(Held { fence, is_wanted }) = self.lease.hold_on().await? else {
                tokio::time::sleep(self.lease.until_next_question()).await;
                continue;
            };
            let begun = Instant::now();
            let mut batch = self.send_batch(publisher, &[], &mut blocked).await?;
            // After a whole batch more waits. It is sent while the broker confirms the one before.
            while batch.is_whole {
                let ids = batch.ids();
                let (confirmed, next) =
                    tokio::join!(self.confirm(batch.sent, fence), self.send_batch(publisher, &ids, &mut blocked));
                confirmed?;
                batch = next?;
            }
            self.confirm(batch.sent, fence).await?;
            // What this process appends meanwhile wakes it at once.
            let is_alone = !is_wanted && !self.has_other_writers;
            let interval = if is_alone { self.lease.until_next_question() } else { POLL_INTERVAL };
            let _ = tokio::time::timeout(interval, self.outbox.appended.notified()).await;
            tokio::time::sleep(GATHERED_FOR.saturating_sub(begun.elapsed())).await;
        }
    }

    /// Sends the next entries of every stream, except those that are on their way.
    async fn send_batch(
        &self,
        publisher: &Publisher,
        on_their_way: &[String],
        blocked: &mut HashMap<String, Instant>,
    ) -> Outcome<Batch> {
        blocked.retain(|_, since| since.elapsed() < BLOCKED_PAUSE);
        let blocked_streams: Vec<&String> = blocked.keys().collect();
        let mut waiting = doc! { "published_at": null, "stream": { "$nin": blocked_streams } };
        if !on_their_way.is_empty() {
            waiting.insert("_id", doc! { "$nin": on_their_way });
        }
        let limit = i64::try_from(BATCH).map_err(Failure::internal)?;
        let waiting = self.outbox.entries.find(waiting).sort(doc! { "at": 1, "_id": 1 }).limit(limit).await?;
        let waiting: Vec<RawDocumentBuf> = waiting.try_collect().await?;
        let mut sent = Vec::with_capacity(waiting.len());
        for document in &waiting {
            let stream = document.get_str("stream").map_err(Failure::internal)?;
            if blocked.contains_key(stream) {
                continue;
            }
            match deserialize_from_slice::<Stored>(document.as_bytes()) {
                Ok(stored) => sent.push(self.send(publisher, stored).await?),
                Err(error) => {
                    tracing::error!(stream, %error, "an entry cannot be published; its stream is blocked");
                    blocked.insert(stream.to_owned(), Instant::now());
                }
            }
        }
        self.outbox.blocked_streams.store(i64::try_from(blocked.len()).unwrap_or(i64::MAX), Ordering::Relaxed);
        Ok(Batch { is_whole: waiting.len() == BATCH, sent })
    }

    async fn send(&self, publisher: &Publisher, stored: Stored) -> Outcome<Sent> {
        let Stored { id, stream, version, at, actor, trace, event } = stored;
        let kind = event.kind.clone();
        let span = info_span!("publish", otel.kind = "producer", trace_id = trace.id(), stream, version, kind);
        let place = Place { stream: stream.parse().map_err(Failure::internal)?, version, at };
        let entry_id = id.parse().map_err(Failure::internal)?;
        let envelope = Envelope::new(entry_id, self.outbox.source, place, actor, trace.within(&span), event);
        let confirm = publisher.publish_any(&envelope).instrument(span.clone()).await?;
        Ok(Sent { id, stream, confirm, span })
    }

    /// Waits for the confirms and marks confirmed entries, up to the first failure of each stream.
    async fn confirm(&self, sent: Vec<Sent>, fence: i64) -> Outcome<()> {
        let arrive = |Sent { id, stream, confirm, span }| async move {
            let arrived = confirm.arrived().instrument(span).await;
            (id, stream, arrived)
        };
        let mut failed = HashSet::new();
        let mut confirmed = Vec::new();
        for (id, stream, arrived) in join_all(sent.into_iter().map(arrive)).await {
            if arrived && !failed.contains(&stream) {
                confirmed.push(id);
            } else {
                failed.insert(stream);
            }
        }
        self.mark(&confirmed, fence).await?;
        if failed.is_empty() { Ok(()) } else { Err(Failure::internal("the broker did not confirm every event")) }
    }

    /// Marks entries as published, unless another relay has taken over meanwhile; that one publishes them again, which
    /// consumers ignore.
    async fn mark(&self, confirmed: &[String], fence: i64) -> Outcome<()> {
        if confirmed.is_empty() || !self.lease.is_held(fence).await? {
            return Ok(());
        }
        let published = doc! { "$set": { "published_at": self.outbox.clock.now().to_string() } };
        self.outbox.entries.update_many(doc! { "_id": { "$in": confirmed } }, published).await?;
        Ok(())
    }
}

/// Marks the whole journal as unpublished; returns how many entries were published. Consumers ignore events that they
/// know.
pub(crate) async fn publish_again(database: &Database) -> Outcome<u64> {
    let entries = database.collection::<RawDocumentBuf>(ENTRIES);
    let unpublished = doc! { "$set": { "published_at": null } };
    let marked = entries.update_many(doc! { "published_at": { "$ne": null } }, unpublished).await?;
    Ok(marked.modified_count)
}
