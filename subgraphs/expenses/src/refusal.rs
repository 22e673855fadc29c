//! Every "no" that expenses can say.

use kit::{Code, Failure};
use money::{LedgerRefusal, SplitRefusal};

const NO_DUPLICATE: &str = "The other expense is gone, so this one repeats nothing any more.";
const OWN_CURRENCY: &str = "A rate is for another currency than that of the group.";

/// Why an expense is not saved or not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not exist, or the caller may not see it.
    ExpenseNotFound,
    /// It does not exist, or is somebody else's.
    DraftNotFound,
    /// It does not exist, or the caller may not see it.
    CommentNotFound,
    /// A file cannot be attached, or is not there.
    Attachment(AttachmentRefusal),
    /// Somebody else wrote the comment.
    CommentOfAnother,
    /// The expense has as many comments as it may have.
    TooManyComments {
        /// How many there may be.
        most: u64,
    },
    /// A category of a group is not there, or cannot be so.
    Category(CategoryRefusal),
    /// A preset is not there, or cannot be so.
    Preset(PresetRefusal),
    /// A schedule is not there, or cannot be so.
    Schedule(ScheduleRefusal),
    /// A file cannot be read at all; says why.
    Unreadable(String),
    /// A file is larger than what can be imported at once.
    ImportTooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// A group holds more than what can be exported at once.
    ExportTooLarge {
        /// How many entries there may be.
        most: usize,
    },
    /// An import with this key is running.
    ImportRunning,
    /// Another file was imported with this key.
    ImportKeyReused,
    /// A draft is still being read.
    DraftNotRead,
    /// A draft was read before.
    DraftRead,
    /// A draft has become an expense.
    DraftConfirmed,
    /// A draft was dropped.
    DraftDiscarded,
    /// A draft was confirmed or dropped in between.
    DraftMoved,
    /// Photos are read by Gemini, and there is no key for it.
    PhotosNotConfigured,
    /// The photo is not one.
    Photo {
        /// Where it is in the request.
        field: &'static str,
        /// Why.
        why: &'static str,
    },
    /// Too many drafts in a minute.
    TooManyDrafts {
        /// How many a minute there may be.
        most: i64,
    },
    /// There is no advice for this version of the expense.
    NoAdvice,
    /// What the expense seemed to repeat is gone.
    NoDuplicateAnyMore,
    /// Something that an expense needs was not said.
    Missing {
        /// Where it would stand.
        field: &'static str,
        /// What the person is asked.
        question: &'static str,
    },
    /// A text is missing, too long or has control characters.
    Text(kit::Refusal),
    /// The total is more than an expense can be.
    TotalTooLarge,
    /// The day is not one on which somebody spends money.
    AbsurdDate,
    /// Somebody is named who is not in the group, or has left it.
    NotAMember {
        /// Where the member is named.
        field: &'static str,
    },
    /// The balance of a member who has left would get worse.
    LowersBalanceOfDeparted,
    /// It is deleted: it can be restored, and nothing else.
    Deleted,
    /// It is not deleted.
    NotDeleted,
    /// Somebody changed it in between.
    Stale {
        /// The version that it has now.
        present: i64,
    },
    /// The amounts of the split are of another currency than the new total.
    SplitInAnotherCurrency,
    /// A rate is said for the currency of the group.
    RateOfOwnCurrency,
    /// A list has too many entries.
    TooMany {
        /// Which one.
        field: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// A payer has paid nothing, or has been paid.
    PayerWithoutPayment,
    /// What was paid is not the total.
    Payers(LedgerRefusal),
    /// The split does not work.
    Split(SplitRefusal),
}

impl Refusal {
    /// Nobody has said how much it was.
    pub const NO_TOTAL: Self = Self::Missing { field: "input.total", question: "How much was it?" };

