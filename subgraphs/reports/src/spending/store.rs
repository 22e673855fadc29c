//! MongoDB access for spending: copies of expenses, built from events, and their sums by month and by day.

pub(crate) mod migrations;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use contracts::{GroupId, MemberId, amount};
use futures::TryStreamExt;
use kit::{
    Failure, Outcome,
    inbox::Inbox,
    mongo::{Increment, Write, in_snapshot, index},
};
use money::{Amount, Currency};
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Decimal128, Document, doc},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    expense::Expense,
    month::{Month, Range},
    report::{Figures, MemberSpent, Spent},
    sums::{Delta, Key, Period, Sum},
    week::WeekRange,
};

const EXPENSES: &str = "expenses";
const MONTHS: &str = "spending_months";
const DAYS: &str = "spending_days";

/// The source of the event streams whose version a report states.
const SOURCE_OF_EXPENSES: &str = "expenses";

/// The collections of expenses and sums.
pub(super) struct SpendingStore {
    inbox: Inbox,
    expenses: Collection<Expense>,
    months: Collection<Sums>,
    days: Collection<Sums>,
}

/// The sums of one group, period and currency.
#[derive(Debug, Deserialize)]
struct Sums {
    group_id: GroupId,
    /// The month or the day.
    #[serde(default)]
    period: String,
    month: Month,
    #[serde(with = "amount::currency")]
    currency: Currency,
    #[serde(default)]
    categories: BTreeMap<String, StoredSum>,
    #[serde(default)]
    members: BTreeMap<MemberId, MemberSums>,
}

#[derive(Debug, Deserialize)]
struct MemberSums {
    #[serde(default)]
    paid: Option<StoredSum>,
    #[serde(default)]
    shares: BTreeMap<String, StoredSum>,
}

/// A sum, wider than 64 bits, so that no event fails because a sum overflows.
#[derive(Debug, Deserialize)]
struct StoredSum {
    minor: Decimal128,
    count: i64,
}

