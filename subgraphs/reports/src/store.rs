//! Documents, indexes and queries: the only file that names the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use contracts::{Envelope, GroupId, MemberId, UserId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    bus::Handled,
    graphql::{Cursor, Page, PageRequest},
    inbox::Inbox,
    mongo::{Write, in_snapshot, index, newest_first},
};
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Bson, Document, doc},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    activity::Activity,
    expense::Expense,
    names::{KnownGroup, KnownUser, Names},
    report::{Figures, MemberSpent, Range, Spent},
};

const EXPENSES: &str = "expenses";
const ACTIVITIES: &str = "activities";
const GROUPS: &str = "groups";
const USERS: &str = "users";

/// Whose stream of events a report counts.
const SOURCE_OF_EXPENSES: &str = "expenses";

/// The collected facts.
pub struct Store {
    inbox: Inbox,
    expenses: Collection<Expense>,
    activities: Collection<Activity>,
    groups: Collection<KnownGroup>,
    users: Collection<KnownUser>,
}

/// Keeps the newest state of an expense.
pub fn put_expense(expense: &Expense) -> Outcome<Write> {
    Write::put(EXPENSES, doc! { "_id": expense.id.to_string() }, expense)
}

/// Keeps the newest state of a group.
pub fn put_group(group: &KnownGroup) -> Outcome<Write> {
    Write::put(GROUPS, doc! { "_id": group.id.to_string() }, group)
}

/// Keeps the newest state of an account.
pub fn put_user(user: &KnownUser) -> Outcome<Write> {
    Write::put(USERS, doc! { "_id": user.id.to_string() }, user)
}

/// Adds an entry to the feed.
pub fn add_activity(activity: &Activity) -> Outcome<Write> {
    Write::insert(ACTIVITIES, activity)
}

impl Store {
    /// In this database.
    pub fn new(database: &Database) -> Self {
        Self {
            inbox: Inbox::new(database.clone()),
            expenses: database.collection(EXPENSES),
            activities: database.collection(ACTIVITIES),
            groups: database.collection(GROUPS),
            users: database.collection(USERS),
        }
    }

