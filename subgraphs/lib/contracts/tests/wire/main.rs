//! Every event that was ever published can be read: journals and queues keep them for good. Each file is one message,
//! `<kind>.json` in its present form and `<kind>.<variant>.json` in another or an older one. A file is never changed
//! or removed after a release; a change of a kind adds one.
//!
//! `schema/events.asyncapi.yaml` is made of them: `QUITS_WRITE=1 cargo test -p contracts --test wire` writes it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests panic on failure")]

mod asyncapi;

use std::{collections::BTreeMap, fs, path::Path};

use contracts::{Envelope, Event, envelope::AnyEvent};
use serde_json::{Value, json};

/// Returns the messages by the name of their file, without its ending.
fn messages() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let message = |path: &Path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    files.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), message(&path))).collect()
}

/// Returns every kind that consumers know: serde names them when it meets another.
fn kinds() -> Vec<String> {
    let refused = serde_json::from_value::<Event>(json!({ "type": "?", "data": {} })).unwrap_err().to_string();
    let (_, expected) = refused.split_once("expected one of ").unwrap();
    expected.split('`').filter(|part| part.contains('.')).map(str::to_owned).collect()
}

#[test]
fn every_published_event_is_read_and_written_as_it_was() {
    for (name, message) in messages() {
        let envelope: Envelope =
            serde_json::from_value(message.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(name.starts_with(envelope.event.kind()), "{name}");
        let written = serde_json::to_value(&envelope).unwrap();
        assert_eq!(written, message, "{name}");
        // A relay forwards what it does not know.
        let forwarded: Envelope<AnyEvent> = serde_json::from_value(message.clone()).unwrap();
        assert_eq!(serde_json::to_value(&forwarded).unwrap(), message, "{name}");
    }
}

#[test]
fn every_kind_has_a_message() {
    let messages = messages();
    let kinds = kinds();
    assert!(kinds.len() > 50, "{kinds:?}");
    for kind in kinds {
        assert!(messages.contains_key(&kind), "tests/wire/{kind}.json is missing");
    }
}

#[test]
fn what_is_new_in_a_message_is_ignored() {
    for (name, mut message) in messages() {
        message["data"]["added_later"] = json!(true);
        message["addedlater"] = json!("x");
        assert!(serde_json::from_value::<Envelope>(message).is_ok(), "{name}");
    }
}

#[test]
fn the_description_of_the_events_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../schema/events.asyncapi.yaml");
    let described = asyncapi::document(&messages());
    if std::env::var_os("QUITS_WRITE").is_some() {
        fs::write(&path, &described).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == described, "QUITS_WRITE=1 cargo test -p contracts --test wire");
}