/// Whose spending of days is read.
#[derive(Clone, Copy)]
pub(super) enum DaysOf<'a> {
    Groups(&'a [GroupId]),
    Members(&'a [(GroupId, MemberId)]),
}

impl SpendingStore {
    pub(super) fn new(database: &Database) -> Self {
        Self {
            inbox: Inbox::new(database.clone()),
            expenses: database.collection(EXPENSES),
            months: database.collection(MONTHS),
            days: database.collection(DAYS),
        }
    }

    /// Creates the indexes, and with them the collections.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.expenses.create_index(index(doc! { "group_id": 1, "date": 1 })).await?;
        self.months.create_index(index(doc! { "group_id": 1, "period": 1 })).await?;
        self.days.create_index(index(doc! { "group_id": 1, "period": 1 })).await?;
        Ok(())
    }

    /// Removes all copies and sums.
    pub(super) async fn clear(&self) -> Outcome<()> {
        self.expenses.delete_many(doc! {}).await?;
        self.months.delete_many(doc! {}).await?;
        self.days.delete_many(doc! {}).await?;
        Ok(())
    }

    /// Replaces the copy of an expense.
    pub(super) fn put(&self, expense: &Expense) -> Outcome<Write> {
        Write::put(EXPENSES, doc! { "_id": expense.id.to_string() }, expense)
    }

    /// Adds a delta to the sums of one group, period and currency.
    pub(super) fn add(key: &Key, delta: &Delta) -> Write {
        Write::add(key.1.collection(), id(key), initial(key), increments(delta))
    }

    /// Reads the spending of these groups from one snapshot, so that the parts of a report are consistent.
    pub(super) async fn figures(&self, groups: &[GroupId], range: Range) -> Outcome<HashMap<GroupId, Figures>> {
        let mut session = self.months.client().start_session().snapshot(true).await?;
        let sums = self.sums(groups, range, doc! {}, &mut session).await?;
        let streams: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
        let versions = self.inbox.positions(SOURCE_OF_EXPENSES, &streams, &mut session).await?;

        let empty = |group: &GroupId| {
            let up_to_version = versions.get(&group.0).copied().unwrap_or(0);
            (*group, Figures { up_to_version, ..Figures::default() })
        };
        let mut figures: HashMap<GroupId, Figures> = groups.iter().map(empty).collect();
        for sums in sums {
            let figures = figures.entry(sums.group_id).or_default();
            figures.spent.extend(sums.spent(&sums.categories)?);
            figures.by_member.extend(sums.by_member()?);
        }
        Ok(figures)
    }

    /// Reads the shares of these members in their groups.
    pub(super) async fn shares(&self, members: &[(GroupId, MemberId)], range: Range) -> Outcome<Vec<Spent>> {
        let mut session = self.months.client().start_session().snapshot(true).await?;
        let groups: Vec<GroupId> = members.iter().map(|(group, _)| *group).collect();
        let mut only_own = doc! { "group_id": 1, "month": 1, "currency": 1 };
        for (_, member) in members {
            only_own.insert(format!("members.{member}.shares"), 1);
        }
        let mut rows = Vec::new();
        for sums in self.sums(&groups, range, only_own, &mut session).await? {
            for member in sums.members.values() {
                rows.extend(sums.spent(&member.shares)?);
            }
        }
        Ok(rows)
    }

    /// Reads the spending of each day of the range: of whole groups, or the shares of members only.
    pub(super) async fn days(&self, of: DaysOf<'_>, range: WeekRange) -> Outcome<Vec<(NaiveDate, Amount)>> {
        let groups: Vec<String> = match of {
            DaysOf::Groups(groups) => groups.iter().map(GroupId::to_string).collect(),
            DaysOf::Members(members) => members.iter().map(|(group, _)| group.to_string()).collect(),
        };
        let mut filter = doc! { "group_id": { "$in": groups } };
        filter.extend(between(Some(range.from.to_string()), Some(range.to.to_string())));
        let found: Vec<Sums> = self.days.find(filter).await?.try_collect().await?;
        let mut days = Vec::new();
        for sums in &found {
            let day: NaiveDate = sums.period.parse().map_err(Failure::internal)?;
            let spent = match of {
                DaysOf::Groups(_) => sums.spent(&sums.categories)?,
                DaysOf::Members(members) => {
                    let own = members.iter().filter_map(|(_, member)| sums.members.get(member));
                    own.map(|own| sums.spent(&own.shares)).collect::<Outcome<Vec<_>>>()?.concat()
                }
            };
            days.extend(spent.into_iter().map(|spent| (day, Amount::new(spent.amount_minor, spent.currency))));
        }
        Ok(days)
    }

    /// Reads the expenses of a group in a month that are not deleted, in the order of their days; `most` of them at most.
    pub(super) async fn expenses_in(&self, group: GroupId, month: Month, most: i64) -> Outcome<Vec<Expense>> {
        let days = Range::of(month);
        let mut filter = doc! { "group_id": group.to_string(), "deleted": false };
        let ends = [days.from(), days.to()].map(|day| day.map(|day| day.to_string()));
        let [first, last] = ends;
        filter.insert("date", doc! { "$gte": first, "$lte": last });
        let found = self.expenses.find(filter).sort(doc! { "date": 1, "_id": 1 }).limit(most).await?;
        Ok(found.try_collect().await?)
    }

    /// Reads the sums of the range's whole months, and of the days at its ends that are not part of one.
    async fn sums(
        &self,
        groups: &[GroupId],
        range: Range,
        fields: Document,
        session: &mut ClientSession,
    ) -> Outcome<Vec<Sums>> {
        let groups: Vec<String> = groups.iter().map(GroupId::to_string).collect();
        let mut wanted = Vec::new();
        if let Some((first, last)) = range.whole_months() {
            wanted.push((
                &self.months,
                between(first.map(|month| month.to_string()), last.map(|month| month.to_string())),
            ));
        }
        for (first, last) in range.odd_days() {
            wanted.push((&self.days, between(Some(first.to_string()), Some(last.to_string()))));
        }
        let mut sums = Vec::new();
        for (collection, periods) in wanted {
            let mut filter = doc! { "group_id": { "$in": &groups } };
            filter.extend(periods);
            let found = in_snapshot(collection).find(filter).projection(fields.clone()).session(&mut *session).await?;
            let mut found = found;
            sums.extend(found.stream(&mut *session).try_collect::<Vec<_>>().await?);
        }
        Ok(sums)
    }
}

