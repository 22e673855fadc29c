//! GraphQL types of reference rates.

use async_graphql::{Context, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{CurrencyCode, Date, Decimal, request},
};

use crate::{rate::Suggestion, services::Services};

#[derive(Default)]
pub(super) struct RateQueries;

#[Object]
impl RateQueries {
    /// The reference rate of a day, by default today, or of the last day before it that has one; to be suggested as the
    /// rate of an expense. Null if there is none, or if this installation has no source of rates.
    async fn exchange_rate(
        &self,
        ctx: &Context<'_>,
        from: CurrencyCode,
        to: CurrencyCode,
        day: Option<Date>,
    ) -> Outcome<Option<ExchangeRate>> {
        let (services, caller) = request::<Services>(ctx)?;
        let between = (from.currency("from")?, to.currency("to")?);
        let day = day.as_ref().map(|day| day.day("day")).transpose()?;
        Ok(services.rates.suggestion(caller, between, day).await?.map(Into::into))
    }
}

/// A reference rate.
#[derive(SimpleObject)]
pub(super) struct ExchangeRate {
    /// Units of the target currency per unit of the other one.
    rate: Decimal,
    /// The day that it is of.
    day: Date,
}

impl From<Suggestion> for ExchangeRate {
    fn from(Suggestion { rate, day }: Suggestion) -> Self {
        Self { rate: Decimal(rate.to_string()), day: day.into() }
    }
}
