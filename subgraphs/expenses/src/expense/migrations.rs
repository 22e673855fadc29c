//! Migrations of expense documents.

use contracts::{MemberId, amount, event::MemberAmount};
use futures::{FutureExt, TryStreamExt};
use kit::{Failure, Outcome, migrations::Migration};
use money::{Amount, Split};
use mongodb::{
    Collection, Database,
    bson::{Document, deserialize_from_document, doc},
};
use serde::Deserialize;

use super::{
    shares::{sharers, shares},
    store::{EXPENSES, SHARERS},
    words::beginnings,
};

pub(crate) const NAME_SHARERS: Migration =
    Migration { name: "turns of the people who share", run: |database| name_sharers_and_turns(database).boxed() };
pub(crate) const COUNT_SHARERS: Migration =
    Migration { name: "a counter for the people who share", run: |database| count_sharers(database).boxed() };
pub(crate) const NAME_WORDS: Migration =
    Migration { name: "words by which expenses are found", run: |database| name_words(database).boxed() };

pub(crate) const NAME_PEOPLE: Migration =
    Migration { name: "people by whom expenses are found", run: |database| name_people(database).boxed() };

/// The indexes of sharers, from when payers and sharers were searched separately.
const EARLIER_INDEXES: [&str; 2] = [
    "group_id_1_deleted_at_1_shares.member_id_1_sorted_by_-1__id_-1",
    "group_id_1_deleted_at_1_shares.member_id_1_category_1_sorted_by_-1__id_-1",
];

/// How many expenses are rewritten concurrently.
const CONCURRENCY: usize = 16;

/// The fields of the first document format that the migrations need.
#[derive(Deserialize)]
struct Early {
    #[serde(rename = "_id")]
    id: String,
    version: i64,
    #[serde(with = "amount")]
    total: Amount,
    #[serde(with = "contracts::split")]
    split: Split<MemberId>,
    shares: Vec<MemberAmount>,
}

/// Adds the key of the sharers and the rounding offset. Earlier versions derived the order of the odd cents from the
/// id.
async fn name_sharers_and_turns(database: &Database) -> Outcome<()> {
    let expenses: Collection<Document> = database.collection(EXPENSES);
    let early = expenses.find(doc! { "turn": { "$exists": false } }).await?;
    early
        .map_err(Failure::from)
        .try_for_each_concurrent(CONCURRENCY, async |document| {
            let expense: Early = deserialize_from_document(document)?;
            let named = doc! { "sharers": sharers(&expense.split), "turn": expense.rounding_offset() };
            // An expense edited concurrently gets the fields from that edit.
            let seen = doc! { "_id": &expense.id, "version": expense.version, "turn": { "$exists": false } };
            expenses.update_one(seen, doc! { "$set": named }).await?;
            Ok(())
        })
        .await
}

/// Creates the counters of expenses per set of sharers. Earlier versions counted the expenses each time.
async fn count_sharers(database: &Database) -> Outcome<()> {
    let expenses: Collection<Document> = database.collection(EXPENSES);
    let count = doc! { "$group": { "_id": "$sharers", "expenses": { "$sum": 1_i64 } } };
    let merge = doc! { "$merge": { "into": SHARERS, "whenMatched": "replace" } };
    expenses.aggregate([count, merge]).allow_disk_use(true).await?.try_for_each(async |_| Ok(())).await?;
    Ok(())
}

/// Adds the indexed words. Earlier versions searched by reading all expenses of the group.
async fn name_words(database: &Database) -> Outcome<()> {
    let expenses: Collection<Document> = database.collection(EXPENSES);
    let texts = doc! { "description": 1, "notes": 1, "version": 1 };
    let early = expenses.find(doc! { "words": { "$exists": false } }).projection(texts).await?;
    early
        .map_err(Failure::from)
        .try_for_each_concurrent(CONCURRENCY, async |document| {
            let texts: Vec<&str> =
                ["description", "notes"].iter().filter_map(|field| document.get_str(field).ok()).collect();
            // An expense edited concurrently gets the words from that edit.
            let seen = doc! { "_id": document.get_str("_id")?, "version": document.get_i64("version")? };
            expenses.update_one(seen, doc! { "$set": { "words": beginnings(&texts) } }).await?;
            Ok(())
        })
        .await
}

/// Adds the list of payers and sharers, and removes the indexes that it replaces.
async fn name_people(database: &Database) -> Outcome<()> {
    let expenses: Collection<Document> = database.collection(EXPENSES);
    let people = doc! { "$setUnion": ["$payers.member_id", "$shares.member_id"] };
    expenses.update_many(doc! { "people": { "$exists": false } }, vec![doc! { "$set": { "people": people } }]).await?;
    // A new installation has no expenses yet, and no indexes of them.
    if !database.list_collection_names().await?.iter().any(|name| name == EXPENSES) {
        return Ok(());
    }
    let present = expenses.list_index_names().await?;
    for name in EARLIER_INDEXES.iter().filter(|name| present.iter().any(|present| present == *name)) {
        expenses.drop_index(*name).await?;
    }
    Ok(())
}

impl Early {
    /// Returns the first offset that reproduces the stored shares, so that an edit of the description moves no money.
    /// Offsets repeat after the number of sharers.
    fn rounding_offset(&self) -> i64 {
        let people = i64::try_from(self.shares.len()).unwrap_or(i64::MAX);
        let deals_so =
            |offset: &i64| shares(&self.split, self.total, *offset).is_ok_and(|shares| shares == self.shares);
        (0..people).find(deals_so).unwrap_or(0)
    }
}
