//! An expense: something that some members paid for and some members share.

use chrono::{Datelike, Days, NaiveDate};
use contracts::{
    ExpenseId, GroupId, MemberId, Timestamp, amount,
    event::{ExpenseFacts, MemberAmount},
    roster::Roster,
};
use kit::text::{NOTE, line, note};
use money::{Amount, LedgerRefusal, ledger::Entry};
use serde::{Deserialize, Serialize};

use crate::{refusal::Refusal, split_rule::SplitRule};

pub(crate) const LONGEST_DESCRIPTION: usize = 200;
pub(crate) const LONGEST_CATEGORY: usize = 40;
const MOST_PAYERS: usize = 100;
pub(crate) const FIRST_YEAR: i32 = 2000;
pub(crate) const DAYS_AHEAD: Days = Days::new(366);

/// The largest total in minor units: a million of them still fit an `i64`.
pub(crate) const LARGEST_TOTAL: u64 = 10_u64.pow(12);

/// The category of an expense for which nobody has named one.
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
    /// How it is split, as it was asked for.
    pub split: SplitRule,
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
    /// Who shares it, as one text, so that those people's expenses can be counted.
    pub sharers: String,
    /// How many expenses those people had shared before: decides who gets the odd cents.
    #[serde(rename = "turn")]
    pub rounding_offset: i64,
    /// Where it stands in the list of its group: by day, then by the time of entering.
    pub sorted_by: String,
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
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Whatever else is worth knowing.
    pub notes: Option<String>,
    /// Who paid.
    pub payers: Vec<MemberAmount>,
    /// How it is split.
    pub split: SplitRule,
}

impl Expense {
    /// A new expense in a group, entered by one of its members; refuses what cannot be right. `rounding_offset` is how
    /// many expenses the same people have shared before.
    pub fn new(
        id: ExpenseId,
        new: NewExpense,
        rounding_offset: i64,
        (roster, created_by): (&Roster, MemberId),
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let expense = Self::checked((id, rounding_offset), new, (roster, &[]), created_by, now)?;
        Ok(expense.sorted())
    }

    /// An expense that can be right. Members who have left may be named only where they were named before.
    pub(crate) fn checked(
        (id, rounding_offset): (ExpenseId, i64),
        new: NewExpense,
        (roster, named_before): (&Roster, &[MemberId]),
        created_by: MemberId,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let description = line("input.description", &new.description, LONGEST_DESCRIPTION)?;
        let category = new.category.as_deref().map(category).transpose()?.unwrap_or_else(|| OTHER.to_owned());
        let notes = note("input.notes", new.notes.as_deref(), NOTE)?;
        let date = new.date.unwrap_or_else(|| now.date());
        check_date(date, now)?;
        if new.total.minor.unsigned_abs() > LARGEST_TOTAL {
            return Err(Refusal::TotalTooLarge);
        }
        let shares = new.split.shares(new.total, rounding_offset)?;
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
            sharers: new.split.sharers(),
            rounding_offset,
            split: new.split,
            sorted_by: String::new(),
        };
        expense.entry()?;
        Ok(expense)
    }

    /// With its place in the list of its group.
    pub(crate) fn sorted(self) -> Self {
        Self { sorted_by: format!("{} {}", self.date, self.created_at), ..self }
    }

    /// Everyone who paid or owes.
    pub fn members(&self) -> Vec<MemberId> {
        self.payers.iter().chain(&self.shares).map(|part| part.member_id).collect()
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
        }
    }
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

fn category(name: &str) -> Result<String, Refusal> {
    Ok(line("input.category", name, LONGEST_CATEGORY)?.to_lowercase())
}

fn check_date(date: NaiveDate, now: Timestamp) -> Result<(), Refusal> {
    let last = now.date().checked_add_days(DAYS_AHEAD).unwrap_or(NaiveDate::MAX);
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
