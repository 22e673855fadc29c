//! Advice: given for one version of an expense; it changes nothing until a person accepts it.

use std::time::Duration;

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::{draft::refusal, fixture::Fixture};

const ADVICE: &str = "query($id: ID!) { expense(id: $id) { category version shares { amount { amount } } advice {
    category reason advisor splitMode duplicateOf { id } shares { member { id } amount { amount } } } } }";
const ACCEPT: &str = "mutation($id: ID!, $v: Int!) { acceptAdvice(expenseId: $id, expectedVersion: $v) {
    version category deletedAt splitMode shares { member { id } amount { amount } } advice { reason } } }";
const DISMISS: &str = "mutation($id: ID!) { dismissAdvice(expenseId: $id) }";
const UPDATE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) { version } }";
const DELETE: &str = "mutation($id: ID!, $v: Int!) { deleteExpense(id: $id, expectedVersion: $v) { version } }";
const RESTORE: &str = "mutation($id: ID!, $v: Int!) { restoreExpense(id: $id, expectedVersion: $v) { version } }";

const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// Polls until there is advice.
async fn advice(fixture: &Fixture, id: &Value) -> Value {
    let looking = async {
        loop {
            let answer = fixture.subgraph.data(&fixture.caller(0), ADVICE, json!({ "id": id })).await;
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
    let fixture = Fixture::open().await;
    fixture.subgraph.publish();
    fixture.subgraph.run("advise");

    let id = fixture.create(0, fixture.dinner("k")).await["id"].clone();
    let expense = advice(&fixture, &id).await;

    assert_eq!(expense["advice"]["category"], "dining");
    assert_eq!(expense["advice"]["advisor"], "RULES");
    assert_eq!((&expense["category"], &expense["version"]), (&json!("other"), &json!(1)));
    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 1));
    fixture.subgraph.close().await;
}

impl Fixture {
    /// Runs the consumer; returns the expense with its present advice.
    async fn advised(&self, id: &Value) -> Value {
        self.consume().await;
        self.subgraph.data(&self.caller(0), ADVICE, json!({ "id": id })).await["expense"].take()
    }

    /// Creates an expense; returns its id and the advice for it.
    async fn advised_dinner(&self, key: &str, changes: Value) -> (Value, Value) {
        let id = self.create(0, self.dinner_with(key, &changes)).await["id"].take();
        let mut expense = self.advised(&id).await;
        (id, expense["advice"].take())
    }

    async fn update(&self, user: usize, id: &Value, version: i64, changes: Value) {
        let mut input = json!({ "id": id, "expectedVersion": version });
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        self.subgraph.data(&self.caller(user), UPDATE, json!({ "input": input })).await;
    }

    async fn accept(&self, user: usize, id: &Value, version: i64) -> Value {
        let mut answer = self.subgraph.data(&self.caller(user), ACCEPT, json!({ "id": id, "v": version })).await;
        answer["acceptAdvice"].take()
    }

    async fn dismiss(&self, user: usize, id: &Value) {
        let answer = self.subgraph.data(&self.caller(user), DISMISS, json!({ "id": id })).await;
        assert_eq!(answer["dismissAdvice"], true);
    }
}

