//! Migrations: each runs once, whichever processes start and however often, and no program uses a database that it does
//! not know.

use futures::{FutureExt, future::join_all};
use kit::{
    Failure, Outcome,
    migrations::{Migration, migrate},
};
use mongodb::{
    Database,
    bson::{Document, doc},
};

use crate::notebook::Notebook;

const FIRST: Migration = Migration { name: "first", run: |database| count(database, "first").boxed() };
const SECOND: Migration = Migration { name: "second", run: |database| count(database, "second").boxed() };
const OTHER: Migration = Migration { name: "other", run: |database| count(database, "other").boxed() };
const HINDERED: Migration = Migration { name: "second", run: |database| unless_hindered(database).boxed() };

async fn count(database: &Database, name: &str) -> Outcome<()> {
    let once_more = doc! { "$inc": { "runs": 1 } };
    database.collection::<Document>("runs").update_one(doc! { "_id": name }, once_more).upsert(true).await?;
    Ok(())
}

async fn unless_hindered(database: &Database) -> Outcome<()> {
    if database.collection::<Document>("hindrances").find_one(doc! {}).await?.is_some() {
        return Err(Failure::internal("hindered"));
    }
    count(database, "second").await
}

/// Returns how often each migration ran.
async fn runs(database: &Database) -> [i32; 2] {
    let runs = async |name: &str| {
        let found = database.collection::<Document>("runs").find_one(doc! { "_id": name }).await.unwrap();
        found.map_or(0, |row| row.get_i32("runs").unwrap())
    };
    [runs("first").await, runs("second").await]
}

async fn applied(database: &Database) -> u64 {
    database.collection::<Document>("migrations").count_documents(doc! { "at": { "$type": "string" } }).await.unwrap()
}

#[tokio::test]
async fn new_migrations_run_once_and_are_recorded() {
    let Notebook { database, .. } = &Notebook::open().await;
    assert_eq!(migrate(database, &[FIRST]).await.unwrap(), Ok(()));
    assert_eq!((runs(database).await, applied(database).await), ([1, 0], 1));
    for _ in 0..2 {
        assert_eq!(migrate(database, &[FIRST, SECOND]).await.unwrap(), Ok(()));
        assert_eq!((runs(database).await, applied(database).await), ([1, 1], 2));
    }
    database.drop().await.unwrap();
}

#[tokio::test]
async fn of_many_concurrent_starts_one_migrates_and_the_others_wait() {
    let Notebook { database, .. } = &Notebook::open().await;
    let started = join_all((0..8).map(|_| async {
        let migrated = migrate(database, &[FIRST, SECOND]).await.unwrap();
        (migrated, runs(database).await)
    }));
    assert_eq!(started.await, vec![(Ok(()), [1, 1]); 8], "nobody goes on before it is done");
    database.drop().await.unwrap();
}

#[tokio::test]
async fn a_failed_migration_continues_where_it_stopped() {
    let Notebook { database, .. } = &Notebook::open().await;
    let hindrances = database.collection::<Document>("hindrances");
    hindrances.insert_one(doc! {}).await.unwrap();
    assert!(migrate(database, &[FIRST, HINDERED]).await.is_err());
    assert_eq!((runs(database).await, applied(database).await), ([1, 0], 1));
    hindrances.drop().await.unwrap();
    assert_eq!(migrate(database, &[FIRST, HINDERED]).await.unwrap(), Ok(()));
    assert_eq!((runs(database).await, applied(database).await), ([1, 1], 2));
    database.drop().await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_or_another_program_is_refused() {
    let Notebook { database, .. } = &Notebook::open().await;
    migrate(database, &[FIRST, SECOND]).await.unwrap().unwrap();
    let older = migrate(database, &[FIRST]).await.unwrap().unwrap_err();
    assert!(older.reason().contains("version 2 and this program knows 1 only"), "{older:?}");
    let other = migrate(database, &[FIRST, OTHER]).await.unwrap().unwrap_err();
    assert!(other.reason().contains("migration 2 of the database is `second`"), "{other:?}");
    assert_eq!(runs(database).await, [1, 1]);
    database.drop().await.unwrap();
}
