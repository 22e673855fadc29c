//! Reference rates in MongoDB: one document per day.

use chrono::NaiveDate;
use kit::{Outcome, mongo::index};
use mongodb::{Collection, Database, bson::doc};

use super::DayRates;

const RATES: &str = "rates";

/// The reference rates of all days.
#[derive(Clone)]
pub(crate) struct RateStore(Collection<DayRates>);

impl RateStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(RATES))
    }

    /// Creates the collection.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Returns the rates of the latest day from `first` to `last`.
    pub(crate) async fn latest(&self, first: NaiveDate, last: NaiveDate) -> Outcome<Option<DayRates>> {
        let days = doc! { "_id": { "$gte": first.to_string(), "$lte": last.to_string() } };
        Ok(self.0.find_one(days).sort(doc! { "_id": -1 }).await?)
    }

    /// Returns the latest day that has rates.
    pub(crate) async fn latest_day(&self) -> Outcome<Option<NaiveDate>> {
        let latest = self.0.find_one(doc! {}).sort(doc! { "_id": -1 }).await?;
        Ok(latest.map(|latest| latest.day))
    }

    /// Saves the rates of a day, instead of earlier ones of the same day.
    pub(crate) async fn save(&self, day: &DayRates) -> Outcome<()> {
        self.0.replace_one(doc! { "_id": day.day.to_string() }, day).upsert(true).await?;
        Ok(())
    }
}
