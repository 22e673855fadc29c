//! What collecting costs: commands to the database. A number here may fall; a change that raises one makes collecting
//! slower.

use std::sync::Arc;

use contracts::{Envelope, Event};
use kit::bus::{Handled, Handler};
use serde_json::json;

use crate::fixture::{Fixture, Spending, expense, group_key};

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
