//! Reference rates: published for each working day by an outside source, kept by day, and suggested to whoever enters
//! an expense in another currency. A suggestion moves nothing: an expense keeps the rate that it was saved with.

pub(crate) mod operations;
pub(crate) mod store;
mod xml;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use money::{Currency, Rate};
use serde::{Deserialize, Serialize};

/// The currency that all rates are of.
const BASE: &str = "EUR";

/// The rates of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayRates {
    /// The day.
    #[serde(rename = "_id")]
    pub day: NaiveDate,
    /// How much of each currency one euro is, as exact decimals by currency code.
    per_euro: BTreeMap<String, String>,
}

/// A rate to suggest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// Units of the target currency per unit of the other one.
    pub rate: Rate,
    /// The day it is of.
    pub day: NaiveDate,
}

impl DayRates {
    /// Returns how much of `to` a unit of `from` was; `None` if a currency is not among the rates.
    pub(crate) fn between(&self, from: Currency, to: Currency) -> Option<Suggestion> {
        let rate = Rate::between(self.of(from)?, self.of(to)?)?;
        Some(Suggestion { rate, day: self.day })
    }

    fn of(&self, currency: Currency) -> Option<Rate> {
        let text = if currency.code() == BASE { "1" } else { self.per_euro.get(currency.code())? };
        Rate::parse(text).ok()
    }
}
