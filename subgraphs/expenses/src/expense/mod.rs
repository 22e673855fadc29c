//! An expense: something that some members paid for and some members share.

mod audit;
mod causes;
mod departed;
pub(crate) mod edit;
pub(crate) mod filter;
pub(crate) mod migrations;
pub(crate) mod operations;
pub(crate) mod permission;
pub(crate) mod posting;
pub(crate) mod revision;
pub(crate) mod shares;
pub(crate) mod store;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contracts::{
    Conversion, ExpenseId, GroupId, MemberId, ScheduleId, Timestamp, amount,
    event::{ExpenseFacts, MemberAmount},
    roster::{Membership, Roster},
};
use kit::text::{NOTE, folded, line, note};
use money::{Amount, Currency, LedgerRefusal, Rate, Split, ledger::Entry};
use reader::limits::{DAYS_AHEAD, FIRST_YEAR, LARGEST_TOTAL, LONGEST_CATEGORY, LONGEST_DESCRIPTION};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use permission::may_change;

/// The version of an expense that was never changed.
pub(crate) const FIRST_VERSION: i64 = 1;

const MOST_PAYERS: usize = 100;

/// The most different words of comments by which an expense is found.
const MOST_COMMENTED: usize = 1_000;

/// The category of expenses without one, if their description suggests none.
pub(crate) const OTHER: &str = "other";

/// An expense as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Expense {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ExpenseId,
    /// The group whose ledger it is in.
    pub group_id: GroupId,
    /// Increases with every change.
    pub version: i64,
    /// What it was for.
    pub description: String,
    /// The total amount.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The day it was spent.
    pub date: NaiveDate,
    /// The key of a category, such as `groceries`.
    pub category: String,
    /// Free text.
    pub notes: Option<String>,
    /// Who paid; the amounts add up to the total.
    pub payers: Vec<MemberAmount>,
    /// The split as it was entered, so that an edit starts from the rule and not from its result.
    #[serde(with = "contracts::split")]
    pub split: Split<MemberId>,
    /// Who owes; the amounts add up to the total.
    pub shares: Vec<MemberAmount>,
    /// Who paid or owes, for the search index.
    #[serde(default)]
    pub people: Vec<MemberId>,
    /// Who entered it.
    pub created_by: MemberId,
    /// When it was entered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted; `None` if it is not.
    pub deleted_at: Option<Timestamp>,
    /// A key that identifies the set of members who share it, for counting their expenses.
    pub sharers: String,
    /// How many expenses the same members had shared before; decides who gets the odd cents.
    #[serde(rename = "turn")]
    pub rounding_offset: i64,
    /// The sort key in lists: the day, then the time of entry.
    pub sorted_by: String,
    /// Prefixes of its words and of those of its comments, for the search index.
    #[serde(default)]
    pub words: Vec<String>,
    /// What its comments say, for the search.
    #[serde(default)]
    pub commented: Commented,
    /// The total in the currency of the group, if the currencies differ and a rate was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// The schedule that entered it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_id: Option<ScheduleId>,
}

/// What the comments on an expense say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commented {
    /// How often its comments have changed: two changes of the same moment exclude each other.
    pub revision: i64,
    /// The different words, as they are compared.
    pub words: Vec<String>,
}

/// A new expense as a person enters it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewExpense {
    /// The group whose ledger it enters.
    pub group_id: GroupId,
    /// What it was for.
    pub description: String,
    /// The total amount.
    pub total: Amount,
    /// The day it was spent; defaults to today.
    pub date: Option<NaiveDate>,
    /// The key of a category; by default suggested from the description.
    pub category: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Who paid.
    pub payers: Vec<MemberAmount>,
    /// How it is split.
    pub split: Split<MemberId>,
    /// The exchange rate: units of the group's currency per unit of the total's currency, if these differ.
    pub rate: Option<Rate>,
}

/// The person who enters or changes an expense, in which group and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Author<'a> {
    /// The present members of the group.
    pub roster: &'a Roster,
    /// The person as a member.
    pub member: MemberId,
    /// The time of the change.
    pub now: Timestamp,
    /// The date at that time in the person's time zone.
    pub today: NaiveDate,
}

impl<'a> Author<'a> {
    /// Creates the author of a change from a membership.
    pub(crate) fn at(now: Timestamp, today: NaiveDate, membership: &'a Membership) -> Self {
        Self { roster: &membership.roster, member: membership.member.member_id, now, today }
    }
}

impl Expense {
    /// Creates an expense; refuses invalid values. `rounding_offset` is how many expenses the same members have shared
    /// before.
    pub(crate) fn new(
        id: ExpenseId,
        new: NewExpense,
        rounding_offset: i64,
        author: &Author<'_>,
    ) -> Result<Self, Refusal> {
        Ok(Self::valid(id, new, rounding_offset, author, &[])?.sorted())
    }

