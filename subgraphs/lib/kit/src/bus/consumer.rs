//! Consuming: a message is acknowledged only after its effect is committed. What cannot be done now
//! waits in a retry queue; what can never be done ends in a queue that people look at.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use contracts::{Envelope, topology::Queue};
use futures::TryStreamExt;
use lapin::{
    Channel,
    message::Delivery,
    options::{BasicAckOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions},
    types::{AMQPValue, FieldTable},
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, field::Empty, info_span};

use super::{
    link::Bus,
    publisher::{Publisher, properties},
};
use crate::{
    failure::{Failure, Outcome},
    telemetry::metrics::{Counter, Timing},
};

/// How many messages a consumer holds at a time.
const PREFETCH: u16 = 16;
/// How often a message is tried, a second apart, before it becomes a dead letter.
const TRIES: i32 = 120;
const TRIED: &str = "x-tried";
const DEAD_LETTER: &str = "dead_letter";
const AFTER_FAILURE: Duration = Duration::from_secs(1);

static HANDLED: LazyLock<Counter> = LazyLock::new(|| {
    let help = "Deliveries of events, by what became of them.";
    Counter::new("quits_events_handled_total", help, &["kind", "outcome"])
});
static HANDLING: LazyLock<Timing> =
    LazyLock::new(|| Timing::new("quits_event_handling_seconds", "How long handling an event took.", &["kind"]));

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// Its effect is committed, now or before.
    Done,
    /// Something before it is missing; try again.
    Later,
}

/// What a consumer does with an event. The same event a second time must change nothing.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Commits the effect of the event.
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled>;
}

/// Consumes a queue until told to stop; reconnects for ever.
pub async fn consume(bus: &Bus, queue: &Queue, handler: &dyn Handler, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            ended = consume_once(bus, queue, handler) => {
                if let Err(failure) = ended {
                    tracing::warn!(queue = queue.name, reason = failure.log_text(), "consuming stopped; it goes on in a moment");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
            () = stop.cancelled() => return,
        }
    }
}

async fn consume_once(bus: &Bus, queue: &Queue, handler: &dyn Handler) -> Outcome<()> {
    let retries = &Retries { publisher: bus.publisher().await, queue: bus.retry_name(queue) };
    let link = bus.link().await;
    link.channel.basic_qos(PREFETCH, BasicQosOptions::default()).await?;
    let deliveries = start(&link.channel, &bus.name(queue.name)).await?;
    // Where order does not matter, what takes long holds nothing else up.
    let at_once = if queue.in_order { 1 } else { usize::from(PREFETCH) };
    let settle = |delivery: Delivery| async move { retries.settle(&delivery, handler).await };
    deliveries.map_err(Failure::from).try_for_each_concurrent(at_once, settle).await?;
    Err(Failure::internal("the broker ended the delivery"))
}

async fn start(channel: &Channel, queue: &str) -> Outcome<lapin::Consumer> {
    let options = BasicConsumeOptions::default();
    Ok(channel.basic_consume(queue.into(), "".into(), options, FieldTable::default()).await?)
}

struct Retries {
    publisher: Publisher,
    queue: String,
}

impl Retries {
    /// Handles one delivery and tells the broker what became of it.
    async fn settle(&self, delivery: &Delivery, handler: &dyn Handler) -> Outcome<()> {
        let Ok(mut envelope) = serde_json::from_slice::<Envelope>(&delivery.data) else {
            tracing::error!(key = delivery.routing_key.as_str(), "an event that cannot be read is a dead letter");
            HANDLED.count(&["unknown", DEAD_LETTER]);
            return dead_letter(delivery).await;
        };
        let (trace_id, kind, id) = (envelope.traceparent.id(), envelope.event.kind(), envelope.id);
        let span = info_span!("handle", otel.kind = "consumer", otel.status_code = Empty, trace_id, kind, %id);
        envelope.traceparent = envelope.traceparent.within(&span);
        self.settle_event(delivery, &envelope, handler).instrument(span).await
    }

    async fn settle_event(&self, delivery: &Delivery, envelope: &Envelope, handler: &dyn Handler) -> Outcome<()> {
        let (kind, started) = (envelope.event.kind(), Instant::now());
        let handled = handler.handle(envelope).await;
        HANDLING.record(&[kind], started.elapsed());
        tracing::info!(done = matches!(handled, Ok(Handled::Done)), "handled");
        if let Ok(Handled::Done) = handled {
            HANDLED.count(&[kind, "done"]);
            delivery.ack(BasicAckOptions::default()).await?;
            return Ok(());
        }
        let tried = tried(delivery);
        if let Err(failure) = &handled {
            Span::current().record("otel.status_code", "ERROR");
            tracing::warn!(id = %envelope.id, tried, reason = failure.log_text(), "an event could not be handled");
        }
        if tried >= TRIES {
            HANDLED.count(&[kind, DEAD_LETTER]);
            tracing::error!(id = %envelope.id, "an event is a dead letter after {tried} tries");
            return dead_letter(delivery).await;
        }
        HANDLED.count(&[kind, if handled.is_ok() { "later" } else { "failed" }]);
        self.try_again(delivery, tried + 1).await
    }

    /// Acknowledges only after the copy that waits is safe.
    async fn try_again(&self, delivery: &Delivery, tried: i32) -> Outcome<()> {
        let mut headers = FieldTable::default();
        headers.insert(TRIED.into(), AMQPValue::LongInt(tried));
        let id = delivery.properties.message_id().as_ref().map_or("", |id| id.as_str());
        let properties = properties(id).with_headers(headers);
        if self.publisher.send("", &self.queue, &delivery.data, properties).await?.arrived().await {
            delivery.ack(BasicAckOptions::default()).await?;
        } else {
            delivery.nack(BasicNackOptions { requeue: true, ..BasicNackOptions::default() }).await?;
        }
        Ok(())
    }
}

fn tried(delivery: &Delivery) -> i32 {
    let headers = delivery.properties.headers().as_ref();
    headers.and_then(|headers| headers.inner().get(TRIED)).and_then(AMQPValue::as_long_int).unwrap_or(0)
}

async fn dead_letter(delivery: &Delivery) -> Outcome<()> {
    delivery.nack(BasicNackOptions { requeue: false, ..BasicNackOptions::default() }).await?;
    Ok(())
}
