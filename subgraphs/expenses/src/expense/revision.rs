//! The history of an expense, read from the journal and told in words.

use contracts::{
    Event, MemberId, Timestamp,
    event::{AttachmentFacts, ExpenseChange, ExpenseFacts},
};
use kit::journal::Recorded;
use money::Amount;

/// One version of an expense.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Which version this change made, or left as it was.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who made it.
    pub by: MemberId,
    /// What was changed, in words.
    pub change: String,
    /// The total after it.
    pub total: Amount,
    /// The description after it.
    pub description: String,
}

impl Revision {
    /// The revisions that the entries of a journal tell of, in their order.
    pub fn all(recorded: Vec<Recorded>) -> Vec<Self> {
        recorded.into_iter().fold(Vec::new(), |mut revisions, recorded| {
            let revision = Self::after(revisions.last(), recorded);
            revisions.extend(revision);
            revisions
        })
    }

    /// The revision that an entry tells of; `None` for advice, which changes nothing. Of an attachment it is not told what
    /// the expense was like: that stays as it was before.
    fn after(before: Option<&Self>, recorded: Recorded) -> Option<Self> {
        let (expense, by, change) = match recorded.event {
            Event::AttachmentAdded(AttachmentFacts { by, name, .. }) => {
                return Some(Self { at: recorded.at, by, change: format!("attached \"{name}\""), ..before?.clone() });
            }
            Event::AttachmentRemoved(AttachmentFacts { by, name, .. }) => {
                let change = format!("removed the attachment \"{name}\"");
                return Some(Self { at: recorded.at, by, change, ..before?.clone() });
            }
            Event::ExpenseCreated(expense) => {
                let by = expense.created_by;
                (expense, by, "added it".to_owned())
            }
            Event::ExpenseUpdated(ExpenseChange { before, after, by }) => {
                let change = difference(&before, &after);
                (after, by, change)
            }
            Event::ExpenseDeleted(change) => (change.after, change.by, "deleted it".to_owned()),
            Event::ExpenseRestored(change) => (change.after, change.by, "restored it".to_owned()),
            _ => return None,
        };
        let ExpenseFacts { version, total, description, .. } = expense;
        Some(Self { version, at: recorded.at, by, change, total, description })
    }
}

/// What differs, such as `changed the total from 90.00 EUR to 100.00 EUR and the split`.
fn difference(before: &ExpenseFacts, after: &ExpenseFacts) -> String {
    let money = |amount: Amount| format!("{amount} {}", amount.currency);
    let from_to = |what: &str, before: &str, after: &str| format!("the {what} from {before} to {after}");
    let mut parts = Vec::new();
    if before.description != after.description {
        parts.push(from_to(
            "description",
            &format!("\"{}\"", before.description),
            &format!("\"{}\"", after.description),
        ));
    }
    if before.total != after.total {
        parts.push(from_to("total", &money(before.total), &money(after.total)));
    }
    if before.date != after.date {
        parts.push(from_to("date", &before.date.to_string(), &after.date.to_string()));
    }
    if before.category != after.category {
        parts.push(from_to("category", &before.category, &after.category));
    }
    let others = [
        ("the notes", before.notes != after.notes),
        ("the rate", before.conversion != after.conversion),
        ("who paid", before.payers != after.payers),
        ("the split", before.shares != after.shares),
    ];
    parts.extend(others.iter().filter(|(_, differs)| *differs).map(|(what, _)| (*what).to_owned()));
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
        }
    }

    #[test]
    fn a_change_is_told_in_words() {
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
