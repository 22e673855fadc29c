//! The state machine of recorded payments. The table of who may do what in which state is tested beside the code.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const CONFIRM: &str =
    "mutation($id: ID!) { changed: confirmPayment(id: $id) { id version status confirmedAt disputeReason } }";
const DISPUTE: &str = "mutation($id: ID!) { changed: disputePayment(id: $id, reason: \" it never came \") { id version status confirmedAt disputeReason } }";
const VOID: &str =
    "mutation($id: ID!) { changed: voidPayment(id: $id) { id version status confirmedAt disputeReason } }";
const EDIT: &str = "mutation($input: EditPaymentInput!) { changed: editPayment(input: $input) {
    id version status confirmedAt note date method amount { amount currency } } }";
const HISTORY: &str = "query($id: ID!) { payment(id: $id) {
    history { change by { id } reason amount { amount } } } }";

/// Returns the nets of the first two members from payments, in cents.
async fn nets(fixture: &Fixture) -> (i64, i64) {
    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    let net = |place: usize| {
        let row = head.ledger.nets.iter().find(|row| row.member_id == fixture.member(place));
        row.map_or(0, |row| row.amount_minor)
    };
    (net(0), net(1))
}

async fn change(fixture: &Fixture, user: usize, mutation: &str, id: &Value) -> Value {
    let changed = fixture.subgraph.data(&fixture.caller(user), mutation, json!({ "id": id })).await["changed"].take();
    fixture.verify_documents().await;
    changed
}

async fn edit(fixture: &Fixture, user: usize, input: Value) -> Value {
    let edited = fixture.subgraph.data(&fixture.caller(user), EDIT, json!({ "input": input })).await["changed"].take();
    fixture.verify_documents().await;
    edited
}

