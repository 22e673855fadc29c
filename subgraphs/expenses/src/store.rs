//! The expenses in MongoDB: documents, indexes, queries.

mod migrations;

use std::time::Duration;

use chrono::{Days, NaiveDate};
use contracts::{DraftId, ExpenseId, GroupId, MemberId, Timestamp, amount};
use futures::TryStreamExt;
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{self, Write, index, stored},
};
use money::Amount;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{self, Binary, Document, doc, spec::BinarySubtype},
    options::{IndexOptions, ReturnDocument},
};
use serde::{Deserialize, Serialize};

use crate::{
    Expense,
    advice::{Advice, DAYS_APART, Suggestion},
    draft::Draft,
    limits::Window,
    photo::Photo,
    refusal::Refusal,
};
pub(crate) use migrations::MIGRATIONS;

const EXPENSES: &str = "expenses";
const ADVICE: &str = "advice";
const DRAFTS: &str = "drafts";
const PHOTOS: &str = "photos";
const COUNTS: &str = "counts";

/// When MongoDB may remove a document by itself. Its clean-up is late by up to a minute, so nothing is decided by it.
const PURGE_AT: &str = "purge_at";

/// How long a photo is kept whose draft nobody has confirmed or discarded.
const PHOTO_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Of so many expenses it is looked whether a new one repeats them.
const MOST_ALIKE: i64 = 100;

/// The collections of expenses.
#[derive(Clone)]
pub(crate) struct Store {
    expenses: Collection<Expense>,
    advice: Collection<Advice>,
    drafts: Collection<Draft>,
    photos: Collection<StoredPhoto>,
    counts: Collection<Counted>,
}

#[derive(Serialize, Deserialize)]
struct StoredPhoto {
    #[serde(rename = "_id")]
    draft: DraftId,
    media_type: String,
    bytes: Binary,
    purge_at: bson::DateTime,
}

#[derive(Deserialize)]
struct Counted {
    count: i64,
}

