//! Saving an expense.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::house::House;

fn minor(amount: &Value) -> i64 {
    amount["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn shares_add_up_to_the_total_and_the_nets_to_zero() {
    let house = House::open().await;
    let expense = house.create(0, house.dinner("k1")).await;

    let shares: Vec<i64> = expense["shares"].as_array().unwrap().iter().map(|share| minor(&share["amount"])).collect();
    assert_eq!(shares.iter().sum::<i64>(), 10_000);
    assert!(shares.iter().all(|share| [3_333, 3_334].contains(share)), "{shares:?}");
    assert_eq!(expense["createdBy"]["id"], house.member(0).to_string());
    assert_eq!(expense["category"], "other");
    assert_eq!(expense["version"], 1);

    let head = house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (1, 1));
    assert_eq!(head.nets.len(), 3);
    assert_eq!(head.nets.iter().map(|net| net.amount_minor).sum::<i64>(), 0);
    house.bed.close().await;
}

#[tokio::test]
async fn several_can_pay_and_a_refund_is_negative() {
    let house = House::open().await;
    let payers = json!([
        { "memberId": house.member(0).to_string(), "amount": "70.00" },
        { "memberId": house.member(3).to_string(), "amount": "30.00" },
    ]);
    house.create(1, house.dinner_with("k1", &json!({ "payers": payers }))).await;
    let refund = json!({
        "total": { "amount": "-30", "currency": "JPY" },
        "payers": [{ "memberId": house.member(0).to_string(), "amount": "-30" }],
    });
    let refund = house.create(1, house.dinner_with("k2", &refund)).await;
    assert_eq!(refund["shares"][0]["amount"], json!({ "amount": "-10", "currency": "JPY" }));
    house.bed.close().await;
}

#[tokio::test]
async fn one_key_makes_one_expense_also_when_sent_twice_at_once() {
    let house = House::open().await;
    let (one, two) = tokio::join!(house.create(0, house.dinner("k1")), house.create(0, house.dinner("k1")));
    assert_eq!(one, two);
    assert_eq!(house.create(0, house.dinner("k1")).await, one);
    assert_eq!(house.count().await, 1);

    let other = house.dinner_with("k1", &json!({ "description": "Lunch" }));
    let refusal = house.refusal(&house.caller(0), other).await;
    assert_eq!(refusal, ("IDEMPOTENCY_KEY_REUSED".to_owned(), "input.idempotencyKey".to_owned()));
    // Another person's key is another key.
    house.create(1, house.dinner("k1")).await;
    assert_eq!(house.count().await, 2);
    house.bed.close().await;
}

#[tokio::test]
async fn only_members_save_expenses() {
    let mut house = House::open().await;
    let code = |refusal: (String, String)| refusal.0;
    assert_eq!(code(house.refusal(&Caller::anonymous(), house.dinner("k")).await), "UNAUTHENTICATED");
    assert_eq!(code(house.refusal(&person(UserId::new()), house.dinner("k")).await), "GROUP_NOT_FOUND");
    let nowhere = house.dinner_with("k", &json!({ "groupId": "nowhere" }));
    assert_eq!(code(house.refusal(&house.caller(0), nowhere).await), "GROUP_NOT_FOUND");
    house.leave(2);
    assert_eq!(code(house.refusal(&house.caller(2), house.dinner("k")).await), "NOT_ALLOWED");
    assert_eq!(house.count().await, 0);
    house.bed.close().await;
}

#[tokio::test]
async fn nothing_is_saved_of_what_cannot_be_right() {
    let mut house = House::open().await;
    house.leave(1);
    let stranger = contracts::MemberId::new().to_string();
    let payer = |amount: &str| json!([{ "memberId": house.member(0).to_string(), "amount": amount }]);
    let only_me = json!({ "equal": [house.member(0).to_string()] });
    let cases = [
        (json!({ "description": "  " }), "VALIDATION", "input.description"),
        (json!({ "description": "x".repeat(201) }), "VALIDATION", "input.description"),
        (json!({ "description": "a\u{7}b" }), "VALIDATION", "input.description"),
        (json!({ "total": { "amount": "1.005", "currency": "EUR" } }), "VALIDATION", "input.total.amount"),
        (json!({ "total": { "amount": "1.5", "currency": "JPY" } }), "VALIDATION", "input.total.amount"),
        (json!({ "total": { "amount": "1e3", "currency": "EUR" } }), "VALIDATION", "input.total.amount"),
        (json!({ "total": { "amount": "100.00", "currency": "EURO" } }), "VALIDATION", "input.total.currency"),
        (json!({ "total": { "amount": "99999999999999", "currency": "EUR" } }), "VALIDATION", "input.total.amount"),
        (json!({ "total": { "amount": "0.00", "currency": "EUR" } }), "VALIDATION", "input.split"),
        (json!({ "date": "1999-12-31" }), "VALIDATION", "input.date"),
        (json!({ "date": "tomorrow" }), "VALIDATION", "input.date"),
        (json!({ "payers": payer("99.99"), "split": only_me }), "SHARES_DO_NOT_ADD_UP", "input.payers"),
        (json!({ "payers": payer("-100.00"), "split": only_me }), "VALIDATION", "input.payers"),
        (json!({ "payers": [], "split": only_me }), "VALIDATION", "input.payers"),
        (json!({ "split": { "equal": [] } }), "VALIDATION", "input.split"),
        (json!({ "split": { "equal": [stranger] } }), "VALIDATION", "input.split"),
        (json!({ "split": { "equal": ["nobody"] } }), "VALIDATION", "input.split.equal"),
        (json!({}), "VALIDATION", "input.split"),
        (json!({ "split": only_me, "idempotencyKey": " " }), "VALIDATION", "input.idempotencyKey"),
    ];
    for (changes, code, field) in cases {
        let refusal = house.refusal(&house.caller(0), house.dinner_with("k", &changes)).await;
        assert_eq!(refusal, (code.to_owned(), field.to_owned()), "{changes}");
    }
    assert_eq!(house.count().await, 0);
    assert!(house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().is_none());
    house.bed.close().await;
}

#[tokio::test]
async fn twenty_at_once_leave_one_unbroken_journal() {
    let house = House::open().await;
    let many = (0..20).map(|number| house.create(number % 3, house.dinner(&format!("k{number}"))));
    futures::future::join_all(many).await;
    let head = house.bed.parts.journal.head(house.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (20, 20));
    assert_eq!(house.verified().await, 20);
    house.bed.close().await;
}
