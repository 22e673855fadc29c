//! What the schedules of a group cost on average, and how others learn that they entered an expense.

use contracts::{Event, UserId};
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

#[tokio::test]
async fn what_schedules_cost_is_told_of_those_that_go_on() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group {
        recurringCost { monthly { amount currency } yearly { amount } count } } } }";
    let group = json!([{ "__typename": "Group", "id": fixture.group.group_id }]);
    let cost = async |caller: Caller| {
        let answer = fixture.subgraph.ask(&through_router(caller), query, json!({ "r": group })).await;
        answer["data"]["_entities"][0]["recurringCost"].clone()
    };
    assert_eq!(cost(fixture.caller(1)).await, json!([]));
    let rent = fixture.schedule(json!({ "frequency": "MONTHLY", "description": "Rent" })).await;
    fixture.schedule(json!({ "frequency": "WEEKLY", "description": "Cleaning" })).await;
    let once = fixture.schedule(json!({ "frequency": "YEARLY", "description": "Tax", "count": 1 })).await;
    let row = |monthly: &str, yearly: &str, count: i64| json!([{ "monthly": { "amount": monthly, "currency": "EUR" }, "yearly": { "amount": yearly }, "count": count }]);
    assert_eq!(once["status"], "ACTIVE");
    assert_eq!(cost(fixture.caller(1)).await, row("543.15", "6517.86", 3));
    assert_eq!(fixture.enter_due().await, 3);
    assert_eq!(cost(fixture.caller(1)).await, row("534.82", "6417.86", 2), "the last one of it is entered");
    fixture.step(1, "pauseSchedule", &rent["id"], 2).await;
    assert_eq!(cost(fixture.caller(1)).await, row("434.82", "5217.86", 1), "nothing of what is paused");
    assert_eq!(cost(person(UserId::new())).await, Value::Null);
    assert_eq!(cost(Caller::anonymous()).await, Value::Null);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_event_of_a_recurring_expense_names_its_schedule() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let rent = fixture.schedule(json!({ "frequency": "MONTHLY", "description": "Rent" })).await;
    fixture.enter_due().await;
    fixture.create(0, fixture.dinner("by hand")).await;

    let events = fixture.envelopes().await.into_iter().filter_map(|envelope| match envelope.event {
        Event::ExpenseCreated(expense) => Some(json!(expense.schedule_id)),
        _ => None,
    });
    assert_eq!(events.collect::<Vec<_>>(), [rent["id"].clone(), Value::Null]);
    fixture.verified().await;
    fixture.subgraph.close().await;
}
