//! Recording a payment.

use std::sync::atomic::Ordering;

use contracts::{GroupId, MemberId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::house::{House, RECORD};

#[tokio::test]
async fn a_recorded_payment_has_been_made() {
    let house = House::open().await;
    let changes = json!({ "method": "BANK_TRANSFER", "date": "2026-02-28", "note": " for the hut " });
    let made = house.record(2, house.cash_with("k", &changes)).await;
    let id = |place: usize| json!({ "id": house.member(place).to_string() });
    assert_eq!(
        made,
        json!({
            "id": made["id"], "version": 1, "method": "BANK_TRANSFER", "status": "PROCESSED", "date": "2026-02-28",
            "note": "for the hut", "amount": { "amount": "30.00", "currency": "EUR" }, "from": id(1), "to": id(0),
            "createdBy": id(2), "group": { "id": house.group.group_id.to_string() }, "confirmedAt": null,
        })
    );
    house.bed.close().await;
}

#[tokio::test]
async fn a_guest_pays_and_receives_like_anybody() {
    let house = House::open().await;
    let guest = house.member(3).to_string();
    house.record(0, house.cash_with("a", &json!({ "fromMemberId": guest }))).await;
    house.record(0, house.cash_with("b", &json!({ "toMemberId": guest }))).await;
    house.bed.close().await;
}

#[tokio::test]
async fn only_members_of_the_group_record_payments() {
    let mut house = House::open().await;
    house.leave(2);
    let nobody = Caller::anonymous();
    assert_eq!(house.refusal(&nobody, house.cash("k")).await.0, "UNAUTHENTICATED");
    assert_eq!(house.refusal(&person(UserId::new()), house.cash("k")).await.0, "GROUP_NOT_FOUND");
    assert_eq!(house.refusal(&house.caller(2), house.cash("k")).await.0, "NOT_ALLOWED");
    let elsewhere = house.cash_with("k", &json!({ "groupId": GroupId::new().to_string() }));
    assert_eq!(house.refusal(&house.caller(0), elsewhere).await.0, "GROUP_NOT_FOUND");
    let nowhere = house.cash_with("k", &json!({ "groupId": "?" }));
    assert_eq!(house.refusal(&house.caller(0), nowhere).await.0, "GROUP_NOT_FOUND");
    house.bed.close().await;
}

#[tokio::test]
async fn whoever_has_left_can_still_be_settled_with() {
    let mut house = House::open().await;
    house.leave(1);
    house.record(0, house.cash("k")).await;
    house.bed.close().await;
}

#[tokio::test]
async fn an_archived_group_takes_no_payments() {
    let mut house = House::open().await;
    house.group.archived = true;
    house.groups.fixed.put(house.group.clone());
    assert_eq!(house.refusal(&house.caller(0), house.cash("k")).await.0, "NOT_ALLOWED");
    house.bed.close().await;
}

#[tokio::test]
async fn nothing_is_recorded_while_nobody_says_who_is_in_the_group() {
    let house = House::open().await;
    house.groups.down.store(true, Ordering::SeqCst);
    assert_eq!(house.refusal(&house.caller(0), house.cash("k")).await.0, "INTERNAL");
    assert!(house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().is_none());
    house.bed.close().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let house = House::open().await;
    let stranger = MemberId::new().to_string();
    let amount = |amount: &str, currency: &str| json!({ "amount": { "amount": amount, "currency": currency } });
    let cases = [
        (json!({ "fromMemberId": stranger }), "input.fromMemberId"),
        (json!({ "toMemberId": "?" }), "input.toMemberId"),
        (json!({ "toMemberId": house.member(1).to_string() }), "input.toMemberId"),
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
        let refusal = house.refusal(&house.caller(0), house.cash_with("k", &changes)).await;
        assert_eq!(refusal, ("VALIDATION".to_owned(), field.to_owned()), "{changes}");
    }
    assert!(house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().is_none());
    house.bed.close().await;
}

#[tokio::test]
async fn the_same_key_records_the_same_payment_once() {
    let house = House::open().await;
    let first = house.record(0, house.cash("k")).await;
    assert_eq!(house.record(0, house.cash("k")).await, first);
    let other = house.cash_with("k", &json!({ "note": "another" }));
    let reused = house.refusal(&house.caller(0), other).await;
    assert_eq!(reused, ("IDEMPOTENCY_KEY_REUSED".to_owned(), "input.idempotencyKey".to_owned()));
    // Keys are a person's own.
    assert_ne!(house.record(1, house.cash("k")).await["id"], first["id"]);
    let head = house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 2));
    house.bed.close().await;
}

#[tokio::test]
async fn the_same_key_twice_at_once_records_one_payment() {
    let house = House::open().await;
    let (a, b) = tokio::join!(house.record(0, house.cash("k")), house.record(0, house.cash("k")));
    assert_eq!(a, b);
    let another = house.cash_with("other", &json!({ "note": "another" }));
    let answers = tokio::join!(record(&house, house.cash("other")), record(&house, another));
    let refused = [answers.0, answers.1].iter().filter(|answer| answer["data"].is_null()).count();
    assert_eq!(refused, 1);
    assert_eq!(house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap().version, 2);
    house.bed.close().await;
}

async fn record(house: &House, input: Value) -> Value {
    house.bed.ask(&house.caller(0), RECORD, json!({ "input": input })).await
}
