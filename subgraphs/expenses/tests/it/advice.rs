//! Advice: given for one version of an expense, and nothing until a person accepts it.

use std::{sync::Arc, time::Duration};

use contracts::UserId;
use kit::{Caller, Role, Subgraph, bus::Bus, journal::Relay, testing::person};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::{draft::refusal, house::House};

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

impl House {
    /// The expense with the advice for it, as it is now.
    async fn advised(&self, id: &Value) -> Value {
        self.consume().await;
        self.bed.data(&self.caller(0), ADVICE, json!({ "id": id })).await["expense"].take()
    }

    /// A new expense and the advice for it.
    async fn advised_dinner(&self, key: &str, changes: Value) -> (Value, Value) {
        let id = self.create(0, self.dinner_with(key, &changes)).await["id"].take();
        let mut expense = self.advised(&id).await;
        (id, expense["advice"].take())
    }

    async fn update(&self, user: usize, id: &Value, version: i64, changes: Value) {
        let mut input = json!({ "id": id, "expectedVersion": version });
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        self.bed.data(&self.caller(user), UPDATE, json!({ "input": input })).await;
    }

    async fn accept(&self, user: usize, id: &Value, version: i64) -> Value {
        let mut answer = self.bed.data(&self.caller(user), ACCEPT, json!({ "id": id, "v": version })).await;
        answer["acceptAdvice"].take()
    }

    async fn dismiss(&self, user: usize, id: &Value) {
        let answer = self.bed.data(&self.caller(user), DISMISS, json!({ "id": id })).await;
        assert_eq!(answer["dismissAdvice"], true);
    }
}

#[tokio::test]
async fn a_category_is_accepted_as_an_edit_of_that_person() {
    let house = House::open().await;
    let (id, advice) = house.advised_dinner("k", json!({ "description": "Pizza" })).await;
    assert_eq!((&advice["category"], &advice["duplicateOf"]), (&json!("dining"), &Value::Null));
    assert_eq!((&advice["splitMode"], &advice["shares"]), (&Value::Null, &json!([])));
    assert!(advice["reason"].as_str().unwrap().contains("dining"));
    let nets = house.nets().await;

    let accepted = house.accept(1, &id, 1).await;
    assert_eq!((&accepted["version"], &accepted["category"]), (&json!(2), &json!("dining")));
    assert_eq!(accepted["advice"], Value::Null);
    assert_eq!(house.nets().await, nets);
    assert_eq!(house.advised(&id).await["advice"], Value::Null, "there is nothing left to say");
    let history = "query($id: ID!) { expense(id: $id) { history { change by { id } } } }";
    let history = house.bed.data(&house.caller(0), history, json!({ "id": id })).await["expense"]["history"].take();
    assert_eq!(history[1]["by"]["id"], house.member(1).to_string());
    assert_eq!(history[1]["change"], "changed the category from other to dining");
    house.verified().await;
    house.bed.close().await;
}

#[tokio::test]
async fn a_category_that_a_person_has_chosen_is_left_alone() {
    let house = House::open().await;
    let (_, advice) = house.advised_dinner("k", json!({ "description": "Pizza", "category": "party" })).await;
    assert_eq!(advice, Value::Null);
    house.bed.close().await;
}

#[tokio::test]
async fn what_repeats_an_older_expense_is_deleted_when_that_is_accepted() {
    let house = House::open().await;
    let (first, advice) =
        house.advised_dinner("a", json!({ "date": "2026-03-01", "description": "Airport taxi" })).await;
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
        let (_, advice) = house.advised_dinner(key, changes).await;
        assert_eq!(advice["duplicateOf"], Value::Null, "{key}");
    }
    let again = json!({ "date": "2026-02-26", "description": "Taxi to the airport", "notes": "again" });
    let (id, advice) = house.advised_dinner("again", again).await;
    assert_eq!((&advice["duplicateOf"]["id"], &advice["category"]), (&first, &Value::Null));
    assert_eq!(house.advised(&first).await["advice"]["duplicateOf"], Value::Null, "only the younger of two is told");

    let nets = house.nets().await;
    let deleted = house.accept(2, &id, 1).await;
    assert!(deleted["deletedAt"].is_string());
    assert_ne!(house.nets().await, nets);
    assert_eq!(house.advised(&id).await["advice"], Value::Null);
    house.bed.data(&house.caller(0), RESTORE, json!({ "id": id, "v": 2 })).await;
    assert_eq!(house.nets().await, nets);
    house.verified().await;
    house.bed.close().await;
}