    /// Nobody has said in which currency an amount is that is looked for.
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
            Refusal::CommentOfAnother => Self::new(Code::NotAllowed, "Only its author can change a comment."),
            Refusal::TooManyComments { most } => {
                Self::new(Code::NotAllowed, format!("An expense can have at most {most} comments."))
            }
            Refusal::Schedule(why) => why.into(),
            Refusal::Unreadable(why) => Self::invalid("input.content", why),
            Refusal::ImportTooLarge { what, most } => {
                Self::invalid("input.content", format!("At most {most} {what} can be imported at once."))
            }
            Refusal::ExportTooLarge { most } => {
                let sentence = format!("At most {most} entries can be exported at once. Please choose fewer days.");
                Self::invalid("from", sentence)
            }
            Refusal::ImportRunning => {
                Self::new(Code::Overloaded, "This import is running. Send it again in a moment to see what came of it.")
            }
            Refusal::ImportKeyReused => {
                let sentence = "This idempotency key was used before for something else. Use a new key.";
                Self::new(Code::IdempotencyKeyReused, sentence).at("input.idempotencyKey")
            }
            Refusal::DraftNotRead => Self::new(Code::NotAllowed, "This draft is still being read."),
            Refusal::DraftRead => Self::new(Code::NotAllowed, "This draft is read already."),
            Refusal::DraftConfirmed => Self::new(Code::NotAllowed, "This draft is confirmed already."),
            Refusal::DraftDiscarded => Self::new(Code::NotAllowed, "This draft was discarded."),
            Refusal::DraftMoved => {
                Self::new(Code::NotAllowed, "This draft was confirmed or discarded in between. Look at it again first.")
            }
            Refusal::PhotosNotConfigured => {
                Self::new(Code::NotConfigured, "Photos cannot be read here. Please write what it was instead.")
            }
            Refusal::Photo { field, why } => Self::invalid(field, why),
            Refusal::TooManyDrafts { most } => {
                Self::new(Code::RateLimited, format!("Only {most} drafts a minute are possible. Please wait a moment."))
            }
            Refusal::NoAdvice => Self::new(Code::NotAllowed, "There is no advice for this expense."),
            Refusal::NoDuplicateAnyMore => Self::new(Code::NotAllowed, NO_DUPLICATE),
            Refusal::Missing { field, question } => Self::invalid(field, question),
            Refusal::Text(refusal) => refusal,
            Refusal::TotalTooLarge => Self::invalid("input.total.amount", "An expense cannot be that large."),
            Refusal::AbsurdDate => Self::invalid("input.date", "A date between 2000 and a year from now is needed."),
            Refusal::NotAMember { field } => Self::invalid(field, "Everyone named must be a member of the group now."),
            Refusal::LowersBalanceOfDeparted => {
                Self::new(Code::NotAllowed, "This would lower the balance of somebody who has left the group.")
            }
            Refusal::Deleted => Self::new(Code::NotAllowed, "This expense is deleted. Restore it first."),
            Refusal::NotDeleted => Self::new(Code::NotAllowed, "This expense is not deleted."),
            Refusal::Stale { present } => {
                Self::new(Code::StaleVersion, "Somebody changed this expense in between. Look at it again first.")
                    .at("expectedVersion")
                    .with("version", &present)
            }
            Refusal::SplitInAnotherCurrency => {
                Self::new(Code::CurrencyMismatch, "In another currency the split is needed too.").at("input.split")
            }
            Refusal::RateOfOwnCurrency => Self::invalid("input.rate", OWN_CURRENCY),
            Refusal::TooMany { field, most } => Self::invalid(field, format!("At most {most} entries are possible.")),
            Refusal::PayerWithoutPayment => {
                Self::invalid("input.payers", "Every payer must have paid something, with the sign of the total.")
            }
            Refusal::Payers(why) => Self::new(code_of_ledger(&why), sentence(&why)).at("input.payers"),
            Refusal::Split(why) => Self::new(code_of_split(&why), sentence(&why)).at("input.split"),
        }
    }
}

/// Why a schedule is not saved or not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleRefusal {
    /// It does not exist, or the caller may not see it.
    NotFound,
    /// Somebody changed it in between, or it has entered an expense.
    Stale,
    /// The group has as many schedules as it may have.
    TooMany {
        /// How many there may be.
        most: u64,
    },
    /// It would enter nothing at all.
    NothingToEnter,
    /// It counts no days, or too many.
    Step {
        /// How many there may be.
        longest: u32,
    },
    /// There is no such time zone.
    TimeZone,
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
                Self::new(Code::NotAllowed, format!("A group can have at most {most} schedules."))
            }
            ScheduleRefusal::NothingToEnter => Self::invalid("input.until", "With this end nothing would be entered."),
            ScheduleRefusal::Step { longest } => {
                Self::invalid("input.every", format!("This is between 1 and {longest}."))
            }
            ScheduleRefusal::TimeZone => Self::invalid("input.timeZone", "A time zone is written as Europe/Berlin."),
        }
    }
}

