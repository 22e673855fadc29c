//! Changing an expense: each change reverses what was and states what is.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::house::House;

const UPDATE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) {
    version description notes total { amount currency } payers { amount { amount } } shares { amount { amount } } } }";
const DELETE: &str =
    "mutation($id: ID!, $v: Int!) { deleteExpense(id: $id, expectedVersion: $v) { version deletedAt } }";
const RESTORE: &str =
    "mutation($id: ID!, $v: Int!) { restoreExpense(id: $id, expectedVersion: $v) { version deletedAt } }";
const HISTORY: &str = "query($id: ID!) { expense(id: $id) { history { version change by { id } total { amount } } } }";

fn update(id: &Value, version: i64, changes: &Value) -> Value {
    let mut input = json!({ "id": id, "expectedVersion": version });
    for (field, value) in changes.as_object().unwrap() {
        input[field] = value.clone();
    }
    json!({ "input": input })
}

#[tokio::test]
async fn an_edit_a_deletion_and_a_restoration_move_the_nets_exactly() {
    let house = House::open().await;
    let caller = house.caller(1);
    let exact = |amounts: [&str; 3]| -> Value {
        (0..3).map(|place| json!({ "memberId": house.member(place).to_string(), "amount": amounts[place] })).collect()
    };
    let split = json!({ "split": { "exact": exact(["20.00", "30.00", "50.00"]) } });
    let id = house.create(0, house.dinner_with("k", &split)).await["id"].take();
    assert_eq!(house.nets().await, [8_000, -3_000, -5_000, 0]);

    let changes = json!({
        "total": { "amount": "60.00", "currency": "EUR" },
        "split": { "exact": exact(["10.00", "20.00", "30.00"]) },
        "description": "Late dinner",
    });
    let edited = house.bed.data(&caller, UPDATE, update(&id, 1, &changes)).await["updateExpense"].take();
    assert_eq!((&edited["version"], &edited["payers"][0]["amount"]["amount"]), (&json!(2), &json!("60.00")));
    assert_eq!(house.nets().await, [5_000, -2_000, -3_000, 0]);

    let deleted = house.bed.data(&caller, DELETE, json!({ "id": id, "v": 2 })).await;
    assert_eq!(deleted["deleteExpense"]["version"], 3);
    assert_eq!(house.nets().await, [0, 0, 0, 0]);

    house.bed.data(&caller, RESTORE, json!({ "id": id, "v": 3 })).await;
    assert_eq!(house.nets().await, [5_000, -2_000, -3_000, 0]);

    let history = house.bed.data(&caller, HISTORY, json!({ "id": id })).await["expense"]["history"].take();
    let told: Vec<&str> = history.as_array().unwrap().iter().map(|row| row["change"].as_str().unwrap()).collect();
    let edit = "changed the description from \"Dinner\" to \"Late dinner\", the total from 100.00 EUR to 60.00 EUR, who paid and the split";
    assert_eq!(told, ["added it", edit, "deleted it", "restored it"]);
    assert_eq!(history[1]["by"]["id"], house.member(1).to_string());
    assert_eq!(house.verified().await, 4);
    house.bed.close().await;
}

#[tokio::test]
async fn words_alone_move_no_money() {
    let house = House::open().await;
    let id = house.create(0, house.dinner("k")).await["id"].take();
    house.bed.data(&house.caller(0), UPDATE, update(&id, 1, &json!({ "notes": "with wine" }))).await;
    let head = house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 1));
    assert_eq!(house.verified().await, 2);
    house.bed.close().await;
}

#[tokio::test]
async fn who_comes_second_is_told_the_present_version() {
    let house = House::open().await;
    let id = house.create(0, house.dinner("k")).await["id"].take();
    let (one, two) = (house.caller(0), house.caller(1));
    let (change, other) = (json!({ "description": "Lunch" }), json!({ "description": "Brunch" }));
    let answers = tokio::join!(
        house.bed.ask(&one, UPDATE, update(&id, 1, &change)),
        house.bed.ask(&two, UPDATE, update(&id, 1, &other)),
    );
    let refused: Vec<_> = [&answers.0, &answers.1].into_iter().filter(|answer| answer["errors"].is_array()).collect();
    assert_eq!(refused.len(), 1, "{answers:#?}");
    assert_eq!(refused[0]["errors"][0]["extensions"]["code"], "STALE_VERSION");
    assert_eq!(refused[0]["errors"][0]["extensions"]["version"], "2");
    assert_eq!(house.bed.code(&one, DELETE, json!({ "id": id, "v": 1 })).await, "STALE_VERSION");
    house.bed.close().await;
}

