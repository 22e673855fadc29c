//! How amounts and currencies are written in events and documents: `{amount_minor, currency}`.
//!
//! For `#[serde(with = "contracts::amount")]` and `#[serde(with = "contracts::amount::currency")]`;
//! the crate `money` itself knows no wire format.

use money::{Amount, Currency};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
struct Written {
    amount_minor: i64,
    #[serde(with = "currency")]
    currency: Currency,
}

/// Writes an amount.
pub fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    Written { amount_minor: amount.minor, currency: amount.currency }.serialize(serializer)
}

/// Reads an amount; refuses unknown currencies.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    let written = Written::deserialize(deserializer)?;
    Ok(Amount::new(written.amount_minor, written.currency))
}

/// A currency, written as its ISO 4217 code.
pub mod currency {
    use money::Currency;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the code.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub fn serialize<S: Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(currency.code())
    }

    /// Reads a code; refuses unknown ones.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        Currency::from_code(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
