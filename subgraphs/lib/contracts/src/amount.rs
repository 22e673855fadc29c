//! The wire format of amounts and currencies in events and documents: `{amount_minor, currency}`.
//!
//! For `#[serde(with = "contracts::amount")]`, and likewise `contracts::amount::optional` and
//! `contracts::amount::currency`. The crate `money` itself has no wire format.

use money::{Amount, Currency};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
struct Written {
    amount_minor: i64,
    #[serde(with = "currency")]
    currency: Currency,
}

/// Serializes an amount.
pub fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    Written { amount_minor: amount.minor, currency: amount.currency }.serialize(serializer)
}

/// Deserializes an amount; refuses unknown currencies.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    let written = Written::deserialize(deserializer)?;
    Ok(Amount::new(written.amount_minor, written.currency))
}

/// An optional amount.
pub mod optional {
    use super::{Amount, Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Known(#[serde(with = "super")] Amount);

    /// Serializes an optional amount.
    #[allow(clippy::ref_option, reason = "serde passes a reference")]
    pub fn serialize<S: Serializer>(amount: &Option<Amount>, serializer: S) -> Result<S::Ok, S::Error> {
        amount.map(Known).serialize(serializer)
    }

    /// Deserializes an optional amount.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
        Ok(Option::<Known>::deserialize(deserializer)?.map(|known| known.0))
    }
}

/// A currency as its ISO 4217 code.
pub mod currency {
    use money::Currency;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Serializes the code.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub fn serialize<S: Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(currency.code())
    }

    /// Deserializes a code; refuses unknown ones.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        Currency::from_code(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
