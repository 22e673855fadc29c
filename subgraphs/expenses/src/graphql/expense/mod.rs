//! GraphQL types of expenses.

mod input;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use contracts::{ExpenseId, roster::Roster};
use kit::{
    Outcome,
    graphql::{Date, DateTime, Decimal, Money, data, read_id, request},
    journal::{HistoryPage, LONGEST_HISTORY},
};

use super::{
    advice::Advice,
    attachment::Attachment,
    comment::Comment,
    loaders::Loaders,
    reference::{Expense, Group, Member, is_editable, may_see},
    schedule::Schedule,
    split::{Item, Share, SplitMode, SplitRule, items, shares},
};
use crate::{
    advice,
    expense::revision::{Action, Part, Revision},
    refusal::Refusal,
    services::Services,
};
use input::UpdateExpenseInput;
pub(super) use input::{Changes, CreateExpenseInput, ExpenseFilter, days, seen};

#[derive(Default)]
pub(super) struct ExpenseQueries;

#[Object]
impl ExpenseQueries {
    /// An expense of a group that the caller is or was in.
    async fn expense(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Expense>> {
        let (services, caller) = request::<Services>(ctx)?;
        let id = read_id(&id, Refusal::ExpenseNotFound)?;
        Ok(Some(Expense(services.expenses.find(caller, id).await?)))
    }
}

#[derive(Default)]
pub(super) struct CategoryQueries;

#[Object]
impl CategoryQueries {
    /// The category that createExpense would set for this description; "other" if it suggests none.
    async fn suggest_category(&self, ctx: &Context<'_>, description: String) -> Outcome<&'static str> {
        let (services, caller) = request::<Services>(ctx)?;
        services.expenses.suggest_category(caller, &description)
    }
}

#[derive(Default)]
pub(super) struct ExpenseEntities;

#[Object]
impl ExpenseEntities {
    #[graphql(entity)]
    async fn expense_entity(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Expense>> {
        let Some(id) = kit::graphql::id::<ExpenseId>(&id) else { return Ok(None) };
        let Some(expense) = data::<Loaders>(ctx)?.expense(id).await? else { return Ok(None) };
        Ok(may_see(ctx, expense.group_id).await?.then(|| Expense((*expense).clone())))
    }
}

#[derive(Default)]
pub(super) struct ExpenseMutations;

#[Object]
impl ExpenseMutations {
    /// Creates an expense, once per idempotency key.
    async fn create_expense(&self, ctx: &Context<'_>, input: CreateExpenseInput) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        let (new, request) = input.read()?;
        Ok(Expense(services.expenses.create(caller, new, &request).await?))
    }

    /// Changes an expense; omitted fields stay.
    async fn update_expense(&self, ctx: &Context<'_>, input: UpdateExpenseInput) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        let edited = services.expenses.update(caller, input.seen()?, |currency| input.edit(currency));
        Ok(Expense(edited.await?))
    }

    /// Deletes an expense; restoreExpense undoes this.
    async fn delete_expense(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Expense(services.expenses.delete(caller, seen(&id, expected_version)?).await?))
    }

    /// Restores a deleted expense.
    async fn restore_expense(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Expense(services.expenses.restore(caller, seen(&id, expected_version)?).await?))
    }
}

/// Something that some members paid for and some members share.
#[Object]
impl Expense {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        self.0.group_id.into()
    }

    /// What it was for.
    async fn description(&self) -> &str {
        &self.0.description
    }

    async fn total(&self) -> Money {
        self.0.total.into()
    }

    /// The exchange rate when it was saved: units of `converted`'s currency per unit of the total's currency; null if
    /// none was given.
    async fn rate(&self) -> Option<Decimal> {
        self.0.conversion.map(|conversion| Decimal(conversion.rate.to_string()))
    }

    /// The total in the currency that the group had when the rate was saved, rounded half to even. Balances are not
    /// converted.
    async fn converted(&self) -> Outcome<Option<Money>> {
        Ok(self.0.converted()?.map(Into::into))
    }

    /// The day it was spent.
    async fn date(&self) -> Date {
        self.0.date.into()
    }

