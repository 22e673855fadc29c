//! Comments on expenses.

pub mod operations;
pub mod store;

use contracts::{
    CommentId, ExpenseId, GroupId, MemberId, Timestamp,
    event::CommentFacts,
    roster::{Membership, Roster},
};
use kit::text::{NOTE, note};
use serde::{Deserialize, Serialize};

use crate::{expense::Expense, refusal::Refusal};

/// So many comments an expense may have.
pub const MOST_COMMENTS: u64 = 500;

/// A comment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Which comment.
    #[serde(rename = "_id")]
    pub id: CommentId,
    /// On which expense.
    pub expense_id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// Who wrote it.
    pub by: MemberId,
    /// What it says.
    pub text: String,
    /// The members that it names by `@`.
    pub mentions: Vec<MemberId>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was last changed, if it was.
    pub edited_at: Option<Timestamp>,
}

impl Comment {
    /// A new comment of a member; refuses an empty or too long text.
    pub fn new(expense: &Expense, membership: &Membership, text: &str, now: Timestamp) -> Result<Self, Refusal> {
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

    /// The comment with another text, for the member who wrote it.
    pub fn edited(&self, membership: &Membership, text: &str, now: Timestamp) -> Result<Self, Refusal> {
        self.check_author(membership)?;
        let text = checked(text)?;
        let mentions = mentions(&text, &membership.roster);
        Ok(Self { text, mentions, edited_at: Some(now), ..self.clone() })
    }

    /// Refuses everybody but the member who wrote it.
    pub fn check_author(&self, membership: &Membership) -> Result<(), Refusal> {
        if self.by == membership.member.member_id { Ok(()) } else { Err(Refusal::CommentOfAnother) }
    }

    /// What others are told about it.
    pub fn facts(&self, expense: &Expense) -> CommentFacts {
        CommentFacts {
            comment_id: self.id,
            expense_id: self.expense_id,
            group_id: self.group_id,
            description: expense.description.clone(),
            by: self.by,
            text: self.text.clone(),
            mentions: self.mentions.clone(),
        }
    }
}

fn checked(text: &str) -> Result<String, Refusal> {
    let missing = Refusal::Missing { field: "text", question: "What do you want to say?" };
    note("text", Some(text), NOTE)?.ok_or(missing)
}

/// The members whose name stands behind an `@`. Of two names of which one begins with the other, only the longer is meant.
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
    fn whoever_stands_behind_an_at_sign_is_named() {
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
