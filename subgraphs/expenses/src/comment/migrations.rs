//! Migrations of comments.

use futures::{FutureExt, TryStreamExt};
use kit::{Failure, Outcome, migrations::Migration, mongo::stored};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use super::store::{COMMENTS, CommentStore};
use crate::expense::{Expense, store::EXPENSES};

pub(crate) const FIND_COMMENTED: Migration = Migration {
    name: "words of comments by which expenses are found",
    run: |database| find_commented(database).boxed(),
};

/// How many expenses are rewritten concurrently.
const CONCURRENCY: usize = 16;

/// Adds the words of their comments to expenses. Earlier versions did not search comments.
async fn find_commented(database: &Database) -> Outcome<()> {
    let (comments, expenses) = (CommentStore::new(database), database.collection::<Expense>(EXPENSES));
    let commented: Collection<Document> = database.collection(COMMENTS);
    let ids = commented.aggregate([doc! { "$group": { "_id": "$expense_id" } }]).allow_disk_use(true).await?;
    ids.map_err(Failure::from)
        .try_for_each_concurrent(CONCURRENCY, async |found| {
            let mut early = doc! { "_id": found.get_str("_id")?, "commented": { "$exists": false } };
            let Some(expense) = expenses.find_one(early.clone()).await? else { return Ok(()) };
            early.insert("version", expense.version);
            let texts = comments.of(&[expense.id]).await?;
            let texts: Vec<&str> = texts.iter().map(|comment| comment.text.as_str()).collect();
            let after = expense.commented(&texts);
            let found_by = doc! { "words": &after.words, "commented": stored(&after.commented)? };
            // An expense whose comments change concurrently gets the words from that change.
            expenses.update_one(early, doc! { "$set": found_by }).await?;
            Ok(())
        })
        .await
}
