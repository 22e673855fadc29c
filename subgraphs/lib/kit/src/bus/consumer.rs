//! Consuming: a message is acknowledged only after its effect is committed. A message that cannot be handled now waits
//! in a delay queue. A message that keeps failing goes to a dead-letter queue for people to inspect.

use std::{
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use contracts::{
    Envelope,
    envelope::AnyEvent,
    topology::{Queue, ReplayRequest, replay_queue},
};
use futures::{TryStreamExt, future::try_join_all};
use lapin::{
    BasicProperties, Channel,
    message::Delivery,
    options::{BasicAckOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions},
    types::{AMQPValue, FieldTable},
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, field::Empty, info_span};
use uuid::Uuid;

use super::{
    dead_letters::WHY,
    link::{Bus, Pause},
    links::Part,
    parked::Parked,
    publisher::{Publisher, properties},
};
use crate::{
    failure::{Failure, Outcome},
    keyed_locks::KeyedLocks,
    tasks::run_to_end,
    telemetry::metrics::{Counter, Timing},
};

/// The most unacknowledged messages of a consumer.
const PREFETCH: u16 = 16;
/// The least time between two parts of the messages that are handled together, so that a steady flow is not handled one
/// by one. The first message after a pause does not wait.
const GATHERED_FOR: Duration = Duration::from_millis(25);
/// How often an event may fail before it becomes a dead letter. Waiting for an unavailable dependency does not count.
const MAX_ATTEMPTS: i32 = 20;
/// The number of short pauses before the pauses become longer.
const SHORT_PAUSES: i32 = 10;
/// After how many waits for its predecessor an event makes the consumer request a replay; repeated at this interval.
const WAITS_BEFORE_REPLAY: i32 = 3;
const TRIED: &str = "x-tried";
const WAITED: &str = "x-waited";
const DEAD_LETTER: &str = "dead_letter";
const RECONNECT_DELAY: Duration = Duration::from_secs(1);

static HANDLED: LazyLock<Counter> = LazyLock::new(|| {
    let help = "Deliveries of events, by what became of them.";
    Counter::new("quits_events_handled_total", help, &["kind", "outcome"])
});
static HANDLING: LazyLock<Timing> =
    LazyLock::new(|| Timing::new("quits_event_handling_seconds", "How long handling an event took.", &["kind"]));

/// The outcome of handling an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// Its effect is committed, now or by an earlier delivery.
    Done,
    /// Its predecessor is missing; retry later.
    Later,
}

/// The handler of a consumer. It must be idempotent.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Commits the effect of the event.
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled>;

    /// How many events may be handled together; more than one only where the queue keeps their order.
    fn most_at_once(&self) -> usize {
        1
    }

    /// Commits the effects of several events, in their order; returns an outcome for each.
    async fn handle_all(&self, envelopes: &[Arc<Envelope>]) -> Vec<Outcome<Handled>> {
        let mut handled = Vec::new();
        for envelope in envelopes {
            handled.push(self.handle(envelope).await);
        }
        handled
    }

    /// Returns the first missing version of the event's stream, for an event that came too early.
    async fn first_missing(&self, _envelope: &Envelope) -> Outcome<i64> {
        Ok(1)
    }

    /// Commits what follows from an event that becomes a dead letter, so that nobody waits for its effect.
    async fn give_up(&self, _envelope: &Envelope) -> Outcome<()> {
        Ok(())
    }
}

/// Consumes a queue until cancelled; reconnects without limit.
pub async fn consume(bus: &Bus, queue: &Queue, handler: Arc<dyn Handler>, stop: &CancellationToken) {
    let parked = Parked::default();
    while !stop.is_cancelled() {
        tokio::select! {
            ended = consume_once(bus, queue, &handler, &parked) => {
                if let Err(failure) = ended {
                    tracing::warn!(queue = queue.name, reason = failure.log_text(), "consuming stopped; reconnecting");
                    tokio::time::sleep(RECONNECT_DELAY).await;
                }
            }
            () = stop.cancelled() => return,
        }
    }
}

async fn consume_once(bus: &Bus, queue: &Queue, handler: &Arc<dyn Handler>, parked: &Parked) -> Outcome<()> {
    let publisher = bus.publisher().await;
    let consumer = &Consumer { bus, queue, publisher, handler, streams: KeyedLocks::new(), parked };
    let link = bus.link(Part::Consumer).await;
    let at_once = handler.most_at_once();
    let prefetch = PREFETCH.max(u16::try_from(2 * at_once).map_err(Failure::internal)?);
    link.channel.basic_qos(prefetch, BasicQosOptions::default()).await?;
    let deliveries = start(&link.channel, &bus.name(queue.name)).await?.map_err(Failure::from);
    if at_once > 1 {
        let settle_all = |deliveries: Vec<Delivery>| async move {
            let (begun, is_full) = (tokio::time::Instant::now(), deliveries.len() == at_once);
            consumer.settle_all(deliveries).await?;
            if !is_full {
                tokio::time::sleep_until(begun + GATHERED_FOR).await;
            }
            Ok(())
        };
        // What arrives while a part is handled is the next part.
        deliveries.try_ready_chunks(at_once).map_err(|failed| failed.1).try_for_each(settle_all).await?;
    } else {
        let settle = |delivery: Delivery| async move { consumer.settle(&delivery).await };
        deliveries.try_for_each_concurrent(usize::from(PREFETCH), settle).await?;
    }
    Err(Failure::internal("the broker closed the consumer"))
}

