//! What people do with expenses.

use contracts::{
    Event, ExpenseId, GroupId, Timestamp,
    event::{ExpenseChange, MemberAmount},
    nets::NetRow,
    roster::{Membership, Roster},
};
use kit::{
    Caller, Code, Failure, Outcome,
    graphql::{Page, PageRequest},
    journal::{Change, Committed, IdempotencyKey},
    mongo::Write,
};
use money::{Amount, Currency};
use uuid::Uuid;

use super::{ExpectedVersion, Request};
use crate::{
    Expense, Expenses, NewExpense,
    edit::Edit,
    posting::postings,
    refusal::Refusal,
    revision::Revision,
    split_rule::SplitRule,
    store::{self, Filter},
};

impl Expenses {
    /// Saves a new expense, once for each idempotency key.
    pub(crate) async fn create_expense(&self, caller: &Caller, new: NewExpense, request: &Request) -> Outcome<Expense> {
        let user = caller.user()?;
        let membership = self.membership(caller, new.group_id).await?;
        let id = ExpenseId::new();
        let key = IdempotencyKey::new(user, "createExpense", &request.idempotency_key, &request.body, id.0)?;
        if let Some(made) = self.journal.earlier_result(&key).await? {
            return self.made(made).await;
        }
        let expense = self.new_expense(id, new, &membership).await?;
        self.add(caller, expense, key, Vec::new()).await
    }

    /// Saves the next version of an expense. The edit is read once the currency is known.
    pub(crate) async fn update_expense(
        &self,
        caller: &Caller,
        expected: ExpectedVersion,
        edit: impl FnOnce(Currency) -> Outcome<Edit>,
    ) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.edited(edit(before.total.currency)?, &membership.roster, Timestamp::now())?;
        self.change(caller, Event::ExpenseUpdated, (&before, after), &membership, Vec::new()).await
    }

    /// Deletes an expense; it can be restored.
    pub(crate) async fn delete_expense(&self, caller: &Caller, expected: ExpectedVersion) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.deleted(Timestamp::now())?;
        self.change(caller, Event::ExpenseDeleted, (&before, after), &membership, Vec::new()).await
    }

    /// Restores a deleted expense.
    pub(crate) async fn restore_expense(&self, caller: &Caller, expected: ExpectedVersion) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.restored(Timestamp::now())?;
        self.change(caller, Event::ExpenseRestored, (&before, after), &membership, Vec::new()).await
    }

    /// What the split of a new expense would give now.
    pub(crate) async fn preview(
        &self,
        caller: &Caller,
        total: Amount,
        split: &SplitRule,
    ) -> Outcome<Vec<MemberAmount>> {
        caller.user()?;
        let rounding_offset = self.store.rounding_offset(&split.sharers()).await?;
        Ok(split.shares(total, rounding_offset)?)
    }

    /// One expense, for those who are or were in its group.
    pub(crate) async fn expense(&self, caller: &Caller, id: ExpenseId) -> Outcome<Expense> {
        caller.user()?;
        let expense = self.store.expense(id).await?.ok_or(Refusal::ExpenseNotFound)?;
        self.roster(caller, expense.group_id).await?;
        Ok(expense)
    }

    /// A page of a group's expenses. The caller's right to see the group is checked by whoever resolved it.
    pub(crate) async fn expenses_of(
        &self,
        group: GroupId,
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        self.store.newest_of(group, filter, request).await
    }

    /// Who changed what, the oldest first. The caller's right to see the expense is checked by whoever resolved it.
    pub(crate) async fn history(&self, expense: &Expense) -> Outcome<Vec<Revision>> {
        let recorded = self.journal.history(expense.group_id.0, expense.id.0).await?;
        Ok(recorded.into_iter().filter_map(Revision::of).collect())
    }

    /// What the expenses of a group added up to at a moment; nothing for those who may not see the group.
    pub(crate) async fn nets_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        if rosters.contains_key(&group) { self.journal.nets_at(group.0, at).await } else { Ok(Vec::new()) }
    }

    /// A new expense of a member, with the odd cents dealt by its rounding offset.
    pub(super) async fn new_expense(
        &self,
        id: ExpenseId,
        new: NewExpense,
        Membership { roster, member }: &Membership,
    ) -> Outcome<Expense> {
        let rounding_offset = self.store.rounding_offset(&new.split.sharers()).await?;
        Ok(Expense::new(id, new, rounding_offset, (roster, member.member_id), Timestamp::now())?)
    }

    /// Commits a new expense together with what else it changes, once.
    pub(super) async fn add(
        &self,
        caller: &Caller,
        expense: Expense,
        key: IdempotencyKey,
        others: Vec<Write>,
    ) -> Outcome<Expense> {
        let event = Event::ExpenseCreated(expense.facts());
        let postings = postings(&event)?;
        let change = Change::new(expense.group_id.0, event)
            .by(caller)
            .posting(postings)
            .writing([store::add(&expense)?])
            .writing(others)
            .once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(expense),
            Committed::AlreadyApplied(made) => self.made(made).await,
        }
    }

    /// The expense in the version that the caller expects, and the caller's place in its group.
    pub(super) async fn changeable(
        &self,
        caller: &Caller,
        expected: ExpectedVersion,
    ) -> Outcome<(Expense, Membership)> {
        caller.user()?;
        let expense = self.store.expense(expected.id).await?.ok_or(Refusal::ExpenseNotFound)?;
        let membership = self.membership(caller, expense.group_id).await.map_err(hide)?;
        if expense.version != expected.version {
            return Err(Refusal::Stale { present: expense.version }.into());
        }
        Ok((expense, membership))
    }

    /// Commits the next version, unless somebody else was faster.
    pub(super) async fn change(
        &self,
        caller: &Caller,
        kind: fn(ExpenseChange) -> Event,
        (before, after): (&Expense, Expense),
        membership: &Membership,
        others: Vec<Write>,
    ) -> Outcome<Expense> {
        let event =
            kind(ExpenseChange { before: before.facts(), after: after.facts(), by: membership.member.member_id });
        let postings = postings(&event)?;
        let change = Change::new(after.group_id.0, event)
            .by(caller)
            .posting(postings)
            .writing([store::replace(before, &after)?])
            .writing(others);
        match self.journal.commit(change).await {
            Err(failure) if failure.is(Code::StaleVersion) => {
                let present = self.store.expense(after.id).await?.map_or(after.version, |present| present.version);
                Err(Refusal::Stale { present }.into())
            }
            committed => committed.map(|_| after),
        }
    }

    async fn roster(&self, caller: &Caller, group: GroupId) -> Outcome<Roster> {
        let mut rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        rosters.remove(&group).ok_or_else(|| Refusal::ExpenseNotFound.into())
    }

    pub(super) async fn made(&self, id: Uuid) -> Outcome<Expense> {
        let expense = self.store.expense(ExpenseId(id)).await?;
        expense.ok_or_else(|| Failure::internal("an idempotency key leads to no expense"))
    }
}

/// Whoever may not see the group must not learn that the expense exists.
pub(super) fn hide(failure: Failure) -> Failure {
    if failure.is(Code::GroupNotFound) { Refusal::ExpenseNotFound.into() } else { failure }
}
