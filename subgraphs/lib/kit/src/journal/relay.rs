//! The outbox relay: publishes what the journal holds, in the order of each stream, and marks it only
//! after the broker's confirm. One relay at a time per database holds the lease.

use std::{collections::HashSet, sync::Arc, time::Duration};

use contracts::{Envelope, Timestamp, envelope::Place};
use futures::TryStreamExt;
use mongodb::{
    Collection,
    bson::{RawDocumentBuf, deserialize_from_slice, doc},
    options::{FindOneAndUpdateOptions, ReturnDocument},
};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span};
use uuid::Uuid;

use super::{Journal, LEASES, entry::Entry};
use crate::{
    bus::{Bus, Publisher},
    failure::{Failure, Outcome},
    mongo::is_duplicate_key,
};

const BATCH: i64 = 256;
const LEASE_MS: i64 = 10_000;
/// Other replicas append without telling this one.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Publishes one journal.
pub struct Relay {
    journal: Arc<Journal>,
    bus: Bus,
    owner: String,
}

#[derive(Deserialize)]
struct Lease {
    fence: i64,
}

impl Relay {
    /// A relay that takes part in the contest for the journal's lease.
    pub fn new(journal: Arc<Journal>, bus: Bus) -> Self {
        Self { journal, bus, owner: Uuid::new_v4().to_string() }
    }

    /// Publishes until told to stop. Failures are logged and tried again: nothing is lost, only late.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let publisher = tokio::select! {
                publisher = self.bus.publisher() => publisher,
                () = stop.cancelled() => return,
            };
            tokio::select! {
                ended = self.publish_all(&publisher) => {
                    if let Err(failure) = ended {
                        tracing::warn!(reason = failure.log_text(), "relay stopped; it goes on in a moment");
                    }
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
                () = stop.cancelled() => return,
            }
        }
    }

    async fn publish_all(&self, publisher: &Publisher) -> Outcome<()> {
        loop {
            let published = match self.lease().await? {
                Some(lease) => self.publish_batch(publisher, &lease).await?,
                None => 0,
            };
            if published == 0 {
                let _ = tokio::time::timeout(LOOK_AGAIN, self.journal.appended.notified()).await;
            }
        }
    }

    /// Takes or keeps the lease; `None` while another relay has it. A change of owner raises the fence.
    async fn lease(&self) -> Outcome<Option<Lease>> {
        let now = Timestamp::now();
        let until = now.plus_ms(LEASE_MS).to_string();
        let mine = doc! { "_id": "relay", "owner": &self.owner };
        let keep = doc! { "$set": { "until": &until } };
        let after = FindOneAndUpdateOptions::builder().return_document(ReturnDocument::After).build();
        let leases = self.leases();
        if let Some(lease) = leases.find_one_and_update(mine, keep).with_options(after.clone()).await? {
            return Ok(Some(lease));
        }
        let free = doc! { "_id": "relay", "until": { "$lt": now.to_string() } };
        let take = doc! { "$set": { "owner": &self.owner, "until": &until }, "$inc": { "fence": 1_i64 } };
        let after = FindOneAndUpdateOptions::builder().return_document(ReturnDocument::After).upsert(true).build();
        match leases.find_one_and_update(free, take).with_options(after).await {
            Ok(lease) => Ok(lease),
            Err(error) if is_duplicate_key(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Publishes what is next in every stream; a stream ends at its first failure. Gives how many.
    async fn publish_batch(&self, publisher: &Publisher, lease: &Lease) -> Outcome<usize> {
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
            envelope.traceparent = envelope.traceparent.through(&span);
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
        self.mark(&confirmed, lease).await?;
        if failed.is_empty() {
            Ok(confirmed.len())
        } else {
            Err(Failure::broken("the broker did not take every event"))
        }
    }

    /// Marks as published, unless another relay has taken over meanwhile: then it publishes again,
    /// which changes nothing for consumers.
    async fn mark(&self, confirmed: &[String], lease: &Lease) -> Outcome<()> {
        let held = doc! { "_id": "relay", "owner": &self.owner, "fence": lease.fence };
        if confirmed.is_empty() || self.leases().find_one(held).await?.is_none() {
            return Ok(());
        }
        let published = doc! { "$set": { "published_at": Timestamp::now().to_string() } };
        self.journal.entries.update_many(doc! { "_id": { "$in": confirmed } }, published).await?;
        Ok(())
    }

    fn envelope(&self, entry: Entry) -> Outcome<Envelope> {
        let id = entry.id.parse().map_err(Failure::broken)?;
        let stream = entry.stream.parse().map_err(Failure::broken)?;
        let place = Place { stream, version: entry.version, at: entry.at };
        Ok(Envelope::new(id, self.journal.source, place, entry.actor, entry.trace, entry.event))
    }

    fn leases(&self) -> Collection<Lease> {
        self.journal.database.collection(LEASES)
    }
}
