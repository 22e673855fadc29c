//! Use cases of advice: create, accept, dismiss.

use std::sync::Arc;

use contracts::{Event, ExpenseId, event::ExpenseFacts, ledger::GroupLedger};
use kit::{
    Caller, Clock, Code, Outcome,
    journal::{Change, IdempotencyKey, Journal},
};

use super::{Advice, DAYS_APART, Reasoned, Suggestion, category, duplicate, split, store::AdviceStore, writer};
use crate::{
    expense::{
        Expense, FIRST_VERSION,
        operations::{Cause, ExpectedVersion, Expenses},
    },
    refusal::Refusal,
};

/// The service for advice.
pub(crate) struct Advices {
    pub(crate) store: AdviceStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) clock: Clock,
}

impl Advices {
    /// Stores advice for this version of an expense; does nothing if it is outdated.
    pub(crate) async fn advise(&self, cause: Cause, seen: &ExpenseFacts) -> Outcome<()> {
        // It is one of those that are like it, so one question finds it and what it may repeat.
        let alike = self.expenses.store.alike(seen, DAYS_APART).await?;
        let is_seen = |one: &&Expense| one.id == seen.expense_id && one.version == seen.version;
        let Some(expense) = alike.iter().find(is_seen) else { return Ok(()) };
        let advice = Advice::new(expense, self.suggestions(cause, expense, &alike).await?);
        if advice.suggestions.is_empty() {
            return Ok(());
        }
        let change = Change::new(expense.group_id.0, Event::ExpenseAdvised(advice.facts(expense)))
            .caused_by(cause.trace)
            .writing([self.store.put(&advice)?])
            .once(IdempotencyKey::for_event("advise", cause.event, expense.id.0)?);
        match self.journal.commit(change).await {
            Err(failure) if failure.is(Code::StaleVersion) => Ok(()),
            committed => committed.map(|_| ()),
        }
    }

    /// Returns what could be improved and was not dismissed before. For a probable duplicate this is the only suggestion.
    async fn suggestions(&self, cause: Cause, expense: &Expense, alike: &[Expense]) -> Outcome<Vec<Reasoned>> {
        let dismissed = self.dismissed(expense).await?;
        let wanted = |reasoned: &Reasoned| !dismissed.contains(&reasoned.suggestion);
        if let Some(duplicate) = duplicate(expense, alike).filter(wanted) {
            return Ok(vec![duplicate]);
        }
        let described = self.described(cause, expense).await?;
        Ok(category(expense).into_iter().chain(described).filter(wanted).collect())
    }

    async fn dismissed(&self, expense: &Expense) -> Outcome<Vec<Suggestion>> {
        if expense.version == FIRST_VERSION {
            return Ok(Vec::new());
        }
        Ok(self.store.find(expense.id).await?.map(|before| before.dismissed).unwrap_or_default())
    }

    /// Suggests the split that the notes describe.
    async fn described(&self, cause: Cause, expense: &Expense) -> Outcome<Option<Reasoned>> {
        if expense.notes.is_none() {
            return Ok(None);
        }
        let history = self.journal.history(expense.group_id.0, expense.id.0).await?;
        let roster = self.expenses.roster_for_service(cause.trace, expense.group_id).await?;
        let (Some(writer), Some(roster)) = (writer(&history), roster) else { return Ok(None) };
        Ok(split(expense, writer, &roster, self.clock.now()))
    }

    /// Applies the advice as an edit by the caller; an expense that repeats another one is deleted instead.
    pub(crate) async fn accept(&self, caller: &Caller, expected: ExpectedVersion) -> Outcome<Expense> {
        let (before, membership) = self.expenses.changeable(caller, expected).await?;
        let advice = self.shown(&before).await?.ok_or(Refusal::NoAdvice)?;
        let editor = self.expenses.author(caller, &membership);
        if let Some(original) = advice.duplicate_of() {
            let after = before.deleted(&editor)?;
            let others = vec![self.expenses.store.require(original)];
            return self.expenses.change(caller, Event::ExpenseDeleted, (&before, after), &membership, others).await;
        }
        let after = before.edited(advice.edit(), &editor)?;
        self.expenses.change(caller, Event::ExpenseUpdated, (&before, after), &membership, Vec::new()).await
    }

    /// Hides the advice for good. Does nothing if there is none.
    pub(crate) async fn dismiss(&self, caller: &Caller, id: ExpenseId) -> Outcome<()> {
        let (expense, _) = self.expenses.with_membership(caller, id).await?;
        let Some(advice) = self.shown(&expense).await? else { return Ok(()) };
        let event = Event::AdviceDismissed(advice.facts(&expense));
        let change = Change::new(expense.group_id.0, event).by(caller).writing([self.store.dismiss(&advice)?]);
        self.journal.commit(change).await?;
        Ok(())
    }

    async fn shown(&self, expense: &Expense) -> Outcome<Option<Advice>> {
        Ok(self.store.find(expense.id).await?.and_then(|advice| advice.for_version(expense)))
    }
}
