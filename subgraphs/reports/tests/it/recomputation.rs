//! Reports after thousands of random changes, compared with sums over what is left of the expenses.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;
use contracts::{
    Envelope, Event, UserId,
    event::{ExpenseChange, ExpenseFacts, MemberAmount},
    roster::Roster,
};
use futures::future::join_all;
use kit::{
    Clock,
    bus::Handled,
    testing::{person, through_router},
};
use money::{Amount, Currency};
use mongodb::bson::{Document, doc};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

use crate::{
    fixture::{Fixture, Spending, entities, expense, group_key, representations, user_key},
    rebuilding::COLLECTED,
};

const GROUPS: u64 = 5;
const CHANGES_PER_GROUP: usize = 1_000;

/// A moment at which it is November on Kiritimati and October in Hawaii.
const MONTH_END: &str = "2026-10-31T12:00:00Z";
const ZONES: [(Tz, &str); 3] = [
    (chrono_tz::Pacific::Kiritimati, "2026-11"),
    (chrono_tz::UTC, "2026-10"),
    (chrono_tz::Pacific::Honolulu, "2026-10"),
];

const REPORT: &str = "report(from: \"FROM\", to: \"TO\") { byCategory { category total { amount currency } count }
    byMonth { month total { amount currency } } total { amount currency } PARTS }";
const MEMBERS: &str = "byMember { member { id } paid { amount currency } share { amount currency } }";
const OF_GROUPS: &str = "byGroup { group { id } total { amount currency } }";
const WEEKS: &str = "weeks(from: \"FROM\", to: \"TO\") { week total { amount currency } }";

/// A group with the expenses that are not deleted, and everything that has happened.
struct Book {
    roster: Roster,
    live: Vec<ExpenseFacts>,
    deleted: Vec<ExpenseFacts>,
    events: Vec<Envelope>,
    random: StdRng,
}

impl Book {
    /// An expense within three days of the end of a month of 2026.
    fn expense(&mut self) -> ExpenseFacts {
        let month = self.random.random_range(1..=12);
        let first = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        let date = (first - Days::new(3) + Days::new(self.random.random_range(0..6))).to_string();
        let shares: Vec<i64> = (0..3).map(|_| self.random.random_range(0..10_000)).collect();
        let category = ["dining", "travel", "groceries", "rent"].choose(&mut self.random).unwrap();
        let currency = ["EUR", "JPY"].choose(&mut self.random).unwrap();
        let mut new = expense(&self.roster, &Spending { date: &date, category, currency, shares: &shares });
        new.payers[0].member_id = self.roster.members[self.random.random_range(0..3)].member_id;
        new
    }

    fn next_event(&mut self) -> Event {
        let by = self.roster.members[0].member_id;
        let change = |before: &ExpenseFacts, after: &ExpenseFacts| ExpenseChange {
            before: before.clone(),
            after: after.clone(),
            by,
        };
        let choice = self.random.random_range(0..10);
        if choice >= 8 && !self.deleted.is_empty() {
            let place = self.random.random_range(0..self.deleted.len());
            let restored = self.deleted.swap_remove(place);
            self.live.push(restored.clone());
            return Event::ExpenseRestored(change(&restored, &restored));
        }
        if choice < 4 || self.live.is_empty() {
            let new = self.expense();
            self.live.push(new.clone());
            return Event::ExpenseCreated(new);
        }
        let place = self.random.random_range(0..self.live.len());
        if choice < 7 {
            let before = self.live[place].clone();
            let after = ExpenseFacts { expense_id: before.expense_id, ..self.expense() };
            self.live[place] = after.clone();
            return Event::ExpenseUpdated(change(&before, &after));
        }
        let gone = self.live.swap_remove(place);
        self.deleted.push(gone.clone());
        Event::ExpenseDeleted(change(&gone, &gone))
    }

    async fn fill(&mut self, fixture: &Fixture) {
        let (stream, actor) = (self.roster.group_id.0, self.roster.members[0].user_id);
        for _ in 0..CHANGES_PER_GROUP {
            let event = self.next_event();
            let envelope = fixture.next("expenses", stream, actor, event);
            assert_eq!(fixture.handle(&envelope).await, Handled::Done);
            // Some events are delivered twice.
            if self.random.random_ratio(1, 20) {
                assert_eq!(fixture.handle(&envelope).await, Handled::Done);
            }
            self.events.push(envelope);
        }
    }
}

type Sums = BTreeMap<(String, Currency), (i64, i64)>;

