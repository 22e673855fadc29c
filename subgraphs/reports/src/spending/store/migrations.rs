//! Migrations of the spending collections.

use futures::{FutureExt, TryStreamExt};
use kit::{Outcome, migrations::Migration};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use super::{
    super::{expense::Expense, sums::deltas_of},
    DAYS, EXPENSES, MONTHS, addition,
};

/// All migrations, oldest first.
pub(crate) const MIGRATIONS: &[Migration] =
    &[Migration { name: "sums of spending by month and day", run: |database| sum_up(database).boxed() }];

/// Builds the sums from the expenses. Before this migration, each read of a report summed the expenses.
async fn sum_up(database: &Database) -> Outcome<()> {
    // An interrupted run may have left incomplete sums.
    for name in [MONTHS, DAYS] {
        database.collection::<Document>(name).delete_many(doc! {}).await?;
    }
    let expenses: Collection<Expense> = database.collection(EXPENSES);
    let mut counted = expenses.find(doc! { "deleted": false }).await?;
    while let Some(expense) = counted.try_next().await? {
        for (key, delta) in deltas_of(&expense) {
            let (filter, update) = addition(&key, &delta)?;
            let sums: Collection<Document> = database.collection(key.1.collection());
            sums.update_one(filter, update).upsert(true).await?;
        }
    }
    Ok(())
}
