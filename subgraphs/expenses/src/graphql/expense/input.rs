//! What clients send, and how it is read: every refusal names its field.

use async_graphql::{ID, InputObject, MaybeUndefined};
use contracts::{event::MemberAmount, roster::group_not_found};
use kit::{
    Outcome,
    graphql::{CurrencyCode, Date, Decimal, MoneyInput, read_id},
};
use money::{Currency, Rate};
use serde::Serialize;

use crate::{
    expense::{
        NewExpense,
        edit::Edit,
        filter::{DayRange, Filter},
        operations::{ExpectedVersion, Request},
    },
    graphql::split::{SplitInput, member_id},
    refusal::Refusal,
};

/// What a payer paid.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct PayerInput {
    member_id: ID,
    amount: Decimal,
}

/// A new expense.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct CreateExpenseInput {
    group_id: ID,
    description: String,
    total: MoneyInput,
    /// The caller's own today when not given.
    date: Option<Date>,
    /// Such as "groceries"; what suggestCategory tells when not given.
    category: Option<String>,
    notes: Option<String>,
    payers: Vec<PayerInput>,
    split: SplitInput,
    /// How much of the group's currency a unit of the total's currency is, such as "0.9227": up to 10 decimals. Only for
    /// another currency than the group's; it is fixed when it is saved.
    rate: Option<Decimal>,
    /// The same key saves the same expense once, however often it is sent.
    idempotency_key: String,
}

impl CreateExpenseInput {
    /// The expense that is meant, and the request as it was sent.
    pub(in crate::graphql) fn read(self) -> Outcome<(NewExpense, Request)> {
        let body = serde_json::to_value(&self)?;
        let total = self.total.amount("input.total")?;
        let new = NewExpense {
            group_id: read_id(&self.group_id, group_not_found())?,
            description: self.description,
            total,
            date: self.date.map(|date| date.day("input.date")).transpose()?,
            category: self.category,
            notes: self.notes,
            payers: payers(&self.payers, total.currency)?,
            split: self.split.read(total.currency, "input.split")?,
            rate: self.rate.as_ref().map(rate).transpose()?,
        };
        Ok((new, Request { idempotency_key: self.idempotency_key, body }))
    }
}

/// What is said about an expense; what is not given stays.
#[derive(InputObject, Serialize)]
#[graphql(name = "DraftChanges")]
pub(in crate::graphql) struct Changes {
    description: Option<String>,
    /// A single payer has then paid the new total, and the same rule splits it, unless said otherwise.
    total: Option<MoneyInput>,
    date: Option<Date>,
    category: Option<String>,
    /// An empty text takes the notes away.
    notes: Option<String>,
    payers: Option<Vec<PayerInput>>,
    split: Option<SplitInput>,
    /// How much of the group's currency a unit of the total's currency is; null takes it away. A total in another currency
    /// has none unless it is given.
    rate: MaybeUndefined<Decimal>,
}

impl Changes {
    /// The change that is meant, of an expense in that currency if it is known.
    pub(in crate::graphql) fn edit(self, currency: Option<Currency>) -> Outcome<Edit> {
        let total = self.total.map(|total| total.amount("input.total")).transpose()?;
        let currency = total.map(|total| total.currency).or(currency).ok_or(Refusal::NO_TOTAL);
        Ok(Edit {
            description: self.description,
            total,
            date: self.date.map(|date| date.day("input.date")).transpose()?,
            category: self.category,
            notes: self.notes,
            payers: self.payers.map(|rows| payers(&rows, currency.clone()?)).transpose()?,
            split: self.split.map(|split| split.read(currency?, "input.split")).transpose()?,
            without_rate: self.rate.is_null(),
            rate: self.rate.value().map(rate).transpose()?,
        })
    }
}

/// A change of an expense; what is not given stays.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateExpenseInput {
    id: ID,
    /// The version that the change was made for.
    expected_version: i32,
    #[graphql(flatten)]
    changes: Changes,
}

impl UpdateExpenseInput {
    /// Which version of which expense the change was made for.
    pub(in crate::graphql) fn seen(&self) -> Outcome<ExpectedVersion> {
        seen(&self.id, self.expected_version)
    }

