//! Refusals: a code for clients to decide by, and a sentence that they may show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A refusal that the client may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The code that clients decide by.
    pub code: Code,
    /// A sentence that is safe to show.
    pub message: String,
    /// The input field at fault, if any.
    pub field: Option<String>,
    /// Additional data for the client, such as the current version.
    pub facts: BTreeMap<String, String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal),+ $(,)?) => {
        /// The codes of all refusals.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])+ #[serde(rename = $text)] $name),+ }

        impl Code {
            /// Returns the code as clients see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

codes! {
    /// The token is missing or invalid.
    Unauthenticated = "UNAUTHENTICATED",
    /// The input is invalid; names the field.
    Validation = "VALIDATION",
    /// The group does not exist, or the caller may not see it.
    GroupNotFound = "GROUP_NOT_FOUND",
    /// The member does not exist, or the caller may not see it.
    MemberNotFound = "MEMBER_NOT_FOUND",
    /// The expense does not exist, or the caller may not see it.
    ExpenseNotFound = "EXPENSE_NOT_FOUND",
    /// The comment does not exist, or the caller may not see it.
    CommentNotFound = "COMMENT_NOT_FOUND",
    /// The attachment does not exist, or the caller may not see it.
    AttachmentNotFound = "ATTACHMENT_NOT_FOUND",
    /// The category of a group does not exist, or the caller may not see it.
    CategoryNotFound = "CATEGORY_NOT_FOUND",
    /// The preset does not exist, or the caller may not see it.
    PresetNotFound = "PRESET_NOT_FOUND",
    /// The schedule does not exist, or the caller may not see it.
    ScheduleNotFound = "SCHEDULE_NOT_FOUND",
    /// The payment does not exist, or the caller may not see it.
    PaymentNotFound = "PAYMENT_NOT_FOUND",
    /// The budget does not exist, or the caller may not see it.
    BudgetNotFound = "BUDGET_NOT_FOUND",
    /// The draft does not exist, or the caller may not see it.
    DraftNotFound = "DRAFT_NOT_FOUND",
    /// The invitation does not exist or is no longer valid.
    InviteNotFound = "INVITE_NOT_FOUND",
    /// The friend request does not exist, or is neither from nor to the caller.
    FriendRequestNotFound = "FRIEND_REQUEST_NOT_FOUND",
    /// The person is not a friend of the caller.
    NotAFriend = "NOT_A_FRIEND",
    /// The caller may see the object, but not do this.
    NotAllowed = "NOT_ALLOWED",
    /// The caller would leave a group with an open balance; can be overridden.
    OpenBalance = "OPEN_BALANCE",
    /// The object was changed concurrently; carries the current version.
    StaleVersion = "STALE_VERSION",
    /// Shares or payers do not add up to the total; names the difference.
    SharesDoNotAddUp = "SHARES_DO_NOT_ADD_UP",
    /// Amounts are in two currencies where one is required.
    CurrencyMismatch = "CURRENCY_MISMATCH",
    /// The group already has the most members allowed.
    GroupFull = "GROUP_FULL",
    /// The group already has the most currencies, or the largest balances, allowed.
    LedgerFull = "LEDGER_FULL",
    /// The idempotency key was used for another request.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
    /// Another account has this address.
    EmailTaken = "EMAIL_TAKEN",
    /// The address is unknown or the password is wrong; which of them is not revealed.
    BadCredentials = "BAD_CREDENTIALS",
    /// The password is right, but the account needs a code as well.
    SecondFactorRequired = "SECOND_FACTOR_REQUIRED",
    /// The code of the second step is wrong or was used before.
    SecondFactorWrong = "SECOND_FACTOR_WRONG",
    /// The link has been used, has expired, or never existed.
    LinkExpired = "LINK_EXPIRED",
    /// There were too many requests or attempts.
    RateLimited = "RATE_LIMITED",
    /// The service is overloaded; a retry may succeed.
    Overloaded = "OVERLOADED",
    /// This installation lacks the configuration for this.
    NotConfigured = "NOT_CONFIGURED",
}

impl Refusal {
    /// Creates a refusal with its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, facts: BTreeMap::new() }
    }

    /// Creates a refusal of invalid input in this field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Code::Validation, message).at(field)
    }

    /// Creates a refusal of a text with fewer or more characters than these. `what` names the text in the sentence.
    pub fn length(field: impl Into<String>, what: &str, least: usize, most: usize) -> Self {
        let sentence = format!("{what} has {least} to {most} characters.");
        Self::invalid(field, sentence).because("LENGTH").with("least", &least).with("most", &most)
    }

    /// Creates a refusal of a number that is neither one of these nor between them.
    pub fn between(field: impl Into<String>, least: u32, most: u32) -> Self {
        Self::invalid(field, format!("This is between {least} and {most}.")).with("least", &least).with("most", &most)
    }

    /// Creates a refusal of a list with more entries than it may have.
    pub fn too_long(field: impl Into<String>, most: usize) -> Self {
        Self::invalid(field, format!("At most {most} entries are possible.")).with("most", &most)
    }

    /// Creates a refusal of an amount that is too large.
    pub fn too_large(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(field, message).because("AMOUNT_TOO_LARGE")
    }

    /// Creates a refusal of the date of an entry, which may be one of these days or between them.
    pub fn absurd_date(first: NaiveDate, last: NaiveDate) -> Self {
        Self::invalid("input.date", format!("A date between {first} and {last} is needed."))
            .because("ABSURD_DATE")
            .with("first", &first)
            .with("last", &last)
    }

    /// Creates a refusal of what the caller may see, but not do, for this reason.
    pub fn forbidden(reason: &str, message: impl Into<String>) -> Self {
        Self::new(Code::NotAllowed, message).because(reason)
    }

    /// Creates a refusal of one more of something than there may be.
    pub fn too_many(what: &str, most: &impl ToString, message: impl Into<String>) -> Self {
        Self::forbidden(&format!("TOO_MANY_{what}"), message).with("most", most)
    }

    /// Sets the input field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Names the reason, where a code has several: clients compose their sentence from it.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        self.with("reason", &reason)
    }

    /// Adds a value for the client.
    #[must_use]
    pub fn with(mut self, name: &str, fact: &impl ToString) -> Self {
        self.facts.insert(name.to_owned(), fact.to_string());
        self
    }
}
