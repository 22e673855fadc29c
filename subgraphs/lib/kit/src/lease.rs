//! Leases: one of all processes on a database at a time does a certain job.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use contracts::Timestamp;
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
    options::ReturnDocument,
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
const DURATION_MS: i64 = 4_000;
/// The age at which a lease is renewed. Others ask for it as often, and once more when it expires.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(2);
/// A lease that no other process has asked for during this time counts as unwanted.
const UNWANTED_AFTER_MS: u64 = 10_000;

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
    /// When it is to be asked again.
    next: Instant,
    /// `None` if another process held the lease.
    held: Option<Held>,
}

/// A lease that this process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The fencing token, which increases with every change of the owner.
    pub(crate) fence: i64,
    /// Whether other processes have asked for the lease a short time ago.
    pub(crate) is_wanted: bool,
}

#[derive(Deserialize)]
struct Holder {
    #[serde(default)]
    owner: String,
    fence: i64,
    until: Timestamp,
    /// When another process asked for it.
    wanted_at: Option<Timestamp>,
}

impl Lease {
    pub(crate) fn new(database: &Database, name: &'static str) -> Self {
        let (holders, owner) = (database.collection(LEASES), Uuid::new_v4().to_string());
        Self { holders, name, owner, asked: Mutex::default() }
    }

    /// Like [`Self::hold`], for frequent use: an answer that is still young is not asked for again.
    pub(crate) async fn hold_on(&self) -> Outcome<Option<Held>> {
        match self.asked().filter(|asked| Instant::now() < asked.next) {
            Some(asked) => Ok(asked.held),
            None => self.hold().await,
        }
    }

    /// How long it takes until the lease is to be renewed, or asked for again.
    pub(crate) fn until_next_question(&self) -> Duration {
        self.asked().map_or(Duration::ZERO, |asked| asked.next.saturating_duration_since(Instant::now()))
    }

    /// Acquires or renews the lease; `None` while another process holds it.
    pub(crate) async fn hold(&self) -> Outcome<Option<Held>> {
        let asked = self.ask().await;
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = asked.as_ref().ok().copied();
        Ok(asked?.held)
    }

    async fn ask(&self) -> Outcome<Asked> {
        let (begun, now) = (Instant::now(), Clock::system().now());
        let asked = self.holders.find_one_and_update(doc! { "_id": self.name }, vec![self.claim(now)]);
        let holder = match asked.upsert(true).return_document(ReturnDocument::After).await {
            Ok(holder) => holder,
            Err(error) if is_duplicate_key(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let is_recent = |wanted_at: Timestamp| wanted_at.milliseconds_until(now) < UNWANTED_AFTER_MS;
        let (held, free_in) = match holder {
            Some(Holder { owner, fence, wanted_at, .. }) if owner == self.owner => {
                (Some(Held { fence, is_wanted: wanted_at.is_some_and(is_recent) }), RENEWAL_INTERVAL)
            }
            Some(holder) => (None, Duration::from_millis(now.milliseconds_until(holder.until) + 1)),
            None => (None, RENEWAL_INTERVAL),
        };
        Ok(Asked { next: begun + free_in.min(RENEWAL_INTERVAL), held })
    }

    /// The stage of an update that takes or keeps the lease, or else notes that it is wanted.
    fn claim(&self, now: Timestamp) -> Document {
        let (until, now) = (now.plus_ms(DURATION_MS).to_string(), now.to_string());
        let is_mine = doc! { "$eq": ["$owner", &self.owner] };
        let is_free = doc! { "$lt": [{ "$ifNull": ["$until", ""] }, &now] };
        let is_held = doc! { "$or": [&is_mine, is_free] };
        let fence = doc! { "$ifNull": ["$fence", 0_i64] };
        let taken = doc! { "$add": [&fence, { "$cond": [is_mine, 0_i64, 1_i64] }] };
        doc! { "$set": {
            "owner": { "$cond": [&is_held, &self.owner, "$owner"] },
            "fence": { "$cond": [&is_held, taken, fence] },
            "until": { "$cond": [&is_held, until, "$until"] },
            "wanted_at": { "$cond": [is_held, "$wanted_at", now] },
        } }
    }

    /// Whether the lease is still held with this fencing token. The database is asked at most once per
    /// `RENEWAL_INTERVAL`.
    pub(crate) async fn is_held(&self, fence: i64) -> Outcome<bool> {
        Ok(self.hold_on().await?.is_some_and(|held| held.fence == fence))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::recorded_database;

    #[tokio::test]
    async fn one_process_holds_a_lease_and_knows_whether_others_want_it() {
        let (_, database, _) = recorded_database("lease").await;
        let (one, other) = (Lease::new(&database, "test"), Lease::new(&database, "test"));
        let held = |fence, is_wanted| Some(Held { fence, is_wanted });
        assert_eq!(one.hold().await.unwrap(), held(1, false));
        assert_eq!(other.hold().await.unwrap(), None);
        assert_eq!(one.hold().await.unwrap(), held(1, true));
        assert!(one.is_held(1).await.unwrap());
        one.release().await.unwrap();
        assert_eq!(other.hold().await.unwrap().map(|held| held.fence), Some(2));
        assert_eq!(one.hold().await.unwrap(), None);
        assert!(!one.is_held(1).await.unwrap());
        database.drop().await.unwrap();
    }

    #[tokio::test]
    async fn a_lease_is_asked_for_when_it_expires() {
        let (_, database, _) = recorded_database("lease").await;
        let (one, other) = (Lease::new(&database, "test"), Lease::new(&database, "test"));
        one.hold().await.unwrap();
        let soon = doc! { "$set": { "until": Clock::system().now().plus_ms(1_000).to_string() } };
        one.holders.update_one(doc! {}, soon).await.unwrap();
        assert_eq!(other.hold_on().await.unwrap(), None);
        assert!(other.until_next_question() <= Duration::from_millis(1_001), "before the renewal interval is over");
        tokio::time::sleep(other.until_next_question()).await;
        assert_eq!(other.hold_on().await.unwrap().map(|held| held.fence), Some(2));
        database.drop().await.unwrap();
    }

    #[tokio::test]
    async fn a_lease_that_is_not_renewed_goes_to_another_process() {
        let (_, database, _) = recorded_database("lease").await;
        let (one, other) = (Lease::new(&database, "test"), Lease::new(&database, "test"));
        one.hold().await.unwrap();
        let past = doc! { "$set": { "until": Clock::system().now().plus_ms(-1).to_string() } };
        one.holders.update_one(doc! {}, past).await.unwrap();
        assert_eq!(other.hold().await.unwrap().map(|held| held.fence), Some(2));
        assert_eq!(one.hold().await.unwrap(), None);
        database.drop().await.unwrap();
    }
}