    /// The key of a category, such as "groceries".
    async fn category(&self) -> &str {
        &self.0.category
    }

    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }

    /// Who paid; the amounts add up to the total.
    async fn payers(&self) -> Vec<Share> {
        shares(&self.0.payers, self.0.total.currency)
    }

    async fn split_mode(&self) -> SplitMode {
        (&self.0.split).into()
    }

    /// The split as it was entered, for editing.
    async fn split_input(&self) -> SplitRule {
        SplitRule::of(&self.0.split, self.0.total.currency)
    }

    /// Who owes; the amounts add up to the total.
    async fn shares(&self) -> Vec<Share> {
        shares(&self.0.shares, self.0.total.currency)
    }

    /// The lines of the receipt, if it is split by items.
    async fn items(&self) -> Vec<Item> {
        items(&self.0.split, self.0.total.currency)
    }

    async fn created_by(&self) -> Member {
        self.0.created_by.into()
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    async fn deleted_at(&self) -> Option<DateTime> {
        self.0.deleted_at.map(Into::into)
    }

    /// Whether the caller may change, delete and restore it.
    async fn editable(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let may_change = |member, roster: &Roster| self.0.may_be_changed_by(member, roster);
        is_editable(ctx, self.0.group_id, may_change).await
    }

    /// Increases with every change. An edit names the version that it is based on.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }

    /// The latest changes, at most 200, the oldest first. `before` is the `place` of a change: only those before it.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(LONGEST_HISTORY)")] first: Option<i32>,
        before: Option<i32>,
    ) -> Outcome<Vec<ExpenseRevision>> {
        let page = HistoryPage::new(self.0.group_id.0, self.0.id.0, (first, before))?;
        let recorded = data::<Loaders>(ctx)?.history(page).await?;
        let revisions = recorded.map(|recorded| Revision::all(&recorded, &self.0)).unwrap_or_default();
        Ok(revisions.into_iter().map(Into::into).collect())
    }

    /// The comments, the oldest first; at most 500.
    async fn comments(&self, ctx: &Context<'_>) -> Outcome<Vec<Comment>> {
        let found = data::<Loaders>(ctx)?.comments(self.0.id).await?;
        Ok(found.iter().flat_map(|comments| comments.iter().cloned()).map(Into::into).collect())
    }

    /// The attached photos and PDFs, the oldest first; at most 10.
    async fn attachments(&self, ctx: &Context<'_>) -> Outcome<Vec<Attachment>> {
        let found = data::<Loaders>(ctx)?.attachments(self.0.id).await?;
        Ok(found.iter().flat_map(|attachments| attachments.iter().cloned()).map(Attachment).collect())
    }

    /// The schedule that entered it, if it still exists.
    async fn schedule(&self, ctx: &Context<'_>) -> Outcome<Option<Schedule>> {
        let Some(id) = self.0.schedule_id else { return Ok(None) };
        Ok(data::<Loaders>(ctx)?.schedule(id).await?.map(|schedule| Schedule((*schedule).clone())))
    }

    /// An advisor's suggestions for this version. Nothing changes until a person accepts them.
    async fn advice(&self, ctx: &Context<'_>) -> Option<Outcome<Advice>> {
        let found = async { data::<Loaders>(ctx)?.advice(self.0.id).await };
        let shown = |found: Arc<advice::Advice>| {
            let advice = (*found).clone().for_version(&self.0)?;
            Some(Advice { expense: self.0.clone(), advice })
        };
        found.await.map(|found| found.and_then(shown)).transpose()
    }
}

/// A change in the history of an expense.
#[derive(SimpleObject)]
pub(super) struct ExpenseRevision {
    /// Its position among all changes of the group.
    place: i32,
    version: i32,
    at: DateTime,
    by: Member,
    action: RevisionAction,
    /// The fields that differ from the previous version.
    changed: Vec<ExpensePart>,
    /// The name of the file, for a change of attachments.
    attachment: Option<String>,
    /// A description of the change.
    change: String,
    /// The total after the change.
    total: Money,
    /// The description after the change.
    description: String,
    /// The day after the change.
    date: Date,
    /// The category after the change.
    category: String,
}

/// A kind of change.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Action")]
enum RevisionAction {
    Added,
    Changed,
    Deleted,
    Restored,
    /// A file was attached.
    Attached,
    /// A file was removed.
    Detached,
}

/// A field of an expense that can differ between versions.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Part")]
enum ExpensePart {
    Description,
    Total,
    Date,
    Category,
    Notes,
    Rate,
    Payers,
    Split,
}

impl From<Revision> for ExpenseRevision {
    fn from(revision: Revision) -> Self {
        let Revision {
            place,
            version,
            at,
            by,
            action,
            changed,
            attachment,
            change,
            total,
            description,
            date,
            category,
        } = revision;
        Self {
            place: i32::try_from(place).unwrap_or(i32::MAX),
            version: i32::try_from(version).unwrap_or(i32::MAX),
            at: at.into(),
            by: by.into(),
            action: action.into(),
            changed: changed.into_iter().map(Into::into).collect(),
            attachment,
            change,
            total: total.into(),
            description,
            date: date.into(),
            category,
        }
    }
}
