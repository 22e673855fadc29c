//! An expense: something that some members paid for and some members share.

mod audit;
mod causes;
mod departed;
pub mod edit;
pub mod filter;
pub(crate) mod migrations;
pub mod operations;
pub mod posting;
pub mod revision;
pub mod shares;
pub mod store;
mod words;

use chrono::{Datelike, NaiveDate};
use contracts::{
    Conversion, ExpenseId, GroupId, MemberId, ScheduleId, Timestamp, amount,
    event::{ExpenseFacts, MemberAmount},
    roster::{Membership, Roster},
};
use kit::text::{NOTE, line, note};
use money::{Amount, Currency, LedgerRefusal, Rate, Split, ledger::Entry};
use reader::limits::{DAYS_AHEAD, FIRST_YEAR, LARGEST_TOTAL, LONGEST_CATEGORY, LONGEST_DESCRIPTION};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

const MOST_PAYERS: usize = 100;

/// The category of an expense for which nobody has named one and whose description gives none away.
pub const OTHER: &str = "other";

/// An expense as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expense {
    /// Which expense.
    #[serde(rename = "_id")]
    pub id: ExpenseId,
    /// Whose ledger it is in.
    pub group_id: GroupId,
    /// Grows with every change.
    pub version: i64,
    /// What it was for.
    pub description: String,
    /// The whole amount.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The day it was spent.
    pub date: NaiveDate,
    /// A word such as `groceries`.
    pub category: String,
    /// Whatever else is worth knowing.
    pub notes: Option<String>,
    /// Who paid; adds up to the total.
    pub payers: Vec<MemberAmount>,
    /// How it is split, as it was asked for: an edit starts from what a person meant and not from what it came to.
    #[serde(with = "contracts::split")]
    pub split: Split<MemberId>,
    /// Who owes; adds up to the total.
    pub shares: Vec<MemberAmount>,
    /// Who entered it.
    pub created_by: MemberId,
    /// When it was entered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted, if it is.
    pub deleted_at: Option<Timestamp>,
    /// A key of the people who share it, so that their expenses can be counted.
    pub sharers: String,
    /// How many expenses those people had shared before: decides who gets the odd cents.
    #[serde(rename = "turn")]
    pub rounding_offset: i64,
    /// Where it stands in the list of its group: by day, then by the time of entering.
    pub sorted_by: String,
    /// The beginnings of the words by which it is found.
    #[serde(default)]
    pub words: Vec<String>,
    /// What the total is in the currency of the group, where that is another one and somebody has said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// Which schedule has entered it, if one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_id: Option<ScheduleId>,
}

/// What a person says about a new expense.
#[derive(Clone, Debug, PartialEq)]
pub struct NewExpense {
    /// Whose ledger it is for.
    pub group_id: GroupId,
    /// What it was for.
    pub description: String,
    /// The whole amount.
    pub total: Amount,
    /// The day it was spent; today when not said.
    pub date: Option<NaiveDate>,
    /// A word such as `groceries`; what the description gives away when not said.
    pub category: Option<String>,
    /// Whatever else is worth knowing.
    pub notes: Option<String>,
    /// Who paid.
    pub payers: Vec<MemberAmount>,
    /// How it is split.
    pub split: Split<MemberId>,
    /// How much of the group's currency a unit of the total's currency is, where that is another one.
    pub rate: Option<Rate>,
}

/// Who enters or changes an expense, in which group, and when.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// The group as it is.
    pub roster: &'a Roster,
    /// Who it is.
    pub member: MemberId,
    /// When.
    pub now: Timestamp,
    /// The day that it is then where they live.
    pub today: NaiveDate,
}

impl<'a> Author<'a> {
    /// A member who does something at this moment of their day.
    pub fn at(now: Timestamp, today: NaiveDate, membership: &'a Membership) -> Self {
        Self { roster: &membership.roster, member: membership.member.member_id, now, today }
    }
}

impl Expense {
    /// A new expense in the author's group; refuses what cannot be right. The offset is how many expenses the same people
    /// have shared before.
    pub fn new(id: ExpenseId, new: NewExpense, rounding_offset: i64, author: &Author<'_>) -> Result<Self, Refusal> {
        Ok(Self::valid(id, new, rounding_offset, author, &[])?.sorted())
    }

