//! GraphQL types of drafts.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject, Subscription};
use base64::{Engine, prelude::BASE64_STANDARD};
use contracts::{DraftId, GroupId, roster::group_not_found};
use futures::{StreamExt, stream::BoxStream};
use kit::{
    Outcome,
    graphql::{Date, DateTime, Money, read_id, request},
};

use super::{
    advice::Advisor,
    argument::without_input,
    expense::Changes,
    problem::Problem,
    reference::{Expense, Group, Member},
    split::{Item, Share, SplitMode, items, shares},
};
use crate::{
    draft::{self, photo::Photo},
    expense::{edit::Edit, operations::Request},
    refusal::Refusal,
    services::Services,
};

#[derive(Default)]
pub(super) struct DraftQueries;

#[Object]
impl DraftQueries {
    /// A draft of the caller.
    async fn draft(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<ExpenseDraft>> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Some(ExpenseDraft(services.drafts.find(caller, draft_id(&id)?).await?)))
    }
}

#[derive(Default)]
pub(super) struct DraftMutations;

#[Object]
impl DraftMutations {
    /// Requests the reading of a sentence such as "dinner 84.50, Ben only had a salad for 12". Returns a PENDING draft;
    /// draftChanged emits it again once it has been read.
    async fn draft_expense(&self, ctx: &Context<'_>, group_id: ID, text: String) -> Outcome<ExpenseDraft> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(ExpenseDraft(services.drafts.request(caller, group(&group_id)?, &text).await?))
    }

    /// Requests the reading of the photo of a receipt. Refused with `NOT_CONFIGURED` if the server cannot read photos.
    async fn draft_receipt(&self, ctx: &Context<'_>, group_id: ID, photo: PhotoInput) -> Outcome<ExpenseDraft> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(ExpenseDraft(services.drafts.request_receipt(caller, group(&group_id)?, || photo.read()).await?))
    }

    /// Makes an expense of a draft, once, with these changes. For a FAILED draft the changes must add what is missing.
    async fn confirm_draft(
        &self,
        ctx: &Context<'_>,
        id: ID,
        idempotency_key: String,
        changes: Option<Changes>,
    ) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        let request = Request { body: serde_json::to_value((&id, &changes))?, idempotency_key };
        let edit = |currency| changes.map_or(Ok(Edit::default()), |changes| changes.edit(currency));
        let confirmed = services.drafts.confirm(caller, draft_id(&id)?, &request, edit).await;
        Ok(Expense(confirmed.map_err(|failure| without_input(failure, "changes."))?))
    }

    /// Discards a draft.
    async fn discard_draft(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.drafts.discard(caller, draft_id(&id)?).await.map(|()| true)
    }
}

#[derive(Default)]
pub(super) struct DraftSubscriptions;

#[Subscription]
impl DraftSubscriptions {
    /// Emits the draft at once and, if it is PENDING, again when it is READY or FAILED; then the stream ends.
    async fn draft_changed(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<BoxStream<'static, ExpenseDraft>> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.drafts.watch(caller, draft_id(&id)?).await?.map(ExpenseDraft).boxed())
    }
}

/// The state of a draft.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum DraftStatus {
    /// Not read yet.
    Pending,
    /// Can be confirmed as it is.
    Ready,
    /// Can be confirmed once missing values are added.
    Failed,
    /// Has become an expense.
    Confirmed,
    /// Was discarded.
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

/// The photo of a receipt.
#[derive(InputObject)]
pub(super) struct PhotoInput {
    /// "image/jpeg", "image/png" or "image/webp".
    media_type: String,
    /// The file, at most 4 MB before encoding.
    base64: String,
}

impl PhotoInput {
    pub(super) fn read(&self) -> Outcome<Photo> {
        let not_base64 = Refusal::Photo { field: "photo.base64", why: "This is not base64." };
        let bytes = BASE64_STANDARD.decode(&self.base64).map_err(|_| not_base64)?;
        Ok(Photo::new(&self.media_type, bytes)?)
    }
}

pub(super) struct ExpenseDraft(pub(super) draft::Draft);

/// A sentence or a photo that is about to become an expense. Only its author can see it. It changes no balance until
/// the author confirms it.
#[Object]
impl ExpenseDraft {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        self.0.group_id.into()
    }

    /// The text as it was written; empty for a photo.
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

    /// The key of a category, such as "groceries".
    async fn category(&self) -> Option<&str> {
        self.0.reading.category.as_deref()
    }

    /// Who paid, as far as it is known; amounts are zero while the total is unknown.
    async fn payers(&self) -> Vec<Share> {
        shares(&self.0.payers(), self.0.currency())
    }

    async fn split_mode(&self) -> Option<SplitMode> {
        self.0.reading.split.as_ref().map(Into::into)
    }

    /// The shares if it were confirmed now, as far as they are known; amounts are zero while the total is unknown.
    async fn shares(&self, ctx: &Context<'_>) -> Outcome<Vec<Share>> {
        let (services, _) = request::<Services>(ctx)?;
        Ok(shares(&services.drafts.shares(&self.0).await?, self.0.currency()))
    }

    /// The lines of the receipt, if it is split by items.
    async fn items(&self) -> Vec<Item> {
        let reading = &self.0.reading;
        let known = reading.split.as_ref().zip(reading.total);
        known.map(|(split, total)| items(split, total.currency)).unwrap_or_default()
    }

    /// The payment that the text describes instead of an expense. The draft is FAILED then; use recordPayment.
    async fn payment(&self) -> Option<DraftPayment> {
        let payment = self.0.payment?;
        let date = self.0.reading.date.unwrap_or_else(|| self.0.today());
        Some(DraftPayment {
            from: payment.from.into(),
            to: payment.to.into(),
            amount: payment.amount().into(),
            date: date.into(),
        })
    }

    /// Why it is FAILED, or which values were guessed and should be checked.
    async fn remarks(&self) -> Vec<Problem> {
        self.0.remarks().into_iter().map(Into::into).collect()
    }

    /// The remarks as English sentences.
    async fn problems(&self) -> &[String] {
        &self.0.problems
    }

    /// The expense that it has become.
    async fn expense(&self, ctx: &Context<'_>) -> Option<Outcome<Expense>> {
        let id = self.0.expense_id?;
        let found = async {
            let (services, caller) = request::<Services>(ctx)?;
            services.expenses.find(caller, id).await
        };
        Some(found.await.map(Expense))
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A payment between two members, as the text describes it.
#[derive(SimpleObject)]
struct DraftPayment {
    from: Member,
    to: Member,
    amount: Money,
    /// The day of the payment.
    date: Date,
}

fn group(id: &ID) -> Outcome<GroupId> {
    read_id(id, group_not_found())
}

fn draft_id(id: &ID) -> Outcome<DraftId> {
    read_id(id, Refusal::DraftNotFound)
}
