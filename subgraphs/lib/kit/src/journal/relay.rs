//! The outbox relay: publishes what the journal holds, in the order of each stream, and marks it only
//! after the broker's confirm. One relay at a time per database holds the lease.

use std::{collections::HashSet, sync::Arc, time::Duration};

use contracts::{Envelope, Timestamp, envelope::Place};
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{RawDocumentBuf, deserialize_from_slice, doc},
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span};

use super::{ENTRIES, Journal, entry::Entry};
use crate::{
    bus::{Bus, Publisher},
    failure::{Failure, Outcome},
    lease::Lease,
};

/// The lease of the one relay that publishes.
pub(crate) const RELAY: &str = "relay";

const BATCH: i64 = 256;
/// Other replicas append without telling this one.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Publishes one journal.
pub struct Relay {
    journal: Arc<Journal>,
    bus: Bus,
    lease: Lease,
}

impl Relay {
    /// A relay that takes part in the contest for the journal's lease.
    pub fn new(journal: Arc<Journal>, bus: Bus) -> Self {
        let lease = Lease::new(&journal.database, RELAY);
        Self { journal, bus, lease }
    }

    /// Publishes until told to stop. Failures are logged and tried again: nothing is lost, only late.
    pub async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = self.keep_publishing() => {}
            () = stop.cancelled() => {}
        }
        if let Err(failure) = self.lease.release().await {
            tracing::warn!(reason = failure.log_text(), "the relay's lease could not be given back; it ends by itself");
        }
    }

    async fn keep_publishing(&self) {
        loop {
            let publisher = self.bus.publisher().await;
            if let Err(failure) = self.publish_all(&publisher).await {
                tracing::warn!(reason = failure.log_text(), "relay stopped; it goes on in a moment");
            }
            tokio::time::sleep(AFTER_FAILURE).await;
        }
    }

    async fn publish_all(&self, publisher: &Publisher) -> Outcome<()> {
        loop {
            let published = match self.lease.hold().await? {
                Some(fence) => self.publish_batch(publisher, fence).await?,
                None => 0,
            };
            if published == 0 {
                let _ = tokio::time::timeout(LOOK_AGAIN, self.journal.appended.notified()).await;
            }
        }
    }

    /// Publishes what is next in every stream; a stream ends at its first failure. Gives how many.
    async fn publish_batch(&self, publisher: &Publisher, fence: i64) -> Outcome<usize> {
        let waiting: Vec<RawDocumentBuf> = self
            .journal
            .entries
            .find(doc! { "published_at": null })
            .sort(doc! { "at": 1, "_id": 1 })
            .limit(BATCH)
            .await?
            .try_collect()
            .await?;
        let mut sent = Vec::with_capacity(waiting.len());
        for document in &waiting {
            let entry: Entry = deserialize_from_slice(document.as_bytes())?;
            let (id, stream) = (entry.id.clone(), entry.stream.clone());
            let (trace_id, version, kind) = (entry.trace.id(), entry.version, entry.event.kind());
            let span = info_span!("publish", otel.kind = "producer", trace_id, stream, version, kind);
            let mut envelope = self.envelope(entry)?;
            envelope.traceparent = envelope.traceparent.within(&span);
            let confirm = publisher.publish(&envelope).instrument(span.clone()).await?;
            sent.push((id, stream, confirm, span));
        }
        let mut failed = HashSet::new();
        let mut confirmed = Vec::with_capacity(sent.len());
        for (id, stream, confirm, span) in sent {
            if confirm.arrived().instrument(span).await && !failed.contains(&stream) {
                confirmed.push(id);
            } else {
                failed.insert(stream);
            }
        }
        self.mark(&confirmed, fence).await?;
        if failed.is_empty() {
            Ok(confirmed.len())
        } else {
            Err(Failure::internal("the broker did not take every event"))
        }
    }

    /// Marks as published, unless another relay has taken over meanwhile: then it publishes again,
    /// which changes nothing for consumers.
    async fn mark(&self, confirmed: &[String], fence: i64) -> Outcome<()> {
        if confirmed.is_empty() || !self.lease.is_held(fence).await? {
            return Ok(());
        }
        let published = doc! { "$set": { "published_at": Timestamp::now().to_string() } };
        self.journal.entries.update_many(doc! { "_id": { "$in": confirmed } }, published).await?;
        Ok(())
    }

    fn envelope(&self, entry: Entry) -> Outcome<Envelope> {
        let id = entry.id.parse().map_err(Failure::internal)?;
        let stream = entry.stream.parse().map_err(Failure::internal)?;
        let place = Place { stream, version: entry.version, at: entry.at };
        Ok(Envelope::new(id, self.journal.source, place, entry.actor, entry.trace, entry.event))
    }
}

/// Marks the whole journal as not published yet. What consumers know already is a repetition to them.
pub(crate) async fn publish_again(database: &Database) -> Outcome<()> {
    let entries = database.collection::<RawDocumentBuf>(ENTRIES);
    let unpublished = doc! { "$set": { "published_at": null } };
    entries.update_many(doc! { "published_at": { "$ne": null } }, unpublished).await?;
    Ok(())
}
