//! Balances are pushed to all watchers of a group.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    installation::Quits,
    trip::{Trip, balance, minor, sum},
};

const WITHIN: Duration = Duration::from_secs(1);

#[tokio::test]
async fn three_people_share_a_dinner_and_settle() {
    let quits = Quits::alone().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    let mut ben = trip.people[1].watch(&trip.id).await;
    let mut cleo = trip.people[2].watch(&trip.id).await;
    assert_eq!(ben.group_at(0).await["balances"], json!([]));
    assert_eq!(cleo.group_at(0).await["ledgerVersion"], 0);

    let saved_at = Instant::now();
    let mut answer = trip.spend(0, "100.00", "dinner").await;
    let answered_at = Instant::now();
    assert!(answer.get("errors").is_none(), "{answer:#}");
    let expense = answer["data"]["createExpense"].take();

    let shares: Vec<i64> = expense["shares"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| minor(share["amount"]["amount"].as_str().unwrap()))
        .collect();
    assert_eq!(shares.iter().sum::<i64>(), 10_000);
    let group = &expense["group"];
    assert_eq!(group["ledgerVersion"], 1, "the answer itself shows the new balance");
    assert!(["66.66", "66.67"].contains(&balance(group, "Ada").as_str()), "{group:#}");
    assert_eq!(sum(group), 0);

    for live in [&mut ben, &mut cleo] {
        let moved = live.group_at(1).await;
        let pushed_after = answered_at.elapsed();
        assert!(pushed_after < WITHIN, "the push came {pushed_after:?} after the answer");
        assert_eq!(moved["balances"], group["balances"]);
        assert_eq!(moved["settlement"], group["settlement"]);
    }
    println!("answered after {:?}, pushed to both after {:?}", answered_at - saved_at, saved_at.elapsed());

    settle(&trip, group).await;
    let settled = ben.group_at(3).await;
    assert_eq!(settled["settlement"]["transfers"], json!([]));
    assert!(settled["balances"].as_array().unwrap().iter().all(|row| row["net"]["amount"] == "0.00"), "{settled:#}");
    assert_eq!(settled["balances"], trip.group(0).await["balances"]);
}

/// Records each proposed transfer as a payment. After each, the settlement is the rest of the original plan.
async fn settle(trip: &Trip, group: &Value) {
    let transfers = group["settlement"]["transfers"].as_array().unwrap();
    assert_eq!((transfers.len(), &group["settlement"]["minimal"]), (2, &json!(true)));
    let place = |name: &Value| trip.people.iter().position(|person| person.name == *name).unwrap();
    for (number, transfer) in transfers.iter().enumerate() {
        let (from, to) = (place(&transfer["from"]["name"]), place(&transfer["to"]["name"]));
        let input = json!({
            "groupId": trip.id,
            "fromMemberId": trip.members[from],
            "toMemberId": trip.members[to],
            "amount": transfer["amount"],
            "idempotencyKey": format!("settle {number}"),
        });
        let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { status group { settlement {
            transfers { from { name } to { name } amount { amount currency } } } } } }";
        let payment = trip.people[from].data(pay, json!({ "input": input })).await["recordPayment"].take();
        assert_eq!(payment["status"], "PROCESSED");
        assert_eq!(payment["group"]["settlement"]["transfers"], json!(transfers[number + 1..]));
    }
}