/// Sums and counts of amounts by a key and the currency.
fn sums<'a>(
    expenses: &[&'a ExpenseFacts],
    key: impl Fn(&'a ExpenseFacts) -> String,
    minor: impl Fn(&ExpenseFacts) -> i64,
) -> Sums {
    let mut sums = Sums::new();
    for expense in expenses {
        let row = sums.entry((key(expense), expense.total.currency)).or_default();
        row.0 += minor(expense);
        row.1 += 1;
    }
    sums
}

fn shown(amount: &Value) -> (Currency, i64) {
    let currency = Currency::from_code(amount["currency"].as_str().unwrap()).unwrap();
    (currency, Amount::parse(amount["amount"].as_str().unwrap(), currency).unwrap().minor)
}

/// Compares a report with sums over expenses; only those with a part of it count.
fn compare(report: &Value, expenses: &[&ExpenseFacts], minor: impl Fn(&ExpenseFacts) -> i64 + Copy, what: &str) {
    let concerned: Vec<&ExpenseFacts> = expenses.iter().copied().filter(|expense| minor(expense) != 0).collect();
    let mut by_category = Sums::new();
    for row in report["byCategory"].as_array().unwrap() {
        let (currency, total) = shown(&row["total"]);
        let key = (row["category"].as_str().unwrap().to_owned(), currency);
        by_category.insert(key, (total, row["count"].as_i64().unwrap()));
    }
    assert_eq!(by_category, sums(&concerned, |expense| expense.category.clone(), minor), "{what}");
    let mut by_month = BTreeMap::new();
    for row in report["byMonth"].as_array().unwrap() {
        let (currency, total) = shown(&row["total"]);
        if total != 0 {
            by_month.insert((row["month"].as_str().unwrap().to_owned(), currency), total);
        }
    }
    let expected = sums(&concerned, |expense| expense.date.format("%Y-%m").to_string(), minor);
    let expected: BTreeMap<_, _> = expected.into_iter().map(|(key, (total, _))| (key, total)).collect();
    assert_eq!(by_month, expected, "{what}");
    let total: BTreeMap<_, _> = report["total"].as_array().unwrap().iter().map(shown).collect();
    let expected = sums(&concerned, |_| String::new(), minor);
    assert_eq!(total, expected.into_iter().map(|((_, currency), (total, _))| (currency, total)).collect(), "{what}");
}

/// Sums by a key, without those that are zero.
fn without_zeros(rows: impl Iterator<Item = (String, (Currency, i64))>) -> BTreeMap<(String, Currency), i64> {
    let mut sums = BTreeMap::new();
    for (key, (currency, minor)) in rows {
        *sums.entry((key, currency)).or_insert(0) += minor;
    }
    sums.retain(|_, minor| *minor != 0);
    sums
}

/// The amounts of a list in a report, by what each is for.
fn listed(rows: &Value, key: impl Fn(&Value) -> &Value, amount: &str) -> BTreeMap<(String, Currency), i64> {
    let rows = rows.as_array().unwrap().iter();
    without_zeros(rows.map(|row| (key(row).as_str().unwrap().to_owned(), shown(&row[amount]))))
}

fn compare_members(report: &Value, expenses: &[&ExpenseFacts], what: &str) {
    for (amount, parts) in [
        ("paid", (|expense| &expense.payers) as fn(&ExpenseFacts) -> &Vec<MemberAmount>),
        ("share", |expense| &expense.shares),
    ] {
        let parts = expenses.iter().flat_map(|expense| {
            let currency = expense.total.currency;
            parts(expense).iter().map(move |part| (part.member_id.to_string(), (currency, part.amount_minor)))
        });
        let shown = listed(&report["byMember"], |row| &row["member"]["id"], amount);
        assert_eq!(shown, without_zeros(parts), "{amount}, {what}");
    }
}

fn compare_weeks(weeks: &Value, expenses: &[&ExpenseFacts], minor: impl Fn(&ExpenseFacts) -> i64, what: &str) {
    let parts = expenses.iter().map(|expense| {
        let monday = expense.date - Days::new(expense.date.weekday().num_days_from_monday().into());
        (monday.to_string(), (expense.total.currency, minor(expense)))
    });
    assert_eq!(listed(weeks, |row| &row["week"], "total"), without_zeros(parts), "weeks, {what}");
}

fn compare_groups(report: &Value, expenses: &[&ExpenseFacts], minor: impl Fn(&ExpenseFacts) -> i64, what: &str) {
    let parts = expenses.iter().map(|expense| (expense.group_id.to_string(), (expense.total.currency, minor(expense))));
    assert_eq!(listed(&report["byGroup"], |row| &row["group"]["id"], "total"), without_zeros(parts), "groups, {what}");
}

fn ranges() -> Vec<(NaiveDate, NaiveDate)> {
    let date = |text: &str| text.parse().unwrap();
    vec![
        (date("2025-12-01"), date("2026-12-31")),
        (date("2026-02-28"), date("2026-03-01")),
        (date("2026-10-31"), date("2026-10-31")),
        (date("2026-06-30"), date("2026-11-01")),
    ]
}

async fn verify(fixture: &Fixture, books: &[Book], users: &[UserId]) {
    for (from, to) in ranges() {
        let fields = |parts: &str| {
            let fields = format!("{} {WEEKS}", REPORT.replace("PARTS", parts));
            fields.replace("FROM", &from.to_string()).replace("TO", &to.to_string())
        };
        let within = |book: &&ExpenseFacts| (from..=to).contains(&book.date);
        for book in books {
            let report = fixture.entity(users[0], group_key(book.roster.group_id), &fields(MEMBERS)).await;
            let live: Vec<&ExpenseFacts> = book.live.iter().filter(within).collect();
            let (whole, what) = (|expense: &ExpenseFacts| expense.total.minor, format!("group, {from} to {to}"));
            compare(&report["report"], &live, whole, &what);
            compare_members(&report["report"], &live, &what);
            compare_weeks(&report["weeks"], &live, whole, &what);
        }
        let live: Vec<&ExpenseFacts> = books.iter().flat_map(|book| &book.live).filter(within).collect();
        for (place, user) in users.iter().enumerate() {
            let report = fixture.entity(*user, user_key(*user), &fields(OF_GROUPS)).await;
            let share = |expense: &ExpenseFacts| expense.shares[place].amount_minor;
            let what = format!("person {place}, {from} to {to}");
            compare(&report["report"], &live, share, &what);
            compare_groups(&report["report"], &live, share, &what);
            compare_weeks(&report["weeks"], &live, share, &what);
        }
    }
}

/// What a person has spent this month, which depends on the time zone.
async fn verify_months(fixture: &Fixture, books: &[Book], users: &[UserId]) {
    let euro = Currency::from_code("EUR").unwrap();
    for (place, (user, (zone, month))) in users.iter().zip(ZONES).enumerate() {
        let caller = person(*user).in_time_zone(zone);
        let set = "mutation { setBudget(input: { limit: { amount: \"9000000\", currency: \"EUR\" } }) { id } }";
        fixture.subgraph.data(&caller, set, json!({})).await;
        let key = user_key(*user);
        let fields = "budgets { month spent { amount currency } }";
        let read =
            fixture.subgraph.data(&through_router(caller), &entities(&key, fields), representations(&[key])).await;
        let budget = &read["_entities"][0]["budgets"][0];
        let of_month = books.iter().flat_map(|book| &book.live).filter(|expense| {
            format!("{}-{:02}", expense.date.year(), expense.date.month()) == month && expense.total.currency == euro
        });
        let spent: i64 = of_month.map(|expense| expense.shares[place].amount_minor).sum();
        assert_eq!((budget["month"].as_str(), shown(&budget["spent"])), (Some(month), (euro, spent)), "{zone}");
    }
}

#[tokio::test]
async fn reports_equal_a_recomputation_after_five_thousand_random_changes_and_after_a_rebuild() {
    let fixture = Fixture::open_at(Clock::standing_at(MONTH_END.parse().unwrap())).await;
    let users = [fixture.user("Ada").await, fixture.user("Ben").await, fixture.user("Cleo").await];
    let mut books = Vec::new();
    for seed in 0..GROUPS {
        let roster = fixture.group(&[("Ada", users[0]), ("Ben", users[1]), ("Cleo", users[2])]).await;
        let random = StdRng::seed_from_u64(seed);
        books.push(Book { roster, live: Vec::new(), deleted: Vec::new(), events: Vec::new(), random });
    }
    join_all(books.iter_mut().map(|book| book.fill(&fixture))).await;
    verify(&fixture, &books, &users).await;
    verify_months(&fixture, &books, &users).await;

    for name in COLLECTED.iter().filter(|name| !["users", "groups"].contains(name)) {
        fixture.subgraph.resources.database.collection::<Document>(name).delete_many(doc! {}).await.unwrap();
    }
    join_all(books.iter().map(|book| async {
        for envelope in &book.events {
            assert_eq!(fixture.handle(envelope).await, Handled::Done);
        }
    }))
    .await;
    verify(&fixture, &books, &users).await;
    fixture.subgraph.close().await;
}
