//! What operations cost: commands to the database and questions to other subgraphs. A number here may fall; a change that
//! raises one makes the operation slower for everybody.

use std::time::Duration;

use kit::testing::through_router;
use serde_json::json;

use crate::fixture::{CREATE, Fixture};

const GROUP: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Group {
    expenseNets { version } expenses(first: 20) { edges { node { id description } } } } } }";

#[tokio::test]
async fn a_new_expense_costs_seven_commands() {
    let (fixture, commands) = Fixture::recorded().await;
    fixture.create(0, fixture.dinner("first")).await;
    commands.take();
    fixture.create(0, fixture.dinner("second")).await;
    let count_of_sharers = "find";
    let in_transaction = ["update", "insert", "insert", "update", "insert", "commitTransaction"];
    assert_eq!(commands.take(), [&[count_of_sharers][..], &in_transaction].concat());

    // The same again is refused by the key and answered with what it made.
    fixture.create(0, fixture.dinner("second")).await;
    assert_eq!(commands.take(), ["find", "update", "insert", "abortTransaction", "find", "find"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_expense_without_advice_costs_one_read_more() {
    let (fixture, commands) = Fixture::recorded().await;
    fixture.create(0, fixture.dinner_with("k", &json!({ "category": "dining" }))).await;
    let envelopes = fixture.envelopes().await;
    commands.take();
    fixture.handle(&envelopes[0]).await;
    assert_eq!(commands.take(), ["find"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_relay_marks_what_waits_with_one_command() {
    let (fixture, commands) = Fixture::recorded().await;
    for key in ["a", "b", "c", "d", "e"] {
        fixture.create(0, fixture.dinner(key)).await;
    }
    commands.take();
    fixture.subgraph.publish();
    let journal = &fixture.subgraph.resources.journal;
    let published = async {
        while journal.waiting().await.unwrap().entries > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), published).await.expect("all is published");
    let sent = commands.take();
    assert_eq!(sent.iter().filter(|name| *name == "update").count(), 1, "{sent:?}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_costs_two_reads_and_one_question() {
    let (fixture, commands) = Fixture::recorded().await;
    fixture.create(0, fixture.dinner("k")).await;
    commands.take();
    let asked = fixture.rosters.asked();
    let keys = json!({ "keys": [{ "__typename": "Group", "id": fixture.group.group_id.to_string() }] });
    let answer = fixture.subgraph.data(&through_router(fixture.caller(0)), GROUP, keys).await;
    assert_eq!(answer["_entities"][0]["expenses"]["edges"][0]["node"]["description"], "Dinner");
    assert_eq!(commands.take(), ["find"; 2]);
    assert_eq!(fixture.rosters.asked() - asked, 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_was_created_is_answered_even_if_it_could_not_be_created_any_more() {
    let mut fixture = Fixture::open().await;
    let made = fixture.create(0, fixture.dinner("k")).await;
    fixture.leave(2);
    assert_eq!(fixture.refusal(&fixture.caller(0), fixture.dinner("other")).await.0, "VALIDATION");
    assert_eq!(fixture.create(0, fixture.dinner("k")).await, made);
    let answer = fixture
        .subgraph
        .ask(
            &fixture.caller(0),
            CREATE,
            json!({ "input": fixture.dinner_with("k", &json!({ "description": "Lunch" })) }),
        )
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED");
    fixture.subgraph.close().await;
}
