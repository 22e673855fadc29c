//! Fields that may be null.

use serde::{Deserialize, Deserializer};

/// A value that may be null but not missing: serde lets only options without a function of their own be left out.
pub(crate) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(input)
}