#[tokio::test]
async fn a_deleted_expense_is_gone_from_the_list_and_can_only_be_restored() {
    let house = House::open().await;
    let caller = house.caller(0);
    let id = house.create(0, house.dinner("k")).await["id"].take();
    assert_eq!(house.bed.code(&caller, RESTORE, json!({ "id": id, "v": 1 })).await, "NOT_ALLOWED");
    house.bed.data(&caller, DELETE, json!({ "id": id, "v": 1 })).await;
    assert_eq!(house.bed.code(&caller, DELETE, json!({ "id": id, "v": 2 })).await, "NOT_ALLOWED");
    assert_eq!(house.bed.code(&caller, UPDATE, update(&id, 2, &json!({ "notes": "x" }))).await, "NOT_ALLOWED");

    let query = "query($r: [_Any!]!, $f: ExpenseFilter) { _entities(representations: $r) { ... on Group {
        expenses(filter: $f) { totalCount } } } }";
    let group = json!([{ "__typename": "Group", "id": house.group.group_id.to_string() }]);
    let router = kit::testing::through_router(house.caller(0));
    for (filter, count) in [(json!({}), 0), (json!({ "includeDeleted": true, "text": "DINN" }), 1)] {
        let answer = house.bed.data(&router, query, json!({ "r": group, "f": filter })).await;
        assert_eq!(answer["_entities"][0]["expenses"]["totalCount"], count, "{filter}");
    }
    house.bed.close().await;
}

#[tokio::test]
async fn who_has_left_keeps_an_old_share_but_gets_no_new_one() {
    let mut house = House::open().await;
    let id = house.create(0, house.dinner("k")).await["id"].take();
    let without_guest = house.create(0, house.dinner("k2")).await["id"].take();
    house.leave(2);
    let caller = house.caller(0);
    let total = json!({ "total": { "amount": "90.00", "currency": "EUR" } });
    let edited = house.bed.data(&caller, UPDATE, update(&id, 1, &total)).await["updateExpense"].take();
    assert_eq!(edited["shares"][2]["amount"]["amount"], "30.00");
    house.leave(3);
    let guest = json!({ "split": { "equal": [house.member(0).to_string(), house.member(3).to_string()] } });
    assert_eq!(house.bed.code(&caller, UPDATE, update(&without_guest, 1, &guest)).await, "VALIDATION");
    house.bed.close().await;
}

#[tokio::test]
async fn only_members_change_expenses() {
    let mut house = House::open().await;
    let id = house.create(0, house.dinner("k")).await["id"].take();
    house.leave(2);
    let stranger = person(UserId::new());
    let cases =
        [(Caller::anonymous(), "UNAUTHENTICATED"), (stranger, "EXPENSE_NOT_FOUND"), (house.caller(2), "NOT_ALLOWED")];
    for (caller, code) in cases {
        assert_eq!(house.bed.code(&caller, UPDATE, update(&id, 1, &json!({ "notes": "x" }))).await, code);
        assert_eq!(house.bed.code(&caller, DELETE, json!({ "id": id, "v": 1 })).await, code);
        assert_eq!(house.bed.code(&caller, RESTORE, json!({ "id": id, "v": 1 })).await, code);
    }
    assert_eq!(house.nets().await.iter().filter(|net| **net != 0).count(), 3);
    house.bed.close().await;
}

#[tokio::test]
async fn in_another_currency_amounts_must_be_given_anew() {
    let house = House::open().await;
    let exact: Value = json!([{ "memberId": house.member(1).to_string(), "amount": "100.00" }]);
    let id = house.create(0, house.dinner_with("k", &json!({ "split": { "exact": exact } }))).await["id"].take();
    let yen = json!({ "total": { "amount": "10000", "currency": "JPY" } });
    assert_eq!(house.bed.code(&house.caller(0), UPDATE, update(&id, 1, &yen)).await, "CURRENCY_MISMATCH");
    house.bed.close().await;
}
