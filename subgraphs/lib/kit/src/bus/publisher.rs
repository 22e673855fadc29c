//! Publishing: an event counts as published only when the broker has confirmed it.

use std::time::Duration;

use contracts::{
    Envelope,
    envelope::{AnyEvent, MEDIA_TYPE},
    topology::{EVENTS, WholeReplayRequest, replay_queue},
};
use lapin::{
    BasicProperties, PublisherConfirm,
    options::{BasicPublishOptions, ConfirmSelectOptions},
};
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    link::{Bus, Link},
    links::Part,
};
use crate::failure::Outcome;

/// The delivery mode of persistent messages.
const PERSISTENT: u8 = 2;

/// The timeout for the confirm of a message.
const CONFIRM: Duration = Duration::from_secs(10);

/// A channel in confirm mode.
pub struct Publisher {
    link: Link,
    exchange: String,
}

/// The pending confirm of a message.
pub struct Confirm(PublisherConfirm);

impl Bus {
    /// Opens a channel for publishing; retries without limit.
    pub async fn publisher(&self) -> Publisher {
        self.publisher_for(Part::Publisher).await
    }

    pub(super) async fn publisher_for(&self, part: Part) -> Publisher {
        loop {
            let link = self.link(part).await;
            match link.channel.confirm_select(ConfirmSelectOptions::default()).await {
                Ok(()) => return Publisher { link, exchange: self.name(EVENTS) },
                Err(error) => tracing::warn!(%error, "the channel cannot be put into confirm mode; trying again"),
            }
        }
    }
}

impl Publisher {
    /// Whether the connection is open. While nothing is sent, a broken one is noticed only by its missing heartbeats.
    pub(crate) fn is_open(&self) -> bool {
        self.link.channel.status().connected()
    }

    /// Sends an event; it counts as published only after the confirm.
    pub async fn publish(&self, envelope: &Envelope) -> Outcome<Confirm> {
        let body = serde_json::to_vec(envelope)?;
        let kind = envelope.event.kind();
        self.send(&self.exchange, kind, &body, properties(&envelope.id.to_string())).await
    }

    /// Asks the publisher of a source for its whole journal; false if there is none, or the broker does not take it.
    pub async fn request_whole_replay(&self, bus: &Bus, source: &str) -> Outcome<bool> {
        let (queue, body) = (bus.name(&replay_queue(source)), serde_json::to_vec(&WholeReplayRequest::WholeJournal)?);
        Ok(self.send("", &queue, &body, properties(&Uuid::new_v4().to_string())).await?.arrived().await)
    }

    /// Sends an event of any kind unchanged; it counts as published only after the confirm.
    pub(crate) async fn publish_any(&self, envelope: &Envelope<AnyEvent>) -> Outcome<Confirm> {
        let body = serde_json::to_vec(envelope)?;
        self.send(&self.exchange, &envelope.event.kind, &body, properties(&envelope.id.to_string())).await
    }

    pub(super) async fn send(
        &self,
        exchange: &str,
        key: &str,
        body: &[u8],
        properties: BasicProperties,
    ) -> Outcome<Confirm> {
        let mandatory = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let channel = &self.link.channel;
        let confirm = channel.basic_publish(exchange.into(), key.into(), mandatory, body, properties).await?;
        Ok(Confirm(confirm))
    }
}

impl Confirm {
    /// Waits for the confirm; returns whether the broker has stored the message.
    pub async fn arrived(self) -> bool {
        // A message that is acknowledged but also returned was not routed to any queue.
        timeout(CONFIRM, self.0).await.is_ok_and(|confirmed| {
            confirmed.is_ok_and(|confirmation| confirmation.is_ack() && confirmation.take_message().is_none())
        })
    }
}

/// Returns the properties of a persistent message with this id.
pub(super) fn properties(id: &str) -> BasicProperties {
    BasicProperties::default()
        .with_content_type(MEDIA_TYPE.into())
        .with_delivery_mode(PERSISTENT)
        .with_message_id(id.into())
}