async fn start(channel: &Channel, queue: &str) -> Outcome<lapin::Consumer> {
    let options = BasicConsumeOptions::default();
    Ok(channel.basic_consume(queue.into(), "".into(), options, FieldTable::default()).await?)
}

struct Consumer<'a> {
    bus: &'a Bus,
    queue: &'a Queue,
    publisher: Publisher,
    handler: &'a Arc<dyn Handler>,
    streams: KeyedLocks,
    parked: &'a Parked,
}

impl Consumer<'_> {
    /// Handles one delivery and acknowledges, delays or dead-letters it.
    async fn settle(&self, delivery: &Delivery) -> Outcome<()> {
        let Some((envelope, span)) = read(delivery) else { return self.settle_unreadable(delivery).await };
        // If order matters, handles one event of a stream at a time: locks are granted in the order of arrival.
        let _next = if self.queue.in_order { Some(self.streams.lock(envelope.subject).await) } else { None };
        let settling = async {
            let (handler, event, started) = (Arc::clone(self.handler), Arc::clone(&envelope), Instant::now());
            // A task of its own, so that the handler finishes even if the connection to the broker is lost.
            let handled = run_to_end(async move { handler.handle(&event).await }).await.flatten();
            self.settle_handled(delivery, &envelope, handled, started).await
        };
        settling.instrument(span).await
    }

    /// Handles deliveries together, except those that have failed before, which would fail the others with them.
    async fn settle_all(&self, deliveries: Vec<Delivery>) -> Outcome<()> {
        let (failed, fresh): (Vec<_>, Vec<_>) =
            deliveries.into_iter().partition(|delivery| number(delivery, TRIED) > 0);
        for delivery in failed {
            self.settle_together(vec![delivery]).await?;
        }
        if fresh.is_empty() { Ok(()) } else { self.settle_together(fresh).await }
    }

    /// Handles deliveries together, in their order, and acknowledges, delays or dead-letters each.
    async fn settle_together(&self, deliveries: Vec<Delivery>) -> Outcome<()> {
        let (mut events, mut envelopes) = (Vec::new(), Vec::new());
        for delivery in deliveries {
            match read(&delivery) {
                Some((envelope, span)) => {
                    envelopes.push(Arc::clone(&envelope));
                    events.push((delivery, envelope, span));
                }
                None => self.settle_unreadable(&delivery).await?,
            }
        }
        let (handler, started, count) = (Arc::clone(self.handler), Instant::now(), envelopes.len());
        let handled = run_to_end(async move { handler.handle_all(&envelopes).await }).await;
        let handled = handled.unwrap_or_else(|failure| vec![Err(failure); count]);
        let settled = events.iter().zip(handled).map(|((delivery, envelope, span), handled)| {
            self.settle_handled(delivery, envelope, handled, started).instrument(span.clone())
        });
        try_join_all(settled).await?;
        Ok(())
    }

    /// An event of an unknown kind waits until a newer version of this program is deployed.
    async fn settle_unreadable(&self, delivery: &Delivery) -> Outcome<()> {
        let key = delivery.routing_key.as_str();
        if serde_json::from_slice::<Envelope<AnyEvent>>(&delivery.data).is_ok() {
            tracing::error!(key, "an event of an unknown kind waits for a newer version of this program");
            HANDLED.count(&["unknown", "later"]);
            return self.wait(delivery, Pause::Long, number(delivery, TRIED), number(delivery, WAITED) + 1).await;
        }
        tracing::error!(key, "an unreadable event is dead-lettered");
        HANDLED.count(&["unknown", DEAD_LETTER]);
        self.dead_letter(delivery, "it is no event").await
    }

    async fn settle_handled(
        &self,
        delivery: &Delivery,
        envelope: &Envelope,
        handled: Outcome<Handled>,
        started: Instant,
    ) -> Outcome<()> {
        let (kind, id) = (envelope.event.kind(), envelope.id);
        HANDLING.record(&[kind], started.elapsed());
        tracing::info!(done = matches!(handled, Ok(Handled::Done)), "handled");
        let (tried, waited) = (number(delivery, TRIED), number(delivery, WAITED));
        let pause_after = |count| if count < SHORT_PAUSES { Pause::Short } else { Pause::Long };
        match handled {
            Ok(Handled::Done) => {
                HANDLED.count(&[kind, "done"]);
                acknowledge(delivery).await
            }
            Ok(Handled::Later) => {
                HANDLED.count(&[kind, "later"]);
                if waited % WAITS_BEFORE_REPLAY == WAITS_BEFORE_REPLAY - 1 {
                    self.request_replay(envelope).await?;
                }
                self.wait(delivery, pause_after(waited), tried, waited + 1).await
            }
            Err(failure) => {
                Span::current().record("otel.status_code", "ERROR");
                let reason = failure.log_text();
                tracing::warn!(%id, tried, waited, reason, "an event could not be handled");
                if failure.is_unavailable() {
                    HANDLED.count(&[kind, "unavailable"]);
                    return self.wait(delivery, pause_after(waited), tried, waited + 1).await;
                }
                if tried >= MAX_ATTEMPTS {
                    return self.give_up(delivery, envelope, reason).await;
                }
                HANDLED.count(&[kind, "failed"]);
                self.wait(delivery, pause_after(tried), tried + 1, waited).await
            }
        }
    }

    async fn give_up(&self, delivery: &Delivery, envelope: &Envelope, reason: String) -> Outcome<()> {
        let (kind, id) = (envelope.event.kind(), envelope.id);
        if let Err(failure) = self.handler.give_up(envelope).await {
            tracing::warn!(%id, reason = failure.log_text(), "giving up an event failed; trying again");
            return self.wait(delivery, Pause::Long, number(delivery, TRIED), number(delivery, WAITED) + 1).await;
        }
        HANDLED.count(&[kind, DEAD_LETTER]);
        tracing::error!(%id, "an event is a dead letter after {MAX_ATTEMPTS} tries");
        self.dead_letter(delivery, &reason).await
    }

    /// Requests a replay of the missing events before one that came too early.
    async fn request_replay(&self, envelope: &Envelope) -> Outcome<()> {
        if !self.parked.may_request_replay(envelope.subject) {
            return Ok(());
        }
        let Ok(from_version) = self.handler.first_missing(envelope).await else { return Ok(()) };
        let (stream, before_version) = (envelope.subject, envelope.version);
        tracing::error!(%stream, from_version, before_version, "events are missing; requesting a replay");
        let request = serde_json::to_vec(&ReplayRequest { stream, from_version, before_version })?;
        let queue = self.bus.name(&replay_queue(&envelope.source));
        // The queue does not exist while its publisher has never run; the next delivery tries again.
        let sent = self.publisher.send("", &queue, &request, properties(&Uuid::new_v4().to_string())).await?;
        let _ = sent.arrived().await;
        Ok(())
    }

    /// Publishes a copy to a delay queue, unless one waits there already.
    async fn wait(&self, delivery: &Delivery, pause: Pause, tried: i32, waited: i32) -> Outcome<()> {
        let (id, since) = (message_id(delivery), Instant::now());
        if self.parked.holds(id) {
            return acknowledge(delivery).await;
        }
        let mut headers = FieldTable::default();
        headers.insert(TRIED.into(), AMQPValue::LongInt(tried));
        headers.insert(WAITED.into(), AMQPValue::LongInt(waited));
        let expiration = pause.duration().as_millis().to_string();
        let properties = properties(id).with_headers(headers).with_expiration(expiration.into());
        if self.transfer(delivery, &self.bus.pause_name(self.queue, pause), properties).await? && !id.is_empty() {
            self.parked.park(id, since, pause.duration());
        }
        Ok(())
    }

    /// Publishes a copy to the dead-letter queue, with the reason.
    async fn dead_letter(&self, delivery: &Delivery, reason: &str) -> Outcome<()> {
        let mut headers = FieldTable::default();
        headers.insert(WHY.into(), AMQPValue::LongString(reason.into()));
        let properties = properties(message_id(delivery)).with_headers(headers);
        self.transfer(delivery, &self.bus.dead_name(self.queue), properties).await.map(drop)
    }

    /// Publishes a copy to another queue, and acknowledges the original only after that is confirmed. Returns whether
    /// it was.
    async fn transfer(&self, delivery: &Delivery, queue: &str, properties: BasicProperties) -> Outcome<bool> {
        let arrived = self.publisher.send("", queue, &delivery.data, properties).await?.arrived().await;
        if arrived {
            acknowledge(delivery).await?;
        } else {
            delivery.nack(BasicNackOptions { requeue: true, ..BasicNackOptions::default() }).await?;
        }
        Ok(arrived)
    }
}

/// Returns the event of a delivery and the span in which it is handled; `None` if it cannot be read.
fn read(delivery: &Delivery) -> Option<(Arc<Envelope>, Span)> {
    let mut envelope = serde_json::from_slice::<Envelope>(&delivery.data).ok()?;
    let (trace_id, kind, id) = (envelope.traceparent.id(), envelope.event.kind(), envelope.id);
    let span = info_span!("handle", otel.kind = "consumer", otel.status_code = Empty, trace_id, kind, %id);
    envelope.traceparent = envelope.traceparent.within(&span);
    Some((Arc::new(envelope), span))
}

fn message_id(delivery: &Delivery) -> &str {
    delivery.properties.message_id().as_ref().map_or("", |id| id.as_str())
}

async fn acknowledge(delivery: &Delivery) -> Outcome<()> {
    delivery.ack(BasicAckOptions::default()).await?;
    Ok(())
}

fn number(delivery: &Delivery, header: &str) -> i32 {
    let headers = delivery.properties.headers().as_ref();
    headers.and_then(|headers| headers.inner().get(header)).and_then(AMQPValue::as_long_int).unwrap_or(0)
}
