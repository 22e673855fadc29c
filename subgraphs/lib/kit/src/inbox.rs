//! The inbox of a consumer that keeps a picture of its own: what it writes for an event is committed
//! together with the event's place in its stream, so that a second delivery changes nothing.

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

/// How far each stream has been read.
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

/// Ends a transaction whose event is not the next of its stream.
struct OutOfOrder(Handled);

impl Inbox {
    /// The inbox of the consumer with this database.
    pub fn new(database: Database) -> Self {
        Self { positions: database.collection(POSITIONS), database }
    }

    /// Creates the collection, which a transaction should not have to.
    pub async fn prepare(&self) -> Outcome<()> {
        self.positions.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Up to which version a stream of a source has been read; 0 before its first event.
    pub async fn position(&self, source: &str, stream: Uuid) -> Outcome<i64> {
        let position = self.positions.find_one(doc! { "_id": key(source, stream) }).await?;
        Ok(position.map_or(0, |position| position.version))
    }

    /// The positions of several streams as a snapshot session sees them; streams before their first event are left out.
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

    /// Commits what an event brings about, once. A repetition is [`Handled::Done`] without an effect, an
    /// event whose predecessor has not come is [`Handled::Later`]. It goes on without its caller, as
    /// [`Journal::commit`](crate::journal::Journal::commit) does: a consumer may be told to stop meanwhile.
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
