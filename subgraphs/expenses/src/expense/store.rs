//! Expenses in MongoDB: documents, indexes, queries.

use chrono::{Days, NaiveDate};
use contracts::{
    ExpenseId, GroupId, MemberId, amount,
    causes::{CausePlace, CausesQuestion},
    event::ExpenseFacts,
};
use futures::{Stream, TryStreamExt, future::try_join_all};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{self, Write, index, stored},
};
use money::Amount;
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};
use serde::{Deserialize, Serialize};

use super::{
    Expense,
    filter::{DayRange, Filter},
};
use crate::refusal::Refusal;

pub(crate) const EXPENSES: &str = "expenses";
pub(super) const SHARERS: &str = "sharers";

/// The field of the people who paid.
const PAYER: &str = "payers.member_id";

/// The most expenses that are checked for duplicates of a new one.
const MOST_ALIKE: i64 = 100;

/// The expenses of all groups.
#[derive(Clone)]
pub(crate) struct ExpenseStore {
    expenses: Collection<Expense>,
    sharers: Collection<Sharers>,
}

/// How many expenses the same members have shared.
#[derive(Deserialize)]
struct Sharers {
    expenses: i64,
}

impl ExpenseStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { expenses: database.collection(EXPENSES), sharers: database.collection(SHARERS) }
    }

    /// Creates the indexes and the collections, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let indexes = [
            newest(&[]),
            newest(&["words"]),
            newest(&["total"]),
            newest(&["deleted_at"]),
            newest(&["deleted_at", "category"]),
            newest(&["deleted_at", PAYER]),
            newest(&["deleted_at", "people"]),
            newest(&["deleted_at", PAYER, "category"]),
            newest(&["deleted_at", "people", "category"]),
        ];
        self.expenses.create_indexes(indexes.map(index)).await?;
        self.sharers.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: ExpenseId) -> Outcome<Option<Expense>> {
        Ok(self.expenses.find_one(doc! { "_id": id.to_string() }).await?)
    }

    pub(crate) async fn find_all(&self, ids: &[ExpenseId]) -> Outcome<Vec<Expense>> {
        let ids: Vec<String> = ids.iter().map(ExpenseId::to_string).collect();
        Ok(self.expenses.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Returns expenses of the same group and total, at most `days_apart` days before or after, the newest first. The
    /// expense itself is one of them, unless it has changed since or is older than all that are returned.
    pub(crate) async fn alike(&self, expense: &ExpenseFacts, days_apart: u64) -> Outcome<Vec<Expense>> {
        let first = expense.date.checked_sub_days(Days::new(days_apart)).unwrap_or(NaiveDate::MIN);
        // The sort key begins with the day, so this upper bound includes the last day.
        let after = expense.date.checked_add_days(Days::new(days_apart + 1)).unwrap_or(NaiveDate::MAX);
        let filter = doc! {
            "group_id": expense.group_id.to_string(),
            "sorted_by": { "$gte": first.to_string(), "$lt": after.to_string() },
            "total": stored(&Total(expense.total))?,
            "deleted_at": null,
        };
        let newest = doc! { "sorted_by": -1 };
        Ok(self.expenses.find(filter).sort(newest).limit(MOST_ALIKE).await?.try_collect().await?)
    }

    /// Returns how many expenses these members have shared, including deleted ones.
    pub(crate) async fn count_of_sharers(&self, sharers: &str) -> Outcome<i64> {
        let counted = self.sharers.find_one(doc! { "_id": sharers }).await?;
        Ok(counted.map_or(0, |counted| counted.expenses))
    }

    /// Returns the expenses of these groups that pass the filter, the newest first.
    pub(crate) async fn newest_of(
        &self,
        groups: &[GroupId],
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        let pages = groups.chunks(mongo::MOST_RANGES).map(|groups| self.newest_of_few(groups, filter, request));
        Ok(Page::merged(try_join_all(pages).await?, request.first))
    }

    async fn newest_of_few(
        &self,
        groups: &[GroupId],
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        let DatabaseQuery { indexed, keys, is_whole } = DatabaseQuery::of(filter, groups);
        let cursor = |expense: &Expense| Cursor { key: expense.sorted_by.clone(), id: expense.id.to_string() };
        if is_whole {
            return mongo::newest_first(&self.expenses, indexed, "sorted_by", request, cursor).await;
        }
        let passes = |expense: &Expense| filter.passes(expense);
        let query = (indexed, keys);
        let total =
            if request.is_counted() { mongo::count_passing(&self.expenses, query.clone(), passes).await? } else { 0 };
        let page = mongo::newest_first_passing(&self.expenses, query, "sorted_by", request, cursor, passes).await?;
        Ok(Page { total, ..page })
    }

    /// Streams the expenses of a group that are not deleted, the oldest first.
    pub(crate) async fn oldest_first(
        &self,
        group: GroupId,
        days: DayRange,
        most: usize,
    ) -> Outcome<impl Stream<Item = Outcome<Expense>> + Unpin> {
        let mut wanted = vec![doc! { "group_id": group.to_string(), "deleted_at": null }];
        wanted.extend(conditions(days));
        let limit = i64::try_from(most).map_err(Failure::internal)?;
        let oldest = doc! { "sorted_by": 1, "_id": 1 };
        let found = self.expenses.find(doc! { "$and": wanted }).sort(oldest).limit(limit).await?;
        Ok(found.map_err(Failure::from))
    }

    /// Returns the expenses that are not deleted and involve the members of a question, the newest first.
    pub(crate) async fn concerning(&self, question: &CausesQuestion) -> Outcome<Vec<Expense>> {
        let mut wanted: Vec<Document> =
            [Some(question.member), question.owed_to].into_iter().flatten().map(takes_part).collect();
        if let Some(CausePlace { sorted_by, expense_id }) = &question.after {
            wanted.push(mongo::after_place("sorted_by", sorted_by, &expense_id.to_string()));
        }
        let filter = doc! {
            "group_id": question.group.to_string(),
            "total.currency": question.currency.code(),
            "deleted_at": null,
            "$and": wanted,
        };
        let newest = doc! { "sorted_by": -1, "_id": -1 };
        let limit = i64::try_from(question.first).map_err(Failure::internal)?;
        Ok(self.expenses.find(filter).sort(newest).limit(limit).await?.try_collect().await?)
    }

    /// Inserts an expense.
    pub(crate) fn add(&self, expense: &Expense) -> Outcome<Write> {
        Write::insert(EXPENSES, expense)
    }

    /// Increments the counter of the members who share a new expense.
    pub(crate) fn count_sharers(&self, expense: &Expense) -> Write {
        Write::upsert(SHARERS, doc! { "_id": &expense.sharers }, doc! { "$inc": { "expenses": 1_i64 } })
    }

    /// Replaces a version of an expense by the next one; refused if it is no longer the current version.
    pub(crate) fn replace(&self, before: &Expense, after: &Expense) -> Outcome<Write> {
        let stale = Refusal::Stale { present: after.version };
        Ok(Write::replace(EXPENSES, unchanged(before), after)?.or_refuse(stale.into()))
    }

    /// Replaces the words of the comments on an expense; refused if it or one of its comments has changed.
    pub(crate) fn replace_comments(&self, before: &Expense, after: &Expense) -> Outcome<Write> {
        let found_by = doc! { "words": &after.words, "commented": stored(&after.commented)? };
        let stale = Refusal::Stale { present: after.version };
        Ok(Write::update(EXPENSES, unchanged(before), doc! { "$set": found_by }).or_refuse(stale.into()))
    }

    /// Refuses the change if an expense is deleted.
    pub(crate) fn require(&self, id: ExpenseId) -> Write {
        // Writes the value that is already there. Commits of one group are serialised by its ledger, so a match holds
        // until the commit.
        let filter = doc! { "_id": id.to_string(), "deleted_at": null };
        Write::update(EXPENSES, filter, doc! { "$set": { "deleted_at": null } })
            .or_refuse(Refusal::NoDuplicateAnyMore.into())
    }
}

/// A condition: neither the expense nor its comments have changed.
fn unchanged(expense: &Expense) -> Document {
    let (id, version, revision) = (expense.id.to_string(), expense.version, expense.commented.revision);
    // Expenses of earlier versions have no revision.
    let revision = if revision == 0 {
        doc! { "$in": [0_i64, null] }
    } else {
        doc! { "$eq": revision }
    };
    doc! { "_id": id, "version": version, "commented.revision": revision }
}

/// The part of a filter that a database query answers.
struct DatabaseQuery {
    /// The query, which one index serves.
    indexed: Document,
    /// The keys of that index.
    keys: Document,
    /// Whether the query is the whole filter; otherwise the results have to be filtered further.
    is_whole: bool,
}

impl DatabaseQuery {
    fn of(filter: &Filter, groups: &[GroupId]) -> Self {
        let groups: Vec<String> = groups.iter().map(GroupId::to_string).collect();
        let mut wanted = doc! { "group_id": { "$in": groups } };
        let mut fields = Vec::new();
        let mut choose = |field: &'static str, value: Bson| {
            wanted.insert(field, value);
            fields.push(field);
        };
        // A person has a part in most expenses of the own groups: an index for it would find nearly all of them.
        let is_for_anybody = filter.any_of.is_none();
        let is_amount_open = [filter.min, filter.max] == [None; 2] && filter.currency.is_none();
        let is_present = !filter.include_deleted;
        let person = filter.payer.map(|payer| (PAYER, payer)).or(filter.member.map(|member| ("people", member)));
        let is_whole = if let Some(words) = &filter.words {
            choose("words", words.beginning().into());
            false
        } else if is_present {
            choose("deleted_at", Bson::Null);
            if let Some((field, person)) = person {
                choose(field, person.to_string().into());
            }
            if let Some(category) = &filter.category {
                choose("category", category.into());
            }
            is_amount_open && (filter.payer.is_none() || filter.member.is_none())
        } else {
            is_amount_open && person.is_none() && filter.category.is_none()
        };
        let keys = newest(&fields);
        let indexed = doc! { "$and": std::iter::once(wanted).chain(conditions(filter.days)).collect::<Vec<_>>() };
        Self { indexed, keys, is_whole: is_whole && is_for_anybody }
    }
}

/// Returns the keys of an index: expenses of a group with the same values in these fields, the newest first.
fn newest(fields: &[&str]) -> Document {
    let mut keys = doc! { "group_id": 1 };
    keys.extend(fields.iter().map(|field| ((*field).to_owned(), Bson::from(1))));
    keys.extend(doc! { "sorted_by": -1, "_id": -1 });
    keys
}

/// Conditions on the sort key, which begins with the day and a space; a space sorts before "!".
fn conditions(days: DayRange) -> impl Iterator<Item = Document> {
    let from = days.from.map(|from| doc! { "sorted_by": { "$gte": from.to_string() } });
    let to = days.to.map(|to| doc! { "sorted_by": { "$lt": format!("{to}!") } });
    from.into_iter().chain(to)
}

/// A condition: the member paid or owes.
fn takes_part(member: MemberId) -> Document {
    doc! { "people": member.to_string() }
}

#[derive(Serialize)]
struct Total(#[serde(with = "amount")] Amount);
