//! Migrations: the steps that bring documents of earlier versions to the format of this version. They run at the start
//! of every role, once per database.

use std::time::Duration;

use contracts::Timestamp;
use futures::{TryStreamExt, future::BoxFuture};
use mongodb::{Collection, Database, bson::doc};
use serde::{Deserialize, Serialize};

use crate::{
    clock::Clock,
    failure::{Failure, Outcome},
    lease::Lease,
    mongo::is_duplicate_key,
    restore_mark,
    unusable::UnusableDatabase,
};

/// The collection of applied migrations, and the name of the lease for applying them.
pub(crate) const MIGRATIONS: &str = "migrations";

/// The polling interval of a process that waits for another one's migration.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// One step. Its position in the list is its number, so new steps may only be appended.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// A short description.
    pub name: &'static str,
    /// Migrates the documents in batches. It may be interrupted and run again, so it must be idempotent and continue
    /// where it stopped.
    pub run: for<'a> fn(&'a Database) -> BoxFuture<'a, Outcome<()>>,
}

#[derive(Serialize, Deserialize)]
struct Applied {
    #[serde(rename = "_id")]
    number: i64,
    name: String,
    at: Timestamp,
}

/// Applies the missing migrations. If several processes start at once, one applies them and the others wait.
pub async fn migrate(database: &Database, migrations: &[Migration]) -> Outcome<Result<(), UnusableDatabase>> {
    let lease = Lease::new(database, MIGRATIONS);
    let done = migrate_in_turn(database, migrations, &lease).await;
    // Also after a failure, so that the next attempt need not wait.
    let released = lease.release().await;
    let done = done?;
    released?;
    Ok(done)
}

async fn migrate_in_turn(
    database: &Database,
    migrations: &[Migration],
    lease: &Lease,
) -> Outcome<Result<(), UnusableDatabase>> {
    let mut is_my_turn = false;
    loop {
        let done = match applied(database, migrations).await? {
            Ok(done) => done,
            Err(unusable) => return Ok(Err(unusable)),
        };
        let Some(next) = migrations.get(done) else { return Ok(Ok(())) };
        if is_my_turn {
            tokio::select! {
                applied = apply(database, done, next) => applied?,
                lost = lease.keep() => return Err(lost),
            }
        } else if lease.hold().await?.is_some() {
            // Looked up again, because another process may have applied it meanwhile.
            is_my_turn = true;
        } else {
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }
}

/// Returns the number of applied migrations if they are the first ones of this list.
async fn applied(database: &Database, migrations: &[Migration]) -> Outcome<Result<usize, UnusableDatabase>> {
    if let Some(unfinished) = restore_mark::unfinished(database).await? {
        return Ok(Err(unfinished));
    }
    let applied: Vec<Applied> = records(database).find(doc! {}).sort(doc! { "_id": 1 }).await?.try_collect().await?;
    if applied.len() > migrations.len() {
        let (present, known) = (applied.len(), migrations.len());
        return Ok(Err(UnusableDatabase(format!(
            "the database is at version {present} and this program knows {known} only: run the newer program, or \
             restore a backup of version {known}"
        ))));
    }
    let other = applied.iter().zip(migrations).find(|(applied, migration)| applied.name != migration.name);
    Ok(match other {
        Some((Applied { number, name, .. }, migration)) => Err(UnusableDatabase(format!(
            "migration {number} of the database is `{name}`, and of this program `{}`: it is another program's database",
            migration.name
        ))),
        None => Ok(applied.len()),
    })
}

async fn apply(database: &Database, done: usize, migration: &Migration) -> Outcome<()> {
    let number = i64::try_from(done).map_err(Failure::internal)? + 1;
    tracing::info!(number, name = migration.name, "migrating");
    (migration.run)(database).await?;
    let applied = Applied { number, name: migration.name.to_owned(), at: Clock::system().now() };
    match records(database).insert_one(applied).await {
        Ok(_) => {}
        // Another process has taken over the lease and recorded it first.
        Err(error) if is_duplicate_key(&error) => {}
        Err(error) => return Err(error.into()),
    }
    tracing::info!(number, name = migration.name, "migrated");
    Ok(())
}

fn records(database: &Database) -> Collection<Applied> {
    database.collection(MIGRATIONS)
}
