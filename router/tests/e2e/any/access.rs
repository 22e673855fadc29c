//! Authorisation, tested through the router.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    installation::Quits,
    person::{GROUP, Live, PASSWORD, Person, broken_tokens},
    trip::{Trip, balance, create_expense, sum},
};

/// The time after which somebody who is no longer a member must not receive any more of a group.
const SOON: Duration = Duration::from_secs(2);

#[tokio::test]
async fn the_router_tells_strangers_nothing() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let eve = quits.register("Eve").await;
    let group = format!("query($id: ID!) {{ group(id: $id) {{ {GROUP} }} }}");
    let id = json!({ "id": trip.id });

    assert_eq!(eve.code(&group, id.clone()).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.code(&group, json!({ "id": uuid::Uuid::now_v7().to_string() })).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.code(&create_expense(), json!({ "input": trip.expense(0, "1.00", "k") })).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.watch(&trip.id).await.refusal().await, "GROUP_NOT_FOUND");

    let nobody = Person::nobody(&quits);
    assert_eq!(nobody.code(&group, id.clone()).await, "UNAUTHENTICATED");
    assert_eq!(nobody.code("{ me { id } }", json!({})).await, "UNAUTHENTICATED");
    assert_eq!(nobody.watch(&trip.id).await.refusal().await, "UNAUTHENTICATED");

    for token in broken_tokens(trip.people[0].token.as_ref().unwrap()) {
        let broken = nobody.with_token(&token);
        assert_eq!(broken.code(&group, id.clone()).await, "UNAUTHENTICATED", "{token}");
        assert_eq!(broken.watch(&trip.id).await.refusal().await, "UNAUTHENTICATED", "{token}");
    }
}

#[tokio::test]
async fn a_group_decides_whose_expenses_its_members_change() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    let id = trip.spend(1, "30.00", "k").await["data"]["createExpense"]["id"].clone();
    let update = "mutation($input: UpdateGroupInput!) { updateGroup(input: $input) { expenseEditing } }";
    let version = "query($id: ID!) { group(id: $id) { version } }";
    let version = trip.people[0].data(version, json!({ "id": trip.id })).await["group"]["version"].clone();
    let input = json!({ "id": trip.id, "expectedVersion": version, "expenseEditing": "OWN" });
    assert_eq!(trip.people[1].code(update, json!({ "input": input })).await, "NOT_ALLOWED", "by a plain member");
    trip.people[0].data(update, json!({ "input": input })).await;

    let editable = "query($id: ID!) { expense(id: $id) { editable } }";
    let edit = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) { version } }";
    // Ada owns the group, Ben entered the expense, Cleo shares it.
    for (person, is_allowed, based_on) in [(2, false, 1), (1, true, 1), (0, true, 2)] {
        let person = &trip.people[person];
        assert_eq!(person.data(editable, json!({ "id": id })).await["expense"]["editable"], is_allowed);
        let input = json!({ "id": id, "expectedVersion": based_on, "notes": format!("after {based_on}") });
        let answer = person.ask(edit, json!({ "input": input })).await;
        let code = answer["errors"][0]["extensions"]["code"].as_str();
        assert_eq!(code, (!is_allowed).then_some("NOT_ALLOWED"), "{answer:#}");
    }
}

#[tokio::test]
async fn a_former_member_loses_the_group_and_keeps_the_balance() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    trip.spend(0, "30.00", "k").await;
    let mut cleo = trip.people[2].watch(&trip.id).await;
    cleo.group_at(1).await;
    let leave = "mutation($id: ID!, $force: Boolean!) { leaveGroup(groupId: $id, force: $force) }";
    assert_eq!(trip.people[2].code(leave, json!({ "id": trip.id, "force": false })).await, "OPEN_BALANCE");
    trip.people[2].data(leave, json!({ "id": trip.id, "force": true })).await;

    let last = end_of(&mut cleo).await;
    assert_ne!(last["payload"]["data"]["groupMoved"]["id"], json!(trip.id), "the stream ends");
    assert_eq!(balance(&trip.group(0).await, "Cleo"), "-10.00");
    let look = "query($id: ID!) { group(id: $id) { id } }";
    assert_eq!(trip.people[2].code(look, json!({ "id": trip.id })).await, "GROUP_NOT_FOUND");
    let again = json!({ "input": trip.expense(2, "1.00", "k2") });
    assert_eq!(trip.people[2].code(&create_expense(), again).await, "GROUP_NOT_FOUND");
    let named = json!({ "input": trip.expense(0, "1.00", "k3") });
    assert_eq!(trip.people[0].code(&create_expense(), named).await, "VALIDATION", "who has left gets no new share");
}

