//! Every split mode, and its preview.

use serde_json::{Value, json};

use crate::fixture::Fixture;

const PREVIEW: &str = "query($total: MoneyInput!, $split: SplitInput!) {
    previewSplit(total: $total, split: $split) { member { id } amount { amount currency } } }";

const ENTERED: &str = "query($id: ID!) { expense(id: $id) { splitInput { equal exact { memberId amount }
    percent { memberId percent } weights { memberId weight } adjustments { memberId amount }
    items { items { name amount memberIds } tax tip discount } } } }";

/// A split of each mode, of 100.00 EUR among the three users.
pub(crate) fn splits(fixture: &Fixture) -> Vec<(&'static str, Value)> {
    let id = |place: usize| fixture.member(place).to_string();
    let amounts = |name: &str, values: [&str; 3]| -> Value {
        (0..3).map(|place| json!({ "memberId": id(place), name: values[place] })).collect()
    };
    let items = json!([
        { "name": "Pizza", "amount": "60.00", "memberIds": [id(0), id(1)] },
        { "name": "Salad", "amount": "30.01", "memberIds": [id(2)] },
    ]);
    vec![
        ("EQUAL", json!({ "equal": [id(2), id(0), id(1)] })),
        ("EXACT", json!({ "exact": amounts("amount", ["50.00", "49.99", "0.01"]) })),
        ("PERCENT", json!({ "percent": amounts("percent", ["33.33", "33.33", "33.34"]) })),
        ("WEIGHTS", json!({ "weights": amounts("weight", ["1", "2.5", "0"]) })),
        ("ADJUSTMENTS", json!({ "adjustments": amounts("amount", ["10.00", "-5.00", "0.00"]) })),
        ("ITEMS", json!({ "items": { "items": items, "tip": "10.99", "tax": "0.50", "discount": "1.50" } })),
    ]
}

#[tokio::test]
async fn every_split_saves_what_its_preview_shows() {
    let fixture = Fixture::open().await;
    for (mode, split) in splits(&fixture) {
        let total = json!({ "amount": "100.00", "currency": "EUR" });
        let variables = json!({ "total": total, "split": split });
        let preview = fixture.subgraph.data(&fixture.caller(0), PREVIEW, variables).await["previewSplit"].take();
        let saved = fixture.create(0, fixture.dinner_with(mode, &json!({ "split": split }))).await;
        assert_eq!(saved["shares"], preview, "{mode}");
        assert_eq!(saved["splitMode"], mode);
    }
    fixture.subgraph.close().await;
}

/// Removes null fields from an object, recursively.
fn given(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), given(value)))
            .collect(),
        Value::Array(values) => values.iter().map(given).collect(),
        other => other.clone(),
    }
}

#[tokio::test]
async fn the_entered_split_is_returned_and_can_be_sent_again() {
    let fixture = Fixture::open().await;
    for (mode, split) in splits(&fixture) {
        let id = fixture.create(0, fixture.dinner_with(mode, &json!({ "split": split }))).await["id"].take();
        let shown = fixture.subgraph.data(&fixture.caller(0), ENTERED, json!({ "id": id })).await["expense"].take();
        let entered = given(&shown["splitInput"]);
        assert_eq!(entered, split, "{mode}");
        let again =
            fixture.create(0, fixture.dinner_with(&format!("{mode} again"), &json!({ "split": entered }))).await;
        assert_eq!(again["splitMode"], mode);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn odd_cents_rotate_among_the_members() {
    let fixture = Fixture::open().await;
    let mut odd_cents = [0; 3];
    for number in 0..9 {
        let saved = fixture.create(number % 3, fixture.dinner(&number.to_string())).await;
        for (place, share) in saved["shares"].as_array().unwrap().iter().enumerate() {
            odd_cents[place] += i32::from(share["amount"]["amount"] == "33.34");
        }
        // Expenses shared by other members do not affect the rotation.
        let two = json!({ "split": { "equal": [fixture.member(0).to_string(), fixture.member(1).to_string()] } });
        fixture.create(0, fixture.dinner_with(&format!("two {number}"), &two)).await;
    }
    assert_eq!(odd_cents, [3, 3, 3]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_refusal_names_the_difference_to_the_total() {
    let fixture = Fixture::open().await;
    let exact = json!([{ "memberId": fixture.member(0).to_string(), "amount": "80.00" }]);
    let input = fixture.dinner_with("k", &json!({ "split": { "exact": exact } }));
    let answer = fixture.subgraph.ask(&fixture.caller(0), crate::fixture::CREATE, json!({ "input": input })).await;
    let error = &answer["errors"][0];
    let facts = json!({
        "code": "SHARES_DO_NOT_ADD_UP", "field": "input.split",
        "reason": "SHARES_SUM", "sum": "80.00", "total": "100.00", "currency": "EUR",
    });
    assert_eq!(error["extensions"], facts);
    assert_eq!(error["message"], "80.00 of 100.00 EUR is assigned, 20.00 EUR is left.");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_split_has_exactly_one_mode() {
    let fixture = Fixture::open().await;
    let id = fixture.member(0).to_string();
    let both = json!({ "equal": [id], "exact": [{ "memberId": id, "amount": "100.00" }] });
    let with_null = json!({ "equal": [id], "exact": null });
    for split in [both, with_null, json!({})] {
        let refusal = fixture.refusal(&fixture.caller(0), fixture.dinner_with("k", &json!({ "split": split }))).await;
        assert_eq!(refusal.0, "VALIDATION", "{split}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_preview_needs_a_caller() {
    let fixture = Fixture::open().await;
    let (_, split) = splits(&fixture).remove(0);
    let variables = json!({ "total": { "amount": "1.00", "currency": "EUR" }, "split": split });
    assert_eq!(fixture.subgraph.code(&kit::Caller::anonymous(), PREVIEW, variables).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}