    /// An expense that can be right. Members who have left may be named only where they were named before.
    fn valid(
        id: ExpenseId,
        new: NewExpense,
        rounding_offset: i64,
        author: &Author<'_>,
        named_before: &[MemberId],
    ) -> Result<Self, Refusal> {
        let Author { roster, member: created_by, now, today } = *author;
        let description = line("input.description", &new.description, LONGEST_DESCRIPTION)?;
        let named = new.category.as_deref().map(category).transpose()?;
        let category = named.unwrap_or_else(|| suggested_category(&description).to_owned());
        let notes = note("input.notes", new.notes.as_deref(), NOTE)?;
        let date = new.date.unwrap_or(today);
        check_date(date, today)?;
        if new.total.minor.unsigned_abs() > LARGEST_TOTAL {
            return Err(Refusal::TotalTooLarge);
        }
        let conversion = new.rate.map(|rate| conversion(rate, new.total, roster.currency)).transpose()?;
        let shares = shares::shares(&new.split, new.total, rounding_offset)?;
        let may_be_named =
            |id: &MemberId| named_before.contains(id) || roster.member(*id).is_some_and(|member| !member.left);
        if !new.split.members().iter().all(may_be_named) {
            return Err(Refusal::NotAMember { field: "input.split" });
        }
        check_payers(&new.payers, new.total)?;
        if !new.payers.iter().map(|payer| payer.member_id).all(|id| may_be_named(&id)) {
            return Err(Refusal::NotAMember { field: "input.payers" });
        }
        let expense = Self {
            id,
            group_id: new.group_id,
            version: 1,
            description,
            total: new.total,
            date,
            category,
            notes,
            payers: new.payers,
            shares,
            created_by,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            sharers: shares::sharers(&new.split),
            rounding_offset,
            split: new.split,
            sorted_by: String::new(),
            words: Vec::new(),
            conversion,
            schedule_id: None,
        };
        let words = words::beginnings(&expense.texts());
        let expense = Self { words, ..expense };
        expense.entry()?;
        Ok(expense)
    }

    /// With its place in the list of its group.
    fn sorted(self) -> Self {
        Self { sorted_by: format!("{} {}", self.date, self.created_at), ..self }
    }

    /// Where somebody looks for words.
    fn texts(&self) -> Vec<&str> {
        std::iter::once(self.description.as_str()).chain(self.notes.as_deref()).collect()
    }

    /// Everyone who paid or owes.
    pub fn members(&self) -> Vec<MemberId> {
        self.payers.iter().chain(&self.shares).map(|part| part.member_id).collect()
    }

    /// The total in the currency that the group had when its rate was said.
    pub fn converted(&self) -> Result<Option<Amount>, Refusal> {
        self.conversion.map(|conversion| conversion.of(self.total)).transpose().map_err(|_| Refusal::TotalTooLarge)
    }

    /// What it does to the ledger of its group.
    pub fn entry(&self) -> Result<Entry<MemberId>, Refusal> {
        entry(&self.payers, &self.shares, self.total).map_err(Refusal::Payers)
    }

    /// What others are told about it.
    pub fn facts(&self) -> ExpenseFacts {
        ExpenseFacts {
            expense_id: self.id,
            group_id: self.group_id,
            version: self.version,
            description: self.description.clone(),
            total: self.total,
            date: self.date,
            category: self.category.clone(),
            notes: self.notes.clone(),
            payers: self.payers.clone(),
            shares: self.shares.clone(),
            created_by: self.created_by,
            conversion: self.conversion,
        }
    }
}

fn conversion(rate: Rate, total: Amount, currency: Currency) -> Result<Conversion, Refusal> {
    if total.currency == currency {
        return Err(Refusal::RateOfOwnCurrency);
    }
    let conversion = Conversion { rate, currency };
    conversion.of(total).map_err(|_| Refusal::TotalTooLarge)?;
    Ok(conversion)
}

/// What payers and shares do to a ledger.
pub(crate) fn entry(
    payers: &[MemberAmount],
    shares: &[MemberAmount],
    total: Amount,
) -> Result<Entry<MemberId>, LedgerRefusal> {
    let rows =
        |parts: &[MemberAmount]| -> Vec<_> { parts.iter().map(|part| (part.member_id, part.amount_minor)).collect() };
    Entry::of(&rows(payers), &rows(shares), total.currency)
}

/// The category that a description gives away, such as `dining` for "Pizza with Ben"; [`OTHER`] when it gives none away.
pub fn suggested_category(description: &str) -> &'static str {
    reader::category(description).map_or(OTHER, |(category, _)| category)
}

/// A category as it is stored.
pub(crate) fn category(name: &str) -> Result<String, Refusal> {
    Ok(line("input.category", name, LONGEST_CATEGORY)?.to_lowercase())
}

fn check_date(date: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let last = today.checked_add_days(DAYS_AHEAD).unwrap_or(NaiveDate::MAX);
    if date.year() >= FIRST_YEAR && date <= last { Ok(()) } else { Err(Refusal::AbsurdDate) }
}

fn check_payers(payers: &[MemberAmount], total: Amount) -> Result<(), Refusal> {
    if payers.len() > MOST_PAYERS {
        return Err(Refusal::TooMany { field: "input.payers", most: MOST_PAYERS });
    }
    if payers.iter().any(|payer| payer.amount_minor.signum() != total.minor.signum()) {
        return Err(Refusal::PayerWithoutPayment);
    }
    Ok(())
}
