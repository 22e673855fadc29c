//! Attachments: photos and PDFs that members add to an expense.

pub(crate) mod address;
pub(crate) mod content;
pub(crate) mod http;
pub(crate) mod operations;
pub(crate) mod store;

use contracts::{AttachmentId, ExpenseId, GroupId, MemberId, Timestamp, UserId, event::AttachmentFacts};
use kit::text::{NAME, line};
use serde::{Deserialize, Serialize};

use crate::{expense::Expense, refusal::Refusal};
use content::MediaType;

/// The most attachments of an expense.
pub(crate) const MOST_ATTACHMENTS: u64 = 10;

/// An attachment as it is stored. Its content is a `GridFS` file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attachment {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: AttachmentId,
    /// Its expense.
    pub expense_id: ExpenseId,
    /// The group of the expense.
    pub group_id: GroupId,
    /// The name of the file.
    pub name: String,
    /// Its type.
    pub media_type: MediaType,
    /// The size of its content, in bytes.
    pub size: i64,
    /// The id of the `GridFS` file with the content.
    pub file: String,
    /// The id of the `GridFS` file with the thumbnail; `None` for a PDF.
    pub thumbnail: Option<String>,
    /// Who added it.
    pub by: MemberId,
    /// When it was added.
    pub at: Timestamp,
}

/// An upload that a member has announced. This is the signed content of its URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upload {
    /// The id of the attachment. It is fixed here, so that repeated uploads make one attachment.
    pub id: AttachmentId,
    /// The expense to attach the file to.
    pub expense_id: ExpenseId,
    /// The name of the file.
    pub name: String,
    /// The user who may send it.
    pub user: UserId,
    /// When the URL expires.
    pub expires_at: Timestamp,
}

impl Upload {
    /// Creates an upload; refuses a deleted expense and an invalid name.
    pub(crate) fn new(expense: &Expense, name: &str, user: UserId, expires_at: Timestamp) -> Result<Self, Refusal> {
        if expense.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        Ok(Self { id: AttachmentId::new(), expense_id: expense.id, name: line("name", name, NAME)?, user, expires_at })
    }
}

impl Attachment {
    /// The payload of its events.
    pub(crate) fn facts(&self, expense: &Expense, by: MemberId) -> AttachmentFacts {
        AttachmentFacts {
            attachment_id: self.id,
            expense_id: self.expense_id,
            group_id: self.group_id,
            description: expense.description.clone(),
            name: self.name.clone(),
            media_type: self.media_type.as_str().to_owned(),
            size: self.size,
            by,
        }
    }

    /// The ids of its `GridFS` files.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        [Some(self.file.as_str()), self.thumbnail.as_deref()].into_iter().flatten()
    }
}
