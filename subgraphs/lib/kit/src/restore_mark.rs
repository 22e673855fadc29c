//! The mark of a restore under way: a database that has it is half restored, and must not be worked on.

use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use crate::{clock::Clock, failure::Outcome, lease::LEASES, unfit::Unfit};

/// Stands among the leases from before the first write of a restore until after its last.
const MARK: &str = "restore";

/// Sets the mark.
pub(crate) async fn set(database: &Database) -> Outcome<()> {
    let begun = doc! { "$set": { "begun_at": Clock::system().now().to_string() } };
    marks(database).update_one(doc! { "_id": MARK }, begun).upsert(true).await?;
    Ok(())
}

/// Takes the mark away.
pub(crate) async fn clear(database: &Database) -> Outcome<()> {
    marks(database).delete_one(doc! { "_id": MARK }).await?;
    Ok(())
}

/// Why a database that was left half restored must not be worked on.
pub(crate) async fn unfinished(database: &Database) -> Outcome<Option<Unfit>> {
    let mark = marks(database).find_one(doc! { "_id": MARK }).await?;
    Ok(mark.map(|mark| {
        let begun_at = mark.get_str("begun_at").unwrap_or("?");
        Unfit(format!(
            "the restore that began at {begun_at} has not ended: run `restore --replace` again if none is running"
        ))
    }))
}

fn marks(database: &Database) -> Collection<Document> {
    database.collection(LEASES)
}
