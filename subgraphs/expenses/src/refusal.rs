//! The refusals of expenses.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kit::{Code, Failure};
use money::{LedgerRefusal, SplitRefusal};

const NO_DUPLICATE: &str = "The other expense is gone, so this one repeats nothing any more.";
const OWN_CURRENCY: &str = "A rate is for another currency than that of the group.";

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The expense does not exist, or the caller may not see it.
    ExpenseNotFound,
    /// The draft does not exist, or belongs to somebody else.
    DraftNotFound,
    /// The comment does not exist, or the caller may not see it.
    CommentNotFound,
    /// A refusal of attachments.
    Attachment(AttachmentRefusal),
    /// Only the author may change a comment.
    CommentOfAnother,
    /// The expense already has the most comments allowed.
    TooManyComments {
        /// The limit.
        most: u64,
    },
    /// A refusal of categories.
    Category(CategoryRefusal),
    /// A refusal of presets.
    Preset(PresetRefusal),
    /// A refusal of schedules.
    Schedule(ScheduleRefusal),
    /// An import file cannot be read.
    Unreadable {
        /// The code of the reason.
        code: String,
        /// What the sentence contains, by name.
        facts: BTreeMap<String, String>,
        /// The reason, as a sentence.
        message: String,
    },
    /// A group has too many entries for an export.
    ExportTooLarge {
        /// The limit.
        most: usize,
    },
    /// An import with this idempotency key is still running.
    ImportRunning,
    /// The idempotency key was used for another file.
    ImportKeyReused,
    /// The draft has not been read yet.
    DraftNotRead,
    /// The draft has been read already.
    DraftRead,
    /// The draft has become an expense already.
    DraftConfirmed,
    /// The draft has been discarded.
    DraftDiscarded,
    /// The draft was confirmed or discarded concurrently.
    DraftMoved,
    /// Photos need Gemini, which is not configured.
    PhotosNotConfigured,
    /// The photo is not a valid picture.
    Photo {
        /// The field of the input.
        field: &'static str,
        /// The reason.
        why: &'static str,
    },
    /// The photo is too large.
    PhotoTooLarge {
        /// The limit in megabytes.
        most: usize,
    },
    /// The person has requested too many drafts within a minute.
    TooManyDrafts {
        /// The limit per minute.
        most: i64,
    },
    /// There is no advice for this version of the expense.
    NoAdvice,
    /// The expense that this one seemed to repeat no longer exists.
    NoDuplicateAnyMore,
    /// A required value is missing.
    Missing {
        /// The field of the input.
        field: &'static str,
        /// The question that asks the person for it.
        question: &'static str,
    },
    /// A text is empty, too long or has control characters.
    Text(kit::Refusal),
    /// The total exceeds the largest amount of an expense.
    TotalTooLarge,
    /// The date is implausible for an expense.
    AbsurdDate {
        /// The first day that is possible.
        first: NaiveDate,
        /// The last day that is possible.
        last: NaiveDate,
    },
    /// A named person is not a member of the group, or has left it.
    NotAMember {
        /// The field of the input.
        field: &'static str,
    },
    /// The change would lower the balance of a member who has left.
    LowersBalanceOfDeparted,
    /// The group does not let the caller change what others entered.
    OfAnother,
    /// The expense is deleted; it can only be restored.
    Deleted,
    /// The expense is not deleted.
    NotDeleted,
    /// The expense was changed concurrently.
    Stale {
        /// The current version.
        present: i64,
    },
    /// The amounts of the split are in another currency than the new total.
    SplitInAnotherCurrency,
    /// An exchange rate was given for the currency of the group itself.
    RateOfOwnCurrency,
    /// A list has too many entries.
    TooMany {
        /// The field of the input.
        field: &'static str,
        /// The limit.
        most: usize,
    },
    /// A payer's amount is zero or negative.
    PayerWithoutPayment,
    /// The amounts of the payers do not add up to the total.
    Payers(LedgerRefusal),
    /// The split is invalid.
    Split(SplitRefusal),
}

impl Refusal {
    /// The total is missing.
    pub const NO_TOTAL: Self = Self::Missing { field: "input.total", question: "How much was it?" };

