//! The AI consumer, over the real broker: from the journal to the advice beside the expense.

use std::{sync::Arc, time::Duration};

use kit::{Role, Subgraph, bus::Bus, journal::Relay};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::house::House;

const ADVICE: &str = "query($id: ID!) { expense(id: $id) { category advice { category reason advisor } version } }";
const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// Looks until there is advice.
async fn advice(house: &House, id: &Value) -> Value {
    let looking = async {
        loop {
            let answer = house.bed.data(&house.caller(0), ADVICE, json!({ "id": id })).await;
            if !answer["expense"]["advice"].is_null() {
                return answer["expense"].clone();
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(DEADLINE, looking).await.expect("advice is written")
}

#[tokio::test]
async fn a_new_expense_gets_advice_that_changes_nothing() {
    let house = House::open().await;
    let stop = CancellationToken::new();
    let bus = Bus::new(&house.bed.parts.settings);
    let relay = tokio::spawn(Relay::new(Arc::clone(&house.bed.parts.journal), bus.clone()).run(stop.clone()));
    let advising = tokio::spawn(Arc::clone(&house.bed.subgraph).work(Role::Advise, bus, stop.clone()));

    let id = house.create(0, house.dinner("k")).await["id"].clone();
    let expense = advice(&house, &id).await;

    assert_eq!(expense["advice"]["category"], "dining");
    assert_eq!(expense["advice"]["advisor"], "RULES");
    assert_eq!((&expense["category"], &expense["version"]), (&json!("other"), &json!(1)));
    let head = house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 1));
    stop.cancel();
    relay.await.unwrap();
    advising.await.unwrap();
    house.bed.close().await;
}
