//! Changing expenses: each change reverses the previous postings and adds the new ones.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const UPDATE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) {
    version description notes total { amount currency } payers { amount { amount } } shares { amount { amount } } } }";
const DELETE: &str =
    "mutation($id: ID!, $v: Int!) { deleteExpense(id: $id, expectedVersion: $v) { version deletedAt } }";
const RESTORE: &str =
    "mutation($id: ID!, $v: Int!) { restoreExpense(id: $id, expectedVersion: $v) { version deletedAt } }";
const HISTORY: &str = "query($id: ID!) { expense(id: $id) { history { version action changed change date category by { id } total { amount } } } }";

fn update(id: &Value, version: i64, changes: &Value) -> Value {
    let mut input = json!({ "id": id, "expectedVersion": version });
    for (field, value) in changes.as_object().unwrap() {
        input[field] = value.clone();
    }
    json!({ "input": input })
}

#[tokio::test]
async fn an_edit_a_deletion_and_a_restoration_move_the_nets_exactly() {
    let fixture = Fixture::open().await;
    let caller = fixture.caller(1);
    let exact = |amounts: [&str; 3]| -> Value {
        (0..3).map(|place| json!({ "memberId": fixture.member(place).to_string(), "amount": amounts[place] })).collect()
    };
    let split = json!({ "split": { "exact": exact(["20.00", "30.00", "50.00"]) } });
    let id = fixture.create(0, fixture.dinner_with("k", &split)).await["id"].take();
    assert_eq!(fixture.nets().await, [8_000, -3_000, -5_000, 0]);

    let changes = json!({
        "total": { "amount": "60.00", "currency": "EUR" },
        "split": { "exact": exact(["10.00", "20.00", "30.00"]) },
        "description": "Late dinner",
    });
    let edited = fixture.subgraph.data(&caller, UPDATE, update(&id, 1, &changes)).await["updateExpense"].take();
    assert_eq!((&edited["version"], &edited["payers"][0]["amount"]["amount"]), (&json!(2), &json!("60.00")));
    assert_eq!(fixture.nets().await, [5_000, -2_000, -3_000, 0]);

    let deleted = fixture.subgraph.data(&caller, DELETE, json!({ "id": id, "v": 2 })).await;
    assert_eq!(deleted["deleteExpense"]["version"], 3);
    assert_eq!(fixture.nets().await, [0, 0, 0, 0]);

    fixture.subgraph.data(&caller, RESTORE, json!({ "id": id, "v": 3 })).await;
    assert_eq!(fixture.nets().await, [5_000, -2_000, -3_000, 0]);

    let history = fixture.subgraph.data(&caller, HISTORY, json!({ "id": id })).await["expense"]["history"].take();
    let told: Vec<&str> = history.as_array().unwrap().iter().map(|row| row["change"].as_str().unwrap()).collect();
    let edit = "changed the description from \"Dinner\" to \"Late dinner\", the total from 100.00 EUR to 60.00 EUR, who paid and the split";
    assert_eq!(told, ["added it", edit, "deleted it", "restored it"]);
    assert_eq!(history[1]["by"]["id"], fixture.member(1).to_string());
    let actions: Vec<&str> = history.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["ADDED", "CHANGED", "DELETED", "RESTORED"]);
    assert_eq!(history[1]["changed"], json!(["DESCRIPTION", "TOTAL", "PAYERS", "SPLIT"]));
    assert_eq!((&history[0]["changed"], &history[0]["category"]), (&json!([]), &json!("other")));
    assert_eq!(fixture.verified().await, 4);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn changed_texts_move_no_money() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    fixture.subgraph.data(&fixture.caller(0), UPDATE, update(&id, 1, &json!({ "notes": "with wine" }))).await;
    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 1));
    assert_eq!(fixture.verified().await, 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_concurrent_second_edit_is_refused_with_the_current_version() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let (one, two) = (fixture.caller(0), fixture.caller(1));
    let (change, other) = (json!({ "description": "Lunch" }), json!({ "description": "Brunch" }));
    let answers = tokio::join!(
        fixture.subgraph.ask(&one, UPDATE, update(&id, 1, &change)),
        fixture.subgraph.ask(&two, UPDATE, update(&id, 1, &other)),
    );
    let refused: Vec<_> = [&answers.0, &answers.1].into_iter().filter(|answer| answer["errors"].is_array()).collect();
    assert_eq!(refused.len(), 1, "{answers:#?}");
    assert_eq!(refused[0]["errors"][0]["extensions"]["code"], "STALE_VERSION");
    assert_eq!(refused[0]["errors"][0]["extensions"]["version"], "2");
    assert_eq!(fixture.subgraph.code(&one, DELETE, json!({ "id": id, "v": 1 })).await, "STALE_VERSION");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_expense_is_not_listed_and_can_only_be_restored() {
    let fixture = Fixture::open().await;
    let caller = fixture.caller(0);
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    assert_eq!(fixture.subgraph.code(&caller, RESTORE, json!({ "id": id, "v": 1 })).await, "NOT_ALLOWED");
    fixture.subgraph.data(&caller, DELETE, json!({ "id": id, "v": 1 })).await;
    assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": id, "v": 2 })).await, "NOT_ALLOWED");
    assert_eq!(fixture.subgraph.code(&caller, UPDATE, update(&id, 2, &json!({ "notes": "x" }))).await, "NOT_ALLOWED");

    let query = "query($r: [_Any!]!, $f: ExpenseFilter) { _entities(representations: $r) { ... on Group {
        expenses(filter: $f) { totalCount } } } }";
    let group = json!([{ "__typename": "Group", "id": fixture.group.group_id.to_string() }]);
    let router = kit::testing::through_router(fixture.caller(0));
    for (filter, count) in [(json!({}), 0), (json!({ "includeDeleted": true, "text": "DINN" }), 1)] {
        let answer = fixture.subgraph.data(&router, query, json!({ "r": group, "f": filter })).await;
        assert_eq!(answer["_entities"][0]["expenses"]["totalCount"], count, "{filter}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn former_members_keep_old_shares_but_get_no_new_ones() {
    let mut fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let without_guest = fixture.create(0, fixture.dinner("k2")).await["id"].take();
    fixture.leave(2);
    let caller = fixture.caller(0);
    let total = json!({ "total": { "amount": "90.00", "currency": "EUR" } });
    let edited = fixture.subgraph.data(&caller, UPDATE, update(&id, 1, &total)).await["updateExpense"].take();
    assert_eq!(edited["shares"][2]["amount"]["amount"], "30.00");
    fixture.leave(3);
    let guest = json!({ "split": { "equal": [fixture.member(0).to_string(), fixture.member(3).to_string()] } });
    assert_eq!(fixture.subgraph.code(&caller, UPDATE, update(&without_guest, 1, &guest)).await, "VALIDATION");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_change_expenses() {
    let mut fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    fixture.leave(2);
    let stranger = person(UserId::new());
    let cases =
        [(Caller::anonymous(), "UNAUTHENTICATED"), (stranger, "EXPENSE_NOT_FOUND"), (fixture.caller(2), "NOT_ALLOWED")];
    for (caller, code) in cases {
        assert_eq!(fixture.subgraph.code(&caller, UPDATE, update(&id, 1, &json!({ "notes": "x" }))).await, code);
        assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": id, "v": 1 })).await, code);
        assert_eq!(fixture.subgraph.code(&caller, RESTORE, json!({ "id": id, "v": 1 })).await, code);
    }
    assert_eq!(fixture.nets().await.iter().filter(|net| **net != 0).count(), 3);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_change_of_the_currency_needs_new_amounts() {
    let fixture = Fixture::open().await;
    let exact: Value = json!([{ "memberId": fixture.member(1).to_string(), "amount": "100.00" }]);
    let id = fixture.create(0, fixture.dinner_with("k", &json!({ "split": { "exact": exact } }))).await["id"].take();
    let yen = json!({ "total": { "amount": "10000", "currency": "JPY" } });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), UPDATE, update(&id, 1, &yen)).await, "CURRENCY_MISMATCH");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_balance_of_former_members_cannot_be_lowered() {
    let mut fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let deleted = fixture.create(0, fixture.dinner("deleted")).await["id"].take();
    fixture.subgraph.data(&fixture.caller(0), DELETE, json!({ "id": deleted, "v": 1 })).await;
    let paid_by_cleo = json!({ "payers": [{ "memberId": fixture.member(2).to_string(), "amount": "100.00" }] });
    let paid = fixture.create(2, fixture.dinner_with("paid", &paid_by_cleo)).await["id"].take();
    fixture.leave(2);
    let nets = fixture.nets().await;
    let caller = fixture.caller(0);
    let more = json!({ "total": { "amount": "1000000.00", "currency": "EUR" } });
    let other = json!({ "split": { "exact": [{ "memberId": fixture.member(2).to_string(), "amount": "100.00" }] } });
    let payers = json!({ "payers": [{ "memberId": fixture.member(1).to_string(), "amount": "100.00" }] });
    for (expense, changes) in [(&id, &more), (&id, &other), (&paid, &payers)] {
        assert_eq!(
            fixture.subgraph.code(&caller, UPDATE, update(expense, 1, changes)).await,
            "NOT_ALLOWED",
            "{changes}"
        );
    }
    assert_eq!(fixture.subgraph.code(&caller, RESTORE, json!({ "id": deleted, "v": 2 })).await, "NOT_ALLOWED");
    assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": paid, "v": 1 })).await, "NOT_ALLOWED");
    assert_eq!(fixture.nets().await, nets);

    fixture.subgraph.data(&caller, UPDATE, update(&id, 1, &json!({ "description": "Late dinner" }))).await;
    assert_eq!(fixture.nets().await, nets, "what moves nothing stays possible");
    fixture.subgraph.data(&caller, DELETE, json!({ "id": id, "v": 2 })).await;
    assert!(fixture.nets().await[2] > nets[2], "what was owed can be taken back");
    fixture.verified().await;
    fixture.subgraph.close().await;
}
