//! Leases: of all the processes on a database, one at a time does what a lease is for.

use std::time::Duration;

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

/// After a crash, nobody else does the work for so long.
const LENGTH_MS: i64 = 3_000;
const KEEP_EVERY: Duration = Duration::from_secs(1);

/// One process's part in the contest for a lease.
pub(crate) struct Lease {
    holders: Collection<Holder>,
    name: &'static str,
    owner: String,
}

#[derive(Deserialize)]
struct Holder {
    fence: i64,
    until: Timestamp,
}

impl Lease {
    pub(crate) fn new(database: &Database, name: &'static str) -> Self {
        Self { holders: database.collection(LEASES), name, owner: Uuid::new_v4().to_string() }
    }

    /// Takes or keeps the lease and gives its fence, which a change of owner raises; `None` while another process has it.
    pub(crate) async fn hold(&self) -> Outcome<Option<i64>> {
        let now = Clock::system().now();
        let until = now.plus_ms(LENGTH_MS).to_string();
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

    /// Whether it is still the lease that was given with this fence.
    pub(crate) async fn is_held(&self, fence: i64) -> Outcome<bool> {
        let mine = doc! { "_id": self.name, "owner": &self.owner, "fence": fence };
        Ok(self.holders.find_one(mine).await?.is_some())
    }

    /// Keeps a lease that is held; ends when that is no longer possible.
    pub(crate) async fn keep(&self) -> Failure {
        loop {
            tokio::time::sleep(KEEP_EVERY).await;
            match self.hold().await {
                Ok(Some(_)) => {}
                Ok(None) => return Failure::internal(format!("another process has taken the lease `{}`", self.name)),
                Err(failure) => return failure,
            }
        }
    }

    /// Lets others have it at once.
    pub(crate) async fn release(&self) -> Outcome<()> {
        let mine = doc! { "_id": self.name, "owner": &self.owner };
        let over = doc! { "$set": { "until": Timestamp::EPOCH.to_string() } };
        self.holders.update_one(mine, over).await?;
        Ok(())
    }
}

/// Until when some process has this lease; `None` when none has it.
pub(crate) async fn held_until(database: &Database, name: &str) -> Outcome<Option<Timestamp>> {
    let holder = database.collection::<Holder>(LEASES).find_one(doc! { "_id": name }).await?;
    Ok(holder.map(|holder| holder.until).filter(|until| *until > Clock::system().now()))
}
