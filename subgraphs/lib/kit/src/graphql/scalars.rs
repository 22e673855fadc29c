//! The scalars of the public API. Inputs keep their text, so that an invalid one is refused with the name of its field
//! and not by the parser.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use contracts::Timestamp;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::failure::{Outcome, Refusal};

macro_rules! text_scalar {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        $(#[$doc])+
        #[Scalar]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar! {
    /// An exact decimal in a string, such as "12.34"; never a float.
    Decimal
}

text_scalar! {
    /// An ISO 4217 alphabetic code, such as "EUR".
    CurrencyCode
}

text_scalar! {
    /// An ISO 8601 calendar date, such as "2026-11-22".
    Date
}

text_scalar! {
    /// A point in time in RFC 3339, UTC, such as "2026-11-22T09:30:00Z".
    DateTime
}

impl CurrencyCode {
    /// Returns the currency; an unknown code is refused at this field.
    pub fn currency(&self, field: &str) -> Outcome<Currency> {
        Currency::from_code(&self.0).map_err(|unknown| Refusal::invalid(field, unknown.to_string()).into())
    }
}

impl From<Currency> for CurrencyCode {
    fn from(currency: Currency) -> Self {
        Self(currency.code().to_owned())
    }
}

impl Date {
    /// Parses the date; refused at this field.
    pub fn day(&self, field: &str) -> Outcome<NaiveDate> {
        // chrono also accepts "2026-1-1", but the API has only one format for dates.
        let day = NaiveDate::parse_from_str(&self.0, "%Y-%m-%d").ok().filter(|day| day.to_string() == self.0);
        day.ok_or_else(|| Refusal::invalid(field, "A date is written as YYYY-MM-DD.").into())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day.to_string())
    }
}

impl DateTime {
    /// Parses the time; refused at this field.
    pub fn moment(&self, field: &str) -> Outcome<Timestamp> {
        let sentence = "A point in time is written as 2026-11-22T09:30:00Z.";
        self.0.parse().map_err(|_| Refusal::invalid(field, sentence).into())
    }
}

impl From<Timestamp> for DateTime {
    fn from(moment: Timestamp) -> Self {
        Self(moment.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_format() {
        assert!(Date("2026-11-22".to_owned()).day("date").is_ok());
        for other in ["2026-1-1", "2026-02-30", "22.11.2026", "", "2026-11-22T00:00:00Z", " 2026-11-22"] {
            assert!(Date(other.to_owned()).day("date").is_err(), "{other}");
        }
    }
}
