//! Backups: `<subgraph> backup` writes the subgraph's whole database to one file, and `<subgraph> restore` reads it
//! back.

mod command;
mod dump;
mod restore;
mod take;

use mongodb::{Database, bson::doc};

pub(crate) use command::{Source, Target};
pub use dump::{Header, Listed};
pub use restore::restore;
pub use take::backup;

use crate::{failure::Outcome, lease::LEASES};

/// The collections in a backup: all except the leases, which belong to running processes.
async fn contents(database: &Database) -> Outcome<Vec<String>> {
    let own = doc! { "type": "collection", "name": { "$ne": LEASES, "$not": { "$regex": "^system\\." } } };
    let mut names = database.list_collection_names().filter(own).await?;
    names.sort_unstable();
    Ok(names)
}
