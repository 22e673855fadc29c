//! Creating expenses.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

fn minor(amount: &Value) -> i64 {
    amount["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn shares_add_up_to_the_total_and_the_nets_to_zero() {
    let fixture = Fixture::open().await;
    let expense = fixture.create(0, fixture.dinner("k1")).await;

    let shares: Vec<i64> = expense["shares"].as_array().unwrap().iter().map(|share| minor(&share["amount"])).collect();
    assert_eq!(shares.iter().sum::<i64>(), 10_000);
    assert!(shares.iter().all(|share| [3_333, 3_334].contains(share)), "{shares:?}");
    assert_eq!(expense["createdBy"]["id"], fixture.member(0).to_string());
    assert_eq!(expense["category"], "other");
    assert_eq!(expense["version"], 1);

    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (1, 1));
    assert_eq!(head.ledger.nets.len(), 3);
    assert_eq!(head.ledger.nets.iter().map(|net| net.amount_minor).sum::<i64>(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_category_is_suggested_from_the_description_unless_given() {
    let fixture = Fixture::open().await;
    let suggest = "query($text: String!) { suggestCategory(description: $text) }";
    for (description, category) in [("Pizza with Ben", "dining"), ("REWE", "groceries"), ("Xyzzy", "other")] {
        let input = fixture.dinner_with(description, &json!({ "description": description, "category": null }));
        assert_eq!(fixture.create(0, input).await["category"], category, "{description}");
        let told = fixture.subgraph.data(&fixture.caller(0), suggest, json!({ "text": description })).await;
        assert_eq!(told["suggestCategory"], category, "{description}");
    }
    let named = fixture.dinner_with("named", &json!({ "description": "Pizza", "category": "Party" }));
    assert_eq!(fixture.create(0, named).await["category"], "party");

    let blank = fixture.subgraph.data(&fixture.caller(0), suggest, json!({ "text": " " })).await;
    assert_eq!(blank["suggestCategory"], "other", "nothing is typed yet");
    let long = json!({ "text": "x".repeat(201) });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), suggest, long).await, "VALIDATION");
    let nobody = fixture.subgraph.code(&Caller::anonymous(), suggest, json!({ "text": "Pizza" })).await;
    assert_eq!(nobody, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn several_can_pay_and_a_refund_is_negative() {
    let fixture = Fixture::open().await;
    let payers = json!([
        { "memberId": fixture.member(0).to_string(), "amount": "70.00" },
        { "memberId": fixture.member(3).to_string(), "amount": "30.00" },
    ]);
    fixture.create(1, fixture.dinner_with("k1", &json!({ "payers": payers }))).await;
    let refund = json!({
        "total": { "amount": "-30", "currency": "JPY" },
        "payers": [{ "memberId": fixture.member(0).to_string(), "amount": "-30" }],
    });
    let refund = fixture.create(1, fixture.dinner_with("k2", &refund)).await;
    assert_eq!(refund["shares"][0]["amount"], json!({ "amount": "-10", "currency": "JPY" }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn one_key_makes_one_expense_also_when_sent_twice_at_once() {
    let fixture = Fixture::open().await;
    let (one, two) = tokio::join!(fixture.create(0, fixture.dinner("k1")), fixture.create(0, fixture.dinner("k1")));
    assert_eq!(one, two);
    assert_eq!(fixture.create(0, fixture.dinner("k1")).await, one);
    assert_eq!(fixture.count().await, 1);

    let other = fixture.dinner_with("k1", &json!({ "description": "Lunch" }));
    let refusal = fixture.refusal(&fixture.caller(0), other).await;
    assert_eq!(refusal, ("IDEMPOTENCY_KEY_REUSED".to_owned(), "input.idempotencyKey".to_owned()));
    // Idempotency keys are per person.
    fixture.create(1, fixture.dinner("k1")).await;
    assert_eq!(fixture.count().await, 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_create_expenses() {
    let mut fixture = Fixture::open().await;
    let code = |refusal: (String, String)| refusal.0;
    assert_eq!(code(fixture.refusal(&Caller::anonymous(), fixture.dinner("k")).await), "UNAUTHENTICATED");
    assert_eq!(code(fixture.refusal(&person(UserId::new()), fixture.dinner("k")).await), "GROUP_NOT_FOUND");
    let nowhere = fixture.dinner_with("k", &json!({ "groupId": "nowhere" }));
    assert_eq!(code(fixture.refusal(&fixture.caller(0), nowhere).await), "GROUP_NOT_FOUND");
    fixture.leave(2);
    assert_eq!(code(fixture.refusal(&fixture.caller(2), fixture.dinner("k")).await), "NOT_ALLOWED");
    assert_eq!(fixture.count().await, 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_expenses_are_refused() {
    let mut fixture = Fixture::open().await;
    fixture.leave(1);
    let stranger = contracts::MemberId::new().to_string();
    let payer = |amount: &str| json!([{ "memberId": fixture.member(0).to_string(), "amount": amount }]);
    let only_me = json!({ "equal": [fixture.member(0).to_string()] });
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
        let refusal = fixture.refusal(&fixture.caller(0), fixture.dinner_with("k", &changes)).await;
        assert_eq!(refusal, (code.to_owned(), field.to_owned()), "{changes}");
    }
    assert_eq!(fixture.count().await, 0);
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn twenty_concurrent_requests_leave_one_unbroken_journal() {
    let fixture = Fixture::open().await;
    let many = (0..20).map(|number| fixture.create(number % 3, fixture.dinner(&format!("k{number}"))));
    futures::future::join_all(many).await;
    let head = fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (20, 20));
    assert_eq!(fixture.verified().await, 20);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_has_at_most_twenty_currencies() {
    let fixture = Fixture::open().await;
    let codes = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "ILS", "INR", "MXN", "NOK", "NZD", "PLN",
        "RON", "SEK", "THB", "USD", "ZAR",
    ];
    let dinner =
        |code: &str, key: &str| fixture.dinner_with(key, &json!({ "total": { "amount": "100.00", "currency": code } }));
    let (last, first) = codes.split_last().unwrap();
    for code in first {
        fixture.create(0, dinner(code, code)).await;
    }
    assert_eq!(fixture.refusal(&fixture.caller(0), dinner(last, last)).await.0, "LEDGER_FULL");
    fixture.create(0, dinner("EUR", "another")).await;
    assert_eq!(fixture.count().await, 21);
    fixture.subgraph.close().await;
}
