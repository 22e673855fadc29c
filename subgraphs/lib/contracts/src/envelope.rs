//! The message format on the broker: an event in a CloudEvents 1.0 envelope, structured JSON
//! (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{Event, Timestamp, Trace, UserId};

/// The media type of a serialized envelope.
pub const MEDIA_TYPE: &str = "application/cloudevents+json";

/// An event with its source and its position in its stream. Code that only forwards events need not know their kinds:
/// it uses envelopes of [`AnyEvent`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<E = Event> {
    specversion: SpecVersion,
    /// The id of its journal entry: the same for every delivery of the event.
    pub id: Uuid,
    /// The service whose journal it is from, such as `expenses`.
    pub source: String,
    /// The stream within that journal: the id of a group or an account.
    pub subject: Uuid,
    /// When it happened; strictly later than the previous event of its stream.
    pub time: Timestamp,
    /// Its position in its stream: 1, 2, 3 and so on, without gaps.
    #[serde(rename = "streamversion")]
    pub version: i64,
    /// The person who caused it; `None` if a service did so by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// The trace of the request that caused it.
    pub traceparent: Trace,
    /// The event.
    #[serde(flatten)]
    pub event: E,
}

/// An event of any kind, including kinds that this program does not know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnyEvent {
    /// The kind with its version, such as `expense.created.v1`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The payload.
    pub data: Value,
}

/// The supported versions of CloudEvents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpecVersion {
    /// CloudEvents 1.0.
    #[default]
    #[serde(rename = "1.0")]
    V1,
}

impl<E> Envelope<E> {
    /// Wraps the event of a journal entry.
    pub fn new(id: Uuid, source: &str, place: Place, actor: Option<UserId>, traceparent: Trace, event: E) -> Self {
        let Place { stream, version, at } = place;
        let source = source.to_owned();
        Self { specversion: SpecVersion::V1, id, source, subject: stream, time: at, version, actor, traceparent, event }
    }
}

/// The position of an event: its stream, its version and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The stream: the id of a group or an account.
    pub stream: Uuid,
    /// The position in the stream, from 1.
    pub version: i64,
    /// The time of the event.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::UserFacts;

    #[test]
    fn it_is_serialized_as_a_cloud_event() {
        let user_id = UserId::new();
        let event = Event::UserRegistered(UserFacts { user_id, name: "Ada".to_owned() });
        let place = Place { stream: user_id.0, version: 1, at: Timestamp::EPOCH };
        let envelope = Envelope::new(Uuid::now_v7(), "users", place, Some(user_id), Trace::start(), event);

        let written = serde_json::to_value(&envelope).unwrap();

        assert_eq!(written["specversion"], "1.0");
        assert_eq!(written["type"], "user.registered.v1");
        assert_eq!(written["source"], "users");
        assert_eq!(written["subject"], user_id.to_string());
        assert_eq!(written["data"]["name"], "Ada");
        assert_eq!(serde_json::from_value::<Envelope>(written).unwrap(), envelope);
    }
}
