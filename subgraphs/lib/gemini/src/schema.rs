//! The schema of an answer, in the subset of `OpenAPI` that Gemini supports.
//!
//! Amounts are strings, so that no float is involved. The schema has no limits, because Gemini refuses schemas whose
//! `maxItems` add up to too much; [`crate::bounds`] checks all limits. All fields are required, because a missing field
//! would be ambiguous.

use serde_json::{Value, json};

/// The schema of the request. [`crate::answer`] parses answers of this structure.
pub(crate) fn schema() -> Value {
    object(&[
        ("description", nullable(string("What it was for, in a few words."))),
        ("total", nullable(object(&[("amount", decimal()), ("currency", string("Such as EUR."))]))),
        ("date", nullable(string("YYYY-MM-DD"))),
        ("category", nullable(choice(&reader::CATEGORIES))),
        ("payers", list(&object(&[("person", person()), ("amount", decimal())]))),
        ("split", nullable(split())),
        ("questions", list(&string("A sentence."))),
        ("guesses", list(&string("A sentence."))),
    ])
}

fn split() -> Value {
    let modes = ["EQUAL", "EXACT", "PERCENT", "WEIGHTS", "ADJUSTMENTS", "ITEMS"];
    let item = [("name", string("As on the receipt.")), ("amount", decimal()), ("people", list(&person()))];
    object(&[
        ("mode", choice(&modes)),
        ("people", list(&person())),
        ("shares", list(&object(&[("person", person()), ("value", decimal())]))),
        ("items", list(&object(&item))),
        ("tax", nullable(decimal())),
        ("tip", nullable(decimal())),
        ("discount", nullable(decimal())),
    ])
}

fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Value = fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "OBJECT", "properties": properties, "required": names, "propertyOrdering": names })
}

fn list(of: &Value) -> Value {
    json!({ "type": "ARRAY", "items": of })
}

fn string(description: &str) -> Value {
    json!({ "type": "STRING", "description": description })
}

fn choice(words: &[&str]) -> Value {
    json!({ "type": "STRING", "format": "enum", "enum": words })
}

fn decimal() -> Value {
    string("A plain decimal such as 12.50.")
}

fn person() -> Value {
    string("A key of people, such as p1.")
}

fn nullable(mut schema: Value) -> Value {
    schema["nullable"] = Value::Bool(true);
    schema
}
