//! Who may do what with a payment in each of its states, through the router.

use serde_json::{Value, json};

use crate::{person::Person, shop::Shop, stack::eventually};

/// The states that a payment by hand and a payment by card can have; a card's own states are reached at Stripe.
const STATES: [(&str, &str); 8] = [
    ("hand", "PROCESSED"),
    ("hand", "DISPUTED"),
    ("hand", "VOIDED"),
    ("card", "PENDING"),
    ("card", "PROCESSED"),
    ("card", "DISPUTED"),
    ("card", "FAILED"),
    ("card", "REFUNDED"),
];

/// The caller is anonymous.
const WHO: &str = "UNAUTHENTICATED";
/// The payment does not exist for this person.
const NONE: &str = "PAYMENT_NOT_FOUND";
/// The person may not do it, or the state does not allow it.
const NO: &str = "NOT_ALLOWED";
/// A payment by card is not corrected by hand.
const CARD: &str = "VALIDATION";

/// For each person, the state that the action leads to, or the code of the refusal; columns as in [`STATES`].
type Rows = [(&'static str, [&'static str; 8]); 7];

#[rustfmt::skip]
const TABLE: [(&str, Rows); 4] = [
    ("confirm", [
        ("nobody",   [WHO; 8]),
        ("stranger", [NONE; 8]),
        ("former",   [NONE; 8]),
        ("other",    [NO; 8]),
        ("recorder", [NO; 8]),
        ("payer",    [NO; 8]),
        ("receiver", ["PROCESSED", "PROCESSED", NO, NO, "PROCESSED", "PROCESSED", NO, NO]),
    ]),
    ("dispute", [
        ("nobody",   [WHO; 8]),
        ("stranger", [NONE; 8]),
        ("former",   [NONE; 8]),
        ("other",    [NO; 8]),
        ("recorder", [NO; 8]),
        ("payer",    ["DISPUTED", "DISPUTED", NO, NO, "DISPUTED", "DISPUTED", NO, NO]),
        ("receiver", ["DISPUTED", "DISPUTED", NO, NO, "DISPUTED", "DISPUTED", NO, NO]),
    ]),
    ("void", [
        ("nobody",   [WHO; 8]),
        ("stranger", [NONE; 8]),
        ("former",   [NONE; 8]),
        ("other",    [NO; 8]),
        ("recorder", ["VOIDED", "VOIDED", "VOIDED", NO, NO, NO, NO, NO]),
        ("payer",    ["VOIDED", "VOIDED", "VOIDED", CARD, CARD, CARD, CARD, CARD]),
        ("receiver", ["VOIDED", "VOIDED", "VOIDED", CARD, CARD, CARD, CARD, CARD]),
    ]),
    ("edit", [
        ("nobody",   [WHO; 8]),
        ("stranger", [NONE; 8]),
        ("former",   [NONE; 8]),
        ("other",    [NO; 8]),
        ("recorder", ["PROCESSED", "DISPUTED", NO, NO, NO, NO, NO, NO]),
        ("payer",    ["PROCESSED", "DISPUTED", NO, CARD, CARD, CARD, CARD, CARD]),
        ("receiver", ["PROCESSED", "DISPUTED", NO, CARD, CARD, CARD, CARD, CARD]),
    ]),
];

const DISPUTE: &str =
    "mutation($id: ID!) { done: disputePayment(id: $id, reason: \"It never came.\") { status version } }";
const VOID: &str = "mutation($id: ID!) { done: voidPayment(id: $id) { status version } }";
const CONFIRM: &str = "mutation($id: ID!) { done: confirmPayment(id: $id) { status version } }";
const EDIT: &str = "mutation($input: EditPaymentInput!) { done: editPayment(input: $input) { status version } }";

// The places of people in the trip.
const RECEIVER: usize = 0;
const PAYER: usize = 1;
const RECORDER: usize = 2;
const FORMER: usize = 4;

/// The people of the table, in its order.
async fn people(shop: &Shop) -> [Person; 7] {
    let leave = "mutation($id: ID!) { leaveGroup(groupId: $id) }";
    shop.trip.people[FORMER].data(leave, json!({ "id": shop.trip.id })).await;
    let [receiver, payer, recorder, other, former] = &shop.trip.people[..] else { panic!("five people") };
    let stranger = shop.stack.register("Eve").await;
    [&Person::nobody(&shop.stack), &stranger, former, other, recorder, payer, receiver].map(Clone::clone)
}

