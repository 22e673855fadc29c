//! How the consumer handles repeated events, gaps and changes.

use contracts::{
    DraftId, Event,
    event::{AdviceFacts, DraftFacts, DraftRequest, DraftSource, ExpenseChange, ExpenseFacts},
};
use kit::bus::Handled;
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, expense, facts, group_key};

const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };
const SEEN: &str = "report { total { amount } upToVersion } activity { totalCount }";

#[tokio::test]
async fn the_same_event_twice_changes_nothing() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let dinner = fixture.spend(&group, &DINNER).await;
    let before = fixture.entity(ada, group_key(group.group_id), SEEN).await;

    assert_eq!(fixture.handle(&dinner).await, Handled::Done);

    assert_eq!(fixture.entity(ada, group_key(group.group_id), SEEN).await, before);
    assert_eq!(before, seen("100.00", 1, 2));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_early_event_waits() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let next = || {
        let event = Event::ExpenseCreated(expense(&group, &DINNER));
        fixture.next("expenses", group.group_id.0, Some(ada), event)
    };
    let (first, second) = (next(), next());

    assert_eq!(fixture.handle(&second).await, Handled::Later);
    assert_eq!(fixture.position("expenses", group.group_id.0).await, 0);
    assert_eq!(fixture.handle(&first).await, Handled::Done);
    assert_eq!(fixture.handle(&second).await, Handled::Done);

    assert_eq!(fixture.entity(ada, group_key(group.group_id), SEEN).await, seen("200.00", 2, 3));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_expense_may_arrive_before_its_group() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = contracts::testing::roster(&[ada, ben], 0);
    "Ada".clone_into(&mut group.members[0].name);
    fixture.change(&group);
    fixture.spend(&group, &DINNER).await;
    let group_created = Event::GroupCreated(facts(&group));
    fixture.publish("groups", group.group_id.0, ada, group_created).await;

    let feed = fixture.entity(ada, group_key(group.group_id), "activity { edges { node { summary } } }").await;

    assert_eq!(feed["activity"]["edges"][1]["node"]["summary"], "Ada added \"Dinner\", 100.00 EUR");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn advice_moves_the_position_and_stays_out_of_the_feed() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let dinner = expense(&group, &DINNER);
    let advice = AdviceFacts {
        expense_id: dinner.expense_id,
        group_id: group.group_id,
        category: None,
        duplicate_of: None,
        shares: Vec::new(),
    };
    fixture.publish("expenses", group.group_id.0, ada, Event::ExpenseCreated(dinner)).await;

    fixture.publish("expenses", group.group_id.0, ada, Event::ExpenseAdvised(advice.clone())).await;
    fixture.publish("expenses", group.group_id.0, ada, Event::AdviceDismissed(advice)).await;

    assert_eq!(fixture.entity(ada, group_key(group.group_id), SEEN).await, seen("100.00", 3, 2));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn drafts_are_not_collected() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let draft = DraftFacts { draft_id: DraftId::new(), group_id: group.group_id, ready: true };
    let request = DraftRequest {
        draft_id: draft.draft_id,
        group_id: group.group_id,
        source: DraftSource::TextDigest("a digest".to_owned()),
        people: Vec::new(),
        author: group.members[0].member_id,
        currency: group.currency,
        today: "2026-11-22".parse().unwrap(),
    };

    for event in [Event::DraftRequested(request), Event::DraftRead(draft.clone()), Event::DraftDiscarded(draft)] {
        fixture.publish("expenses", event.about(), ada, event).await;
    }

    assert_eq!(fixture.entity(ada, group_key(group.group_id), SEEN).await["activity"]["totalCount"], 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_expense_counts_in_its_latest_state_unless_it_is_deleted() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let stream = group.group_id.0;
    let before = expense(&group, &DINNER);
    let after = ExpenseFacts {
        expense_id: before.expense_id,
        ..expense(&group, &Spending { category: "travel", shares: &[1, 2], ..DINNER })
    };
    let change = ExpenseChange { before: before.clone(), after, by: before.created_by };
    let fields =
        "report { byCategory { category total { amount } } } activity(first: 1) { edges { node { summary } } }";
    let mut told = Vec::new();

    for event in [
        Event::ExpenseCreated(before),
        Event::ExpenseUpdated(change.clone()),
        Event::ExpenseDeleted(change.clone()),
        Event::ExpenseRestored(change),
    ] {
        fixture.publish("expenses", stream, ada, event).await;
        let seen = fixture.entity(ada, group_key(group.group_id), fields).await;
        let summary = seen["activity"]["edges"][0]["node"]["summary"].as_str().unwrap().to_owned();
        told.push((summary, seen["report"]["byCategory"].clone()));
    }

    let row = |category: &str, total: &str| json!([{ "category": category, "total": { "amount": total } }]);
    let expected = [
        ("Ada added \"Dinner\", 100.00 EUR", row("dining", "100.00")),
        ("Ada changed \"Dinner\", 0.03 EUR", row("travel", "0.03")),
        ("Ada deleted \"Dinner\", 0.03 EUR", json!([])),
        ("Ada restored \"Dinner\", 0.03 EUR", row("travel", "0.03")),
    ];
    assert_eq!(told, expected.map(|(summary, rows)| (summary.to_owned(), rows)));
    fixture.subgraph.close().await;
}

fn seen(total: &str, version: i64, activities: i64) -> Value {
    json!({
        "report": { "total": [{ "amount": total }], "upToVersion": version },
        "activity": { "totalCount": activities },
    })
}
