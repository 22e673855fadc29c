//! The history of an expense, derived from the journal and described in words.

use chrono::NaiveDate;
use contracts::{
    Event, MemberId, Timestamp,
    event::{AttachmentFacts, ExpenseChange, ExpenseFacts},
};
use kit::journal::Recorded;
use money::Amount;

use super::Expense;

/// One version of an expense.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Revision {
    /// Its position in the journal of the group.
    pub place: i64,
    /// The version that the change created; a change of attachments keeps the version.
    pub version: i64,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: MemberId,
    /// The kind of change.
    pub action: Action,
    /// The fields that differ from the previous version.
    pub changed: Vec<Part>,
    /// The name of the file, for a change of attachments.
    pub attachment: Option<String>,
    /// A description of the change.
    pub change: String,
    /// The total after the change.
    pub total: Amount,
    /// The description after the change.
    pub description: String,
    /// The day after the change.
    pub date: NaiveDate,
    /// The category after the change.
    pub category: String,
}

/// Kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The expense was created.
    Added,
    /// Some fields were changed.
    Changed,
    /// It was deleted.
    Deleted,
    /// It was restored.
    Restored,
    /// A file was attached.
    Attached,
    /// A file was removed.
    Detached,
}

/// A field of an expense that can differ between versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What it was for.
    Description,
    /// The total amount.
    Total,
    /// The day it was spent.
    Date,
    /// The category.
    Category,
    /// The notes.
    Notes,
    /// The exchange rate.
    Rate,
    /// Who paid.
    Payers,
    /// The split.
    Split,
}

impl Revision {
    /// Returns the revisions described by journal entries about an expense, in their order.
    pub(crate) fn all(recorded: &[Recorded], expense: &Expense) -> Vec<Self> {
        let facts = expense.facts();
        recorded.iter().fold(Vec::new(), |mut revisions, recorded| {
            let revision = Self::after(revisions.last(), recorded, &facts);
            revisions.extend(revision);
            revisions
        })
    }

    /// Returns the revision described by a journal entry; `None` for advice, which changes nothing. Events of
    /// attachments do not contain the expense, so its values are taken from the revision before, or from its present
    /// state at the beginning of a page.
    fn after(before: Option<&Self>, recorded: &Recorded, present: &ExpenseFacts) -> Option<Self> {
        let about_file = |by, action, name: &str, change| {
            let unchanged = before.cloned();
            let unchanged =
                unchanged.unwrap_or_else(|| Self::of(recorded, present, (by, action, Vec::new(), String::new())));
            let (place, at, attachment) = (recorded.version, recorded.at, Some(name.to_owned()));
            Self { place, at, by, action, change, attachment, changed: Vec::new(), ..unchanged }
        };
        Some(match &recorded.event {
            Event::AttachmentAdded(AttachmentFacts { by, name, .. }) => {
                about_file(*by, Action::Attached, name, format!("attached \"{name}\""))
            }
            Event::AttachmentRemoved(AttachmentFacts { by, name, .. }) => {
                about_file(*by, Action::Detached, name, format!("removed the attachment \"{name}\""))
            }
            Event::ExpenseCreated(expense) => {
                let change = "added it".to_owned();
                Self::of(recorded, expense, (expense.created_by, Action::Added, Vec::new(), change))
            }
            Event::ExpenseUpdated(ExpenseChange { before, after, by }) => {
                let changed = differences(before, after);
                let change = in_words(&changed, before, after);
                Self::of(recorded, after, (*by, Action::Changed, changed, change))
            }
            Event::ExpenseDeleted(ExpenseChange { after, by, .. }) => {
                Self::of(recorded, after, (*by, Action::Deleted, Vec::new(), "deleted it".to_owned()))
            }
            Event::ExpenseRestored(ExpenseChange { after, by, .. }) => {
                Self::of(recorded, after, (*by, Action::Restored, Vec::new(), "restored it".to_owned()))
            }
            _ => return None,
        })
    }

    fn of(
        recorded: &Recorded,
        expense: &ExpenseFacts,
        (by, action, changed, change): (MemberId, Action, Vec<Part>, String),
    ) -> Self {
        Self {
            place: recorded.version,
            version: expense.version,
            at: recorded.at,
            by,
            action,
            changed,
            attachment: None,
            change,
            total: expense.total,
            description: expense.description.clone(),
            date: expense.date,
            category: expense.category.clone(),
        }
    }
}

/// Returns the fields that differ.
fn differences(before: &ExpenseFacts, after: &ExpenseFacts) -> Vec<Part> {
    let parts = [
        (Part::Description, before.description != after.description),
        (Part::Total, before.total != after.total),
        (Part::Date, before.date != after.date),
        (Part::Category, before.category != after.category),
        (Part::Notes, before.notes != after.notes),
        (Part::Rate, before.conversion != after.conversion),
        (Part::Payers, before.payers != after.payers),
        (Part::Split, before.shares != after.shares),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// Describes the differences, such as `changed the total from 90.00 EUR to 100.00 EUR and the split`.
fn in_words(changed: &[Part], before: &ExpenseFacts, after: &ExpenseFacts) -> String {
    let money = |amount: Amount| format!("{amount} {}", amount.currency);
    let from_to = |what: &str, before: &str, after: &str| format!("the {what} from {before} to {after}");
    let told = |part: &Part| match part {
        Part::Description => {
            let quoted = |expense: &ExpenseFacts| format!("\"{}\"", expense.description);
            from_to("description", &quoted(before), &quoted(after))
        }
        Part::Total => from_to("total", &money(before.total), &money(after.total)),
        Part::Date => from_to("date", &before.date.to_string(), &after.date.to_string()),
        Part::Category => from_to("category", &before.category, &after.category),
        Part::Notes => "the notes".to_owned(),
        Part::Rate => "the rate".to_owned(),
        Part::Payers => "who paid".to_owned(),
        Part::Split => "the split".to_owned(),
    };
    let parts: Vec<String> = changed.iter().map(told).collect();
    match parts.split_last() {
        None => "saved it unchanged".to_owned(),
        Some((only, [])) => format!("changed {only}"),
        Some((last, others)) => format!("changed {} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use contracts::{ExpenseId, GroupId, event::MemberAmount};
    use money::Currency;

    use super::*;

    fn facts() -> ExpenseFacts {
        let member_id = MemberId::new();
        let parts = vec![MemberAmount { member_id, amount_minor: 9_000 }];
        ExpenseFacts {
            expense_id: ExpenseId::new(),
            group_id: GroupId::new(),
            version: 1,
            description: "Dinner".to_owned(),
            total: Amount::new(9_000, Currency::from_code("EUR").unwrap()),
            date: "2026-11-22".parse().unwrap(),
            category: "other".to_owned(),
            notes: None,
            payers: parts.clone(),
            shares: parts,
            created_by: member_id,
            conversion: None,
            schedule_id: None,
        }
    }

    fn difference(before: &ExpenseFacts, after: &ExpenseFacts) -> String {
        in_words(&differences(before, after), before, after)
    }

    #[test]
    fn changes_are_described_in_words() {
        let before = facts();
        let mut after = before.clone();
        assert_eq!(difference(&before, &after), "saved it unchanged");
        after.description = "Lunch".to_owned();
        assert_eq!(difference(&before, &after), "changed the description from \"Dinner\" to \"Lunch\"");
        after.total.minor = 10_000;
        after.payers[0].amount_minor = 10_000;
        let told =
            "changed the description from \"Dinner\" to \"Lunch\", the total from 90.00 EUR to 100.00 EUR and who paid";
        assert_eq!(difference(&before, &after), told);
    }
}
