//! Use cases of attachments: upload, download, remove, and clean up unused files.

use std::{sync::Arc, time::Duration};

use contracts::{AttachmentId, Event, ExpenseId, MemberId, Trace, ledger::GroupLedger};
use kit::{
    Caller, Clock, Code, Failure, Outcome,
    intervals::repeat,
    journal::{Change, Committed, IdempotencyKey, Journal},
    mongo::Write,
    rate::{RateWindow, RateWindows},
};
use tokio::{sync::Semaphore, task::spawn_blocking};
use tokio_util::sync::CancellationToken;

use super::{
    Attachment, MOST_ATTACHMENTS, Upload,
    address::{Addresses, Fetch, Sent, UPLOAD_MS},
    content::{Content, MediaType},
    store::{AttachmentStore, File},
};
use crate::{
    expense::{Expense, operations::Expenses},
    refusal::{AttachmentRefusal, Refusal},
};

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// The most files that a person may upload in a day.
const MOST_UPLOADS: i64 = 100;

/// The file names of the photo of a receipt and of a thumbnail, as shown in URLs.
const RECEIPT: &str = "receipt.jpg";
const THUMBNAIL: &str = "thumbnail.jpg";

/// How long an unused file is kept.
const UNUSED_MS: i64 = 60 * 60 * 1_000;

/// The interval of the cleanup of unused files.
const CLEANUP_INTERVAL: Duration = Duration::from_mins(10);

/// The service for attachments.
pub(crate) struct Attachments {
    pub(crate) store: AttachmentStore,
    pub(crate) counts: RateWindows,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) clock: Clock,
    pub(crate) addresses: Addresses,
    /// Limits how many pictures are decoded at once, because each takes much memory.
    pub(crate) reading: Semaphore,
}

impl Attachments {
    /// Announces an upload of a file to an expense; its URL is valid for ten minutes.
    pub(crate) async fn prepare_upload(&self, caller: &Caller, expense: ExpenseId, name: &str) -> Outcome<Upload> {
        let (user, now) = (caller.user()?, self.clock.now());
        let (expense, _) = self.expenses.with_membership(caller, expense).await?;
        let upload = Upload::new(&expense, name, user, now.plus_ms(UPLOAD_MS))?;
        self.check_count(expense.id).await?;
        let window = RateWindow::new(&format!("uploads/{user}"), DAY_SECONDS, now);
        if self.counts.count(&window).await? > MOST_UPLOADS {
            return Err(AttachmentRefusal::TooManyUploads(MOST_UPLOADS).into());
        }
        Ok(upload)
    }

