//! Monthly budgets of groups and people.

mod operations;
mod store;

use contracts::{GroupId, Timestamp, UserId, amount};
use kit::{
    Failure, Outcome,
    text::{folded, line},
};
use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

use crate::{
    refusal::Refusal,
    spending::{Month, Spent},
};

pub(crate) use operations::Budgets;

const LONGEST_CATEGORY: usize = 40;
/// The percentage of the limit from which a budget counts as nearly spent.
const NEAR_PERCENT: i128 = 80;

/// A monthly limit for the spending of an owner in one currency, for one category or for all spending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Budget {
    /// Derived from owner, currency and category, so that setting a budget again replaces it.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    pub(crate) owner: Owner,
    /// The key of the category; `None` for all spending.
    pub(crate) category: Option<String>,
    /// The limit per month; always positive.
    #[serde(with = "amount")]
    pub(crate) limit: Amount,
    /// What happened before is not warned about; `None` in older budgets.
    #[serde(default)]
    pub(crate) set_at: Option<Timestamp>,
}

/// The owner of a budget, whose spending it limits: all expenses of a group, or a person's own shares in all groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum Owner {
    Group(GroupId),
    User(UserId),
}

/// The level to which a budget is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// Less than 80% of the limit.
    Within,
    /// At least 80% of the limit.
    Near,
    /// At least the limit.
    Reached,
}

/// A budget with the spending of one month.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Progress {
    pub(crate) budget: Budget,
    pub(crate) month: Month,
    /// The spending in that month; negative if refunds exceed it.
    pub(crate) spent: Amount,
}

impl Budget {
    /// Creates a budget; refuses a category that is not a valid line of text, and a limit that is not positive.
    pub(crate) fn new(owner: Owner, category: Option<&str>, limit: Amount, now: Timestamp) -> Outcome<Self> {
        let category = category.map(|name| line("input.category", name, LONGEST_CATEGORY)).transpose()?;
        let category = category.map(|name| folded(&name));
        if limit.minor <= 0 {
            return Err(Refusal::LimitNotPositive.into());
        }
        let id = format!("{}/{}/{}", String::from(owner), limit.currency, category.as_deref().unwrap_or("*"));
        Ok(Self { id, owner, category, limit, set_at: Some(now) })
    }

    /// Whether what its owner spends in this category and currency counts to it.
    fn counts(&self, category: &str, currency: Currency) -> bool {
        self.limit.currency == currency && self.category.as_deref().is_none_or(|name| name == category)
    }

    /// Whether it was set already when an event happened.
    fn stood_at(&self, moment: Timestamp) -> bool {
        self.set_at.is_none_or(|set_at| set_at <= moment)
    }
}

impl Progress {
    /// Sums the part of a month's spending that counts against the budget; fails on overflow.
    fn new(budget: Budget, month: Month, spent: &[Spent]) -> Outcome<Self> {
        let mut counted = spent.iter().filter(|spent| budget.counts(&spent.category, spent.currency));
        let sum = counted.try_fold(0_i64, |sum, spent| sum.checked_add(spent.amount_minor));
        let minor = sum.ok_or_else(|| Failure::internal("what is spent of a budget does not fit 64 bits"))?;
        Ok(Self { spent: Amount::new(minor, budget.limit.currency), budget, month })
    }

    pub(crate) fn level(&self) -> Level {
        Level::of(self.spent.minor, self.budget.limit.minor)
    }
}

impl Level {
    fn of(spent_minor: i64, limit_minor: i64) -> Self {
        let (spent, limit) = (i128::from(spent_minor), i128::from(limit_minor));
        if spent >= limit {
            Self::Reached
        } else if spent * 100 >= limit * NEAR_PERCENT {
            Self::Near
        } else {
            Self::Within
        }
    }

    /// The kind of the notification for this level.
    fn kind(self) -> &'static str {
        if self == Self::Reached { "budget.reached" } else { "budget.near" }
    }
}

impl Owner {
    /// Parses the owner from a budget's id.
    pub(crate) fn of_budget(id: &str) -> Option<Self> {
        let mut parts = id.splitn(3, '/');
        format!("{}/{}", parts.next()?, parts.next()?).try_into().ok()
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Group(group) => format!("group/{group}"),
            Owner::User(user) => format!("user/{user}"),
        }
    }
}

impl TryFrom<String> for Owner {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let owner = match text.split_once('/') {
            Some(("group", id)) => id.parse().ok().map(Self::Group),
            Some(("user", id)) => id.parse().ok().map(Self::User),
            _ => None,
        };
        owner.ok_or_else(|| format!("not an owner of a budget: {text}"))
    }
}

#[cfg(test)]
mod tests {
    use money::Currency;

    use super::*;

    #[test]
    fn levels_begin_at_80_and_at_100_percent() {
        let cases = [
            (0, 100, Level::Within),
            (-5, 100, Level::Within),
            (79, 100, Level::Within),
            (80, 100, Level::Near),
            (99, 100, Level::Near),
            (100, 100, Level::Reached),
            (i64::MAX, i64::MAX, Level::Reached),
            // 80% of 9 is 7.2.
            (7, 9, Level::Within),
            (8, 9, Level::Near),
        ];
        for (spent, limit, level) in cases {
            assert_eq!(Level::of(spent, limit), level, "{spent} of {limit}");
        }
    }

    #[test]
    fn the_id_tells_the_owner() {
        let euros = Amount::new(100, Currency::from_code("EUR").unwrap());
        for owner in [Owner::Group(GroupId::new()), Owner::User(UserId::new())] {
            let budget = Budget::new(owner, Some("a/b"), euros, Timestamp::EPOCH).unwrap();
            assert_eq!(Owner::of_budget(&budget.id), Some(owner));
        }
        for other in ["", "group", "group/1", "team/x/EUR/*"] {
            assert_eq!(Owner::of_budget(other), None, "{other}");
        }
    }
}
