//! Deserialisation of nullable fields.

use serde::{Deserialize, Deserializer};

/// Deserialises a field that may be null but must be present. Serde treats a missing `Option` field as `None` only if
/// it has no `deserialize_with`.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(input)
}
