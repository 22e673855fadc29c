//! The inbox of a consumer with its own read model: the writes of an event are committed together with its position in
//! its stream, so that a second delivery has no effect.

use std::collections::HashMap;

use contracts::Envelope;
use futures::{FutureExt, TryStreamExt};
use mongodb::{
    ClientSession, Collection, Database,
    bson::doc,
    options::{FindOneAndUpdateOptions, ReturnDocument},
};
use serde::{Deserialize, Serialize};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    bus::Handled,
    failure::{Failure, Outcome},
    mongo::{Write, in_snapshot, index, transaction_options},
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

/// Aborts a transaction whose event is not the next one of its stream.
struct OutOfOrder(Handled);

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
    /// predecessor is missing is [`Handled::Later`]. The commit finishes even if the caller is dropped, as in
    /// [`Journal::commit`](crate::journal::Journal::commit), because a consumer may be cancelled meanwhile.
    pub async fn receive(&self, envelope: &Envelope, writes: &[Write]) -> Outcome<Handled> {
        let (inbox, envelope, writes) = (self.clone(), envelope.clone(), writes.to_vec());
        let receiving = async move { inbox.receive_to_the_end(&envelope, &writes).await };
        tokio::spawn(receiving.in_current_span()).await.map_err(Failure::internal)?
    }

    async fn receive_to_the_end(&self, envelope: &Envelope, writes: &[Write]) -> Outcome<Handled> {
        let mut session = self.database.client().start_session().await?;
        let received = session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, envelope, writes), |session, (inbox, envelope, writes)| {
                inbox.attempt(session, envelope, writes).boxed()
            })
            .await;
        match received {
            Ok(()) => Ok(Handled::Done),
            Err(error) => match error.get_custom::<OutOfOrder>() {
                Some(OutOfOrder(handled)) => Ok(*handled),
                None => Err(error.into()),
            },
        }
    }

    async fn attempt(
        &self,
        session: &mut ClientSession,
        envelope: &Envelope,
        writes: &[Write],
    ) -> mongodb::error::Result<()> {
        let options = FindOneAndUpdateOptions::builder().upsert(true).return_document(ReturnDocument::Before).build();
        let before = self
            .positions
            .find_one_and_update(
                doc! { "_id": key(&envelope.source, envelope.subject) },
                doc! { "$max": { "version": envelope.version } },
            )
            .with_options(options)
            .session(&mut *session)
            .await?;
        let last = before.map_or(0, |position| position.version);
        if envelope.version <= last {
            return Err(mongodb::error::Error::custom(OutOfOrder(Handled::Done)));
        }
        if envelope.version > last + 1 {
            return Err(mongodb::error::Error::custom(OutOfOrder(Handled::Later)));
        }
        for write in writes {
            write.carry_out(&self.database, session).await?;
        }
        Ok(())
    }
}

fn key(source: &str, stream: Uuid) -> String {
    format!("{source}/{stream}")
}
