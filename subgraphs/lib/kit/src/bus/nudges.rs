//! Nudges: every replica hears what moved, on a queue of its own that goes when it goes. A nudge
//! says where to look; it is never believed.

use std::time::Duration;

use contracts::{
    Envelope, GroupId,
    topology::{EVENTS, NUDGES},
};
use futures::StreamExt;
use lapin::{
    options::{BasicConsumeOptions, QueueDeclareOptions},
    types::FieldTable,
};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::link::{Bus, bind};
use crate::failure::{Failure, Outcome};

const AFTER_FAILURE: Duration = Duration::from_millis(250);

/// What to look at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// This group moved.
    Group(GroupId),
    /// Nudges were missed while the broker was away: anything may have moved.
    Everything,
}

/// Sends nudges to everyone in this process who listens, until told to stop; reconnects for ever.
pub async fn nudges(bus: &Bus, listeners: &broadcast::Sender<Nudge>, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            ended = listen(bus, listeners) => {
                if let Err(failure) = ended {
                    tracing::warn!(reason = failure.log_text(), "nudges stopped; they go on in a moment");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
            () = stop.cancelled() => return,
        }
    }
}

async fn listen(bus: &Bus, listeners: &broadcast::Sender<Nudge>) -> Outcome<()> {
    let link = bus.link().await;
    let own = QueueDeclareOptions { exclusive: true, auto_delete: true, ..QueueDeclareOptions::default() };
    let queue = link.channel.queue_declare("".into(), own, FieldTable::default()).await?;
    for key in NUDGES {
        bind(&link.channel, queue.name().as_str(), &bus.name(EVENTS), key).await?;
    }
    let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    let mut deliveries =
        link.channel.basic_consume(queue.name().clone(), "".into(), options, FieldTable::default()).await?;
    // Whatever moved while nobody listened is looked at now.
    let _ = listeners.send(Nudge::Everything);
    while let Some(delivery) = deliveries.next().await {
        let Ok(envelope) = serde_json::from_slice::<Envelope>(&delivery?.data) else { continue };
        if let Some(group) = envelope.event.group_id() {
            // Nobody listening is fine.
            let _ = listeners.send(Nudge::Group(group));
        }
    }
    Err(Failure::broken("the broker ended the delivery"))
}
