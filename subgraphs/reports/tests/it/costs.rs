//! What collecting and reading cost: commands to the database, and documents that it looks at. A number here may fall; a
//! change that raises one makes them slower.

use std::sync::Arc;

use contracts::{Envelope, Event};
use futures::TryStreamExt;
use kit::bus::{Handled, Handler};
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::fixture::{Fixture, Spending, expense, group_key, user_key};

const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

const EVENTS: usize = 32;

#[tokio::test]
async fn events_that_wait_are_stored_in_one_transaction() {
    let (fixture, commands) = Fixture::recorded().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut groups = Vec::new();
    for _ in 0..4 {
        groups.push(fixture.group(&[("Ada", ada), ("Ben", ben)]).await);
    }
    let events: Vec<Arc<Envelope>> = (0..EVENTS)
        .map(|number| {
            let group = &groups[number % groups.len()];
            let event = Event::ExpenseCreated(expense(group, &DINNER));
            Arc::new(fixture.next("expenses", group.group_id.0, Some(ada), event))
        })
        .collect();
    commands.take();

    let handled = fixture.subgraph.services.handle_all(&events).await;
    assert!(handled.into_iter().all(|handled| handled.unwrap() == Handled::Done));

    let sent = commands.take();
    let count = |name: &str| sent.iter().filter(|sent| *sent == name).count();
    assert_eq!(count("commitTransaction"), 1, "{sent:?}");
    // Positions, members and budgets.
    assert_eq!(count("find"), 3, "{sent:?}");
    let written = sent.len() - count("find") - count("commitTransaction");
    assert!(written <= EVENTS / 2, "{written} commands that write: {sent:?}");
    for group in &groups {
        let fields = "report { total { amount } upToVersion } activity { totalCount }";
        let seen = fixture.entity(ada, group_key(group.group_id), fields).await;
        let report = json!({ "total": [{ "amount": "800.00" }], "upToVersion": 8 });
        assert_eq!(seen, json!({ "report": report, "activity": { "totalCount": 9 } }));
    }

    let again = fixture.subgraph.services.handle_all(&events).await;
    assert!(again.into_iter().all(|handled| handled.unwrap() == Handled::Done));
    let seen = fixture.entity(ada, group_key(groups[0].group_id), "activity { totalCount }").await;
    assert_eq!(seen["activity"]["totalCount"], 9, "a repetition changes nothing");
    fixture.subgraph.close().await;
}

const MONTHS: usize = 24;
const EXPENSES_A_MONTH: usize = 40;

/// How many documents the database has looked at since it was asked to count them.
async fn examined(fixture: &Fixture) -> i64 {
    let profile = fixture.subgraph.resources.database.collection::<Document>("system.profile");
    let reads = profile.find(doc! { "op": "query", "ns": { "$regex": "\\.(spending_|expenses$)" } }).await.unwrap();
    let reads: Vec<Document> = reads.try_collect().await.unwrap();
    reads.iter().map(|read| i64::from(read.get_i32("docsExamined").unwrap())).sum()
}

#[tokio::test]
async fn a_report_looks_at_a_document_per_month_and_per_day_at_its_ends_whatever_was_spent() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let expenses = (0..MONTHS * EXPENSES_A_MONTH).map(|number| {
        let (month, day) = (number / EXPENSES_A_MONTH, number % 28 + 1);
        let date = format!("{}-{:02}-{day:02}", 2025 + month / 12, month % 12 + 1);
        let category = ["dining", "travel", "rent"][number % 3];
        let event =
            Event::ExpenseCreated(expense(&group, &Spending { date: &date, category, shares: &[100], ..DINNER }));
        Arc::new(fixture.next("expenses", group.group_id.0, Some(ada), event))
    });
    for events in expenses.collect::<Vec<_>>().chunks(64) {
        let handled = fixture.subgraph.services.handle_all(events).await;
        assert!(handled.into_iter().all(|handled| handled.unwrap() == Handled::Done));
    }
    fixture.subgraph.resources.database.run_command(doc! { "profile": 2 }).await.unwrap();
    for (from, to, total, most) in [
        ("2025-01-01", "2025-06-30", "240.00", 6),
        ("2025-01-01", "2026-12-31", "960.00", 24),
        ("2025-03-01", "2025-03-31", "40.00", 1),
        // Two months, 14 days before them and 10 after them.
        ("2025-03-15", "2025-06-10", "", 26),
    ] {
        for key in [group_key(group.group_id), user_key(ada)] {
            let before = examined(&fixture).await;
            let fields = format!("report(from: \"{from}\", to: \"{to}\") {{ total {{ amount }} }}");
            let report = fixture.entity(ada, key, &fields).await;
            if !total.is_empty() {
                assert_eq!(report["report"]["total"][0]["amount"], total);
            }
            let looked_at = examined(&fixture).await - before;
            assert!((1..=most).contains(&looked_at), "{looked_at} for {from} to {to}");
        }
    }
    fixture.subgraph.close().await;
}
