//! The mark of a running restore: a database with it is incomplete and must not be used.

use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use crate::{clock::Clock, failure::Outcome, lease::LEASES, unusable::UnusableDatabase};

/// A document among the leases, present from before the first write of a restore until after its last.
const MARK: &str = "restore";

/// Sets the mark.
pub(crate) async fn set(database: &Database) -> Outcome<()> {
    let begun = doc! { "$set": { "begun_at": Clock::system().now().to_string() } };
    marks(database).update_one(doc! { "_id": MARK }, begun).upsert(true).await?;
    Ok(())
}

/// Removes the mark.
pub(crate) async fn clear(database: &Database) -> Outcome<()> {
    marks(database).delete_one(doc! { "_id": MARK }).await?;
    Ok(())
}

/// Returns why an incompletely restored database must not be used.
pub(crate) async fn unfinished(database: &Database) -> Outcome<Option<UnusableDatabase>> {
    let mark = marks(database).find_one(doc! { "_id": MARK }).await?;
    Ok(mark.map(|mark| {
        let begun_at = mark.get_str("begun_at").unwrap_or("?");
        UnusableDatabase(format!(
            "the restore that began at {begun_at} has not ended: run `restore --replace` again if none is running"
        ))
    }))
}

fn marks(database: &Database) -> Collection<Document> {
    database.collection(LEASES)
}
