//! Calls every root field of a schema, so that authorisation tests also cover fields that are added later.

use std::{collections::BTreeMap, time::Duration};

use futures::StreamExt;
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::TestSubgraph;
use crate::{Caller, Subgraph};

/// The query for a schema, as [`calls`] needs it.
pub const FIELDS: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types {
    kind name enumValues { name } inputFields { name type { ...T } } fields { name type { ...T } args { name type { ...T } } }
} } } fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// How long a subscription is waited for that may have nothing to say, and what stands for its silence.
const FIRST_ANSWER: Duration = Duration::from_secs(2);
const SILENCE: &str = "SILENCE";

/// The depth of generated inputs.
const DEPTH: usize = 5;

/// A call of a root field with generated arguments: required ones only.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Such as `mutation create`.
    pub field: String,
    /// Whether it is a subscription.
    pub is_subscription: bool,
    /// The operation.
    pub query: String,
    /// Its variables.
    pub variables: Value,
}

/// Returns a call of each root field of a schema, the answer to [`FIELDS`], with this id wherever an id is required.
pub fn calls(schema: &Value, id: &str) -> Vec<Call> {
    let types: BTreeMap<&str, &Value> = list(&schema["types"]).map(|one| (text(&one["name"]), one)).collect();
    let roots = [("query", "queryType"), ("mutation", "mutationType"), ("subscription", "subscriptionType")];
    let calls = roots.iter().flat_map(|(operation, root)| {
        let root = schema[*root]["name"].as_str().and_then(|name| types.get(name));
        let fields = root.into_iter().flat_map(|root| list(&root["fields"]));
        let types = &types;
        fields.filter(|field| !text(&field["name"]).starts_with('_')).map(move |field| {
            let (query, variables) = call(types, operation, field, id);
            let is_subscription = *operation == "subscription";
            Call { field: format!("{operation} {}", text(&field["name"])), is_subscription, query, variables }
        })
    });
    calls.collect()
}

impl<S: Subgraph> TestSubgraph<S> {
    /// Calls every query, mutation and subscription with generated arguments: required ones only, with unknown ids.
    /// Returns the code of each response, `OK` or `SILENCE`, by a name such as `mutation create`.
    pub async fn access(&self, caller: &Caller) -> BTreeMap<String, String> {
        let schema = self.data(caller, FIELDS, json!({})).await["__schema"].take();
        let mut codes = BTreeMap::new();
        for Call { field, is_subscription, query, variables } in calls(&schema, &Uuid::now_v7().to_string()) {
            let code = if is_subscription {
                let mut answers = self.stream(caller, &query, variables);
                let first = timeout(FIRST_ANSWER, answers.next()).await;
                first.map_or_else(|_| SILENCE.to_owned(), |answer| code(&answer.expect("a first answer")))
            } else {
                code(&self.ask(caller, &query, variables).await)
            };
            codes.insert(field, code);
        }
        codes
    }

    /// Fails unless the schema has exactly these root fields, each with the codes for an anonymous caller and for a
    /// stranger.
    pub async fn verify_access(&self, stranger: &Caller, rows: &[(&str, &str, &str)]) {
        let (anonymous, strange) = (self.access(&Caller::anonymous()).await, self.access(stranger).await);
        let found = anonymous.iter().map(|(field, code)| (field.as_str(), code.as_str(), strange[field].as_str()));
        let found: Vec<_> = found.collect();
        let (added, missing): (Vec<_>, Vec<_>) = (
            found.iter().filter(|row| !rows.contains(row)).collect(),
            rows.iter().filter(|row| !found.contains(row)).collect(),
        );
        assert!(
            added.is_empty() && missing.is_empty(),
            "every root field needs a row. Found without a row: {added:#?}. Rows without such a field: {missing:#?}"
        );
    }
}

/// Returns a query that calls a field, and its variables.
fn call(types: &BTreeMap<&str, &Value>, operation: &str, field: &Value, id: &str) -> (String, Value) {
    let required: Vec<&Value> =
        list(&field["args"]).filter(|argument| argument["type"]["kind"] == "NON_NULL").collect();
    let name = |argument: &Value| text(&argument["name"]).to_owned();
    let variables: Map<String, Value> =
        required.iter().map(|argument| (name(argument), value(types, &argument["type"], id, DEPTH))).collect();
    let declared: Vec<_> =
        required.iter().map(|argument| format!("${}: {}", name(argument), written(&argument["type"]))).collect();
    let passed: Vec<_> = required.iter().map(|argument| format!("{0}: ${0}", name(argument))).collect();
    let around = |parts: &[String]| if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
    let selection = if is_leaf(&field["type"]) { "" } else { " { __typename }" };
    let query = format!("{operation}{} {{ {}{}{selection} }}", around(&declared), name(field), around(&passed));
    (query, Value::Object(variables))
}

/// Generates a valid value of a type; empty below the maximum depth.
fn value(types: &BTreeMap<&str, &Value>, kind: &Value, id: &str, depth: usize) -> Value {
    let name = kind["name"].as_str().unwrap_or_default();
    match text(&kind["kind"]) {
        "NON_NULL" => value(types, &kind["ofType"], id, depth),
        "LIST" => json!([value(types, &kind["ofType"], id, depth)]),
        "ENUM" => types[name]["enumValues"][0]["name"].clone(),
        "INPUT_OBJECT" if depth > 0 => {
            let fields: Vec<&Value> = list(&types[name]["inputFields"]).collect();
            let is_required = |field: &&&Value| field["type"]["kind"] == "NON_NULL";
            let required: Vec<&Value> = fields.iter().filter(is_required).copied().collect();
            // An input without required fields gets one field, because some inputs need exactly one.
            let given = if required.is_empty() { fields.into_iter().take(1).collect() } else { required };
            given
                .iter()
                .map(|field| (text(&field["name"]).to_owned(), value(types, &field["type"], id, depth - 1)))
                .collect()
        }
        "INPUT_OBJECT" => json!({}),
        _ => scalar(name, id),
    }
}

fn scalar(name: &str, id: &str) -> Value {
    match name {
        "Int" => json!(1),
        "Boolean" => json!(true),
        "ID" => json!(id),
        "CurrencyCode" => json!("EUR"),
        "Decimal" => json!("1.00"),
        "Date" => json!("2026-01-01"),
        "DateTime" => json!("2026-01-01T00:00:00Z"),
        _ => json!("something"),
    }
}

fn is_leaf(kind: &Value) -> bool {
    match text(&kind["kind"]) {
        "NON_NULL" | "LIST" => is_leaf(&kind["ofType"]),
        kind => matches!(kind, "SCALAR" | "ENUM"),
    }
}

/// Returns a type in GraphQL syntax.
fn written(kind: &Value) -> String {
    match text(&kind["kind"]) {
        "NON_NULL" => format!("{}!", written(&kind["ofType"])),
        "LIST" => format!("[{}]", written(&kind["ofType"])),
        _ => text(&kind["name"]).to_owned(),
    }
}

fn code(answer: &Value) -> String {
    match answer["errors"].as_array().and_then(|errors| errors.first()) {
        Some(error) => error["extensions"]["code"].as_str().unwrap_or("no code").to_owned(),
        None => "OK".to_owned(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
