//! Use cases of comments: add, edit, delete.

use std::sync::Arc;

use contracts::{CommentId, Event, ExpenseId, event::CommentFacts, ledger::GroupLedger, roster::Membership};
use kit::{
    Caller, Clock, Code, Outcome,
    journal::{Change, Journal},
};

use super::{Comment, MOST_COMMENTS, store::CommentStore};
use crate::{
    expense::{Expense, operations::Expenses},
    refusal::Refusal,
};

/// The service for comments.
pub(crate) struct Comments {
    pub(crate) store: CommentStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) clock: Clock,
}

impl Comments {
    /// Adds a comment to an expense.
    pub(crate) async fn add(&self, caller: &Caller, expense: ExpenseId, text: &str) -> Outcome<Comment> {
        let (expense, membership) = self.expenses.with_membership(caller, expense).await?;
        if self.store.count(expense.id).await? >= MOST_COMMENTS {
            return Err(Refusal::TooManyComments { most: MOST_COMMENTS }.into());
        }
        let comment = Comment::new(&expense, &membership, text, self.clock.now())?;
        let event = Event::ExpenseCommented(comment.facts(&expense));
        let change = Change::new(expense.group_id.0, event).by(caller).writing([self.store.add(&comment)?]);
        self.journal.commit(change).await?;
        Ok(comment)
    }

    /// Changes the text of a comment; only its author may.
    pub(crate) async fn edit(&self, caller: &Caller, id: CommentId, text: &str) -> Outcome<Comment> {
        let (comment, expense, membership) = self.find(caller, id).await?;
        let edited = comment.edited(&membership, text, self.clock.now())?;
        let event = Event::CommentEdited(edited.facts(&expense));
        let change = Change::new(expense.group_id.0, event).by(caller).writing([self.store.replace(&edited)?]);
        self.journal.commit(change).await?;
        Ok(edited)
    }

    /// Deletes a comment; only its author may.
    pub(crate) async fn delete(&self, caller: &Caller, id: CommentId) -> Outcome<()> {
        let (comment, expense, membership) = self.find(caller, id).await?;
        comment.check_author(&membership)?;
        let facts = CommentFacts { text: String::new(), mentions: Vec::new(), ..comment.facts(&expense) };
        let change = Change::new(expense.group_id.0, Event::CommentDeleted(facts))
            .by(caller)
            .writing([self.store.remove(&comment)]);
        self.journal.commit(change).await?;
        Ok(())
    }

    async fn find(&self, caller: &Caller, id: CommentId) -> Outcome<(Comment, Expense, Membership)> {
        caller.user()?;
        let comment = self.store.find(id).await?.ok_or(Refusal::CommentNotFound)?;
        let found = self.expenses.with_membership(caller, comment.expense_id).await;
        let (expense, membership) =
            found.map_err(|failure| failure.hidden_as(Code::ExpenseNotFound, Refusal::CommentNotFound))?;
        Ok((comment, expense, membership))
    }
}
