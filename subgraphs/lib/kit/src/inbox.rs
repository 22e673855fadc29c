//! The inbox of a consumer with its own read model: the writes of an event are committed together with its position in
//! its stream, so that a second delivery has no effect.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use contracts::Envelope;
use futures::{FutureExt, TryStreamExt};
use mongodb::{ClientSession, Collection, Database, bson::doc};
use serde::{Deserialize, Serialize};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    bus::Handled,
    failure::{Failure, Outcome},
    mongo::{Write, carry_out_all, in_snapshot, index, transaction_options},
};

const POSITIONS: &str = "positions";

/// Stores how far each stream has been read.
#[derive(Clone)]
pub struct Inbox {
    database: Database,
    positions: Collection<Position>,
}

#[derive(Serialize, Deserialize)]
struct Position {
    #[serde(rename = "_id")]
    stream: String,
    version: i64,
}

/// An event, and the writes that belong to it.
pub struct Received {
    stream: String,
    version: i64,
    writes: Vec<Write>,
}

impl Received {
    /// Describes the effect of an event.
    pub fn new(envelope: &Envelope, writes: Vec<Write>) -> Self {
        Self { stream: key(&envelope.source, envelope.subject), version: envelope.version, writes }
    }
}

impl Inbox {
    /// Creates the inbox of the consumer with this database.
    pub fn new(database: Database) -> Self {
        Self { positions: database.collection(POSITIONS), database }
    }

    /// Creates the collection, so that no transaction has to.
    pub async fn prepare(&self) -> Outcome<()> {
        self.positions.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Forgets every position: every stream is read from its beginning again.
    pub async fn forget(&self) -> Outcome<()> {
        self.positions.delete_many(doc! {}).await?;
        Ok(())
    }

    /// Returns the last version read of a stream of a source; 0 before its first event.
    pub async fn position(&self, source: &str, stream: Uuid) -> Outcome<i64> {
        let position = self.positions.find_one(doc! { "_id": key(source, stream) }).await?;
        Ok(position.map_or(0, |position| position.version))
    }

    /// Returns the positions of several streams in a snapshot session; omits streams before their first event.
    pub async fn positions(
        &self,
        source: &str,
        streams: &[Uuid],
        session: &mut ClientSession,
    ) -> Outcome<HashMap<Uuid, i64>> {
        let streams: HashMap<String, Uuid> = streams.iter().map(|stream| (key(source, *stream), *stream)).collect();
        let keys: Vec<&String> = streams.keys().collect();
        let positions = in_snapshot(&self.positions);
        let mut found = positions.find(doc! { "_id": { "$in": keys } }).session(&mut *session).await?;
        let positions: Vec<Position> = found.stream(session).try_collect().await?;
        let version_of = |position: &Position| Some((*streams.get(&position.stream)?, position.version));
        Ok(positions.iter().filter_map(version_of).collect())
    }

    /// Commits the writes of an event, once. A repetition is [`Handled::Done`] without an effect; an event whose
    /// predecessor is missing is [`Handled::Later`].
    pub async fn receive(&self, envelope: &Envelope, writes: &[Write]) -> Outcome<Handled> {
        let received = self.receive_all(vec![Received::new(envelope, writes.to_vec())]).await?;
        received.first().copied().ok_or_else(|| Failure::internal("nothing was received"))
    }

    /// Commits the writes of several events in one transaction, as [`Inbox::receive`] does one after another: all that
    /// are next in their streams, or none. The commit finishes even if the caller is dropped, as in
    /// [`Journal::commit`](crate::journal::Journal::commit), because a consumer may be cancelled meanwhile.
    pub async fn receive_all(&self, events: Vec<Received>) -> Outcome<Vec<Handled>> {
        let inbox = self.clone();
        let receiving = async move { inbox.receive_to_the_end(&events).await };
        tokio::spawn(receiving.in_current_span()).await.map_err(Failure::internal)?
    }

    async fn receive_to_the_end(&self, events: &[Received]) -> Outcome<Vec<Handled>> {
        let mut session = self.database.client().start_session().await?;
        let received = session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, events), |session, (inbox, events)| inbox.attempt(session, events).boxed())
            .await;
        Ok(received?)
    }

    async fn attempt(&self, session: &mut ClientSession, events: &[Received]) -> mongodb::error::Result<Vec<Handled>> {
        let keys: BTreeSet<&String> = events.iter().map(|event| &event.stream).collect();
        let keys: Vec<&String> = keys.into_iter().collect();
        let mut found = self.positions.find(doc! { "_id": { "$in": keys } }).session(&mut *session).await?;
        let found: Vec<Position> = found.stream(session).try_collect().await?;
        let mut positions: HashMap<&str, i64> =
            found.iter().map(|position| (position.stream.as_str(), position.version)).collect();
        let (mut handled, mut moved, mut writes) = (Vec::new(), BTreeMap::new(), Vec::new());
        for event in events {
            let last = positions.entry(&event.stream).or_default();
            if event.version > *last + 1 {
                handled.push(Handled::Later);
                continue;
            }
            handled.push(Handled::Done);
            if event.version == *last + 1 {
                *last = event.version;
                moved.insert(&event.stream, event.version);
                writes.extend_from_slice(&event.writes);
            }
        }
        let forward = |(stream, version): (&String, i64)| {
            Write::upsert(POSITIONS, doc! { "_id": stream }, doc! { "$max": { "version": version } })
        };
        writes.extend(moved.into_iter().map(forward));
        carry_out_all(&writes, &self.database, session).await?;
        Ok(handled)
    }
}

fn key(source: &str, stream: Uuid) -> String {
    format!("{source}/{stream}")
}
