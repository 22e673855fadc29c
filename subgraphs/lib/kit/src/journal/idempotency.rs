//! Idempotency: an operation with the same key of the same person takes effect once.

use contracts::UserId;
use mongodb::{ClientSession, Collection, Database, bson::doc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    digest,
    failure::{Code, Failure, Outcome, Refusal},
};

pub(super) const IDEMPOTENCY_KEYS: &str = "idempotency";

const KEY_LENGTH: usize = 200;

/// An operation with an idempotency key that is done or about to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdempotencyKey {
    /// Unique per user, operation and key.
    #[serde(rename = "_id")]
    id: String,
    /// Detects another request with the same key.
    body_hash: String,
    /// The id of the object that the operation creates.
    result: String,
}

impl IdempotencyKey {
    /// Creates the key of a person's operation. `body` is the request, with or without the key itself.
    pub fn new(user: UserId, operation: &str, key: &str, body: &impl Serialize, result: Uuid) -> Outcome<Self> {
        if key.trim().is_empty() || key.len() > KEY_LENGTH {
            let sentence = format!("An idempotency key of 1 to {KEY_LENGTH} characters is needed.");
            return Err(Refusal::invalid("input.idempotencyKey", sentence).into());
        }
        Self::of(&user.to_string(), operation, key, body, result)
    }

    /// Creates the key of a consumer's operation, so that a repeated event has no effect.
    pub fn for_event(operation: &str, event: Uuid, result: Uuid) -> Outcome<Self> {
        Self::of("event", operation, &event.to_string(), &(), result)
    }

    fn of(who: &str, operation: &str, key: &str, body: &impl Serialize, result: Uuid) -> Outcome<Self> {
        let body_hash = digest(&serde_json::to_vec(body)?);
        Ok(Self { id: format!("{who}/{operation}/{key}"), body_hash, result: result.to_string() })
    }

    /// Returns the result of an earlier operation; refused if its request was a different one.
    fn answer(&self, earlier: &Self) -> Outcome<Uuid> {
        if earlier.body_hash == self.body_hash {
            earlier.result.parse().map_err(Failure::internal)
        } else {
            Err(reused())
        }
    }

    /// Stores the key in the transaction. The unique index refuses it if another request with the key was first.
    pub(super) async fn remember(
        &self,
        database: &Database,
        session: &mut ClientSession,
    ) -> mongodb::error::Result<()> {
        collection(database).insert_one(self).session(session).await?;
        Ok(())
    }
}

/// Returns the result of an earlier request with this key, before the operation is decided again.
pub(super) async fn earlier_result(database: &Database, key: &IdempotencyKey) -> Outcome<Option<Uuid>> {
    let earlier = collection(database).find_one(doc! { "_id": &key.id }).await?;
    earlier.map(|earlier| key.answer(&earlier)).transpose()
}

fn collection(database: &Database) -> Collection<IdempotencyKey> {
    database.collection(IDEMPOTENCY_KEYS)
}

fn reused() -> Failure {
    let sentence = "This idempotency key was used before for something else. Use a new key.";
    Refusal::new(Code::IdempotencyKeyReused, sentence).at("input.idempotencyKey").into()
}