#[tokio::test]
async fn a_disputed_payment_counts_until_it_is_confirmed_or_voided() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    let disputed = change(&fixture, 0, DISPUTE, &id).await;
    assert_eq!(
        disputed,
        json!({ "id": id, "version": 2, "status": "DISPUTED", "confirmedAt": null, "disputeReason": "it never came" })
    );
    assert_eq!(nets(&fixture).await, (-30_00, 30_00));

    let confirmed = change(&fixture, 0, CONFIRM, &id).await;
    assert_eq!((&confirmed["status"], &confirmed["disputeReason"]), (&json!("PROCESSED"), &Value::Null));
    assert!(confirmed["confirmedAt"].is_string());
    assert_eq!(nets(&fixture).await, (-30_00, 30_00));

    assert_eq!(change(&fixture, 1, VOID, &id).await["status"], "VOIDED");
    assert_eq!(nets(&fixture).await, (0, 0));
    let code = fixture.subgraph.code(&fixture.caller(0), CONFIRM, json!({ "id": id })).await;
    assert_eq!(code, "NOT_ALLOWED");

    let history = fixture.subgraph.data(&fixture.caller(1), HISTORY, json!({ "id": id })).await;
    let revision = |change: &str, place: usize, reason: Value| {
        let by = json!({ "id": fixture.member(place).to_string() });
        json!({ "change": change, "by": by, "reason": reason, "amount": { "amount": "30.00" } })
    };
    let expected = [
        revision("RECORDED", 2, Value::Null),
        revision("DISPUTED", 0, json!("it never came")),
        revision("CONFIRMED", 0, Value::Null),
        revision("VOIDED", 1, Value::Null),
    ];
    assert_eq!(history["payment"]["history"], json!(expected));
    let journal = &fixture.subgraph.resources.journal;
    assert_eq!(journal.verify(<payments::Services as kit::Subgraph>::postings()).await.unwrap(), Ok(4));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn repeated_actions_have_no_effect() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    for mutation in [CONFIRM, DISPUTE, VOID] {
        let first = change(&fixture, 0, mutation, &id).await;
        assert_eq!(change(&fixture, 0, mutation, &id).await, first);
    }
    let version = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap().version;
    assert_eq!(version, 4);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn concurrent_actions_end_in_one_state() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    let (a, b, c) =
        tokio::join!(change(&fixture, 0, VOID, &id), change(&fixture, 1, VOID, &id), change(&fixture, 2, VOID, &id),);
    assert_eq!([&a, &b, &c].map(|payment| &payment["version"]), [&json!(2); 3]);
    assert_eq!(nets(&fixture).await, (0, 0));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_edit_moves_the_difference_and_asks_for_a_new_confirmation() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    change(&fixture, 0, CONFIRM, &id).await;
    let input = json!({
        "id": id, "expectedVersion": 2, "amount": { "amount": "20.00", "currency": "EUR" }, "note": " taxi ",
        "date": "2026-02-27", "method": "BANK_TRANSFER",
    });
    let edited = edit(&fixture, 1, input).await;
    assert_eq!(
        edited,
        json!({
            "id": id, "version": 3, "status": "PROCESSED", "confirmedAt": null, "note": "taxi", "date": "2026-02-27",
            "method": "BANK_TRANSFER", "amount": { "amount": "20.00", "currency": "EUR" },
        })
    );
    assert_eq!(nets(&fixture).await, (-20_00, 20_00));

    // Omitted fields stay, null removes the note, and the currency may change.
    let input =
        json!({ "id": id, "expectedVersion": 3, "note": null, "amount": { "amount": "500", "currency": "JPY" } });
    let edited = edit(&fixture, 2, input).await;
    assert_eq!((&edited["note"], &edited["date"]), (&Value::Null, &json!("2026-02-27")));
    assert_eq!(nets(&fixture).await, (0, 0), "the first rows are those in euros");
    let journal = &fixture.subgraph.resources.journal;
    assert_eq!(journal.verify(<payments::Services as kit::Subgraph>::postings()).await.unwrap(), Ok(4));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_edit_of_an_older_version_is_refused_with_the_current_one() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    change(&fixture, 0, CONFIRM, &id).await;
    let input = json!({ "input": { "id": id, "expectedVersion": 1, "note": "taxi" } });
    let answer = fixture.subgraph.ask(&fixture.caller(1), EDIT, input).await;
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!((&extensions["code"], &extensions["version"]), (&json!("STALE_VERSION"), &json!("2")));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_edits_are_refused_with_their_field() {
    let fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    let amount = |amount: &str, currency: &str| json!({ "amount": { "amount": amount, "currency": currency } });
    let cases = [
        (amount("0.00", "EUR"), "input.amount.amount"),
        (amount("1.001", "EUR"), "input.amount.amount"),
        (amount("1", "XXX"), "input.amount.currency"),
        (json!({ "method": "CARD" }), "input.method"),
        (json!({ "date": "1999-12-31" }), "input.date"),
        (json!({ "note": "x".repeat(1_001) }), "input.note"),
    ];
    for (changes, field) in cases {
        let mut input = json!({ "id": id, "expectedVersion": 1 });
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let answer = fixture.subgraph.ask(&fixture.caller(1), EDIT, json!({ "input": input })).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!(field)), "{changes}");
    }
    let blank = DISPUTE.replace(" it never came ", " ");
    let answer = fixture.subgraph.ask(&fixture.caller(0), &blank, json!({ "id": id })).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "reason");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn strangers_and_former_members_change_nothing() {
    let mut fixture = Fixture::open().await;
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    fixture.leave(1);
    let callers = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "PAYMENT_NOT_FOUND"),
        (fixture.caller(1), "PAYMENT_NOT_FOUND"),
        // A member who is neither payer, receiver nor recorder may not confirm.
        (fixture.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in &callers {
        assert_eq!(fixture.subgraph.code(caller, CONFIRM, json!({ "id": id })).await, *code);
        assert_eq!(fixture.subgraph.code(caller, DISPUTE, json!({ "id": id })).await, *code);
    }
    for (caller, code) in &callers[..3] {
        assert_eq!(fixture.subgraph.code(caller, VOID, json!({ "id": id })).await, *code);
        let input = json!({ "id": id, "expectedVersion": 1, "note": "taxi" });
        assert_eq!(fixture.subgraph.code(caller, EDIT, json!({ "input": input })).await, *code);
    }
    for unknown in ["?", "0197c5a0-0000-7000-8000-000000000000"] {
        let code = fixture.subgraph.code(&fixture.caller(0), VOID, json!({ "id": unknown })).await;
        assert_eq!(code, "PAYMENT_NOT_FOUND");
    }
    assert_eq!(nets(&fixture).await, (-30_00, 30_00));
    fixture.subgraph.close().await;
}
