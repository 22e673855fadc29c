//! Dead letters: what is in a dead-letter queue, and sending it to its consumer again.

use contracts::topology::Queue;
use lapin::{
    message::BasicGetMessage,
    options::{BasicAckOptions, BasicGetOptions},
    types::{AMQPValue, FieldTable, ShortString},
};
use serde_json::Value;

use super::{
    link::Bus,
    links::Part,
    publisher::{Publisher, properties},
};
use crate::failure::{Failure, Outcome};

/// The header with the reason why a message is a dead letter.
pub(super) const WHY: &str = "x-why";

/// A message that its consumer has given up.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadLetter {
    /// The id of the event; empty if it has none.
    pub id: String,
    /// Why it is one; empty if the broker has given it up, because its consumer never acknowledged it.
    pub reason: String,
    /// The envelope; `None` if it is no JSON.
    pub envelope: Option<Value>,
}

/// What becomes of a dead letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Kept,
    /// Its consumer gets it once more, with all its tries.
    Replayed,
}

impl Bus {
    /// Looks at each dead letter of a queue once. Each is sent anew before it is acknowledged, because a broker drops
    /// a message that is taken and put back too often; a crash in between leaves two copies of one.
    pub async fn dead_letters(&self, queue: &Queue, mut decide: impl FnMut(&DeadLetter) -> Fate) -> Outcome<()> {
        let (dead, work) = (self.dead_name(queue), self.name(queue.name));
        let link = self.connect(Part::Command).await?;
        let publisher = self.publisher_for(Part::Command).await;
        let mut left = None;
        while left != Some(0) {
            let Some(message) = link.channel.basic_get(dead.as_str().into(), BasicGetOptions::default()).await? else {
                return Ok(());
            };
            // Those that were there at first: the kept ones come again at the end.
            let length = left.unwrap_or(message.message_count + 1);
            left = Some(length - 1);
            let target = if decide(&letter(&message)) == Fate::Kept { &dead } else { &work };
            send_on(&publisher, &message, target).await?;
        }
        Ok(())
    }
}

async fn send_on(publisher: &Publisher, message: &BasicGetMessage, queue: &str) -> Outcome<()> {
    let mut headers = FieldTable::default();
    headers.insert(WHY.into(), AMQPValue::LongString(reason(message).into()));
    let properties = properties(&id(message)).with_headers(headers);
    if !publisher.send("", queue, &message.data, properties).await?.arrived().await {
        return Err(Failure::internal(format!("the broker does not take a message for {queue}")));
    }
    message.ack(BasicAckOptions::default()).await?;
    Ok(())
}

fn letter(message: &BasicGetMessage) -> DeadLetter {
    let envelope = serde_json::from_slice(&message.data).ok();
    DeadLetter { id: id(message), reason: reason(message), envelope }
}

fn id(message: &BasicGetMessage) -> String {
    message.properties.message_id().as_ref().map(ShortString::to_string).unwrap_or_default()
}

fn reason(message: &BasicGetMessage) -> String {
    let headers = message.properties.headers().as_ref();
    let why = headers.and_then(|headers| headers.inner().get(WHY)).and_then(AMQPValue::as_long_string);
    why.map(ToString::to_string).unwrap_or_default()
}
