//! Attachments: photos and PDFs that members keep with an expense.

pub mod address;
pub mod content;
pub mod http;
pub mod operations;
pub mod store;

use contracts::{AttachmentId, ExpenseId, GroupId, MemberId, Timestamp, UserId, event::AttachmentFacts};
use kit::text::{NAME, line};
use serde::{Deserialize, Serialize};

use crate::{expense::Expense, refusal::Refusal};
use content::MediaType;

/// So many attachments an expense may have.
pub const MOST_ATTACHMENTS: u64 = 10;

/// An attachment as it is stored. What it contains is a file of `GridFS`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which attachment.
    #[serde(rename = "_id")]
    pub id: AttachmentId,
    /// Of which expense.
    pub expense_id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// What its file is called.
    pub name: String,
    /// What its content is.
    pub media_type: MediaType,
    /// How long its content is, in bytes.
    pub size: i64,
    /// The file of the content.
    pub file: String,
    /// The file of a small picture of it; a PDF has none.
    pub thumbnail: Option<String>,
    /// Who added it.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// A file that a member is about to send: what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The attachment that it will be, however often it is sent.
    pub id: AttachmentId,
    /// Of which expense.
    pub expense_id: ExpenseId,
    /// What the file is called.
    pub name: String,
    /// Who sends it.
    pub user: UserId,
    /// When its address ends.
    pub expires_at: Timestamp,
}

impl Upload {
    /// A new upload; refuses a name that cannot be one.
    pub fn new(expense: &Expense, name: &str, user: UserId, expires_at: Timestamp) -> Result<Self, Refusal> {
        if expense.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        Ok(Self { id: AttachmentId::new(), expense_id: expense.id, name: line("name", name, NAME)?, user, expires_at })
    }
}

impl Attachment {
    /// What others are told about it.
    pub fn facts(&self, expense: &Expense, by: MemberId) -> AttachmentFacts {
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

    /// The files that it consists of.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        [Some(self.file.as_str()), self.thumbnail.as_deref()].into_iter().flatten()
    }
}