    /// A search names an amount without a currency.
    pub const NO_CURRENCY: Self = Self::Missing { field: "filter.currency", question: "In which currency?" };
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::ExpenseNotFound => Self::new(Code::ExpenseNotFound, "There is no such expense."),
            Refusal::DraftNotFound => Self::new(Code::DraftNotFound, "There is no such draft."),
            Refusal::CommentNotFound => Self::new(Code::CommentNotFound, "There is no such comment."),
            Refusal::Attachment(why) => why.into(),
            Refusal::Category(why) => why.into(),
            Refusal::Preset(why) => why.into(),
            Refusal::CommentOfAnother => Self::forbidden("COMMENT_OF_ANOTHER", "Only its author can change a comment."),
            Refusal::TooManyComments { most } => {
                Self::too_many("COMMENTS", &most, format!("An expense can have at most {most} comments."))
            }
            Refusal::Schedule(why) => why.into(),
            Refusal::Unreadable { code, facts, message } => {
                Self { facts, ..Self::invalid("input.content", message) }.with("problem", &code)
            }
            Refusal::ExportTooLarge { most } => {
                let sentence = format!("At most {most} entries can be exported at once. Please choose fewer days.");
                Self::invalid("from", sentence).because("EXPORT_TOO_LARGE").with("most", &most)
            }
            Refusal::ImportRunning => {
                Self::new(Code::Overloaded, "This import is running. Send it again in a moment to see what came of it.")
            }
            Refusal::ImportKeyReused => {
                let sentence = "This idempotency key was used before for something else. Use a new key.";
                Self::new(Code::IdempotencyKeyReused, sentence).at("input.idempotencyKey")
            }
            Refusal::DraftNotRead => Self::forbidden("DRAFT_NOT_READ", "This draft is still being read."),
            Refusal::DraftRead => Self::forbidden("DRAFT_READ", "This draft is read already."),
            Refusal::DraftConfirmed => Self::forbidden("DRAFT_CONFIRMED", "This draft is confirmed already."),
            Refusal::DraftDiscarded => Self::forbidden("DRAFT_DISCARDED", "This draft was discarded."),
            Refusal::DraftMoved => Self::forbidden("DRAFT_MOVED", "This draft has changed in between. Look again."),
            Refusal::PhotosNotConfigured => {
                Self::new(Code::NotConfigured, "Photos cannot be read here. Please write what it was instead.")
            }
            Refusal::Photo { field, why } => Self::invalid(field, why),
            Refusal::PhotoTooLarge { most } => file_too_large("photo.base64", most),
            Refusal::TooManyDrafts { most } => {
                let sentence = format!("Only {most} drafts a minute are possible. Please wait a moment.");
                Self::new(Code::RateLimited, sentence).because("TOO_MANY_DRAFTS").with("most", &most)
            }
            Refusal::NoAdvice => Self::forbidden("NO_ADVICE", "There is no advice for this expense."),
            Refusal::NoDuplicateAnyMore => Self::forbidden("NO_DUPLICATE_ANY_MORE", NO_DUPLICATE),
            Refusal::Missing { field, question } => Self::invalid(field, question),
            Refusal::Text(refusal) => refusal,
            Refusal::TotalTooLarge => Self::too_large("input.total.amount", "An expense cannot be that large."),
            Refusal::AbsurdDate { first, last } => Self::absurd_date(first, last),
            Refusal::NotAMember { field } => Self::invalid(field, "Everyone named must be a member of the group now."),
            Refusal::LowersBalanceOfDeparted => {
                Self::forbidden("LOWERS_BALANCE", "This would lower the balance of somebody who has left the group.")
            }
            Refusal::OfAnother => Self::forbidden("OF_ANOTHER", "In this group you cannot change what others entered."),
            Refusal::Deleted => Self::forbidden("EXPENSE_DELETED", "This expense is deleted. Restore it first."),
            Refusal::NotDeleted => Self::forbidden("EXPENSE_NOT_DELETED", "This expense is not deleted."),
            Refusal::Stale { present } => {
                Self::new(Code::StaleVersion, "Somebody changed this expense in between. Look at it again first.")
                    .at("expectedVersion")
                    .with("version", &present)
            }
            Refusal::SplitInAnotherCurrency => {
                Self::new(Code::CurrencyMismatch, "In another currency the split is needed too.").at("input.split")
            }
            Refusal::RateOfOwnCurrency => Self::invalid("input.rate", OWN_CURRENCY),
            Refusal::TooMany { field, most } => Self::too_long(field, most),
            Refusal::PayerWithoutPayment => {
                Self::invalid("input.payers", "Every payer must have paid something, with the sign of the total.")
            }
            Refusal::Payers(why) => Self::from(&why).at("input.payers"),
            Refusal::Split(why) => Self::from(&why).at("input.split"),
        }
    }
}

/// Why a request for a schedule is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleRefusal {
    /// The schedule does not exist, or the caller may not see it.
    NotFound,
    /// The schedule was changed concurrently, or has entered an expense since.
    Stale,
    /// The group already has the most schedules allowed.
    TooMany {
        /// The limit.
        most: u64,
    },
    /// The schedule has no due date at all.
    NothingToEnter,
    /// The interval is zero or too long.
    Step {
        /// The longest interval.
        longest: u32,
    },
}