    /// The change that is meant, for an expense in that currency.
    pub(in crate::graphql) fn edit(self, currency: Currency) -> Outcome<Edit> {
        self.changes.edit(Some(currency))
    }
}

/// Which expenses are wanted: those for which all of it is true.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct ExpenseFilter {
    /// The beginnings of words of the description or the notes, in any case, with or without accents.
    text: Option<String>,
    category: Option<String>,
    /// Who paid or owes.
    member_id: Option<ID>,
    /// Who paid.
    payer_id: Option<ID>,
    /// The least that it came to, in the currency of the filter.
    min_amount: Option<Decimal>,
    /// The most that it came to, in the currency of the filter.
    max_amount: Option<Decimal>,
    /// In which currency; the group's own when an amount is given and no currency.
    currency: Option<CurrencyCode>,
    from: Option<Date>,
    to: Option<Date>,
    #[graphql(default_with = "Some(false)")]
    include_deleted: Option<bool>,
}

impl ExpenseFilter {
    /// Whether an amount is given without its currency.
    pub(in crate::graphql) fn needs_currency(&self) -> bool {
        self.currency.is_none() && (self.min_amount.is_some() || self.max_amount.is_some())
    }

    /// The filter that is meant; amounts without a currency are in this one.
    pub(in crate::graphql) fn read(self, otherwise: Option<Currency>) -> Outcome<Filter> {
        let member = |id: Option<ID>, field| id.map(|id| read_id(&id, Refusal::NotAMember { field })).transpose();
        let given = self.currency.as_ref().map(|code| code.currency("filter.currency")).transpose()?;
        let needed = if self.needs_currency() { Some(otherwise.ok_or(Refusal::NO_CURRENCY)?) } else { None };
        let currency = given.or(needed);
        let minor = |amount: Option<Decimal>, field: &str| -> Outcome<Option<i64>> {
            let amount = amount.zip(currency).map(|(amount, currency)| amount.amount(currency, field)).transpose()?;
            Ok(amount.map(|amount| amount.minor))
        };
        let text = kit::text::note("filter.text", self.text.as_deref(), kit::text::NAME)?;
        let filter = Filter {
            words: None,
            category: self.category.map(|category| category.to_lowercase()),
            member: member(self.member_id, "filter.memberId")?,
            payer: member(self.payer_id, "filter.payerId")?,
            days: days(self.from, self.to, "filter.")?,
            currency,
            min: minor(self.min_amount, "filter.minAmount")?,
            max: minor(self.max_amount, "filter.maxAmount")?,
            include_deleted: self.include_deleted.unwrap_or(false),
        };
        Ok(filter.with_words_of(text.as_deref()))
    }
}

/// An expense in the version that a person has seen.
pub(in crate::graphql) fn seen(id: &ID, version: i32) -> Outcome<ExpectedVersion> {
    let id = read_id(id, Refusal::ExpenseNotFound)?;
    Ok(ExpectedVersion { id, version: i64::from(version) })
}

/// The days from `from` to `to`, which stand in the request after this.
pub(in crate::graphql) fn days(from: Option<Date>, to: Option<Date>, around: &str) -> Outcome<DayRange> {
    Ok(DayRange {
        from: from.map(|from| from.day(&format!("{around}from"))).transpose()?,
        to: to.map(|to| to.day(&format!("{around}to"))).transpose()?,
    })
}

fn rate(decimal: &Decimal) -> Outcome<Rate> {
    Rate::parse(&decimal.0).map_err(|refusal| kit::Refusal::invalid("input.rate", refusal.to_string()).into())
}

fn payers(rows: &[PayerInput], currency: Currency) -> Outcome<Vec<MemberAmount>> {
    let payer = |(row, payer): (usize, &PayerInput)| {
        let field = format!("input.payers.{row}.amount");
        let amount_minor = payer.amount.amount(currency, &field)?.minor;
        Ok(MemberAmount { member_id: member_id(&payer.member_id, &field)?, amount_minor })
    };
    rows.iter().enumerate().map(payer).collect()
}
