//! Comments on expenses.

pub(crate) mod migrations;
pub(crate) mod operations;
pub(crate) mod store;

use contracts::{
    CommentId, ExpenseId, GroupId, MemberId, Timestamp,
    event::CommentFacts,
    roster::{Membership, Roster},
};
use kit::text::{NOTE, note};
use serde::{Deserialize, Serialize};

use crate::{expense::Expense, refusal::Refusal};

/// The most comments of an expense.
pub(crate) const MOST_COMMENTS: u64 = 500;

/// A comment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Comment {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: CommentId,
    /// The expense.
    pub expense_id: ExpenseId,
    /// The group of the expense.
    pub group_id: GroupId,
    /// Who wrote it.
    pub by: MemberId,
    /// What it says.
    pub text: String,
    /// The members that it mentions with `@`.
    pub mentions: Vec<MemberId>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was last edited; `None` if never.
    pub edited_at: Option<Timestamp>,
}

impl Comment {
    /// Creates a comment by a member; refuses an empty or too long text.
    pub(crate) fn new(expense: &Expense, membership: &Membership, text: &str, now: Timestamp) -> Result<Self, Refusal> {
        let text = checked(text)?;
        Ok(Self {
            id: CommentId::new(),
            expense_id: expense.id,
            group_id: expense.group_id,
            by: membership.member.member_id,
            mentions: mentions(&text, &membership.roster),
            text,
            at: now,
            edited_at: None,
        })
    }

    /// Returns the comment with another text; only its author may edit it.
    pub(crate) fn edited(&self, membership: &Membership, text: &str, now: Timestamp) -> Result<Self, Refusal> {
        self.check_author(membership)?;
        let text = checked(text)?;
        let mentions = mentions(&text, &membership.roster);
        Ok(Self { text, mentions, edited_at: Some(now), ..self.clone() })
    }

    /// Refuses everybody except the author.
    pub(crate) fn check_author(&self, membership: &Membership) -> Result<(), Refusal> {
        if self.by == membership.member.member_id { Ok(()) } else { Err(Refusal::CommentOfAnother) }
    }

    /// The payload of its events.
    pub(crate) fn facts(&self, expense: &Expense) -> CommentFacts {
        CommentFacts {
            comment_id: self.id,
            expense_id: self.expense_id,
            group_id: self.group_id,
            description: expense.description.clone(),
            by: self.by,
            text: self.text.clone(),
            mentions: self.mentions.clone(),
            concerned: expense.members(),
        }
    }
}

fn checked(text: &str) -> Result<String, Refusal> {
    let missing = Refusal::Missing { field: "text", question: "What do you want to say?" };
    note("text", Some(text), NOTE)?.ok_or(missing)
}

/// Returns the members whose names follow an `@`. If one name is a prefix of another, the longest match counts.
fn mentions(text: &str, roster: &Roster) -> Vec<MemberId> {
    let text = text.to_lowercase();
    let mut present: Vec<_> = roster.members.iter().filter(|member| !member.left).collect();
    present.sort_by_key(|member| std::cmp::Reverse(member.name.chars().count()));
    let mut named = Vec::new();
    for (_, rest) in text.match_indices('@').map(|(at, mark)| text.split_at(at + mark.len())) {
        let is_meant = |name: &str| rest.strip_prefix(&name.to_lowercase()).is_some_and(ends_a_word);
        if let Some(member) = present.iter().find(|member| is_meant(&member.name))
            && !named.contains(&member.member_id)
        {
            named.push(member.member_id);
        }
    }
    named
}

fn ends_a_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use contracts::{UserId, testing::roster};

    use super::*;

    #[test]
    fn members_named_after_an_at_sign_are_mentioned() {
        let mut roster = roster(&[UserId::new(), UserId::new(), UserId::new()], 1);
        for (member, name) in roster.members.iter_mut().zip(["Ben", "Ben Ode", "Zoë", "Ann"]) {
            name.clone_into(&mut member.name);
        }
        roster.members[3].left = true;
        let places = |text: &str| -> Vec<usize> {
            let place = |id: &MemberId| roster.members.iter().position(|member| member.member_id == *id).unwrap();
            mentions(text, &roster).iter().map(place).collect()
        };
        assert_eq!(places("@ben: was it @ZOË, @zoë?"), [0, 2]);
        assert_eq!(places("@Ben Ode paid"), [1]);
        assert_eq!(places("ben@example.org, @Benno, Zoë, @Ann"), [0_usize; 0]);
    }
}