/// Returns the message with which a stream is over, which is to come soon.
async fn end_of(stream: &mut Live) -> Value {
    let over = async {
        loop {
            let message = stream.message().await;
            if message["type"] != "next" || message["payload"]["errors"].is_array() {
                return message;
            }
        }
    };
    timeout(SOON, over).await.expect("the stream is over soon")
}

#[tokio::test]
async fn a_former_member_is_told_nothing_that_happens_after() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    let create = "mutation($input: CreateGroupInput!) { createGroup(input: $input) { id } }";
    let input = json!({ "name": "Own", "currency": "EUR" });
    let own = trip.people[2].data(create, json!({ "input": input })).await["createGroup"]["id"].clone();
    let (mut cleo, mut ben) = (told(&trip.people[2]).await, told(&trip.people[1]).await);
    let leave = "mutation($id: ID!) { leaveGroup(groupId: $id) }";
    trip.people[2].data(leave, json!({ "id": trip.id })).await;
    until(&mut ben, "group.member_left", &json!(trip.id)).await;

    let record = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    let input = json!({ "groupId": trip.id, "fromMemberId": trip.members[0], "toMemberId": trip.members[1],
        "amount": { "amount": "1.00", "currency": "EUR" }, "idempotencyKey": "k" });
    trip.people[0].data(record, json!({ "input": input })).await;
    until(&mut ben, "payment.processed", &json!(trip.id)).await;
    let invite = "mutation($id: ID!) { createInvite(groupId: $id) { id } }";
    trip.people[2].data(invite, json!({ "id": own })).await;

    let told = until(&mut cleo, "group.invite_created", &own).await;
    assert!(!told.contains(&json!("payment.processed")), "{told:?}");
}

/// Subscribes to the activity. What comes first is that it listens.
async fn told(person: &Person) -> Live {
    let mut stream = person.subscribe("subscription { activityChanged { type group { id } } }", json!({})).await;
    let first = stream.message().await;
    assert_eq!(first["payload"]["data"], json!({ "activityChanged": null }), "{first:#}");
    stream
}

/// Returns the kinds of the activities of a stream up to the first of this kind in this group.
async fn until(stream: &mut Live, kind: &str, group: &Value) -> Vec<Value> {
    let mut told = Vec::new();
    loop {
        let message = stream.message().await;
        let activity = &message["payload"]["data"]["activityChanged"];
        told.push(activity["type"].clone());
        if activity["type"] == kind && activity["group"]["id"] == *group {
            return told;
        }
    }
}

#[tokio::test]
async fn what_is_read_on_one_device_is_read_on_all() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let unread = "subscription { unreadNotificationsChanged }";
    let nobody = Person::nobody(&quits);
    assert_eq!(nobody.subscribe(unread, json!({})).await.refusal().await, "UNAUTHENTICATED");
    trip.spend(0, "30.00", "k").await;
    let ben = &trip.people[1];
    let mut devices = [ben.subscribe(unread, json!({})).await, ben.subscribe(unread, json!({})).await];
    for device in &mut devices {
        until_unread(device, 1).await;
    }
    let newest = ben.data("{ notifications(first: 1) { edges { node { at } } } }", json!({})).await;
    let up_to = json!({ "at": newest["notifications"]["edges"][0]["node"]["at"] });
    ben.data("mutation($at: DateTime!) { markNotificationsRead(upTo: $at) }", up_to).await;
    for device in &mut devices {
        until_unread(device, 0).await;
    }
}

async fn until_unread(device: &mut Live, number: u64) {
    loop {
        let message = device.message().await;
        assert_eq!(message["type"], "next", "{message:#}");
        if message["payload"]["data"]["unreadNotificationsChanged"] == number {
            return;
        }
    }
}

