//! Whoever is not in a group cannot tell what is in it from what does not exist: tested for every root field, those
//! that are added later included.

use std::collections::{HashMap, hash_map::Entry};

use kit::testing::access::{Call, FIELDS, calls};
use serde_json::{Value, json};

use crate::{
    installation::Quits,
    person::Person,
    trip::{Trip, create_expense},
};

/// What former members may still do: pay what they owe and be told of it.
const FORMER_MAY: &[&str] = &["mutation recordPayment"];

#[tokio::test]
async fn outsiders_cannot_tell_what_is_in_a_group_from_what_is_not() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Left", "Removed"]).await;
    let [ada, left, removed] = &trip.people[..] else { unreachable!("three people") };
    let known = contents(&trip).await;
    let leave = "mutation($id: ID!) { leaveGroup(groupId: $id, force: true) }";
    left.data(leave, json!({ "id": trip.id })).await;
    ada.data("mutation($id: ID!) { removeMember(memberId: $id) }", json!({ "id": trip.members[2] })).await;
    let (stranger, blocked) = (quits.register("Stranger").await, quits.register("Blocked").await);
    let blocked_id = blocked.data("{ me { id } }", json!({})).await["me"]["id"].take();
    ada.data("mutation($id: ID!) { blockUser(userId: $id) }", json!({ "id": blocked_id })).await;
    let holder = holder_of_a_guests_link(&quits, &trip).await;
    let outsiders = [
        (&stranger, "a stranger"),
        (&blocked, "whom a member has blocked"),
        (&holder, "who has the link of a guest"),
        (left, "who left"),
        (removed, "who was removed"),
    ];

    let schema = ada.data(FIELDS, json!({})).await["__schema"].take();
    let nothing = uuid::Uuid::now_v7().to_string();
    let unknown = calls(&schema, &nothing);
    let mut answers_to_nothing = HashMap::new();
    for (kind, id) in &known {
        for (call, of_nothing) in calls(&schema, id).iter().zip(&unknown) {
            // What a subscription answers is tested where groups are watched.
            if call.is_subscription || call.variables == of_nothing.variables {
                continue;
            }
            for (outsider, name) in outsiders {
                let is_former = ["who left", "who was removed"].contains(&name);
                if is_former && FORMER_MAY.contains(&call.field.as_str()) {
                    continue;
                }
                let told = answer(outsider, call).await;
                let expected = match answers_to_nothing.entry((name, of_nothing.field.as_str())) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => unknown.insert(answer(outsider, of_nothing).await),
                };
                assert_eq!(told, *expected, "{} with the {kind} of a group, asked by {name}", call.field);
            }
            let anonymous = answer(&Person::nobody(&quits), call).await;
            let code = &anonymous["errors"][0]["extensions"]["code"];
            assert_eq!(*code, "UNAUTHENTICATED", "{} with the {kind} of a group: {anonymous:#}", call.field);
        }
    }
}

/// A person who has looked at the personal link of a guest, and has not used it.
async fn holder_of_a_guests_link(quits: &Quits, trip: &Trip) -> Person {
    let group = json!({ "id": trip.id });
    let guest = "mutation($id: ID!) { addGuest(groupId: $id, name: \"Invited\") { id } }";
    let guest = made(&trip.people[0].data(guest, group).await["addGuest"]);
    let invite = "mutation($id: ID!, $guest: ID!) { createInvite(groupId: $id, guestId: $guest) { token } }";
    let invite = trip.people[0].data(invite, json!({ "id": trip.id, "guest": guest })).await["createInvite"].take();
    let holder = quits.register("Holder").await;
    let look = "query($token: String!) { invite(token: $token) { groupName } }";
    let seen = holder.data(look, json!({ "token": invite["token"] })).await;
    assert_eq!(seen["invite"]["groupName"], "Trip");
    holder
}

async fn answer(person: &Person, call: &Call) -> Value {
    person.ask(&call.query, call.variables.clone()).await
}

/// Creates something of each kind in a group. Returns the kinds and the ids.
async fn contents(trip: &Trip) -> Vec<(&'static str, String)> {
    let ada = &trip.people[0];
    let input = trip.expense(0, "30.00", "k");
    let expense = made(&ada.data(&create_expense(), json!({ "input": input })).await["createExpense"]);
    let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    let payment = json!({ "groupId": trip.id, "fromMemberId": trip.members[1], "toMemberId": trip.members[0],
        "amount": { "amount": "1.00", "currency": "EUR" }, "idempotencyKey": "k" });
    let payment = made(&ada.data(pay, json!({ "input": payment })).await["recordPayment"]);
    let comment = "mutation($id: ID!) { addComment(expenseId: $id, text: \"Nice\") { id } }";
    let comment = made(&ada.data(comment, json!({ "id": expense })).await["addComment"]);
    let group = json!({ "id": trip.id });
    let invite = "mutation($id: ID!) { createInvite(groupId: $id) { id } }";
    let invite = made(&ada.data(invite, group.clone()).await["createInvite"]);
    let guest = "mutation($id: ID!) { addGuest(groupId: $id, name: \"Guest\") { id } }";
    let guest = made(&ada.data(guest, group.clone()).await["addGuest"]);
    let draft = "mutation($id: ID!) { draftExpense(groupId: $id, text: \"Dinner 30\") { id } }";
    let draft = made(&ada.data(draft, group).await["draftExpense"]);
    vec![
        ("id", trip.id.clone()),
        ("member", trip.members[0].clone()),
        ("guest", guest),
        ("expense", expense),
        ("payment", payment),
        ("comment", comment),
        ("invitation", invite),
        ("draft", draft),
    ]
}

fn made(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}
