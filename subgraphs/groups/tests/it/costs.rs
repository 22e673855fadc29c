//! What operations cost: commands to the database. A number here may fall; a change that raises one makes the operation
//! slower for everybody.

use contracts::UserId;
use futures::future::join_all;
use kit::testing::{person, through_router};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const ENTITY: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Group {
    name simplify members { id name } viewerMember { id } } } }";

/// How many people watch the same group.
const WATCHERS: usize = 60;

#[tokio::test]
async fn a_group_costs_one_read() {
    let (fixture, commands) = Fixture::recorded().await;
    let (ada, ben) = (fixture.person("Ada"), fixture.person("Ben"));
    let group = fixture.pair(&ada, &ben).await;
    commands.take();
    fixture.read(&ada, &group).await;
    assert_eq!(commands.take(), ["find"]);
    let keys = json!({ "keys": [{ "__typename": "Group", "id": group }] });
    fixture.subgraph.data(&through_router(ada), ENTITY, keys).await;
    assert_eq!(commands.take(), ["find"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn all_who_watch_a_group_share_reads_and_see_only_their_own() {
    let (fixture, commands) = Fixture::recorded().await;
    let (ada, ben) = (fixture.person("Ada"), fixture.person("Ben"));
    let group = fixture.pair(&ada, &ben).await;
    commands.take();
    let keys = json!({ "keys": [{ "__typename": "Group", "id": group }] });
    let callers = [through_router(ada), through_router(ben), through_router(person(UserId::new()))];
    let asking = (0..WATCHERS).map(|number| fixture.subgraph.data(&callers[number % 3], ENTITY, keys.clone()));
    let answers: Vec<Value> = join_all(asking).await;
    let sent = commands.take().len();
    assert!(sent < WATCHERS, "{sent} commands");
    for (number, answer) in answers.iter().enumerate() {
        let seen = &answer["_entities"][0];
        assert_eq!(seen.is_null(), number % 3 == 2, "a stranger shares no answer");
        assert_eq!(seen, &answers[number % 3]["_entities"][0]);
    }
    assert_ne!(answers[0], answers[1], "each has a member of their own");
    fixture.subgraph.close().await;
}
