//! Sample people, questions and valid answers.

use chrono::NaiveDate;
use money::{Amount, Currency};
use reader::Question;
use serde_json::{Value, json};

pub(crate) const PEOPLE: [&str; 3] = ["Ada", "Ben", "Zoë"];

pub(crate) fn euro() -> Currency {
    Currency::from_code("EUR").unwrap()
}

pub(crate) fn euros(minor: i64) -> Amount {
    Amount::new(minor, euro())
}

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A question of Ben, on Sunday 2026-11-22.
pub(crate) fn question(text: &str) -> Question<'_> {
    Question { text, people: &PEOPLE, speaker: 1, currency: euro(), today: day(22), total: None }
}

/// An answer: a pizza for 30.00 that Ben paid, with this split.
pub(crate) fn pizza(split: &Value) -> Value {
    json!({
        "description": "Pizza",
        "total": { "amount": "30.00", "currency": "EUR" },
        "date": "2026-11-21",
        "category": "dining",
        "payers": [{ "person": "p2", "amount": "30.00" }],
        "split": split,
        "questions": [],
        "guesses": [],
    })
}

/// A split with a mode and empty lists.
pub(crate) fn bare(mode: &str) -> Value {
    json!({
        "mode": mode, "people": [], "shares": [], "items": [], "tax": null, "tip": null, "discount": null,
    })
}

/// A split with one value for each of the three people.
pub(crate) fn shares(mode: &str, values: [&str; 3]) -> Value {
    let mut split = bare(mode);
    let keys = ["p1", "p2", "p3"];
    split["shares"] = keys.iter().zip(values).map(|(key, value)| json!({ "person": key, "value": value })).collect();
    split
}

/// An equal split among these people.
pub(crate) fn equal(people: &[&str]) -> Value {
    let mut split = bare("EQUAL");
    split["people"] = json!(people);
    split
}

/// A split by items: a pizza, a salad, tax, tip and a discount.
pub(crate) fn items() -> Value {
    let mut split = bare("ITEMS");
    split["items"] = json!([
        { "name": "Pizza", "amount": "20.00", "people": ["p1", "p2"] },
        { "name": "Salad", "amount": "8.00", "people": ["p3"] },
    ]);
    (split["tax"], split["tip"], split["discount"]) = (json!("1.00"), json!("2.00"), json!("1"));
    split
}

/// A valid answer for each mode, followed by two incomplete ones.
pub(crate) fn right_answers() -> Vec<Value> {
    let mut unknown = pizza(&equal(&["p1", "p3"]));
    for field in ["description", "total", "date", "category"] {
        unknown[field] = Value::Null;
    }
    unknown["payers"] = json!([]);
    unknown["questions"] = json!(["How much was it?"]);
    let mut several = pizza(&Value::Null);
    several["payers"] = json!([{ "person": "p1", "amount": "10.01" }, { "person": "p3", "amount": "19.99" }]);
    several["guesses"] = json!(["Everybody takes part."]);
    let mut answers: Vec<_> = [
        equal(&["p1", "p2", "p3"]),
        shares("EXACT", ["12.50", "17.5", "0"]),
        shares("PERCENT", ["33.33", "33.33", "33.34"]),
        shares("WEIGHTS", ["2", "1", "0.5"]),
        shares("ADJUSTMENTS", ["5.00", "-2", "0"]),
        items(),
    ]
    .iter()
    .map(pizza)
    .collect();
    answers.extend([unknown, several]);
    answers
}
