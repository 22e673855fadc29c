//! How amounts of one currency are shown in another one, in events and documents.

use money::{Amount, AmountRefusal, Currency, Rate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::amount;

/// The rate of an amount to a currency, as it was when the amount was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// How much of the currency a unit of the amount's currency is; written as an exact decimal.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub rate: Rate,
    /// What it is shown in.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
}

impl Conversion {
    /// The amount in the other currency, rounded half to even.
    pub fn of(self, amount: Amount) -> Result<Amount, AmountRefusal> {
        self.rate.convert(amount, self.currency)
    }
}

/// A rate that may not be said.
pub mod rate {
    use super::{Deserialize, Deserializer, Error, Rate, Serialize, Serializer};

    /// Writes an exact decimal, or nothing.
    #[allow(clippy::ref_option, reason = "serde gives a reference")]
    pub fn serialize<S: Serializer>(rate: &Option<Rate>, serializer: S) -> Result<S::Ok, S::Error> {
        rate.map(|rate| rate.to_string()).serialize(serializer)
    }

    /// Reads a rate, or nothing.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Rate>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| Rate::parse(&text)).transpose().map_err(D::Error::custom)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn write<S: Serializer>(rate: &Rate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(rate)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rate, D::Error> {
    Rate::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