impl From<ScheduleRefusal> for kit::Refusal {
    fn from(refusal: ScheduleRefusal) -> Self {
        match refusal {
            ScheduleRefusal::NotFound => Self::new(Code::ScheduleNotFound, "There is no such schedule."),
            ScheduleRefusal::Stale => {
                Self::new(Code::StaleVersion, "This schedule has changed in between. Look at it again first.")
                    .at("expectedVersion")
            }
            ScheduleRefusal::TooMany { most } => {
                Self::too_many("SCHEDULES", &most, format!("A group can have at most {most} schedules."))
            }
            ScheduleRefusal::NothingToEnter => Self::invalid("input.until", "With this end nothing would be entered."),
            ScheduleRefusal::Step { longest } => Self::between("input.every", 1, longest),
        }
    }
}

/// Why a request for an attachment is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentRefusal {
    /// The attachment does not exist, or the caller may not see it.
    NotFound,
    /// The expense already has the most attachments allowed: this many.
    TooMany(u64),
    /// The person has uploaded the most files allowed in a day: this many.
    TooManyUploads(i64),
    /// The upload URL has expired or was not signed, or the uploader has left the group.
    UploadOver,
    /// The file is not of an accepted type; the reason.
    File(&'static str),
    /// The file has more than this many megabytes.
    TooLarge(usize),
}

impl From<AttachmentRefusal> for kit::Refusal {
    fn from(refusal: AttachmentRefusal) -> Self {
        match refusal {
            AttachmentRefusal::NotFound => Self::new(Code::AttachmentNotFound, "There is no such attachment."),
            AttachmentRefusal::TooMany(most) => {
                Self::too_many("ATTACHMENTS", &most, format!("An expense can have at most {most} attachments."))
            }
            AttachmentRefusal::TooManyUploads(most) => {
                let sentence = format!("Only {most} files a day are possible. Please go on tomorrow.");
                Self::new(Code::RateLimited, sentence).because("TOO_MANY_UPLOADS").with("most", &most)
            }
            AttachmentRefusal::UploadOver => {
                Self::new(Code::LinkExpired, "This file came too late. Please attach it again.")
            }
            AttachmentRefusal::File(why) => Self::invalid("file", why),
            AttachmentRefusal::TooLarge(most) => file_too_large("file", most),
        }
    }
}

/// Why a request for a category is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryRefusal {
    /// The category does not exist, or the caller may not see it.
    NotFound,
    /// The name is taken by a built-in category or by another one of the group.
    Taken,
    /// The group already has the most categories allowed: this many.
    TooMany(usize),
    /// The colour is not written as `#rrggbb`.
    Colour,
}

impl From<CategoryRefusal> for kit::Refusal {
    fn from(refusal: CategoryRefusal) -> Self {
        match refusal {
            CategoryRefusal::NotFound => Self::new(Code::CategoryNotFound, "There is no such category."),
            CategoryRefusal::Taken => Self::invalid("input.name", "There is a category of this name already."),
            CategoryRefusal::TooMany(most) => {
                Self::too_many("CATEGORIES", &most, format!("A group can have at most {most} categories of its own."))
            }
            CategoryRefusal::Colour => Self::invalid("input.colour", "A colour is written as #5b2a5f."),
        }
    }
}

/// Why a request for a preset is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetRefusal {
    /// The preset does not exist, or the caller may not see it.
    NotFound,
    /// The group already has a preset of this name.
    Taken,
    /// The group already has the most presets allowed: this many.
    TooMany(u64),
    /// The split has amounts, but a preset applies to any total.
    WithAmounts,
}

impl From<PresetRefusal> for kit::Refusal {
    fn from(refusal: PresetRefusal) -> Self {
        match refusal {
            PresetRefusal::NotFound => Self::new(Code::PresetNotFound, "There is no such preset."),
            PresetRefusal::Taken => Self::invalid("input.name", "There is a preset of this name already."),
            PresetRefusal::TooMany(most) => {
                Self::too_many("PRESETS", &most, format!("A group can have at most {most} presets."))
            }
            PresetRefusal::WithAmounts => {
                Self::invalid("input.split", "A preset is split equally, by percent or by weights.")
            }
        }
    }
}

/// Converts the refusals of the nouns to `Refusal` and to `Failure`.
macro_rules! refusals_of_nouns {
    ($($noun:ident($refusal:ident)),+ $(,)?) => {$(
        impl From<$refusal> for Refusal {
            fn from(refusal: $refusal) -> Self {
                Self::$noun(refusal)
            }
        }

        impl From<$refusal> for Failure {
            fn from(refusal: $refusal) -> Self {
                kit::Refusal::from(refusal).into()
            }
        }
    )+};
}

refusals_of_nouns! {
    Attachment(AttachmentRefusal),
    Category(CategoryRefusal),
    Preset(PresetRefusal),
    Schedule(ScheduleRefusal),
}

impl From<kit::Refusal> for Refusal {
    fn from(refusal: kit::Refusal) -> Self {
        Self::Text(refusal)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}

fn file_too_large(field: &str, most: usize) -> kit::Refusal {
    kit::Refusal::invalid(field, format!("A file may have at most {most} MB."))
        .because("FILE_TOO_LARGE")
        .with("most", &most)
}
