//! Drafts and advice in the public schema.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use base64::{Engine, prelude::BASE64_STANDARD};
use kit::{
    Failure, Outcome,
    graphql::{Date, DateTime, Money},
};

use super::{
    loader::{ExpenseLoader, loader},
    request,
    types::{Expense, Group, Item, Share, SplitMode, items, shares},
};
use crate::{advice, advisors, draft, expense, photo::Photo, refusal::Refusal};

/// How far a draft has come.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum DraftStatus {
    /// Not read yet.
    Pending,
    /// Can be confirmed as it is.
    Ready,
    /// Can be confirmed together with what is missing.
    Failed,
    /// Is an expense.
    Confirmed,
    /// Was dropped.
    Discarded,
}

impl From<draft::Status> for DraftStatus {
    fn from(status: draft::Status) -> Self {
        match status {
            draft::Status::Pending => Self::Pending,
            draft::Status::Ready => Self::Ready,
            draft::Status::Failed => Self::Failed,
            draft::Status::Confirmed => Self::Confirmed,
            draft::Status::Discarded => Self::Discarded,
        }
    }
}

/// Who has read a text or gives advice.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advisor {
    /// The built-in reader.
    Rules,
    /// Google's model.
    Gemini,
}

impl From<advisors::Advisor> for Advisor {
    fn from(advisor: advisors::Advisor) -> Self {
        match advisor {
            advisors::Advisor::Rules => Self::Rules,
            advisors::Advisor::Gemini => Self::Gemini,
        }
    }
}

/// The photo of a receipt.
#[derive(InputObject)]
pub(super) struct PhotoInput {
    /// "image/jpeg", "image/png" or "image/webp".
    media_type: String,
    /// The file, at most 4 MB of it.
    base64: String,
}

impl PhotoInput {
    pub(super) fn read(&self) -> Outcome<Photo> {
        let not_base64 = Refusal::Photo { field: "photo.base64", why: "This is not base64." };
        let bytes = BASE64_STANDARD.decode(&self.base64).map_err(|_| not_base64)?;
        Ok(Photo::new(&self.media_type, bytes)?)
    }
}

/// A draft of an expense.
pub(super) struct ExpenseDraft(pub(super) draft::Draft);

/// A sentence or a photo on its way to becoming an expense. Only its author sees it, and nothing moves until the author
/// confirms it.
#[Object]
impl ExpenseDraft {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        Group(self.0.group_id)
    }

    /// What was written; empty for a photo.
    async fn text(&self) -> &str {
        self.0.text()
    }

    async fn status(&self) -> DraftStatus {
        self.0.status.into()
    }

    /// Who has read it.
    async fn advisor(&self) -> Option<Advisor> {
        self.0.advisor.map(Into::into)
    }

    /// What it was for.
    async fn description(&self) -> Option<&str> {
        self.0.reading.description.as_deref()
    }

    async fn total(&self) -> Option<Money> {
        self.0.reading.total.map(Into::into)
    }

    /// The day it was spent.
    async fn date(&self) -> Option<Date> {
        self.0.reading.date.map(Into::into)
    }

    /// A word such as "groceries".
    async fn category(&self) -> Option<&str> {
        self.0.reading.category.as_deref()
    }

    /// Who paid, as far as it is known; zero while no total is.
    async fn payers(&self) -> Vec<Share> {
        shares(&self.0.payers(), self.0.currency())
    }

    async fn split_mode(&self) -> Option<SplitMode> {
        self.0.reading.split.as_ref().map(Into::into)
    }

    /// Who would owe if it were confirmed now, as far as it is known; zero while no total is.
    async fn shares(&self, ctx: &Context<'_>) -> Result<Vec<Share>, Failure> {
        let (expenses, _) = request(ctx)?;
        Ok(shares(&expenses.shares_of(&self.0).await?, self.0.currency()))
    }

    /// The lines of the receipt, when it is split by items.
    async fn items(&self) -> Vec<Item> {
        let reading = &self.0.reading;
        let known = reading.split.as_ref().zip(reading.total);
        known.map(|(split, total)| items(split, total.currency)).unwrap_or_default()
    }

    /// Why it is FAILED, or what was guessed and should be looked at, in plain words.
    async fn problems(&self) -> &[String] {
        &self.0.problems
    }

    /// What it has become.
    async fn expense(&self, ctx: &Context<'_>) -> Option<Outcome<Expense>> {
        let id = self.0.expense_id?;
        let found = async {
            let (expenses, caller) = request(ctx)?;
            expenses.expense(caller, id).await
        };
        Some(found.await.map(Expense))
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// Advice for an expense, which stands beside it.
pub(super) struct Advice {
    pub(super) expense: expense::Expense,
    pub(super) advice: advice::Advice,
}

/// What an advisor thinks of an expense. Nothing changes until a person accepts it.
#[Object]
impl Advice {
    /// The category that fits better.
    async fn category(&self) -> Option<&str> {
        self.advice.category()
    }

    /// The older expense that this one seems to repeat; accepting the advice deletes the younger.
    async fn duplicate_of(&self, ctx: &Context<'_>) -> Option<Outcome<Expense>> {
        let id = self.advice.duplicate_of()?;
        let found = async { loader::<ExpenseLoader>(ctx)?.load(id).await };
        found.await.map(|found| found.map(|expense| Expense((*expense).clone()))).transpose()
    }

    /// How the notes say that it is split.
    async fn split_mode(&self) -> Option<SplitMode> {
        self.advice.split().map(Into::into)
    }

    /// Who would owe then.
    async fn shares(&self) -> Vec<Share> {
        let advised = self.advice.facts(&self.expense).shares;
        shares(&advised, self.expense.total.currency)
    }

    /// Why, in plain words.
    async fn reason(&self) -> String {
        self.advice.reason()
    }

    async fn advisor(&self) -> Advisor {
        self.advice.advisor.into()
    }
}