/// Why a file is not attached or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentRefusal {
    /// It does not exist, or the caller may not see it.
    NotFound,
    /// The expense has as many attachments as it may have: so many.
    TooMany(u64),
    /// Too many files in a day: so many.
    TooManyUploads(i64),
    /// A file comes too late, from somebody who has left, or to an address that was not made for it.
    UploadOver,
    /// A file is none that can be kept; says why.
    File(&'static str),
}

impl From<AttachmentRefusal> for kit::Refusal {
    fn from(refusal: AttachmentRefusal) -> Self {
        match refusal {
            AttachmentRefusal::NotFound => Self::new(Code::AttachmentNotFound, "There is no such attachment."),
            AttachmentRefusal::TooMany(most) => {
                Self::new(Code::NotAllowed, format!("An expense can have at most {most} attachments."))
            }
            AttachmentRefusal::TooManyUploads(most) => {
                Self::new(Code::RateLimited, format!("Only {most} files a day are possible. Please go on tomorrow."))
            }
            AttachmentRefusal::UploadOver => {
                Self::new(Code::LinkExpired, "This file came too late. Please attach it again.")
            }
            AttachmentRefusal::File(why) => Self::invalid("file", why),
        }
    }
}

/// Why a category of a group is not saved or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryRefusal {
    /// It does not exist, or the caller may not see it.
    NotFound,
    /// Everybody has a category of this name, or the group has.
    Taken,
    /// The group has as many categories as it may have: so many.
    TooMany(u64),
    /// A colour is written in another way.
    Colour,
}

impl From<CategoryRefusal> for kit::Refusal {
    fn from(refusal: CategoryRefusal) -> Self {
        match refusal {
            CategoryRefusal::NotFound => Self::new(Code::CategoryNotFound, "There is no such category."),
            CategoryRefusal::Taken => Self::invalid("input.name", "There is a category of this name already."),
            CategoryRefusal::TooMany(most) => {
                Self::new(Code::NotAllowed, format!("A group can have at most {most} categories of its own."))
            }
            CategoryRefusal::Colour => Self::invalid("input.colour", "A colour is written as #5b2a5f."),
        }
    }
}

/// Why a preset is not saved or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetRefusal {
    /// It does not exist, or the caller may not see it.
    NotFound,
    /// The group has a preset of this name.
    Taken,
    /// The group has as many presets as it may have: so many.
    TooMany(u64),
    /// A preset cannot know how much an expense will come to.
    WithAmounts,
}

impl From<PresetRefusal> for kit::Refusal {
    fn from(refusal: PresetRefusal) -> Self {
        match refusal {
            PresetRefusal::NotFound => Self::new(Code::PresetNotFound, "There is no such preset."),
            PresetRefusal::Taken => Self::invalid("input.name", "There is a preset of this name already."),
            PresetRefusal::TooMany(most) => {
                Self::new(Code::NotAllowed, format!("A group can have at most {most} presets."))
            }
            PresetRefusal::WithAmounts => {
                Self::invalid("input.split", "A preset is split equally, by percent or by weights.")
            }
        }
    }
}

/// Refusals of one noun are refusals, too.
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

fn code_of_split(why: &SplitRefusal) -> Code {
    match why {
        SplitRefusal::DoesNotAddUp { .. } | SplitRefusal::NotHundredPercent { .. } => Code::SharesDoNotAddUp,
        _ => Code::Validation,
    }
}

fn code_of_ledger(why: &LedgerRefusal) -> Code {
    match why {
        LedgerRefusal::DoesNotAddUp { .. } => Code::SharesDoNotAddUp,
        _ => Code::Validation,
    }
}

/// The reasons of `money` are written to stand inside a sentence.
fn sentence(why: &impl ToString) -> String {
    let why = why.to_string();
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
