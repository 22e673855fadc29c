//! Idempotency: a person's key makes an operation happen once, however often it is sent.

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

/// That a user's operation with a key is done, or is about to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdempotencyKey {
    /// User, operation and key: unique.
    #[serde(rename = "_id")]
    id: String,
    /// Tells another body under the same key.
    body_hash: String,
    /// The id of what the operation makes.
    result: String,
}

impl IdempotencyKey {
    /// For a person's operation. The body is what was sent, key included or not.
    pub fn new(user: UserId, operation: &str, key: &str, body: &impl Serialize, result: Uuid) -> Outcome<Self> {
        if key.trim().is_empty() || key.len() > KEY_LENGTH {
            let sentence = format!("An idempotency key of 1 to {KEY_LENGTH} characters is needed.");
            return Err(Refusal::invalid("input.idempotencyKey", sentence).into());
        }
        Self::of(&user.to_string(), operation, key, body, result)
    }

    /// For a consumer: the same event a second time does nothing.
    pub fn for_event(operation: &str, event: Uuid, result: Uuid) -> Outcome<Self> {
        Self::of("event", operation, &event.to_string(), &(), result)
    }

    fn of(who: &str, operation: &str, key: &str, body: &impl Serialize, result: Uuid) -> Outcome<Self> {
        let body_hash = digest(&serde_json::to_vec(body)?);
        Ok(Self { id: format!("{who}/{operation}/{key}"), body_hash, result: result.to_string() })
    }

    /// What the operation made when it was done before; refused when it was another then.
    fn answer(&self, earlier: &Self) -> Outcome<Uuid> {
        if earlier.body_hash == self.body_hash {
            earlier.result.parse().map_err(Failure::internal)
        } else {
            Err(reused())
        }
    }

    /// Inside the transaction: whether another request with the key was first.
    pub(super) async fn earlier_result(
        &self,
        database: &Database,
        session: &mut ClientSession,
    ) -> mongodb::error::Result<Option<Uuid>> {
        let earlier = collection(database).find_one(doc! { "_id": &self.id }).session(session).await?;
        Ok(earlier.map(|earlier| self.answer(&earlier)).transpose()?)
    }

    /// Inside the transaction: keeps the key.
    pub(super) async fn remember(
        &self,
        database: &Database,
        session: &mut ClientSession,
    ) -> mongodb::error::Result<()> {
        collection(database).insert_one(self).session(session).await?;
        Ok(())
    }
}

/// The result of an earlier request with this key, before anything is decided anew.
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