impl Sums {
    fn spent(&self, sums: &BTreeMap<String, StoredSum>) -> Outcome<Vec<Spent>> {
        let counted = sums.iter().filter(|(_, sum)| sum.count != 0);
        let row = |(key, sum): (&String, &StoredSum)| {
            Ok(Spent {
                group_id: self.group_id,
                category: category(key),
                month: self.month,
                currency: self.currency,
                amount_minor: sum.minor()?,
                count: sum.count,
            })
        };
        counted.map(row).collect()
    }

    fn by_member(&self) -> Outcome<Vec<MemberSpent>> {
        let mut rows = Vec::new();
        for (member, sums) in &self.members {
            let Some(paid) = sums.paid.as_ref().filter(|paid| paid.count != 0) else { continue };
            let shares: Vec<i64> = sums.shares.values().map(StoredSum::minor).collect::<Outcome<_>>()?;
            rows.push(MemberSpent {
                member_id: *member,
                currency: self.currency,
                paid_minor: paid.minor()?,
                share_minor: shares
                    .iter()
                    .try_fold(0_i64, |sum, minor| sum.checked_add(*minor))
                    .ok_or_else(too_large)?,
            });
        }
        Ok(rows)
    }
}

impl Period {
    fn text(self) -> String {
        match self {
            Self::Month(month) => month.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    fn month(self) -> Month {
        match self {
            Self::Month(month) => month,
            Self::Day(day) => Month::of(day),
        }
    }

    /// The collection with the sums of this kind of period.
    pub(super) fn collection(self) -> &'static str {
        match self {
            Self::Month(_) => MONTHS,
            Self::Day(_) => DAYS,
        }
    }
}

impl StoredSum {
    fn minor(&self) -> Outcome<i64> {
        self.minor.to_string().parse().map_err(|_| too_large())
    }
}

fn too_large() -> Failure {
    Failure::internal("a sum of a report does not fit 64 bits")
}

/// The filter for the periods from first to last; a missing end is open.
fn between(first: Option<String>, last: Option<String>) -> Document {
    let mut bounds = Document::new();
    if let Some(first) = first {
        bounds.insert("$gte", first);
    }
    if let Some(last) = last {
        bounds.insert("$lte", last);
    }
    if bounds.is_empty() {
        doc! {}
    } else {
        doc! { "period": bounds }
    }
}

/// The id of the document with these sums.
fn id((group, period, currency): &Key) -> String {
    format!("{group}/{}/{currency}", period.text())
}

/// What the document says besides its sums.
fn initial((group, period, currency): &Key) -> Document {
    doc! {
        "group_id": group.to_string(),
        "period": period.text(),
        "month": period.month().to_string(),
        "currency": currency.code(),
    }
}

/// What is added to its sums, by their paths.
fn increments(delta: &Delta) -> BTreeMap<String, Increment> {
    let mut added = BTreeMap::new();
    let mut add = |path: String, sum: Sum| {
        added.insert(format!("{path}.minor"), Increment::Decimal(sum.minor));
        added.insert(format!("{path}.count"), Increment::Integer(sum.count));
    };
    for (category, sum) in &delta.categories {
        add(format!("categories.{}", field(category)), *sum);
    }
    for (member, sums) in &delta.members {
        add(format!("members.{member}.paid"), sums.paid);
        for (category, sum) in &sums.shares {
            add(format!("members.{member}.shares.{}", field(category)), *sum);
        }
    }
    added
}

/// Escapes a category for use as a field name, because MongoDB interprets `.` and `$` in field names.
fn field(category: &str) -> String {
    category.replace('%', "%25").replace('.', "%2E").replace('$', "%24")
}

fn category(field: &str) -> String {
    field.replace("%24", "$").replace("%2E", ".").replace("%25", "%")
}
