//! Connections to the broker; declares all exchanges and queues.

use std::{sync::Arc, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};
use contracts::topology::{EVENTS, QUEUES, Queue, UNROUTED};
use lapin::{
    Channel, Connection, ConnectionProperties, ExchangeKind,
    options::{BasicConsumeOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
    uri::AMQPUri,
};
use tokio::time::timeout;

use super::links::{Links, Open, Part};
use crate::{
    failure::{Failure, Internal, Outcome},
    settings::Settings,
};

/// How often the broker redelivers a message before it becomes a dead letter.
const DELIVERY_LIMIT: i32 = 20;
/// The heartbeat of a connection: a silent broker is detected after twice this time.
const HEARTBEAT_SECONDS: u16 = 10;
/// The largest frame, in bytes. `lapin` allocates buffers of 64 such frames for each connection: 1 MiB, instead of 8
/// with the broker's own limit. Most events fit into one frame; a larger one is sent in several.
const FRAME_BYTES: u32 = 16 * 1024;
/// The timeout for connecting and declaring everything.
const CONNECT: Duration = Duration::from_secs(5);
/// How long unrouted events are kept for inspection.
const UNROUTED_MS: i32 = 24 * 60 * 60 * 1_000;
const UNROUTED_LENGTH: i32 = 10_000;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A client of the broker.
#[derive(Clone, Debug)]
pub struct Bus {
    url: String,
    settings: Settings,
    links: Arc<Links>,
}

/// The delay before a retry. All messages of a delay queue have the same delay, because only the first one of a queue
/// can expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    Short,
    Long,
}

impl Pause {
    const ALL: [Self; 2] = [Self::Short, Self::Long];

    const fn name(self) -> &'static str {
        match self {
            Self::Short => "pause_short",
            Self::Long => "pause_long",
        }
    }

    /// Returns the delay.
    pub(super) const fn duration(self) -> Duration {
        match self {
            Self::Short => Duration::from_secs(1),
            Self::Long => Duration::from_secs(15),
        }
    }
}

/// A connection with one channel; both are closed together.
pub(crate) struct Link {
    pub(super) channel: Channel,
    /// Dropping the connection would close the channel.
    _connection: Connection,
    _open: Open,
}

impl Bus {
    /// Creates a client, which connects when it is used.
    pub fn new(settings: &Settings) -> Self {
        Self { url: settings.amqp_url.clone(), settings: settings.clone(), links: Arc::default() }
    }

    /// Checks that the broker can be reached.
    pub async fn ping(&self) -> Outcome<()> {
        // Declares nothing, because probes are frequent.
        let connection = self.open().await?;
        connection.close(200, "ping".into()).await?;
        Ok(())
    }

    /// Returns which links this process has, and how many of each are open.
    pub fn links(&self) -> Vec<(&'static str, i64)> {
        self.links.counts()
    }