    /// Stores an uploaded file, once. Refused if the uploader has left the group since the upload was announced.
    pub(super) async fn receive(&self, sent: &Sent, bytes: Vec<u8>) -> Outcome<Attachment> {
        let upload = self.addresses.upload(sent, self.clock.now())?.ok_or(AttachmentRefusal::UploadOver)?;
        let key = IdempotencyKey::new(upload.user, "addAttachment", &upload.id.to_string(), &(), upload.id.0)?;
        if self.journal.earlier_result(&key).await?.is_some() {
            return self.made(upload.id).await;
        }
        let expense = self.expenses.store.find(upload.expense_id).await?.ok_or(Refusal::ExpenseNotFound)?;
        let by = self.sender(&upload, &expense).await?;
        if expense.deleted_at.is_some() {
            return Err(Refusal::Deleted.into());
        }
        self.check_count(expense.id).await?;
        let content = self.read(bytes).await?;
        let Upload { id, name, user, .. } = upload;
        let attachment = self.stored(id, name, &expense, by, &content).await?;
        let event = Event::AttachmentAdded(attachment.facts(&expense, by));
        let change =
            Change::new(expense.group_id.0, event).by_user(user).writing(self.store.add(&attachment)?).once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(attachment),
            Committed::AlreadyApplied(_) => self.made(attachment.id).await,
        }
    }

    /// Removes an attachment of an expense: one's own, or one of an expense that the caller may change.
    pub(crate) async fn remove(&self, caller: &Caller, id: AttachmentId) -> Outcome<()> {
        caller.user()?;
        let attachment = self.store.find(id).await?.ok_or(AttachmentRefusal::NotFound)?;
        let found = self.expenses.with_membership(caller, attachment.expense_id).await;
        let (expense, membership) =
            found.map_err(|failure| failure.hidden_as(Code::ExpenseNotFound, AttachmentRefusal::NotFound))?;
        let member = membership.member.member_id;
        if attachment.by != member && !expense.may_be_changed_by(member, &membership.roster) {
            return Err(Refusal::OfAnother.into());
        }
        let event = Event::AttachmentRemoved(attachment.facts(&expense, member));
        let change =
            Change::new(expense.group_id.0, event).by(caller).writing(self.store.remove(&attachment, self.clock.now()));
        self.journal.commit(change).await.map(drop)
    }

    /// Returns the writes that attach a draft's photo to its new expense; none if the photo cannot be read as a
    /// picture.
    pub(crate) async fn with_receipt(&self, expense: &Expense, photo: Vec<u8>) -> Outcome<Vec<Write>> {
        let content = match self.read(photo).await {
            Ok(content) => content,
            Err(Failure::Refused(refusal)) => {
                tracing::warn!(reason = refusal.message, "the photo of a receipt was not stored");
                return Ok(Vec::new());
            }
            Err(failure) => return Err(failure),
        };
        let name = RECEIPT.to_owned();
        let attachment = self.stored(AttachmentId::new(), name, expense, expense.created_by, &content).await?;
        self.store.add(&attachment)
    }

    /// Returns the file of a download URL; `None` if the URL is invalid or the file is gone.
    pub(super) async fn file(&self, id: &str, fetch: &Fetch) -> Outcome<Option<File>> {
        let is_signed = self.addresses.is_of_file(id, fetch, self.clock.now())?;
        if is_signed { self.store.file(id).await } else { Ok(None) }
    }

    /// Returns a download URL of the attachment.
    pub(crate) fn address(&self, attachment: &Attachment) -> Outcome<String> {
        self.addresses.of_file(&attachment.file, &attachment.name, self.clock.now())
    }

    /// Returns a download URL of the thumbnail, if there is one.
    pub(crate) fn thumbnail_address(&self, attachment: &Attachment) -> Outcome<Option<String>> {
        let address = |file: &String| self.addresses.of_file(file, THUMBNAIL, self.clock.now());
        attachment.thumbnail.as_ref().map(address).transpose()
    }

    /// Removes unused files at intervals, until cancelled.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        repeat(CLEANUP_INTERVAL, stop, "unused files could not be removed", || self.remove_unused()).await;
    }

    /// Removes files that have been unused for `UNUSED_MS`; returns how many.
    pub(crate) async fn remove_unused(&self) -> Outcome<usize> {
        self.store.remove_unused(self.clock.now().plus_ms(-UNUSED_MS)).await
    }

    async fn read(&self, bytes: Vec<u8>) -> Outcome<Content> {
        let _place = self.reading.acquire().await.map_err(Failure::internal)?;
        Ok(spawn_blocking(|| Content::read(bytes)).await.map_err(Failure::internal)??)
    }

    /// Stores the files of a new attachment, which is not saved yet: until then they are marked as unused.
    async fn stored(
        &self,
        id: AttachmentId,
        name: String,
        expense: &Expense,
        by: MemberId,
        content: &Content,
    ) -> Outcome<Attachment> {
        let (media_type, at) = (content.media_type, self.clock.now());
        let file = self.store.put(media_type.as_str(), &content.bytes, at).await?;
        let thumbnail = match &content.thumbnail {
            Some(thumbnail) => Some(self.store.put(MediaType::Jpeg.as_str(), thumbnail, at).await?),
            None => None,
        };
        let size = i64::try_from(content.bytes.len()).map_err(Failure::internal)?;
        let (expense_id, group_id) = (expense.id, expense.group_id);
        Ok(Attachment { id, expense_id, group_id, name, media_type, size, file, thumbnail, by, at })
    }

    async fn made(&self, id: AttachmentId) -> Outcome<Attachment> {
        // The attachment may have been removed since.
        self.store.find(id).await?.ok_or_else(|| AttachmentRefusal::NotFound.into())
    }

    async fn check_count(&self, expense: ExpenseId) -> Outcome<()> {
        let most = MOST_ATTACHMENTS;
        if self.store.count(expense).await? < most { Ok(()) } else { Err(AttachmentRefusal::TooMany(most).into()) }
    }

    /// Returns the uploader as a member, if the upload is still allowed.
    async fn sender(&self, upload: &Upload, expense: &Expense) -> Outcome<MemberId> {
        let roster = self.expenses.roster_for_service(Trace::start(), expense.group_id).await?;
        let roster = roster.filter(|roster| !roster.archived).ok_or(AttachmentRefusal::UploadOver)?;
        let member = roster.active_member_of(upload.user).ok_or(AttachmentRefusal::UploadOver)?;
        Ok(member.member_id)
    }
}