#[tokio::test]
async fn a_category_is_accepted_as_an_edit_of_that_person() {
    let fixture = Fixture::open().await;
    let (id, advice) = fixture.advised_dinner("k", json!({ "description": "Pizza" })).await;
    assert_eq!((&advice["category"], &advice["duplicateOf"]), (&json!("dining"), &Value::Null));
    assert_eq!((&advice["splitMode"], &advice["shares"]), (&Value::Null, &json!([])));
    assert!(advice["reason"].as_str().unwrap().contains("dining"));
    let nets = fixture.nets().await;

    let accepted = fixture.accept(1, &id, 1).await;
    assert_eq!((&accepted["version"], &accepted["category"]), (&json!(2), &json!("dining")));
    assert_eq!(accepted["advice"], Value::Null);
    assert_eq!(fixture.nets().await, nets);
    assert_eq!(fixture.advised(&id).await["advice"], Value::Null, "there is nothing left to say");
    let history = "query($id: ID!) { expense(id: $id) { history { change by { id } } } }";
    let history =
        fixture.subgraph.data(&fixture.caller(0), history, json!({ "id": id })).await["expense"]["history"].take();
    assert_eq!(history[1]["by"]["id"], fixture.member(1).to_string());
    assert_eq!(history[1]["change"], "changed the category from other to dining");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_category_that_a_person_has_chosen_gets_no_advice() {
    let fixture = Fixture::open().await;
    let (_, advice) = fixture.advised_dinner("k", json!({ "description": "Pizza", "category": "party" })).await;
    assert_eq!(advice, Value::Null);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn accepting_the_advice_deletes_a_duplicate() {
    let fixture = Fixture::open().await;
    let (first, advice) =
        fixture.advised_dinner("a", json!({ "date": "2026-03-01", "description": "Airport taxi" })).await;
    assert_eq!(advice["duplicateOf"], Value::Null);
    for (key, changes) in [
        ("another day", json!({ "date": "2026-03-05", "description": "Airport taxi" })),
        (
            "another total",
            json!({ "date": "2026-03-01", "description": "Airport taxi",
            "total": { "amount": "100.00", "currency": "USD" } }),
        ),
        ("another thing", json!({ "date": "2026-03-01", "description": "Museum" })),
    ] {
        let (_, advice) = fixture.advised_dinner(key, changes).await;
        assert_eq!(advice["duplicateOf"], Value::Null, "{key}");
    }
    let again = json!({ "date": "2026-02-26", "description": "Taxi to the airport", "notes": "again" });
    let (id, advice) = fixture.advised_dinner("again", again).await;
    assert_eq!((&advice["duplicateOf"]["id"], &advice["category"]), (&first, &Value::Null));
    assert_eq!(fixture.advised(&first).await["advice"]["duplicateOf"], Value::Null, "only the younger of two is told");

    let nets = fixture.nets().await;
    let deleted = fixture.accept(2, &id, 1).await;
    assert!(deleted["deletedAt"].is_string());
    assert_ne!(fixture.nets().await, nets);
    assert_eq!(fixture.advised(&id).await["advice"], Value::Null);
    fixture.subgraph.data(&fixture.caller(0), RESTORE, json!({ "id": id, "v": 2 })).await;
    assert_eq!(fixture.nets().await, nets);
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_duplicate_is_not_deleted_after_its_original_was() {
    let fixture = Fixture::open().await;
    let (first, _) = fixture.advised_dinner("a", json!({})).await;
    let (id, advice) = fixture.advised_dinner("b", json!({})).await;
    assert_eq!(advice["duplicateOf"]["id"], first);
    fixture.subgraph.data(&fixture.caller(0), DELETE, json!({ "id": first, "v": 1 })).await;
    let answer = fixture.subgraph.ask(&fixture.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await;
    assert_eq!(refusal(&answer).0, "NOT_ALLOWED");
    assert_eq!(fixture.advised(&id).await["version"], 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_split_that_the_notes_describe_is_computed_and_offered() {
    let fixture = Fixture::open().await;
    let notes = json!({ "description": "Xyzzy", "notes": "Ben 40%, me 60%" });
    let (id, advice) = fixture.advised_dinner("k", notes).await;
    let share = |place: usize, amount: &str| json!({ "member": { "id": fixture.member(place) }, "amount": { "amount": amount } });
    let mut described = vec![share(0, "60.00"), share(1, "40.00")];
    described.sort_by_key(|share| share["member"]["id"].to_string());
    assert_eq!(advice["shares"], json!(described), "{advice:#}");
    assert_eq!(fixture.nets().await.iter().filter(|net| **net != 0).count(), 3, "never applied by itself");

    let accepted = fixture.accept(1, &id, 1).await;
    assert_eq!(accepted["shares"], json!(described));
    assert_eq!(fixture.nets().await, [4_000, -4_000, 0, 0]);
    assert_eq!(fixture.advised(&id).await["advice"], Value::Null);

    let (_, advice) =
        fixture.advised_dinner("k2", json!({ "description": "Plugh", "notes": "what a lovely evening" })).await;
    assert_eq!(advice, Value::Null);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn i_in_the_notes_is_their_author() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner_with("k", &json!({ "description": "Xyzzy" }))).await["id"].take();
    fixture.update(1, &id, 1, json!({ "notes": "Ada 60%, me 40%" })).await;
    fixture.update(2, &id, 2, json!({ "description": "Plugh" })).await;
    let advice = fixture.advised(&id).await["advice"].take();
    let ben = fixture.member(1).to_string();
    let share = advice["shares"].as_array().unwrap().iter().find(|share| share["member"]["id"] == ben).cloned();
    assert_eq!(share.unwrap()["amount"]["amount"], "40.00", "{advice:#}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn dismissed_advice_never_comes_back() {
    let fixture = Fixture::open().await;
    let (id, _) = fixture.advised_dinner("k", json!({ "description": "Pizza" })).await;
    for _ in 0..2 {
        fixture.dismiss(1, &id).await;
        assert_eq!(fixture.advised(&id).await["advice"], Value::Null);
    }
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await, "NOT_ALLOWED");
    fixture.update(0, &id, 1, json!({ "description": "Pizza with friends" })).await;
    assert_eq!(fixture.advised(&id).await["advice"], Value::Null, "the same again");
    fixture.update(0, &id, 2, json!({ "description": "Taxi" })).await;
    assert_eq!(fixture.advised(&id).await["advice"]["category"], "transport", "something else");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn advice_is_for_one_version() {
    let fixture = Fixture::open().await;
    let (id, _) = fixture.advised_dinner("k", json!({ "description": "Pizza" })).await;
    fixture.update(0, &id, 1, json!({ "description": "Xyzzy" })).await;
    let outdated = fixture.subgraph.data(&fixture.caller(0), ADVICE, json!({ "id": id })).await;
    assert_eq!(outdated["expense"]["advice"], Value::Null, "gone with the version that it was for");
    let answer = fixture.subgraph.ask(&fixture.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await;
    assert_eq!(refusal(&answer), ("STALE_VERSION".to_owned(), "expectedVersion".to_owned()));
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), ACCEPT, json!({ "id": id, "v": 2 })).await, "NOT_ALLOWED");

    // An expense that is changed before its first version has been advised.
    let id = fixture.create(0, fixture.dinner_with("k2", &json!({ "description": "Burger" }))).await["id"].take();
    fixture.update(0, &id, 1, json!({ "description": "Plugh" })).await;
    assert_eq!(fixture.advised(&id).await["advice"], Value::Null);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_same_event_twice_gives_advice_once() {
    let fixture = Fixture::open().await;
    fixture.advised_dinner("k", json!({ "description": "Pizza" })).await;
    let entries = fixture.entries().await;
    fixture.consume().await;
    assert_eq!(fixture.entries().await, entries);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_accept_and_dismiss_advice() {
    let mut fixture = Fixture::open().await;
    let (id, _) = fixture.advised_dinner("k", json!({ "description": "Pizza" })).await;
    fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "EXPENSE_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in cases {
        assert_eq!(fixture.subgraph.code(&caller, ACCEPT, json!({ "id": id, "v": 1 })).await, code);
        assert_eq!(fixture.subgraph.code(&caller, DISMISS, json!({ "id": id })).await, code);
    }
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), DISMISS, json!({ "id": "none" })).await, "EXPENSE_NOT_FOUND");
    assert_eq!(fixture.advised(&id).await["advice"]["category"], "dining");
    fixture.subgraph.close().await;
}
