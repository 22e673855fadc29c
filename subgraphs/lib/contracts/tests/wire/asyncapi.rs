//! The description of all events as `AsyncAPI` 3.0 (<https://www.asyncapi.com/docs/reference/specification/v3.0.0>), in
//! YAML. Its examples and the schemas of the payloads come from the messages, its texts from the comments in the code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use contracts::{
    envelope::MEDIA_TYPE,
    topology::{EVENTS, QUEUES},
};
use serde_json::{Map, Value, json};

const EVENT_SOURCE: &str = include_str!("../../src/event/mod.rs");
const INFO: &str = include_str!("asyncapi-head.yaml");

/// Returns the document.
pub(crate) fn document(messages: &BTreeMap<String, Value>) -> String {
    let mut kinds: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for message in messages.values() {
        kinds.entry(message["type"].as_str().unwrap()).or_default().push(message);
    }
    let mut text = INFO.replace("{exchange}", EVENTS).replace("{media_type}", MEDIA_TYPE);
    text.push_str("channels:\n");
    for kind in kinds.keys() {
        let parts = [
            format!("  {kind}:"),
            format!("    address: {kind}"),
            "    bindings: { $ref: '#/components/channelBindings/events' }".to_owned(),
            format!("    messages: {{ {kind}: {{ $ref: '#/components/messages/{kind}' }} }}"),
        ];
        push(&mut text, &parts);
    }
    text.push_str("operations:\n");
    for (kind, examples) in &kinds {
        let mut users = vec![("publishes", examples[0]["source"].as_str().unwrap(), "send")];
        let consumers = QUEUES.iter().filter(|queue| queue.bindings.iter().any(|binding| matches(binding, kind)));
        users.extend(consumers.map(|queue| ("consumes", queue.name, "receive")));
        for (verb, who, action) in users {
            let parts = [
                format!("  {who}.{verb}.{kind}:"),
                format!("    action: {action}"),
                format!("    channel: {{ $ref: '#/channels/{kind}' }}"),
            ];
            push(&mut text, &parts);
        }
    }
    text.push_str("components:\n");
    let exchange = json!({ "name": EVENTS, "type": "topic", "durable": true });
    let mut binding = json!({ "amqp": { "is": "routingKey", "exchange": exchange } });
    binding.sort_all_objects();
    push(&mut text, &["  channelBindings:".to_owned(), format!("    events: {binding}")]);
    text.push_str("  messages:\n");
    for (kind, examples) in &kinds {
        message(&mut text, kind, examples);
    }
    text
}

fn push(text: &mut String, lines: &[String]) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

fn message(text: &mut String, kind: &str, examples: &[&Value]) {
    // In a build of the whole workspace objects keep the order in which they were made.
    let mut envelopes: Vec<Value> = examples.iter().map(|example| (*example).clone()).collect();
    envelopes.iter_mut().for_each(Value::sort_all_objects);
    let mut schema = schema(&envelopes.iter().collect::<Vec<_>>());
    schema["properties"]["type"] = json!({ "const": kind });
    schema.sort_all_objects();
    let lines = [
        format!("    {kind}:"),
        format!("      name: {kind}"),
        format!("      summary: {}", json!(comment(kind))),
        format!("      contentType: {MEDIA_TYPE}"),
        format!("      payload: {schema}"),
        "      examples:".to_owned(),
    ];
    push(text, &lines);
    for example in envelopes {
        writeln!(text, "        - payload: {example}").unwrap();
    }
}

/// Returns the comment of a kind of event in the code.
fn comment(kind: &str) -> String {
    let (before, _) = EVENT_SOURCE.split_once(&format!("#[serde(rename = \"{kind}\")]")).expect("an event of the code");
    let lines = before.trim_end().lines().rev().map_while(|line| line.trim().strip_prefix("/// "));
    let mut lines: Vec<&str> = lines.collect();
    lines.reverse();
    lines.join(" ")
}

/// Returns the JSON schema that these values have in common.
fn schema(values: &[&Value]) -> Value {
    let mut types: Vec<&str> = values.iter().map(|value| type_of(value)).collect();
    types.sort_unstable();
    types.dedup();
    let types = if let [one] = types[..] { json!(one) } else { json!(types) };
    let mut schema = json!({ "type": types });
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
    if !objects.is_empty() {
        let names: BTreeSet<&String> = objects.iter().flat_map(|object| object.keys()).collect();
        let required: Vec<&&String> =
            names.iter().filter(|name| objects.iter().all(|object| object.contains_key(**name))).collect();
        schema["required"] = json!(required);
        let property = |name: &&String| {
            let values: Vec<&Value> = objects.iter().filter_map(|object| object.get(*name)).collect();
            ((*name).clone(), self::schema(&values))
        };
        schema["properties"] = Value::Object(names.iter().map(property).collect());
    }
    let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
    if !items.is_empty() {
        schema["items"] = self::schema(&items);
    }
    schema
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether a binding key of a topic exchange takes this routing key.
fn matches(binding: &str, kind: &str) -> bool {
    let (mut words, mut kinds) = (binding.split('.'), kind.split('.'));
    loop {
        match (words.next(), kinds.next()) {
            (Some("#"), _) | (None, None) => return true,
            (Some(word), Some(kind)) if word == "*" || word == kind => {}
            _ => return false,
        }
    }
}

#[test]
fn bindings_are_matched_like_the_broker_does() {
    assert!(
        matches("#", "draft.read.v1")
            && matches("draft.#", "draft.read.v1")
            && matches("draft.read.*", "draft.read.v1")
    );
    assert!(!matches("draft.*", "draft.read.v1") && !matches("user.#", "draft.read.v1"));
}