/// Makes a payment in this state, from the payer to the receiver; returns its id.
async fn payment(shop: &Shop, (method, state): (&str, &str)) -> String {
    let key = uuid::Uuid::new_v4().to_string();
    let id = if method == "hand" { by_hand(shop, PAYER, &key).await } else { by_card(shop, &key, state).await };
    let payer = &shop.trip.people[PAYER];
    match (method, state) {
        (_, "DISPUTED") => payer.data(DISPUTE, json!({ "id": id })).await,
        (_, "VOIDED") => payer.data(VOID, json!({ "id": id })).await,
        _ => json!(null),
    };
    assert_eq!(shop.status(RECEIVER, &id).await, state, "{method}");
    id
}

async fn by_hand(shop: &Shop, payer: usize, key: &str) -> String {
    let record = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    let members = &shop.trip.members;
    let input = json!({
        "groupId": shop.trip.id, "fromMemberId": members[payer], "toMemberId": members[RECEIVER],
        "amount": { "amount": "30.00", "currency": "EUR" }, "idempotencyKey": key,
    });
    let recorded = shop.trip.people[RECORDER].data(record, json!({ "input": input })).await;
    recorded["recordPayment"]["id"].as_str().unwrap().to_owned()
}

async fn by_card(shop: &Shop, key: &str, state: &str) -> String {
    let started = shop.start(PAYER, key).await;
    let steps: &[(&str, &'static str, i64)] = match state {
        "PENDING" => &[],
        "FAILED" => &[("FAILED", "canceled", 0)],
        "REFUNDED" => &[("PROCESSED", "succeeded", 0), ("REFUNDED", "succeeded", 30_00)],
        _ => &[("PROCESSED", "succeeded", 0)],
    };
    for &(reached, status, refunded) in steps {
        let change = |intent: &mut stripe_double::Intent| (intent.status, intent.refunded) = (status, refunded);
        shop.happens(&started.intent, "charge.updated", change).await;
        let is_reached = async || (shop.status(RECEIVER, &started.payment).await == reached).then_some(());
        eventually("Stripe is asked", is_reached).await;
    }
    started.payment
}

/// Returns the version of a payment, as a member sees it.
async fn version(shop: &Shop, id: &str) -> Value {
    let query = "query($id: ID!) { payment(id: $id) { version } }";
    shop.trip.people[RECEIVER].data(query, json!({ "id": id })).await["payment"]["version"].take()
}

/// Returns the state after an action, or the code of the refusal.
async fn act(person: &Person, action: &str, id: &str, version: &Value) -> String {
    let edit = json!({ "input": { "id": id, "expectedVersion": version, "note": format!("after {version}") } });
    let (query, variables) = match action {
        "confirm" => (CONFIRM, json!({ "id": id })),
        "dispute" => (DISPUTE, json!({ "id": id })),
        "void" => (VOID, json!({ "id": id })),
        _ => (EDIT, edit),
    };
    let answer = person.ask(query, variables).await;
    let outcome = answer["errors"][0]["extensions"]["code"].as_str().or(answer["data"]["done"]["status"].as_str());
    outcome.unwrap_or_else(|| panic!("{action}: {answer:#}")).to_owned()
}

#[tokio::test]
async fn every_action_by_everybody_in_every_state_has_the_outcome_of_the_table() {
    let shop = Shop::open(&["Ada", "Ben", "Cleo", "Dan", "Finn"]).await;
    let people = people(&shop).await;
    for (column, state) in STATES.into_iter().enumerate() {
        let mut id = payment(&shop, state).await;
        for (action, rows) in TABLE {
            for ((name, cells), person) in rows.iter().zip(&people) {
                let before = version(&shop, &id).await;
                let what = format!("{action} by {name} of a payment by {} that is {}", state.0, state.1);
                let expected = cells[column];
                assert_eq!(act(person, action, &id, &before).await, expected, "{what}");
                let is_refused = [WHO, NONE, NO, CARD].contains(&expected);
                if version(&shop, &id).await == before {
                    continue;
                }
                assert!(!is_refused, "{what} is refused and changes it all the same");
                assert_eq!(shop.status(RECEIVER, &id).await, expected, "{what}");
                id = payment(&shop, state).await;
            }
        }
    }
    // Who has left can do nothing with what they paid themselves, either.
    let id = by_hand(&shop, FORMER, "former").await;
    for (action, _) in TABLE {
        let outcome = act(&shop.trip.people[FORMER], action, &id, &json!(1)).await;
        assert_eq!(outcome, NONE, "{action} by a payer who has left");
    }
}
