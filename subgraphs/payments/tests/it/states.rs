//! Every action by every person in every state of a payment, through the schema.

use contracts::{MemberId, UserId, event::MemberFacts};
use kit::{Caller, testing::person};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const STATES: [&str; 6] = ["pending", "processed", "disputed", "failed", "refunded", "voided"];

/// The person may not do it, or the state does not allow it.
const NO: &str = "NOT_ALLOWED";
/// The payment does not exist for this person.
const NONE: &str = "PAYMENT_NOT_FOUND";
/// The caller is anonymous.
const WHO: &str = "UNAUTHENTICATED";

/// For each person, the state that the action leads to, or the code of the refusal; columns as in [`STATES`].
type Rows = [(&'static str, [&'static str; 6]); 7];

#[rustfmt::skip]
const TABLE: [(&str, Rows); 4] = [
    ("confirm", [
        ("nobody",   [WHO; 6]),
        ("stranger", [NONE; 6]),
        ("former",   [NONE; 6]),
        ("other",    [NO; 6]),
        ("recorder", [NO; 6]),
        ("from",     [NO; 6]),
        ("to",       [NO, "PROCESSED", "PROCESSED", NO, NO, NO]),
    ]),
    ("dispute", [
        ("nobody",   [WHO; 6]),
        ("stranger", [NONE; 6]),
        ("former",   [NONE; 6]),
        ("other",    [NO; 6]),
        ("recorder", [NO; 6]),
        ("from",     [NO, "DISPUTED", "DISPUTED", NO, NO, NO]),
        ("to",       [NO, "DISPUTED", "DISPUTED", NO, NO, NO]),
    ]),
    ("void", [
        ("nobody",   [WHO; 6]),
        ("stranger", [NONE; 6]),
        ("former",   [NONE; 6]),
        ("other",    [NO; 6]),
        ("recorder", [NO, "VOIDED", "VOIDED", NO, NO, "VOIDED"]),
        ("from",     [NO, "VOIDED", "VOIDED", NO, NO, "VOIDED"]),
        ("to",       [NO, "VOIDED", "VOIDED", NO, NO, "VOIDED"]),
    ]),
    ("edit", [
        ("nobody",   [WHO; 6]),
        ("stranger", [NONE; 6]),
        ("former",   [NONE; 6]),
        ("other",    [NO; 6]),
        ("recorder", [NO, "PROCESSED", "DISPUTED", NO, NO, NO]),
        ("from",     [NO, "PROCESSED", "DISPUTED", NO, NO, NO]),
        ("to",       [NO, "PROCESSED", "DISPUTED", NO, NO, NO]),
    ]),
];

/// Adds another member to the group.
fn add_member(fixture: &mut Fixture, left: bool) -> Caller {
    let (user, name) = (UserId::new(), "One more".to_owned());
    fixture.group.members.push(MemberFacts { member_id: MemberId::new(), user_id: Some(user), name, left });
    fixture.groups.fixed.put(fixture.group.clone());
    person(user)
}

/// Returns the id of a payment in this state, from the second user to the first, recorded by the third.
async fn payment(fixture: &Fixture, state: &str, method: &str) -> Value {
    let key = uuid_like();
    let id = fixture.record(2, fixture.cash(&key)).await["id"].take();
    let payments = fixture.subgraph.resources.database.collection::<Document>("payments");
    let changed = doc! { "$set": { "status": state, "method": method } };
    payments.update_one(doc! { "_id": id.as_str().unwrap() }, changed).await.unwrap();
    id
}

fn uuid_like() -> String {
    UserId::new().to_string()
}

/// Returns the state after an action, or the code of the refusal.
async fn act(fixture: &Fixture, caller: &Caller, action: &str, id: &Value) -> String {
    let (query, variables) = match action {
        "edit" => (
            "mutation($input: EditPaymentInput!) { done: editPayment(input: $input) { status } }",
            json!({ "input": { "id": id, "expectedVersion": 1, "note": uuid_like() } }),
        ),
        "confirm" => ("mutation($id: ID!) { done: confirmPayment(id: $id) { status } }", json!({ "id": id })),
        "dispute" => {
            ("mutation($id: ID!) { done: disputePayment(id: $id, reason: \"late\") { status } }", json!({ "id": id }))
        }
        _ => ("mutation($id: ID!) { done: voidPayment(id: $id) { status } }", json!({ "id": id })),
    };
    let answer = fixture.subgraph.ask(caller, query, variables).await;
    let code = &answer["errors"][0]["extensions"]["code"];
    code.as_str().or(answer["data"]["done"]["status"].as_str()).unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

/// Card payments are refunded, never corrected by hand.
fn by_card(action: &str, person: &str, state: &str, expected: &'static str) -> &'static str {
    let corrects = matches!(action, "void" | "edit") && matches!(person, "recorder" | "from" | "to");
    if corrects && !(action == "void" && state == "voided") { "VALIDATION" } else { expected }
}

async fn verify(method: &str, expected: impl Fn(&str, &str, &str, &'static str) -> &'static str) {
    let mut fixture = Fixture::open().await;
    let (other, former) = (add_member(&mut fixture, false), add_member(&mut fixture, true));
    let callers = [
        ("nobody", Caller::anonymous()),
        ("stranger", person(UserId::new())),
        ("former", former),
        ("other", other),
        ("recorder", fixture.caller(2)),
        ("from", fixture.caller(1)),
        ("to", fixture.caller(0)),
    ];
    for (action, rows) in TABLE {
        for (place, state) in STATES.into_iter().enumerate() {
            let mut id = payment(&fixture, state, method).await;
            for ((name, cells), (caller_name, caller)) in rows.iter().zip(&callers) {
                assert_eq!(name, caller_name);
                let expected = expected(action, name, state, cells[place]);
                let found = act(&fixture, caller, action, &id).await;
                assert_eq!(found, expected, "{action} by {name} of a {method} payment that is {state}");
                let was_changed = STATES.iter().any(|state| state.to_uppercase() == found);
                if was_changed {
                    id = payment(&fixture, state, method).await;
                }
            }
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn actions_have_the_outcomes_of_the_table() {
    verify("cash", |_, _, _, expected| expected).await;
}

#[tokio::test]
async fn card_payments_are_not_corrected_by_hand() {
    verify("card", by_card).await;
}