    /// Validates an expense. Members who have left are accepted only if they were in it before.
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
            version: FIRST_VERSION,
            description,
            total: new.total,
            date,
            category,
            notes,
            people: people(&new.payers, &shares),
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
            commented: Commented::default(),
            conversion,
            schedule_id: None,
        };
        expense.entry()?;
        Ok(expense.with_comments(Commented::default()))
    }

    /// Returns the expense as it is found with these words of its comments.
    #[must_use]
    pub(crate) fn with_comments(self, commented: Commented) -> Self {
        let expense = Self { commented, ..self };
        let words = words::beginnings(&expense.texts());
        Self { words, ..expense }
    }

    /// Returns the expense as it is found after a change of its comments to these texts.
    #[must_use]
    pub(crate) fn commented(self, texts: &[&str]) -> Self {
        let commented =
            Commented { revision: self.commented.revision + 1, words: words::different(texts, MOST_COMMENTED) };
        self.with_comments(commented)
    }

    /// Whether nothing but the comments has changed since an earlier state.
    pub(crate) fn is_only_commented_since(&self, before: &Self) -> bool {
        self.version == before.version && self.commented.revision != before.commented.revision
    }

    /// Sets the sort key.
    fn sorted(self) -> Self {
        Self { sorted_by: format!("{} {}", self.date, self.created_at), ..self }
    }

    /// The texts that a search looks at.
    fn texts(&self) -> Vec<&str> {
        let own = std::iter::once(self.description.as_str()).chain(self.notes.as_deref());
        own.chain(self.commented.words.iter().map(String::as_str)).collect()
    }

    /// Returns all payers and sharers.
    pub(crate) fn members(&self) -> Vec<MemberId> {
        people(&self.payers, &self.shares)
    }

    /// Whether the group lets this member change it.
    pub(crate) fn may_be_changed_by(&self, member: MemberId, roster: &Roster) -> bool {
        may_change(roster, member, self.created_by, &self.members())
    }

    /// Returns the total in the currency that the group had when the rate was set.
    pub(crate) fn converted(&self) -> Result<Option<Amount>, Refusal> {
        self.conversion.map(|conversion| conversion.of(self.total)).transpose().map_err(|_| Refusal::TotalTooLarge)
    }

    /// Returns its entry in the ledger of the group.
    pub(crate) fn entry(&self) -> Result<Entry<MemberId>, Refusal> {
        entry(&self.payers, &self.shares, self.total).map_err(Refusal::Payers)
    }

    /// The payload of its events.
    pub(crate) fn facts(&self) -> ExpenseFacts {
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
            schedule_id: self.schedule_id,
        }
    }
}

fn people(payers: &[MemberAmount], shares: &[MemberAmount]) -> Vec<MemberId> {
    let people: BTreeSet<_> = payers.iter().chain(shares).map(|part| part.member_id).collect();
    people.into_iter().collect()
}

fn conversion(rate: Rate, total: Amount, currency: Currency) -> Result<Conversion, Refusal> {
    if total.currency == currency {
        return Err(Refusal::RateOfOwnCurrency);
    }
    let conversion = Conversion { rate, currency };
    conversion.of(total).map_err(|_| Refusal::TotalTooLarge)?;
    Ok(conversion)
}

/// Returns the ledger entry of payers and shares.
pub(crate) fn entry(
    payers: &[MemberAmount],
    shares: &[MemberAmount],
    total: Amount,
) -> Result<Entry<MemberId>, LedgerRefusal> {
    let rows =
        |parts: &[MemberAmount]| -> Vec<_> { parts.iter().map(|part| (part.member_id, part.amount_minor)).collect() };
    Entry::of(&rows(payers), &rows(shares), total.currency)
}

/// Returns the category that a description suggests, such as `dining` for "Pizza with Ben"; [`OTHER`] if it suggests
/// none.
pub(crate) fn suggested_category(description: &str) -> &'static str {
    reader::category(description).map_or(OTHER, |(category, _)| category)
}

/// Returns the key of the category with this name.
pub(crate) fn category(name: &str) -> Result<String, Refusal> {
    Ok(folded(&line("input.category", name, LONGEST_CATEGORY)?))
}

fn check_date(date: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let last = today.checked_add_days(DAYS_AHEAD).unwrap_or(NaiveDate::MAX);
    let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(NaiveDate::MIN);
    if (first..=last).contains(&date) { Ok(()) } else { Err(Refusal::AbsurdDate { first, last }) }
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