#[tokio::test]
async fn the_last_of_two_is_not_deleted_as_a_duplicate() {
    let house = House::open().await;
    let (first, _) = house.advised_dinner("a", json!({})).await;
    let (id, advice) = house.advised_dinner("b", json!({})).await;
    assert_eq!(advice["duplicateOf"]["id"], first);
    house.bed.data(&house.caller(0), DELETE, json!({ "id": first, "v": 1 })).await;
    let answer = house.bed.ask(&house.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await;
    assert_eq!(refusal(&answer).0, "NOT_ALLOWED");
    assert_eq!(house.advised(&id).await["version"], 1);
    house.bed.close().await;
}

#[tokio::test]
async fn a_split_that_the_notes_describe_is_computed_and_offered() {
    let house = House::open().await;
    let notes = json!({ "description": "Xyzzy", "notes": "Ben 40%, me 60%" });
    let (id, advice) = house.advised_dinner("k", notes).await;
    let share =
        |place: usize, amount: &str| json!({ "member": { "id": house.member(place) }, "amount": { "amount": amount } });
    let mut described = vec![share(0, "60.00"), share(1, "40.00")];
    described.sort_by_key(|share| share["member"]["id"].to_string());
    assert_eq!(advice["shares"], json!(described), "{advice:#}");
    assert_eq!(house.nets().await.iter().filter(|net| **net != 0).count(), 3, "never applied by itself");

    let accepted = house.accept(1, &id, 1).await;
    assert_eq!(accepted["shares"], json!(described));
    assert_eq!(house.nets().await, [4_000, -4_000, 0, 0]);
    assert_eq!(house.advised(&id).await["advice"], Value::Null);

    let (_, advice) =
        house.advised_dinner("k2", json!({ "description": "Plugh", "notes": "what a lovely evening" })).await;
    assert_eq!(advice, Value::Null);
    house.bed.close().await;
}

#[tokio::test]
async fn i_in_the_notes_is_who_wrote_them() {
    let house = House::open().await;
    let id = house.create(0, house.dinner_with("k", &json!({ "description": "Xyzzy" }))).await["id"].take();
    house.update(1, &id, 1, json!({ "notes": "Ada 60%, me 40%" })).await;
    house.update(2, &id, 2, json!({ "description": "Plugh" })).await;
    let advice = house.advised(&id).await["advice"].take();
    let ben = house.member(1).to_string();
    let share = advice["shares"].as_array().unwrap().iter().find(|share| share["member"]["id"] == ben).cloned();
    assert_eq!(share.unwrap()["amount"]["amount"], "40.00", "{advice:#}");
    house.bed.close().await;
}

#[tokio::test]
async fn dismissed_advice_never_comes_back() {
    let house = House::open().await;
    let (id, _) = house.advised_dinner("k", json!({ "description": "Pizza" })).await;
    for _ in 0..2 {
        house.dismiss(1, &id).await;
        assert_eq!(house.advised(&id).await["advice"], Value::Null);
    }
    assert_eq!(house.bed.code(&house.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await, "NOT_ALLOWED");
    house.update(0, &id, 1, json!({ "description": "Pizza with friends" })).await;
    assert_eq!(house.advised(&id).await["advice"], Value::Null, "the same again");
    house.update(0, &id, 2, json!({ "description": "Taxi" })).await;
    assert_eq!(house.advised(&id).await["advice"]["category"], "transport", "something else");
    house.bed.close().await;
}

#[tokio::test]
async fn advice_is_for_one_version() {
    let house = House::open().await;
    let (id, _) = house.advised_dinner("k", json!({ "description": "Pizza" })).await;
    house.update(0, &id, 1, json!({ "description": "Xyzzy" })).await;
    let outdated = house.bed.data(&house.caller(0), ADVICE, json!({ "id": id })).await;
    assert_eq!(outdated["expense"]["advice"], Value::Null, "gone with the version that it was for");
    let answer = house.bed.ask(&house.caller(0), ACCEPT, json!({ "id": id, "v": 1 })).await;
    assert_eq!(refusal(&answer), ("STALE_VERSION".to_owned(), "expectedVersion".to_owned()));
    assert_eq!(house.bed.code(&house.caller(0), ACCEPT, json!({ "id": id, "v": 2 })).await, "NOT_ALLOWED");

    // An expense that has moved on before anybody looked at it.
    let id = house.create(0, house.dinner_with("k2", &json!({ "description": "Burger" }))).await["id"].take();
    house.update(0, &id, 1, json!({ "description": "Plugh" })).await;
    assert_eq!(house.advised(&id).await["advice"], Value::Null);
    house.bed.close().await;
}

#[tokio::test]
async fn the_same_event_twice_gives_advice_once() {
    let house = House::open().await;
    house.advised_dinner("k", json!({ "description": "Pizza" })).await;
    let entries = house.entries().await;
    house.consume().await;
    assert_eq!(house.entries().await, entries);
    house.bed.close().await;
}

#[tokio::test]
async fn only_members_decide_about_advice() {
    let mut house = House::open().await;
    let (id, _) = house.advised_dinner("k", json!({ "description": "Pizza" })).await;
    house.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "EXPENSE_NOT_FOUND"),
        (house.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in cases {
        assert_eq!(house.bed.code(&caller, ACCEPT, json!({ "id": id, "v": 1 })).await, code);
        assert_eq!(house.bed.code(&caller, DISMISS, json!({ "id": id })).await, code);
    }
    assert_eq!(house.bed.code(&house.caller(0), DISMISS, json!({ "id": "none" })).await, "EXPENSE_NOT_FOUND");
    assert_eq!(house.advised(&id).await["advice"]["category"], "dining");
    house.bed.close().await;
}
