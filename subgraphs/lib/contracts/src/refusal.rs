//! How Quits says no: a code that clients decide by, and a sentence that they may show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A "no" that the client may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What clients decide by.
    pub code: Code,
    /// One sentence that is safe to show.
    pub message: String,
    /// The input field that it is about.
    pub field: Option<String>,
    /// Further facts for the client, such as the present version.
    pub facts: BTreeMap<String, String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal),+ $(,)?) => {
        /// Every code that clients can meet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])+ #[serde(rename = $text)] $name),+ }

        impl Code {
            /// The code as clients see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

codes! {
    /// No token, or one that does not count.
    Unauthenticated = "UNAUTHENTICATED",
    /// Input that cannot be right; names the field.
    Validation = "VALIDATION",
    /// No such group for the caller.
    GroupNotFound = "GROUP_NOT_FOUND",
    /// No such member for the caller.
    MemberNotFound = "MEMBER_NOT_FOUND",
    /// No such expense for the caller.
    ExpenseNotFound = "EXPENSE_NOT_FOUND",
    /// No such comment for the caller.
    CommentNotFound = "COMMENT_NOT_FOUND",
    /// No such attachment for the caller.
    AttachmentNotFound = "ATTACHMENT_NOT_FOUND",
    /// No such category of a group for the caller.
    CategoryNotFound = "CATEGORY_NOT_FOUND",
    /// No such preset for the caller.
    PresetNotFound = "PRESET_NOT_FOUND",
    /// No such schedule for the caller.
    ScheduleNotFound = "SCHEDULE_NOT_FOUND",
    /// No such payment for the caller.
    PaymentNotFound = "PAYMENT_NOT_FOUND",
    /// No such budget for the caller.
    BudgetNotFound = "BUDGET_NOT_FOUND",
    /// No such draft for the caller.
    DraftNotFound = "DRAFT_NOT_FOUND",
    /// No such invitation, or one that can no longer be used.
    InviteNotFound = "INVITE_NOT_FOUND",
    /// No such request to become friends for the caller.
    FriendRequestNotFound = "FRIEND_REQUEST_NOT_FOUND",
    /// Somebody who is no friend of the caller.
    NotAFriend = "NOT_A_FRIEND",
    /// The caller sees it but may not do it.
    NotAllowed = "NOT_ALLOWED",
    /// The caller would leave a group with an open balance; can be insisted on.
    OpenBalance = "OPEN_BALANCE",
    /// Somebody changed it in between; carries the present version.
    StaleVersion = "STALE_VERSION",
    /// Shares or payers do not add up to the total; says by how much.
    SharesDoNotAddUp = "SHARES_DO_NOT_ADD_UP",
    /// Amounts of two currencies where one is needed.
    CurrencyMismatch = "CURRENCY_MISMATCH",
    /// The group has as many currencies, or balances as large, as it may have.
    LedgerFull = "LEDGER_FULL",
    /// The key was used before for something else.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
    /// There is an account with this address.
    EmailTaken = "EMAIL_TAKEN",
    /// Unknown address or wrong password; not said which.
    BadCredentials = "BAD_CREDENTIALS",
    /// A link that was used already, is too old, or never was one.
    LinkExpired = "LINK_EXPIRED",
    /// Too many tries.
    RateLimited = "RATE_LIMITED",
    /// Too much to do at the moment; the same request may succeed a moment later.
    Overloaded = "OVERLOADED",
    /// This installation was not told what it needs for this.
    NotConfigured = "NOT_CONFIGURED",
}

impl Refusal {
    /// A refusal with its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, facts: BTreeMap::new() }
    }

    /// Input that cannot be right, at the field that it is about.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Code::Validation, message).at(field)
    }

    /// Names the input field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Adds a fact for the client.
    #[must_use]
    pub fn with(mut self, name: &str, fact: &impl ToString) -> Self {
        self.facts.insert(name.to_owned(), fact.to_string());
        self
    }
}
