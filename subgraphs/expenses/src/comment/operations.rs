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
        self.commit(change, expense, comment.id, Some(&comment.text)).await?;
        Ok(comment)
    }

    /// Changes the text of a comment; only its author may.
    pub(crate) async fn edit(&self, caller: &Caller, id: CommentId, text: &str) -> Outcome<Comment> {
        let (comment, expense, membership) = self.find(caller, id).await?;
        let edited = comment.edited(&membership, text, self.clock.now())?;
        let event = Event::CommentEdited(edited.facts(&expense));
        let change = Change::new(expense.group_id.0, event).by(caller).writing([self.store.replace(&edited)?]);
        self.commit(change, expense, edited.id, Some(&edited.text)).await?;
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
        self.commit(change, expense, comment.id, None).await
    }

    /// Commits the change of a comment together with the words by which its expense is found. `text` is what the
    /// comment says from now on. Tried again if the expense or another of its comments changes at the same moment.
    async fn commit(
        &self,
        change: Change<GroupLedger>,
        mut expense: Expense,
        id: CommentId,
        text: Option<&str>,
    ) -> Outcome<()> {
        loop {
            let others = self.store.of(&[expense.id]).await?;
            let others = others.iter().filter(|comment| comment.id != id).map(|comment| comment.text.as_str());
            let after = expense.clone().commented(&others.chain(text).collect::<Vec<_>>());
            let found_by = self.expenses.store.replace_comments(&expense, &after)?;
            match self.journal.commit(change.clone().writing([found_by])).await {
                Err(failure) if failure.is(Code::StaleVersion) => {
                    let present = self.expenses.store.find(expense.id).await?;
                    expense = present.ok_or(Refusal::ExpenseNotFound)?;
                }
                committed => return committed.map(drop),
            }
        }
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
