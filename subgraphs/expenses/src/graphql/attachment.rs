//! GraphQL types of attachments.

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::AttachmentId;
use kit::{
    Outcome,
    graphql::{DateTime, read_id, request},
};

use super::reference::Member;
use crate::{
    attachment,
    refusal::{AttachmentRefusal, Refusal},
    services::Services,
};

#[derive(Default)]
pub(super) struct AttachmentMutations;

#[Object]
impl AttachmentMutations {
    /// Returns a URL for uploading a file to attach to an expense: POST the bytes of the file as the body, a JPEG, PNG
    /// or WebP picture or a PDF of at most 10 MB. The response is 201, or a refusal as JSON with `code` and `message`.
    /// Repeated uploads attach the file once. An expense has at most 10 attachments.
    async fn prepare_attachment(&self, ctx: &Context<'_>, expense_id: ID, name: String) -> Outcome<AttachmentUpload> {
        let (services, caller) = request::<Services>(ctx)?;
        let expense = read_id(&expense_id, Refusal::ExpenseNotFound)?;
        let upload = services.attachments.prepare_upload(caller, expense, &name).await?;
        let url = services.attachments.addresses.of_upload(&upload)?;
        Ok(AttachmentUpload { id: upload.id.to_string().into(), url, expires_at: upload.expires_at.into() })
    }

    /// Removes an attachment of an expense.
    async fn remove_attachment(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let id = read_id::<AttachmentId>(&id, AttachmentRefusal::NotFound)?;
        services.attachments.remove(caller, id).await.map(|()| true)
    }
}

/// A prepared upload.
#[derive(SimpleObject)]
pub(super) struct AttachmentUpload {
    /// The id of the future attachment.
    id: ID,
    /// A path on the host of the app.
    url: String,
    /// When the URL expires.
    expires_at: DateTime,
}

pub(super) struct Attachment(pub(super) attachment::Attachment);

/// A photo or a PDF that a member has added to an expense.
#[Object]
impl Attachment {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The name of the file.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// "image/jpeg", "image/png" or "application/pdf".
    async fn media_type(&self) -> &'static str {
        self.0.media_type.as_str()
    }

    /// The size in bytes.
    async fn size(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// A download URL, valid for at least 10 minutes: a path on the host of the app.
    async fn url(&self, ctx: &Context<'_>) -> Outcome<String> {
        let (services, _) = request::<Services>(ctx)?;
        services.attachments.address(&self.0)
    }

    /// A download URL of a small JPEG version, valid for as long; null for a PDF.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Outcome<Option<String>> {
        let (services, _) = request::<Services>(ctx)?;
        services.attachments.thumbnail_address(&self.0)
    }

    /// Who added it.
    async fn by(&self) -> Member {
        self.0.by.into()
    }

    async fn at(&self) -> DateTime {
        self.0.at.into()
    }
}
