//! Input types of expenses and their validation. Each refusal names the field.

use async_graphql::{ID, InputObject, MaybeUndefined};
use contracts::{MemberId, event::MemberAmount, roster::group_not_found};
use kit::{
    Outcome,
    graphql::{CurrencyCode, Date, Decimal, MoneyInput, not_a_number, read_id},
};
use money::{Currency, Rate, RateRefusal};
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

/// The amount that a payer paid.
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
    /// The day it was spent; by default today in the caller's time zone.
    date: Option<Date>,
    /// The key of a category, such as "groceries"; by default the result of suggestCategory.
    category: Option<String>,
    notes: Option<String>,
    payers: Vec<PayerInput>,
    split: SplitInput,
    /// The exchange rate: units of the group's currency per unit of the total's currency, such as "0.9227", with up to
    /// 10 decimals. Only if these currencies differ. The rate is fixed when the expense is saved.
    rate: Option<Decimal>,
    /// Requests with the same key create one expense.
    idempotency_key: String,
}

impl CreateExpenseInput {
    /// Returns the expense, and the request as it was sent, for comparing repeated requests.
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

/// Changes of the reading of a draft; omitted fields stay.
#[derive(InputObject, Serialize)]
#[graphql(name = "DraftChanges")]
pub(in crate::graphql) struct Changes {
    description: Option<String>,
    /// Unless given otherwise, a single payer has paid the new total, and the same split applies to it.
    total: Option<MoneyInput>,
    date: Option<Date>,
    category: Option<String>,
    /// An empty text removes the notes.
    notes: Option<String>,
    payers: Option<Vec<PayerInput>>,
    split: Option<SplitInput>,
    /// The exchange rate: units of the group's currency per unit of the total's currency; null removes it. If the
    /// currency of the total changes, the rate is removed unless given.
    rate: MaybeUndefined<Decimal>,
}

impl Changes {
    /// Returns the edit of an expense in this currency, if it is known.
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

/// A change of an expense; omitted fields stay.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateExpenseInput {
    id: ID,
    /// The version that the change is based on.
    expected_version: i32,
    #[graphql(flatten)]
    changes: Changes,
}

impl UpdateExpenseInput {
    /// Returns the version of the expense that the change is based on.
    pub(in crate::graphql) fn seen(&self) -> Outcome<ExpectedVersion> {
        seen(&self.id, self.expected_version)
    }

    /// Returns the edit of an expense in this currency.
    pub(in crate::graphql) fn edit(self, currency: Currency) -> Outcome<Edit> {
        self.changes.edit(Some(currency))
    }
}

/// A filter for expenses; a result meets all conditions.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct ExpenseFilter {
    /// Words, or prefixes of words, in the description, the notes or the comments; ignores case and accents.
    text: Option<String>,
    category: Option<String>,
    /// A member who paid or owes.
    member_id: Option<ID>,
    /// A member who paid.
    payer_id: Option<ID>,
    /// The smallest total, in the currency of the filter.
    min_amount: Option<Decimal>,
    /// The largest total, in the currency of the filter.
    max_amount: Option<Decimal>,
    /// The currency; by default the group's own if an amount is given.
    currency: Option<CurrencyCode>,
    from: Option<Date>,
    to: Option<Date>,
    #[graphql(default_with = "Some(false)")]
    include_deleted: Option<bool>,
    /// Only what the caller paid or owes.
    #[graphql(default_with = "Some(false)")]
    mine: Option<bool>,
}

impl ExpenseFilter {
    /// Whether an amount is given without a currency.
    pub(in crate::graphql) fn needs_currency(&self) -> bool {
        self.currency.is_none() && (self.min_amount.is_some() || self.max_amount.is_some())
    }

    /// Whether it asks for what concerns the caller.
    pub(in crate::graphql) fn is_mine(&self) -> bool {
        self.mine.unwrap_or(false)
    }

    /// Returns the filter; amounts without a currency are in the given one, and `own` are the caller's members.
    pub(in crate::graphql) fn read(self, otherwise: Option<Currency>, own: Vec<MemberId>) -> Outcome<Filter> {
        let member = |id: Option<ID>, field| id.map(|id| read_id(&id, Refusal::NotAMember { field })).transpose();
        let given = self.currency.as_ref().map(|code| code.currency("filter.currency")).transpose()?;
        let needed = if self.needs_currency() { Some(otherwise.ok_or(Refusal::NO_CURRENCY)?) } else { None };
        let currency = given.or(needed);
        let minor = |amount: Option<Decimal>, field: &str| -> Outcome<Option<i64>> {
            let amount = amount.zip(currency).map(|(amount, currency)| amount.amount(currency, field)).transpose()?;
            Ok(amount.map(|amount| amount.minor))
        };
        let text = kit::text::note("filter.text", self.text.as_deref(), kit::text::NAME)?;
        let any_of = self.is_mine().then_some(own);
        let filter = Filter {
            words: None,
            category: self.category.map(|category| kit::text::folded(&category)),
            member: member(self.member_id, "filter.memberId")?,
            any_of,
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

/// Parses the version of an expense that a change is based on.
pub(in crate::graphql) fn seen(id: &ID, version: i32) -> Outcome<ExpectedVersion> {
    let id = read_id(id, Refusal::ExpenseNotFound)?;
    Ok(ExpectedVersion { id, version: i64::from(version) })
}

/// Parses the range of days at `{around}.from` and `{around}.to`.
pub(in crate::graphql) fn days(from: Option<Date>, to: Option<Date>, around: &str) -> Outcome<DayRange> {
    Ok(DayRange {
        from: from.map(|from| from.day(&format!("{around}from"))).transpose()?,
        to: to.map(|to| to.day(&format!("{around}to"))).transpose()?,
    })
}

fn rate(decimal: &Decimal) -> Outcome<Rate> {
    let refused = |why| match why {
        RateRefusal::Number(why) => not_a_number("input.rate", why),
        RateRefusal::Zero => kit::Refusal::invalid("input.rate", why.to_string()),
    };
    Rate::parse(&decimal.0).map_err(|why| refused(why).into())
}

fn payers(rows: &[PayerInput], currency: Currency) -> Outcome<Vec<MemberAmount>> {
    let payer = |(row, payer): (usize, &PayerInput)| {
        let field = format!("input.payers.{row}.amount");
        let amount_minor = payer.amount.amount(currency, &field)?.minor;
        Ok(MemberAmount { member_id: member_id(&payer.member_id, &field)?, amount_minor })
    };
    rows.iter().enumerate().map(payer).collect()
}