    /// Opens a connection and declares everything; retries without limit.
    pub(super) async fn link(&self, part: Part) -> Link {
        self.links.want(part);
        let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE).with_jitter();
        let mut pauses = pauses.without_max_times().build();
        loop {
            match self.connect(part).await {
                Ok(link) => return link,
                Err(failure) => tracing::warn!(reason = failure.log_text(), "the broker is unreachable; trying again"),
            }
            tokio::time::sleep(pauses.next().unwrap_or(LONGEST_PAUSE)).await;
        }
    }

    /// Declares a queue for requests to this program and returns its deliveries, which end with the connection.
    pub(crate) async fn deliveries(&self, queue: &str) -> Outcome<(Link, lapin::Consumer)> {
        let link = self.link(Part::Replays).await;
        let name = self.name(queue);
        self.queue(&link.channel, &name, &[]).await?;
        let options = BasicConsumeOptions::default();
        let deliveries = link.channel.basic_consume(name.into(), "".into(), options, FieldTable::default()).await?;
        Ok((link, deliveries))
    }

    /// How many processes consume a queue.
    pub async fn consumers(&self, queue: &Queue) -> Outcome<u32> {
        let link = self.connect(Part::Command).await?;
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let name = self.name(queue.name);
        Ok(link.channel.queue_declare(name.as_str().into(), passive, FieldTable::default()).await?.consumer_count())
    }

    /// Returns the lengths of these queues and of their delay and dead-letter queues, by name on the broker.
    #[cfg(feature = "testing")]
    pub async fn lengths(&self, queues: &[&Queue]) -> Outcome<Vec<(String, u32)>> {
        let link = self.connect(Part::Command).await?;
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let mut lengths = Vec::new();
        for queue in queues {
            let pauses = Pause::ALL.map(|pause| self.pause_name(queue, pause));
            for name in [self.name(queue.name), self.dead_name(queue)].into_iter().chain(pauses) {
                let declared = link.channel.queue_declare(name.as_str().into(), passive, FieldTable::default()).await?;
                lengths.push((name, declared.message_count()));
            }
        }
        Ok(lengths)
    }

    /// Returns the name on the broker for this installation.
    pub(super) fn name(&self, name: &str) -> String {
        self.settings.broker_name(name)
    }

    pub(super) async fn connect(&self, part: Part) -> Outcome<Link> {
        let connecting = async {
            let connection = self.open().await?;
            let channel = connection.create_channel().await?;
            self.declare(&channel).await?;
            Ok(Link { channel, _connection: connection, _open: self.links.open(part) })
        };
        timeout(CONNECT, connecting).await.map_err(|_| unavailable("the broker does not answer"))?
    }

    async fn open(&self) -> Outcome<Connection> {
        let mut uri: AMQPUri = self.url.parse().map_err(|error| Failure::internal(format!("AMQP_URL: {error}")))?;
        uri.query.frame_max.get_or_insert(FRAME_BYTES);
        uri.query.heartbeat.get_or_insert(HEARTBEAT_SECONDS);
        uri.query.connection_timeout.get_or_insert(u64::try_from(CONNECT.as_millis()).unwrap_or(u64::MAX));
        let connecting = timeout(CONNECT, Connection::connect_uri(uri, ConnectionProperties::default()));
        Ok(connecting.await.map_err(|_| unavailable("the broker does not answer"))??)
    }

    async fn declare(&self, channel: &Channel) -> Outcome<()> {
        let unrouted = self.name(UNROUTED);
        self.exchange(channel, &unrouted, ExchangeKind::Fanout, FieldTable::default()).await?;
        let kept =
            [("x-message-ttl", AMQPValue::LongInt(UNROUTED_MS)), ("x-max-length", AMQPValue::LongInt(UNROUTED_LENGTH))];
        self.queue(channel, &unrouted, &kept).await?;
        bind(channel, &unrouted, &unrouted, "").await?;

        let mut table = FieldTable::default();
        table.insert("alternate-exchange".into(), text(&unrouted));
        self.exchange(channel, &self.name(EVENTS), ExchangeKind::Topic, table).await?;
        for queue in QUEUES {
            self.declare_queue(channel, queue).await?;
        }
        Ok(())
    }

    /// Declares a work queue with its delay queues and its dead-letter queue.
    async fn declare_queue(&self, channel: &Channel, queue: &Queue) -> Outcome<()> {
        let (name, dead) = (self.name(queue.name), self.dead_name(queue));
        self.queue(channel, &dead, &[]).await?;
        for pause in Pause::ALL {
            // The delay is set per message, so that it can change without declaring another queue.
            let back = [
                ("x-dead-letter-exchange", text("")),
                ("x-dead-letter-routing-key", text(&name)),
                ("x-dead-letter-strategy", text("at-least-once")),
                ("x-overflow", text("reject-publish")),
            ];
            self.queue(channel, &self.pause_name(queue, pause), &back).await?;
        }
        let work = [
            ("x-delivery-limit", AMQPValue::LongInt(DELIVERY_LIMIT)),
            ("x-dead-letter-exchange", text("")),
            ("x-dead-letter-routing-key", text(&dead)),
            ("x-dead-letter-strategy", text("at-least-once")),
            ("x-overflow", text("reject-publish")),
            ("x-single-active-consumer", AMQPValue::Boolean(queue.in_order)),
        ];
        self.queue(channel, &name, &work).await?;
        for binding in queue.bindings {
            bind(channel, &name, &self.name(EVENTS), binding).await?;
        }
        Ok(())
    }

    pub(super) fn pause_name(&self, queue: &Queue, pause: Pause) -> String {
        self.name(&format!("{}.{}", queue.name, pause.name()))
    }

    pub(super) fn dead_name(&self, queue: &Queue) -> String {
        self.name(&format!("{}.dead", queue.name))
    }

    async fn exchange(&self, channel: &Channel, name: &str, kind: ExchangeKind, table: FieldTable) -> Outcome<()> {
        let durable = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        channel.exchange_declare(name.into(), kind, durable, table).await?;
        Ok(())
    }

    async fn queue(&self, channel: &Channel, name: &str, arguments: &[(&str, AMQPValue)]) -> Outcome<()> {
        let mut table = FieldTable::default();
        table.insert("x-queue-type".into(), text("quorum"));
        for (key, value) in arguments {
            table.insert((*key).into(), value.clone());
        }
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        channel.queue_declare(name.into(), durable, table).await?;
        Ok(())
    }
}

pub(super) async fn bind(channel: &Channel, queue: &str, exchange: &str, key: &str) -> Outcome<()> {
    let options = QueueBindOptions::default();
    channel.queue_bind(queue.into(), exchange.into(), key.into(), options, FieldTable::default()).await?;
    Ok(())
}

fn unavailable(reason: &str) -> Failure {
    Failure::Internal(Internal::Unavailable(reason.to_owned()))
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}
