//! Leases: one of all processes on a database at a time does a certain job.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use contracts::Timestamp;
use mongodb::{
    Collection, Database,
    bson::doc,
    options::{FindOneAndUpdateOptions, ReturnDocument},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    clock::Clock,
    failure::{Failure, Outcome},
    mongo::is_duplicate_key,
};

pub(crate) const LEASES: &str = "leases";

/// How long a lease is valid; after a crash another process takes over after at most this time.
const DURATION_MS: i64 = 3_000;
/// The age at which a lease is renewed, and the interval at which others ask whether it is free.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(1);

/// A process that competes for a lease.
pub(crate) struct Lease {
    holders: Collection<Holder>,
    name: &'static str,
    owner: String,
    asked: Mutex<Option<Asked>>,
}

/// What the database answered last.
#[derive(Clone, Copy)]
struct Asked {
    /// When it was asked: the lease is valid for [`DURATION_MS`] from then on.
    at: Instant,
    /// The fencing token; `None` if another process held the lease.
    fence: Option<i64>,
}

#[derive(Deserialize)]
struct Holder {
    fence: i64,
    until: Timestamp,
}

impl Lease {
    pub(crate) fn new(database: &Database, name: &'static str) -> Self {
        let (holders, owner) = (database.collection(LEASES), Uuid::new_v4().to_string());
        Self { holders, name, owner, asked: Mutex::default() }
    }

    /// Like [`Self::hold`], for frequent use: an answer that is still young is not asked for again.
    pub(crate) async fn hold_on(&self) -> Outcome<Option<i64>> {
        match self.asked().filter(|asked| asked.at.elapsed() < RENEWAL_INTERVAL) {
            Some(asked) => Ok(asked.fence),
            None => self.hold().await,
        }
    }

    /// How long it takes until asking again for a lease that another process holds makes sense.
    pub(crate) fn until_next_question(&self) -> Duration {
        self.asked().map_or(Duration::ZERO, |asked| RENEWAL_INTERVAL.saturating_sub(asked.at.elapsed()))
    }

    /// Acquires or renews the lease and returns its fencing token, which increases with every change of the owner;
    /// `None` while another process holds the lease.
    pub(crate) async fn hold(&self) -> Outcome<Option<i64>> {
        let at = Instant::now();
        let fence = self.ask().await;
        let asked = fence.as_ref().ok().map(|fence| Asked { at, fence: *fence });
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = asked;
        fence
    }

    async fn ask(&self) -> Outcome<Option<i64>> {
        let now = Clock::system().now();
        let until = now.plus_ms(DURATION_MS).to_string();
        let mine = doc! { "_id": self.name, "owner": &self.owner };
        let keep = doc! { "$set": { "until": &until } };
        let after = FindOneAndUpdateOptions::builder().return_document(ReturnDocument::After).build();
        if let Some(holder) = self.holders.find_one_and_update(mine, keep).with_options(after).await? {
            return Ok(Some(holder.fence));
        }
        let free = doc! { "_id": self.name, "until": { "$lt": now.to_string() } };
        let take = doc! { "$set": { "owner": &self.owner, "until": &until }, "$inc": { "fence": 1_i64 } };
        let after = FindOneAndUpdateOptions::builder().return_document(ReturnDocument::After).upsert(true).build();
        match self.holders.find_one_and_update(free, take).with_options(after).await {
            Ok(holder) => Ok(holder.map(|holder| holder.fence)),
            Err(error) if is_duplicate_key(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the lease is still held with this fencing token. The database is asked at most once per
    /// `RENEWAL_INTERVAL`.
    pub(crate) async fn is_held(&self, fence: i64) -> Outcome<bool> {
        Ok(self.hold_on().await? == Some(fence))
    }

    fn asked(&self) -> Option<Asked> {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Renews a held lease; returns when that fails.
    pub(crate) async fn keep(&self) -> Failure {
        loop {
            tokio::time::sleep(RENEWAL_INTERVAL).await;
            match self.hold().await {
                Ok(Some(_)) => {}
                Ok(None) => return Failure::internal(format!("another process has taken the lease `{}`", self.name)),
                Err(failure) => return failure,
            }
        }
    }

    /// Releases the lease, so that others can acquire it at once.
    pub(crate) async fn release(&self) -> Outcome<()> {
        let mine = doc! { "_id": self.name, "owner": &self.owner };
        let over = doc! { "$set": { "until": Timestamp::EPOCH.to_string() } };
        self.holders.update_one(mine, over).await?;
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

/// Returns until when some process holds this lease; `None` if none does.
pub(crate) async fn held_until(database: &Database, name: &str) -> Outcome<Option<Timestamp>> {
    let holder = database.collection::<Holder>(LEASES).find_one(doc! { "_id": name }).await?;
    Ok(holder.map(|holder| holder.until).filter(|until| *until > Clock::system().now()))
}
