//! Exchange rates that are stored with amounts, in events and documents.

use money::{Amount, AmountRefusal, Currency, Rate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::amount;

/// The exchange rate from an amount's currency to another one, fixed when the amount was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Units of `currency` per unit of the amount's currency; written as an exact decimal.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub rate: Rate,
    /// The target currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
}

impl Conversion {
    /// Returns the amount in the target currency, rounded half to even.
    pub fn of(self, amount: Amount) -> Result<Amount, AmountRefusal> {
        self.rate.convert(amount, self.currency)
    }
}

/// An optional rate.
pub mod rate {
    use super::{Deserialize, Deserializer, Error, Rate, Serialize, Serializer};

    /// Serializes an optional rate as an exact decimal.
    #[allow(clippy::ref_option, reason = "serde gives a reference")]
    pub fn serialize<S: Serializer>(rate: &Option<Rate>, serializer: S) -> Result<S::Ok, S::Error> {
        rate.map(|rate| rate.to_string()).serialize(serializer)
    }

    /// Deserializes an optional rate.
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