    /// Makes the indexes, and with them the collections.
    pub async fn prepare(&self) -> Outcome<()> {
        self.inbox.prepare().await?;
        self.expenses.create_index(index(doc! { "group_id": 1, "date": 1 })).await?;
        self.activities.create_index(index(doc! { "group_id": 1, "at": -1, "_id": -1 })).await?;
        self.groups.create_index(index(doc! { "members.user_id": 1 })).await?;
        self.users.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Up to which version the stream of an event has been collected.
    pub async fn position(&self, envelope: &Envelope) -> Outcome<i64> {
        self.inbox.position(&envelope.source, envelope.subject).await
    }

    /// Commits what an event brings about, once and in order.
    pub async fn receive(&self, envelope: &Envelope, writes: &[Write]) -> Outcome<Handled> {
        self.inbox.receive(envelope, writes).await
    }

    /// The groups that a user is or was in, as far as events have told.
    pub async fn groups_of(&self, user: UserId) -> Outcome<Vec<GroupId>> {
        let ids = self.groups.distinct("_id", doc! { "members.user_id": user.to_string() }).await?;
        Ok(ids.iter().filter_map(Bson::as_str).filter_map(|id| id.parse().ok()).collect())
    }

    /// A page of the feed of these groups, newest first.
    pub async fn feed(&self, groups: &[GroupId], request: &PageRequest) -> Outcome<Page<Activity>> {
        let cursor = |activity: &Activity| Cursor { key: activity.at.to_string(), id: activity.id.clone() };
        newest_first(&self.activities, doc! { "group_id": one_of(groups) }, "at", request, cursor).await
    }

    /// The names in these groups, and of these users.
    pub async fn names(&self, groups: &[GroupId], users: &[UserId]) -> Outcome<Names> {
        let groups = self.groups.find(doc! { "_id": one_of(groups) }).await?.try_collect::<Vec<_>>();
        let users = self.users.find(doc! { "_id": one_of(users) }).await?.try_collect::<Vec<_>>();
        let (groups, users) = futures::try_join!(groups, users)?;
        Ok(Names::new(groups, users))
    }

    /// What these groups spent: one snapshot, so that the parts of a report cannot disagree.
    pub async fn figures(&self, groups: &[GroupId], range: Range) -> Outcome<HashMap<GroupId, Figures>> {
        let mut session = self.expenses.client().start_session().snapshot(true).await?;
        let counted = counted(groups, range);
        let spent: Vec<Spent> = self.sums(spent(counted.clone()), &mut session).await?;
        let by_member: Vec<MemberSpent> = self.sums(by_member(counted), &mut session).await?;
        let streams: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
        let versions = self.inbox.positions(SOURCE_OF_EXPENSES, &streams, &mut session).await?;

        let empty = |group: &GroupId| {
            let up_to_version = versions.get(&group.0).copied().unwrap_or(0);
            (*group, Figures { up_to_version, ..Figures::default() })
        };
        let mut figures: HashMap<GroupId, Figures> = groups.iter().map(empty).collect();
        for row in spent {
            figures.entry(row.group_id).or_default().spent.push(row);
        }
        for row in by_member {
            figures.entry(row.group_id).or_default().by_member.push(row);
        }
        Ok(figures)
    }

    /// What the shares of these members make in these groups.
    pub async fn shares(&self, groups: &[GroupId], members: &[MemberId], range: Range) -> Outcome<Vec<Spent>> {
        let pipeline = shares(counted(groups, range), members);
        Ok(self.expenses.aggregate(pipeline).with_type().await?.try_collect().await?)
    }

    async fn sums<T>(&self, pipeline: Vec<Document>, session: &mut ClientSession) -> Outcome<Vec<T>>
    where
        T: DeserializeOwned + Send + Sync + Unpin,
    {
        let expenses = in_snapshot(&self.expenses);
        let mut found = expenses.aggregate(pipeline).session(&mut *session).with_type::<T>().await?;
        Ok(found.stream(session).try_collect().await?)
    }
}

/// The expenses that count.
fn counted(groups: &[GroupId], range: Range) -> Document {
    let mut filter = doc! { "group_id": one_of(groups), "deleted": false };
    let bound = |name: &str, day: NaiveDate| (name.to_owned(), Bson::from(day.to_string()));
    let days: Document = range
        .from()
        .map(|day| bound("$gte", day))
        .into_iter()
        .chain(range.to().map(|day| bound("$lte", day)))
        .collect();
    if !days.is_empty() {
        filter.insert("date", days);
    }
    filter
}

/// Rows of [`Spent`]. A sum beyond 64 bits comes back as a double, which is refused on reading.
fn spent(counted: Document) -> Vec<Document> {
    vec![doc! { "$match": counted }, sum_of("$total.amount_minor"), keys_beside_sums(&["amount_minor", "count"])]
}

/// Rows of [`Spent`] that count the members' shares only.
fn shares(mut counted: Document, members: &[MemberId]) -> Vec<Document> {
    counted.insert("shares.member_id", one_of(members));
    vec![
        doc! { "$match": counted },
        doc! { "$unwind": "$shares" },
        doc! { "$match": { "shares.member_id": one_of(members), "shares.amount_minor": { "$ne": 0 } } },
        sum_of("$shares.amount_minor"),
        keys_beside_sums(&["amount_minor", "count"]),
    ]
}

fn sum_of(minor: &str) -> Document {
    let key =
        doc! { "group_id": "$group_id", "category": "$category", "month": "$month", "currency": "$total.currency" };
    doc! { "$group": { "_id": key, "amount_minor": { "$sum": minor }, "count": { "$sum": 1_i64 } } }
}

/// Rows of [`MemberSpent`]: each expense taken apart into what was paid and what is shared.
fn by_member(counted: Document) -> Vec<Document> {
    let paid = doc! { "member_id": "$$this.member_id", "paid": "$$this.amount_minor", "share": 0_i64 };
    let share = doc! { "member_id": "$$this.member_id", "paid": 0_i64, "share": "$$this.amount_minor" };
    let parts = doc! { "$concatArrays": [
        { "$map": { "input": "$payers", "in": paid } },
        { "$map": { "input": "$shares", "in": share } },
    ] };
    let key = doc! { "group_id": "$group_id", "member_id": "$part.member_id", "currency": "$total.currency" };
    vec![
        doc! { "$match": counted },
        doc! { "$project": { "group_id": 1, "total.currency": 1, "part": parts } },
        doc! { "$unwind": "$part" },
        doc! { "$group": { "_id": key, "paid_minor": { "$sum": "$part.paid" }, "share_minor": { "$sum": "$part.share" } } },
        keys_beside_sums(&["paid_minor", "share_minor"]),
    ]
}

fn keys_beside_sums(sums: &[&str]) -> Document {
    let sums: Document = sums.iter().map(|sum| ((*sum).to_owned(), Bson::from(format!("${sum}")))).collect();
    doc! { "$replaceWith": { "$mergeObjects": ["$_id", sums] } }
}

fn one_of(ids: &[impl ToString]) -> Document {
    doc! { "$in": ids.iter().map(ToString::to_string).collect::<Vec<_>>() }
}
