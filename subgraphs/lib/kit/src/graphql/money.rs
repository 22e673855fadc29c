//! Money on the wire: an exact decimal and a currency.

use async_graphql::{InputObject, SimpleObject};
use money::{Amount, AmountRefusal};
use serde::Serialize;

use super::{CurrencyCode, Decimal};
use crate::failure::{Outcome, Refusal};

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(shareable)]
pub struct Money {
    amount: Decimal,
    currency: CurrencyCode,
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        Self { amount: Decimal(amount.to_string()), currency: amount.currency.into() }
    }
}

/// An amount of money. More decimals than the currency has are refused, never rounded.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct MoneyInput {
    /// Such as "12.34".
    pub amount: Decimal,
    /// Such as "EUR".
    pub currency: CurrencyCode,
}

impl MoneyInput {
    /// Parses the amount; refused with the path of the field below `field`.
    pub fn amount(&self, field: &str) -> Outcome<Amount> {
        let currency = self.currency.currency(&format!("{field}.currency"))?;
        self.amount.amount(currency, &format!("{field}.amount"))
    }
}

impl Decimal {
    /// Parses the amount in a currency; refused at this field.
    pub fn amount(&self, currency: money::Currency, field: &str) -> Outcome<Amount> {
        Amount::parse(&self.0, currency).map_err(|refusal| not_a_number(field, refusal).into())
    }
}

/// The refusal of a text that is no number, or not one that is possible here.
pub fn not_a_number(field: impl Into<String>, why: AmountRefusal) -> Refusal {
    let sentence = why.to_string();
    match why {
        AmountRefusal::TooManyDecimals { allowed } => {
            Refusal::invalid(field, sentence).because("TOO_MANY_DECIMALS").with("most", &allowed)
        }
        AmountRefusal::TooLarge => Refusal::too_large(field, sentence),
        _ => Refusal::invalid(field, sentence),
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        Self(amount.to_string())
    }
}