#[tokio::test]
async fn who_was_removed_settles_what_is_open_and_sees_nothing_else() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    trip.spend(0, "30.00", "k").await;
    let cleo = &trip.people[2];
    let mut watched = cleo.watch(&trip.id).await;
    watched.group_at(1).await;
    trip.people[0].data("mutation($id: ID!) { removeMember(memberId: $id) }", json!({ "id": trip.members[2] })).await;
    let last = end_of(&mut watched).await;
    assert_ne!(last["payload"]["data"]["groupMoved"]["id"], json!(trip.id), "the stream ends");

    let former =
        "{ me { balances { amount } formerGroups { groupId name memberId balances { amount } people { memberId name }
        transfers { from { id } to { id } amount { amount currency } } } } }";
    let home = cleo.data(former, json!({})).await["me"].take();
    assert_eq!(home["balances"], json!([]));
    let group = &home["formerGroups"][0];
    assert_eq!(
        (&group["groupId"], &group["name"], &group["memberId"]),
        (&json!(trip.id), &json!("Trip"), &json!(trip.members[2]))
    );
    assert_eq!(group["balances"], json!([{ "amount": "-10.00" }]));
    assert_eq!(group["people"], json!([{ "memberId": trip.members[0], "name": "Ada" }]));
    let transfer = &group["transfers"][0];
    assert_eq!((&transfer["from"]["id"], &transfer["to"]["id"]), (&json!(trip.members[2]), &json!(trip.members[0])));

    let look = "query($id: ID!) { group(id: $id) { id } }";
    assert_eq!(cleo.code(look, json!({ "id": trip.id })).await, "GROUP_NOT_FOUND");
    let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { status } }";
    let input = |amount: &str, key: &str| {
        json!({ "input": { "groupId": trip.id, "fromMemberId": trip.members[2], "toMemberId": trip.members[0],
            "amount": { "amount": amount, "currency": "EUR" }, "idempotencyKey": key } })
    };
    assert_eq!(cleo.code(pay, input("10.01", "too much")).await, "VALIDATION");
    cleo.data(pay, input("10.00", "all")).await;
    assert_eq!(balance(&trip.group(0).await, "Cleo"), "0.00");
    let settled = cleo.data(former, json!({})).await["me"]["formerGroups"][0].take();
    assert_eq!((&settled["balances"], &settled["transfers"]), (&json!([{ "amount": "0.00" }]), &json!([])));
}

#[tokio::test]
async fn nobody_pays_more_to_who_was_removed_than_is_owed() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    trip.spend(2, "30.00", "k").await;
    let [ada, ben, _] = &trip.people[..] else { panic!("three people") };
    ada.data("mutation($id: ID!) { removeMember(memberId: $id) }", json!({ "id": trip.members[2] })).await;

    let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    let input = |amount: &str| {
        json!({ "input": { "groupId": trip.id, "fromMemberId": trip.members[1], "toMemberId": trip.members[2],
            "amount": { "amount": amount, "currency": "EUR" }, "idempotencyKey": amount } })
    };
    for too_much in ["1000000.00", "20.01"] {
        assert_eq!(ben.code(pay, input(too_much)).await, "NOT_ALLOWED");
        assert_eq!(ada.code(pay, input(too_much)).await, "NOT_ALLOWED");
    }
    let id = ben.data(pay, input("20.00")).await["recordPayment"]["id"].take();
    assert_eq!(crate::trip::balance(&trip.group(0).await, "Cleo"), "0.00");
    let edit = "mutation($input: EditPaymentInput!) { editPayment(input: $input) { version } }";
    let more = json!({ "id": id, "expectedVersion": 1, "amount": { "amount": "20.01", "currency": "EUR" } });
    assert_eq!(ben.code(edit, json!({ "input": more })).await, "NOT_ALLOWED");
    ben.data("mutation($id: ID!) { voidPayment(id: $id) { id } }", json!({ "id": id })).await;
    assert_eq!(crate::trip::balance(&trip.group(0).await, "Cleo"), "20.00");
}

#[tokio::test]
async fn who_deletes_the_account_is_called_so_and_all_balances_stay() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben", "Cleo"]).await;
    trip.spend(0, "30.00", "k").await;
    let before = trip.group(0).await;
    let mut ben = trip.people[1].watch(&trip.id).await;
    ben.group_at(1).await;
    let delete = "mutation($password: String!) { deleteAccount(password: $password) }";
    trip.people[2].data(delete, json!({ "password": PASSWORD })).await;

    let names = |group: &Value| -> Vec<String> {
        let rows = group["balances"].as_array().unwrap().iter();
        rows.map(|row| row["member"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let moved = loop {
        let group = ben.group().await;
        if !names(&group).contains(&"Cleo".to_owned()) {
            break group;
        }
    };
    assert!(names(&moved).contains(&"Deleted person".to_owned()), "{moved:#}");
    let amounts = |group: &Value| -> Vec<(Value, Value)> {
        let rows = group["balances"].as_array().unwrap().iter();
        rows.map(|row| (row["member"]["id"].clone(), row["net"].clone())).collect()
    };
    assert_eq!((amounts(&moved), sum(&moved)), (amounts(&before), 0), "to the cent");
    let transfers = |group: &Value| -> Vec<Value> {
        let rows = group["settlement"]["transfers"].as_array().unwrap().iter();
        rows.map(|row| row["amount"].clone()).collect()
    };
    assert_eq!(transfers(&moved), transfers(&before));

    // Who is owed money by a deleted person still records that it came.
    let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { status } }";
    let input = json!({ "groupId": trip.id, "fromMemberId": trip.members[2], "toMemberId": trip.members[0],
        "amount": { "amount": "10.00", "currency": "EUR" }, "idempotencyKey": "all" });
    trip.people[0].data(pay, json!({ "input": input })).await;
    assert_eq!(balance(&trip.group(0).await, "Deleted person"), "0.00");
}
