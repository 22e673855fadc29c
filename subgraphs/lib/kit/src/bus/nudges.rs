//! Nudges: every replica receives events on an exclusive queue that is deleted with its connection. A nudge only says
//! where to look again; its content is not trusted.

use std::time::Duration;

use contracts::{Envelope, topology::EVENTS};
use futures::StreamExt;
use lapin::{
    options::{BasicConsumeOptions, QueueDeclareOptions},
    types::FieldTable,
};
use tokio::{
    sync::broadcast::{
        Receiver, Sender,
        error::{RecvError, TryRecvError},
    },
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    link::{Bus, bind},
    links::Part,
};
use crate::failure::{Failure, Outcome};

const AFTER_FAILURE: Duration = Duration::from_millis(250);

/// The most nudges that are buffered for a slow subscriber; beyond that it has to look at everything again.
const BUFFERED: usize = 1_024;

/// What to look at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nudge {
    /// This stream has changed.
    Stream(Uuid),
    /// Nudges may have been lost while the broker was unreachable, so any stream may have changed.
    Everything,
}

/// Distributes nudges to the subscribers in this process.
#[derive(Clone)]
pub struct Nudges {
    sender: Sender<Nudge>,
    about: fn(&Envelope) -> Vec<Uuid>,
}

/// A subscriber that waits for the next reason to look at a stream: a nudge or a heartbeat.
pub struct Watch {
    stream: Uuid,
    nudges: Receiver<Nudge>,
    heartbeat: Interval,
}

impl Nudges {
    /// Creates a distributor without subscribers.
    #[allow(clippy::new_without_default, reason = "it opens a channel and is not a plain value")]
    pub fn new() -> Self {
        Self::about(|envelope| vec![envelope.subject])
    }

    /// Creates a distributor for events that change other things than their stream.
    pub fn about(about: fn(&Envelope) -> Vec<Uuid>) -> Self {
        Self { sender: Sender::new(BUFFERED), about }
    }

    /// Receives events with these routing keys until cancelled; reconnects without limit.
    pub async fn listen(&self, bus: &Bus, keys: &[&str], stop: &CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                ended = self.listen_once(bus, keys) => {
                    if let Err(failure) = ended {
                        tracing::warn!(reason = failure.log_text(), "nudges stopped; reconnecting");
                        tokio::time::sleep(AFTER_FAILURE).await;
                    }
                }
                () = stop.cancelled() => return,
            }
        }
    }

    async fn listen_once(&self, bus: &Bus, keys: &[&str]) -> Outcome<()> {
        let link = bus.link(Part::Nudges).await;
        let own = QueueDeclareOptions { exclusive: true, auto_delete: true, ..QueueDeclareOptions::default() };
        let queue = link.channel.queue_declare("".into(), own, FieldTable::default()).await?;
        for key in keys {
            bind(&link.channel, queue.name().as_str(), &bus.name(EVENTS), key).await?;
        }
        let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        let mut deliveries =
            link.channel.basic_consume(queue.name().clone(), "".into(), options, FieldTable::default()).await?;
        // Changes may have been missed while there was no connection.
        self.send(Nudge::Everything);
        while let Some(delivery) = deliveries.next().await {
            let Ok(envelope) = serde_json::from_slice::<Envelope>(&delivery?.data) else { continue };
            for moved in (self.about)(&envelope) {
                self.send(Nudge::Stream(moved));
            }
        }
        Err(Failure::internal("the broker closed the consumer"))
    }

    /// Subscribes to a stream from now on, with a heartbeat at this interval.
    pub fn watch(&self, stream: Uuid, period: Duration) -> Watch {
        let mut heartbeat = interval_at(Instant::now() + period, period);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Watch { stream, nudges: self.sender.subscribe(), heartbeat }
    }

    /// It is fine if there are no subscribers.
    fn send(&self, nudge: Nudge) {
        let _ = self.sender.send(nudge);
    }
}

impl Watch {
    /// Waits for a reason to look again; returns whether the stream may have changed.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            () = nudged(&mut self.nudges, self.stream) => true,
            _ = self.heartbeat.tick() => false,
        }
    }

    /// Drops the nudges received so far: the next look is newer than all of them.
    pub fn drain(&mut self) {
        while let Ok(_) | Err(TryRecvError::Lagged(_)) = self.nudges.try_recv() {}
    }

    /// Sets the next heartbeat to an earlier time.
    pub fn again_after(&mut self, pause: Duration) {
        self.heartbeat.reset_after(pause);
    }
}

/// Waits for a nudge that may concern this stream.
async fn nudged(nudges: &mut Receiver<Nudge>, stream: Uuid) {
    loop {
        match nudges.recv().await {
            Ok(Nudge::Stream(other)) if other != stream => {}
            // A lagging subscriber has missed nudges.
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
