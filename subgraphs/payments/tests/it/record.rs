//! Recording payments.

use std::sync::atomic::Ordering;

use contracts::{GroupId, MemberId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::{CURRENCIES, Fixture, RECORD};

#[tokio::test]
async fn a_recorded_payment_is_processed() {
    let fixture = Fixture::open().await;
    let changes = json!({ "method": "BANK_TRANSFER", "date": "2026-02-28", "note": " for the hut " });
    let made = fixture.record(2, fixture.cash_with("k", &changes)).await;
    let id = |place: usize| json!({ "id": fixture.member(place).to_string() });
    assert_eq!(
        made,
        json!({
            "id": made["id"], "version": 1, "method": "BANK_TRANSFER", "status": "PROCESSED", "date": "2026-02-28",
            "note": "for the hut", "amount": { "amount": "30.00", "currency": "EUR" }, "from": id(1), "to": id(0),
            "createdBy": id(2), "group": { "id": fixture.group.group_id.to_string() }, "confirmedAt": null,
        })
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn guests_pay_and_receive() {
    let fixture = Fixture::open().await;
    let guest = fixture.member(3).to_string();
    fixture.record(0, fixture.cash_with("a", &json!({ "fromMemberId": guest }))).await;
    fixture.record(0, fixture.cash_with("b", &json!({ "toMemberId": guest }))).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_of_the_group_record_payments() {
    let mut fixture = Fixture::open().await;
    fixture.leave(2);
    let nobody = Caller::anonymous();
    assert_eq!(fixture.refusal(&nobody, fixture.cash("k")).await.0, "UNAUTHENTICATED");
    assert_eq!(fixture.refusal(&person(UserId::new()), fixture.cash("k")).await.0, "GROUP_NOT_FOUND");
    let of_others = fixture.refusal(&fixture.caller(2), fixture.cash("k")).await;
    assert_eq!(of_others, ("VALIDATION".to_owned(), "input.fromMemberId".to_owned()));
    let elsewhere = fixture.cash_with("k", &json!({ "groupId": GroupId::new().to_string() }));
    assert_eq!(fixture.refusal(&fixture.caller(0), elsewhere).await.0, "GROUP_NOT_FOUND");
    let nowhere = fixture.cash_with("k", &json!({ "groupId": "?" }));
    assert_eq!(fixture.refusal(&fixture.caller(0), nowhere).await.0, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn former_members_can_still_be_settled_with() {
    let mut fixture = Fixture::open().await;
    fixture.leave(1);
    fixture.record(0, fixture.cash("k")).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_archived_group_takes_no_payments() {
    let mut fixture = Fixture::open().await;
    fixture.group.archived = true;
    fixture.groups.fixed.put(fixture.group.clone());
    assert_eq!(fixture.refusal(&fixture.caller(0), fixture.cash("k")).await.0, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nothing_is_recorded_while_groups_is_unreachable() {
    let fixture = Fixture::open().await;
    fixture.groups.down.store(true, Ordering::SeqCst);
    assert_eq!(fixture.refusal(&fixture.caller(0), fixture.cash("k")).await.0, "SERVICE_UNAVAILABLE");
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_payments_are_refused_with_their_field() {
    let fixture = Fixture::open().await;
    let stranger = MemberId::new().to_string();
    let amount = |amount: &str, currency: &str| json!({ "amount": { "amount": amount, "currency": currency } });
    let cases = [
        (json!({ "fromMemberId": stranger }), "input.fromMemberId"),
        (json!({ "toMemberId": "?" }), "input.toMemberId"),
        (json!({ "toMemberId": fixture.member(1).to_string() }), "input.toMemberId"),
        (amount("0.00", "EUR"), "input.amount.amount"),
        (amount("-1.00", "EUR"), "input.amount.amount"),
        (amount("1.001", "EUR"), "input.amount.amount"),
        (amount("10000000000000.01", "EUR"), "input.amount.amount"),
        (amount("1", "XXX"), "input.amount.currency"),
        (json!({ "method": "CARD" }), "input.method"),
        (json!({ "date": "1999-12-31" }), "input.date"),
        (json!({ "date": "9999-01-01" }), "input.date"),
        (json!({ "date": "tomorrow" }), "input.date"),
        (json!({ "note": "x".repeat(1_001) }), "input.note"),
        (json!({ "note": "\u{7}" }), "input.note"),
        (json!({ "idempotencyKey": " " }), "input.idempotencyKey"),
    ];
    for (changes, field) in cases {
        let refusal = fixture.refusal(&fixture.caller(0), fixture.cash_with("k", &changes)).await;
        assert_eq!(refusal, ("VALIDATION".to_owned(), field.to_owned()), "{changes}");
    }
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_same_key_records_the_same_payment_once() {
    let fixture = Fixture::open().await;
    let first = fixture.record(0, fixture.cash("k")).await;
    assert_eq!(fixture.record(0, fixture.cash("k")).await, first);
    let other = fixture.cash_with("k", &json!({ "note": "another" }));
    let reused = fixture.refusal(&fixture.caller(0), other).await;
    assert_eq!(reused, ("IDEMPOTENCY_KEY_REUSED".to_owned(), "input.idempotencyKey".to_owned()));
    // Idempotency keys are per person.
    assert_ne!(fixture.record(1, fixture.cash("k")).await["id"], first["id"]);
    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 2));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn two_concurrent_requests_with_the_same_key_record_one_payment() {
    let fixture = Fixture::open().await;
    let (a, b) = tokio::join!(fixture.record(0, fixture.cash("k")), fixture.record(0, fixture.cash("k")));
    assert_eq!(a, b);
    let another = fixture.cash_with("other", &json!({ "note": "another" }));
    let answers = tokio::join!(record(&fixture, fixture.cash("other")), record(&fixture, another));
    let refused = [answers.0, answers.1].iter().filter(|answer| answer["data"].is_null()).count();
    assert_eq!(refused, 1);
    assert_eq!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap().version, 2);
    fixture.subgraph.close().await;
}

async fn record(fixture: &Fixture, input: Value) -> Value {
    fixture.subgraph.ask(&fixture.caller(0), RECORD, json!({ "input": input })).await
}

#[tokio::test]
async fn a_payment_in_another_currency_settles_what_it_is_said_to() {
    let fixture = Fixture::open().await;
    let money = |amount: &str, currency: &str| json!({ "amount": amount, "currency": currency });
    let both = |paid: Value, settles: Value| json!({ "amount": paid, "settles": settles });
    let input = fixture.cash_with("k", &both(money("33.00", "USD"), money("30.00", "EUR")));
    let made = fixture.record(1, input.clone()).await;
    assert_eq!(fixture.record(1, input).await["id"], made["id"], "once");
    let read =
        "query($id: ID!) { payment(id: $id) { amount { amount currency } settles { amount currency } version } }";
    let read = async || {
        let id = json!({ "id": made["id"] });
        fixture.subgraph.data(&fixture.caller(0), read, id).await["payment"].take()
    };
    let expected = json!({ "amount": money("33.00", "USD"), "settles": money("30.00", "EUR"), "version": 1 });
    assert_eq!(read().await, expected);
    let nets = async || {
        let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
        let rows = head.ledger.nets.iter().filter(|row| row.amount_minor != 0);
        let mut rows: Vec<_> =
            rows.map(|row| (row.member_id == fixture.member(1), row.currency.code(), row.amount_minor)).collect();
        rows.sort_unstable();
        rows
    };
    assert_eq!(nets().await, [(false, "EUR", -3_000), (true, "EUR", 3_000)]);

    let edit = "mutation($input: EditPaymentInput!) { editPayment(input: $input) { version settles { amount } } }";
    let change = |version: i32, fields: Value| {
        let mut input = json!({ "id": made["id"], "expectedVersion": version });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let caller = fixture.caller(1);
    let alone = fixture.subgraph.ask(&caller, edit, change(1, json!({ "settles": money("1.00", "EUR") }))).await;
    assert_eq!(alone["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "input.amount" }));
    let more = change(1, both(money("40.00", "USD"), money("35.50", "EUR")));
    let edited = fixture.subgraph.data(&caller, edit, more).await;
    assert_eq!(edited["editPayment"], json!({ "version": 2, "settles": { "amount": "35.50" } }));
    assert_eq!(nets().await, [(false, "EUR", -3_550), (true, "EUR", 3_550)]);
    let plain = change(2, json!({ "amount": money("20.00", "USD") }));
    assert_eq!(fixture.subgraph.data(&caller, edit, plain).await["editPayment"]["settles"], Value::Null);
    assert_eq!(nets().await, [(false, "USD", -2_000), (true, "USD", 2_000)]);

    let same = fixture.cash_with("same", &both(money("33.00", "EUR"), money("30.00", "EUR")));
    let refusal = ("VALIDATION".to_owned(), "input.settles.currency".to_owned());
    assert_eq!(fixture.refusal(&fixture.caller(0), same).await, refusal);
    let nothing = fixture.cash_with("nothing", &both(money("33.00", "USD"), money("0.00", "EUR")));
    let refusal = ("VALIDATION".to_owned(), "input.settles.amount".to_owned());
    assert_eq!(fixture.refusal(&fixture.caller(0), nothing).await, refusal);
    fixture.verify_documents().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_has_payments_in_at_most_twenty_currencies() {
    let fixture = Fixture::open().await;
    let one =
        |code: &str, key: &str| fixture.cash_with(key, &json!({ "amount": { "amount": "1.00", "currency": code } }));
    for code in CURRENCIES {
        fixture.record(0, one(code, code)).await;
    }
    assert_eq!(fixture.refusal(&fixture.caller(0), one("EUR", "one more")).await.0, "LEDGER_FULL");
    fixture.record(0, one("USD", "another")).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_third_person_can_void_what_was_recorded_by_mistake_and_the_history_tells_what_was_paid() {
    let fixture = Fixture::open().await;
    let money = |amount: &str, currency: &str| json!({ "amount": amount, "currency": currency });
    let both = json!({ "amount": money("33.00", "USD"), "settles": money("30.00", "EUR") });
    let id = fixture.record(2, fixture.cash_with("k", &both)).await["id"].take();
    let void = "mutation($id: ID!) { voidPayment(id: $id) {
        status history { change amount { amount currency } paid { amount currency } } } }";
    let voided = fixture.subgraph.data(&fixture.caller(2), void, json!({ "id": id })).await["voidPayment"].take();
    let revision =
        |change: &str| json!({ "change": change, "amount": money("30.00", "EUR"), "paid": money("33.00", "USD") });
    assert_eq!(voided, json!({ "status": "VOIDED", "history": [revision("RECORDED"), revision("VOIDED")] }));
    let plain = fixture.record(2, fixture.cash("plain")).await["id"].take();
    let voided = fixture.subgraph.data(&fixture.caller(2), void, json!({ "id": plain })).await["voidPayment"].take();
    assert_eq!(voided["history"][0]["paid"], Value::Null);
    fixture.verify_documents().await;
    fixture.subgraph.close().await;
}