impl Store {
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            expenses: database.collection(EXPENSES),
            advice: database.collection(ADVICE),
            drafts: database.collection(DRAFTS),
            photos: database.collection(PHOTOS),
            counts: database.collection(COUNTS),
        }
    }

    /// Makes the indexes; also creates the collections, which a transaction should not have to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let indexes = [index(doc! { "group_id": 1, "sorted_by": -1, "_id": -1 }), index(doc! { "sharers": 1 })];
        self.expenses.create_indexes(indexes).await?;
        self.advice.create_index(index(doc! { "_id": 1 })).await?;
        self.drafts.create_index(index(doc! { "_id": 1 })).await?;
        self.photos.create_index(purge()).await?;
        self.counts.create_index(purge()).await?;
        Ok(())
    }

    pub(crate) async fn expense(&self, id: ExpenseId) -> Outcome<Option<Expense>> {
        Ok(self.expenses.find_one(doc! { "_id": id.to_string() }).await?)
    }

    pub(crate) async fn expenses(&self, ids: &[ExpenseId]) -> Outcome<Vec<Expense>> {
        let ids: Vec<String> = ids.iter().map(ExpenseId::to_string).collect();
        Ok(self.expenses.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Those of the same group, amount and days, the newest first.
    pub(crate) async fn alike(&self, expense: &Expense) -> Outcome<Vec<Expense>> {
        let first = expense.date.checked_sub_days(Days::new(DAYS_APART)).unwrap_or(NaiveDate::MIN);
        // What is sorted by begins with the day, so this ends with the last one.
        let after = expense.date.checked_add_days(Days::new(DAYS_APART + 1)).unwrap_or(NaiveDate::MAX);
        let filter = doc! {
            "group_id": expense.group_id.to_string(),
            "sorted_by": { "$gte": first.to_string(), "$lt": after.to_string() },
            "total": stored(&Total(expense.total))?,
            "deleted_at": null,
        };
        let newest = doc! { "sorted_by": -1 };
        Ok(self.expenses.find(filter).sort(newest).limit(MOST_ALIKE).await?.try_collect().await?)
    }

    /// What advisors think of an expense, for whichever version of it.
    pub(crate) async fn advice(&self, id: ExpenseId) -> Outcome<Option<Advice>> {
        Ok(self.advice.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// The same for several.
    pub(crate) async fn advice_for(&self, ids: &[ExpenseId]) -> Outcome<Vec<Advice>> {
        let ids: Vec<String> = ids.iter().map(ExpenseId::to_string).collect();
        Ok(self.advice.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    pub(crate) async fn draft(&self, id: DraftId) -> Outcome<Option<Draft>> {
        Ok(self.drafts.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// The photo of a draft, while it is kept.
    pub(crate) async fn photo(&self, id: DraftId) -> Outcome<Option<Photo>> {
        let stored = self.photos.find_one(doc! { "_id": id.to_string() }).await?;
        Ok(stored.and_then(|stored| Photo::new(&stored.media_type, stored.bytes.bytes).ok()))
    }

    /// Counts one more in this window; says how many there are now.
    pub(crate) async fn count(&self, window: &Window) -> Outcome<i64> {
        let change = doc! { "$inc": { "count": 1_i64 }, "$setOnInsert": { PURGE_AT: purge_time(window.ends_at) } };
        let counted = self
            .counts
            .find_one_and_update(doc! { "_id": &window.id }, change)
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        Ok(counted.map_or(1, |counted| counted.count))
    }

    /// How many expenses these people have shared, deleted ones included.
    pub(crate) async fn rounding_offset(&self, sharers: &str) -> Outcome<i64> {
        let count = self.expenses.count_documents(doc! { "sharers": sharers }).await?;
        i64::try_from(count).map_err(Failure::internal)
    }

    /// Those of a group that pass the filter, newest first.
    pub(crate) async fn newest_of(
        &self,
        group: GroupId,
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        let filter = filter.document(group);
        let cursor = |expense: &Expense| Cursor { key: expense.sorted_by.clone(), id: expense.id.to_string() };
        mongo::newest_first(&self.expenses, filter, "sorted_by", request, cursor).await
    }
}

/// Which expenses of a group are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Somewhere in the description or the notes, in any case of letters.
    pub(crate) text: Option<String>,
    pub(crate) category: Option<String>,
    /// Who paid or owes.
    pub(crate) member: Option<MemberId>,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) include_deleted: bool,
}

impl Filter {
    fn document(&self, group: GroupId) -> Document {
        let mut wanted = vec![doc! { "group_id": group.to_string() }];
        if !self.include_deleted {
            wanted.push(doc! { "deleted_at": null });
        }
        if let Some(text) = &self.text {
            let pattern = doc! { "$regex": literally(text), "$options": "i" };
            wanted.push(doc! { "$or": [{ "description": pattern.clone() }, { "notes": pattern }] });
        }
        if let Some(category) = &self.category {
            wanted.push(doc! { "category": category.to_lowercase() });
        }
        if let Some(member) = self.member {
            let member = member.to_string();
            wanted.push(doc! { "$or": [{ "payers.member_id": &member }, { "shares.member_id": member }] });
        }
        wanted.extend(self.from.map(|from| doc! { "date": { "$gte": from.to_string() } }));
        wanted.extend(self.to.map(|to| doc! { "date": { "$lte": to.to_string() } }));
        doc! { "$and": wanted }
    }
}

/// A pattern that matches this text and nothing else.
fn literally(text: &str) -> String {
    let escaped = |letter: char| if letter.is_alphanumeric() { letter.to_string() } else { format!("\\{letter}") };
    text.chars().map(escaped).collect()
}

/// Adds a new expense.
pub(crate) fn add(expense: &Expense) -> Outcome<Write> {
    Write::insert(EXPENSES, expense)
}

/// Replaces a version of an expense by the next one, if it is still the present one.
pub(crate) fn replace(before: &Expense, after: &Expense) -> Outcome<Write> {
    let filter = doc! { "_id": before.id.to_string(), "version": before.version };
    let stale = Refusal::Stale { present: after.version };
    Ok(Write::replace(EXPENSES, filter, after)?.or_refuse(stale.into()))
}

/// Refuses the change if an expense is not there any more.
pub(crate) fn still_there(id: ExpenseId) -> Write {
    // Changes nothing. Writers of one group queue up at its ledger, so what matches stays so until the change is made.
    let filter = doc! { "_id": id.to_string(), "deleted_at": null };
    Write::update(EXPENSES, filter, doc! { "$set": { "deleted_at": null } })
        .or_refuse(Refusal::NoDuplicateAnyMore.into())
}

/// Writes advice beside its expense, unless there is some for a newer version.
pub(crate) fn advise(advice: &Advice) -> Outcome<Write> {
    let filter = doc! { "_id": advice.expense_id.to_string(), "version": { "$lt": advice.version } };
    let set = doc! {
        "version": advice.version,
        "suggestions": stored(&advice.suggestions)?,
        "advisor": stored(&advice.advisor)?,
    };
    let outdated = Refusal::Stale { present: advice.version };
    Ok(Write::upsert(ADVICE, filter, doc! { "$set": set }).or_refuse(outdated.into()))
}

/// Remembers what somebody did not want.
pub(crate) fn dismiss(advice: &Advice) -> Outcome<Write> {
    let dismissed: Vec<&Suggestion> = advice.suggestions.iter().map(|one| &one.suggestion).collect();
    let add = doc! { "$addToSet": { "dismissed": { "$each": stored(&dismissed)? } } };
    Ok(Write::update(ADVICE, doc! { "_id": advice.expense_id.to_string() }, add))
}

/// Adds a new draft.
pub(crate) fn add_draft(draft: &Draft) -> Outcome<Write> {
    Write::insert(DRAFTS, draft)
}

/// Moves a draft on, unless it was moved meanwhile.
pub(crate) fn move_draft(before: &Draft, after: &Draft) -> Outcome<Write> {
    let filter = doc! { "_id": before.id.to_string(), "status": stored(&before.status)? };
    Ok(Write::replace(DRAFTS, filter, after)?.or_refuse(Refusal::DraftMoved.into()))
}

/// Keeps the photo of a draft for a while.
pub(crate) fn add_photo(draft: DraftId, photo: Photo, now: Timestamp) -> Outcome<Write> {
    let bytes = Binary { subtype: BinarySubtype::Generic, bytes: photo.bytes };
    let purge_at = purge_time(now.plus_ms(PHOTO_MS));
    Write::insert(PHOTOS, &StoredPhoto { draft, media_type: photo.media_type.to_owned(), bytes, purge_at })
}

/// Removes the photo of a draft, if it has one.
pub(crate) fn remove_photo(draft: DraftId) -> Write {
    Write::delete(PHOTOS, doc! { "_id": draft.to_string() })
}

#[derive(Serialize)]
struct Total(#[serde(with = "amount")] Amount);

fn purge() -> IndexModel {
    let at_that_time = IndexOptions::builder().expire_after(Duration::ZERO).build();
    IndexModel::builder().keys(doc! { PURGE_AT: 1 }).options(at_that_time).build()
}

/// Only MongoDB's own form of a time is understood by its clean-up.
fn purge_time(at: Timestamp) -> bson::DateTime {
    bson::DateTime::from_millis(at.unix_seconds().saturating_mul(1_000))
}
