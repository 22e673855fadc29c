//! Migrations of the spending collections.

use futures::{FutureExt, TryStreamExt};
use kit::{
    Outcome,
    migrations::Migration,
    mongo::{Write, commit_writes},
};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use super::{
    super::{expense::Expense, sums::deltas_of},
    DAYS, EXPENSES, MONTHS, SpendingStore,
};

/// All migrations, oldest first.
pub(crate) const MIGRATIONS: &[Migration] =
    &[Migration { name: "sums of spending by month and day", run: |database| sum_up(database).boxed() }];

/// How many expenses are added in one transaction.
const EXPENSES_TOGETHER: usize = 200;

/// Builds the sums from the expenses. Before this migration, each read of a report summed the expenses.
async fn sum_up(database: &Database) -> Outcome<()> {
    // An interrupted run may have left incomplete sums.
    for name in [MONTHS, DAYS] {
        database.collection::<Document>(name).delete_many(doc! {}).await?;
    }
    let expenses: Collection<Expense> = database.collection(EXPENSES);
    let mut counted = expenses.find(doc! { "deleted": false }).await?.try_chunks(EXPENSES_TOGETHER);
    while let Some(expenses) = counted.try_next().await.map_err(|failed| failed.1)? {
        let deltas = expenses.iter().flat_map(deltas_of);
        let additions: Vec<Write> = deltas.map(|(key, delta)| SpendingStore::add(&key, &delta)).collect();
        commit_writes(&additions, database).await?;
    }
    Ok(())
}
