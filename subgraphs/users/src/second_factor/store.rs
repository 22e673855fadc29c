//! Second factors in MongoDB: one document per person who set one up.

use contracts::{Timestamp, UserId};
use kit::{Outcome, mongo::stored};
use mongodb::{
    Collection, Database,
    bson::{Bson, doc},
};

use super::SecondFactor;

const SECOND_FACTORS: &str = "second_factors";

pub(crate) struct SecondFactorStore {
    people: Collection<SecondFactor>,
}

impl SecondFactorStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { people: database.collection(SECOND_FACTORS) }
    }

    /// Returns the second factor of a person, enabled or not.
    pub(super) async fn of(&self, user: UserId) -> Outcome<Option<SecondFactor>> {
        Ok(self.people.find_one(doc! { "_id": user.to_string() }).await?)
    }

    /// Stores a factor that is not enabled, in place of another such one.
    pub(super) async fn put(&self, factor: &SecondFactor) -> Outcome<()> {
        let pending = doc! { "_id": factor.user_id.to_string(), "enabled_at": Bson::Null };
        self.people.replace_one(pending, factor).upsert(true).await?;
        Ok(())
    }

    /// Enables the factor with this secret; returns false if there is none, or it is enabled already.
    pub(super) async fn enable(&self, factor: &SecondFactor, at: Timestamp) -> Outcome<bool> {
        let pending = doc! { "_id": factor.user_id.to_string(), "secret": &factor.secret, "enabled_at": Bson::Null };
        let change = doc! { "$set": {
            "enabled_at": stored(&at)?,
            "used_step": factor.used_step,
            "recovery_codes": factor.recovery_codes.clone(),
        } };
        Ok(self.people.update_one(pending, change).await?.modified_count == 1)
    }

    /// Uses the code of a time step up; returns false if it or a later one was used before.
    pub(super) async fn use_step(&self, user: UserId, step: i64) -> Outcome<bool> {
        let unused = doc! { "_id": user.to_string(), "used_step": { "$lt": step } };
        let change = doc! { "$set": { "used_step": step } };
        Ok(self.people.update_one(unused, change).await?.modified_count == 1)
    }

    /// Uses a recovery code up; returns false if there is none with this hash.
    pub(super) async fn use_recovery_code(&self, user: UserId, hash: &str) -> Outcome<bool> {
        let unused = doc! { "_id": user.to_string(), "recovery_codes": hash };
        let change = doc! { "$pull": { "recovery_codes": hash } };
        Ok(self.people.update_one(unused, change).await?.modified_count == 1)
    }

    /// Removes the second factor of a person.
    pub(super) async fn delete(&self, user: UserId) -> Outcome<()> {
        self.people.delete_one(doc! { "_id": user.to_string() }).await?;
        Ok(())
    }
}
