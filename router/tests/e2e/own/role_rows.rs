//! The table of what each role in a group is answered, and of the fields that concern no group.

/// A root field, what it is called with, and the code that a plain member, a plain member who has made that thing, an
/// admin and the owner get. A code like `STALE_VERSION` or `VALIDATION` says that nothing but the input is wrong.
pub(crate) type Row = (&'static str, &'static str, Codes);

/// The codes for a plain member, the creator, an admin and the owner.
pub(crate) type Codes = [&'static str; 4];

const EVERYBODY: Codes = all("OK");
const CREATOR: Codes = ["NOT_ALLOWED", "OK", "NOT_ALLOWED", "NOT_ALLOWED"];
const CREATOR_AND_MANAGERS: Codes = ["NOT_ALLOWED", "OK", "OK", "OK"];
const MANAGERS: Codes = ["NOT_ALLOWED", "NOT_ALLOWED", "OK", "OK"];
const OWNER: Codes = ["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED", "OK"];
/// The creator of the payment in these groups pays the owner.
const BOTH_SIDES: Codes = ["NOT_ALLOWED", "OK", "NOT_ALLOWED", "OK"];
/// For all others there is no such draft.
const AUTHOR_OF_DRAFT: Codes = ["DRAFT_NOT_FOUND", "OK", "DRAFT_NOT_FOUND", "DRAFT_NOT_FOUND"];

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    ("mutation acceptAdvice",      "expense",         all("NOT_ALLOWED")),
    ("mutation addComment",        "expense",         EVERYBODY),
    ("mutation addFriend",         "group",           all("NOT_A_FRIEND")),
    ("mutation addGuest",          "group",           EVERYBODY),
    ("mutation approveClaim",      "claim request",   MANAGERS),
    ("mutation archiveGroup",      "group",           MANAGERS),
    ("mutation changeRole",        "member",          OWNER),
    ("mutation confirmDraft",      "draft",           AUTHOR_OF_DRAFT),
    ("mutation confirmPayment",    "payment",         OWNER),
    ("mutation createCategory",    "group",           EVERYBODY),
    ("mutation createExpense",     "member",          EVERYBODY),
    ("mutation createHousehold",   "group",           EVERYBODY),
    ("mutation createInvite",      "group",           EVERYBODY),
    ("mutation createPreset",      "member",          EVERYBODY),
    ("mutation createSchedule",    "member",          all("VALIDATION")),
    ("mutation declineClaim",      "claim request",   MANAGERS),
    ("mutation deleteCategory",    "category",        EVERYBODY),
    ("mutation deleteComment",     "comment",         CREATOR),
    ("mutation deleteExpense",     "expense",         EVERYBODY),
    ("mutation deleteHousehold",   "household",       EVERYBODY),
    ("mutation deletePreset",      "preset",          EVERYBODY),
    ("mutation deleteSchedule",    "schedule",        EVERYBODY),
    ("mutation discardDraft",      "draft",           AUTHOR_OF_DRAFT),
    ("mutation dismissAdvice",     "expense",         EVERYBODY),
    ("mutation disputePayment",    "payment",         BOTH_SIDES),
    ("mutation draftExpense",      "group",           EVERYBODY),
    ("mutation draftReceipt",      "group",           all("NOT_CONFIGURED")),
    ("mutation editComment",       "comment",         CREATOR),
    ("mutation editPayment",       "payment",         BOTH_SIDES),
    ("mutation handOverGroup",     "member",          OWNER),
    ("mutation joinGroup",         "group",           EVERYBODY),
    ("mutation leaveGroup",        "group",           EVERYBODY),
    ("mutation muteReminders",     "member",          EVERYBODY),
    ("mutation pauseSchedule",     "schedule",        EVERYBODY),
    ("mutation prepareAttachment", "expense",         EVERYBODY),
    ("mutation recordPayment",     "group",           EVERYBODY),
    ("mutation remind",            "member",          all("VALIDATION")),
    ("mutation removeAttachment",  "expense",         all("ATTACHMENT_NOT_FOUND")),
    ("mutation removeBudget",      "budget",          EVERYBODY),
    ("mutation removeMember",      "guest",           MANAGERS),
    ("mutation renameGuest",       "guest",           EVERYBODY),
    ("mutation requestClaim",      "guest",           all("NOT_ALLOWED")),
    ("mutation restoreExpense",    "deleted expense", all("STALE_VERSION")),
    ("mutation restoreGroup",      "group",           MANAGERS),
    ("mutation resumeSchedule",    "schedule",        EVERYBODY),
    ("mutation revokeInvite",      "invitation",      CREATOR_AND_MANAGERS),
    ("mutation startCardPayment",  "group",           all("NOT_CONFIGURED")),
    ("mutation undoClaim",         "claimed",         MANAGERS),
    ("mutation updateCategory",    "category",        EVERYBODY),
    ("mutation updateExpense",     "expense",         EVERYBODY),
    ("mutation updateGroup",       "group",           ["NOT_ALLOWED", "NOT_ALLOWED", "STALE_VERSION", "STALE_VERSION"]),
    ("mutation updateHousehold",   "household",       EVERYBODY),
    ("mutation updatePreset",      "preset",          EVERYBODY),
    ("mutation updateSchedule",    "schedule",        EVERYBODY),
    ("mutation voidPayment",       "payment",         BOTH_SIDES),
    ("query cardQuote",            "group",           EVERYBODY),
    ("query draft",                "draft",           AUTHOR_OF_DRAFT),
    ("query expense",              "expense",         EVERYBODY),
    ("query exportGroup",          "group",           EVERYBODY),
    ("query group",                "group",           EVERYBODY),
    ("query groupStatement",       "group",           EVERYBODY),
    ("query invite",               "group",           EVERYBODY),
    ("query payment",              "payment",         EVERYBODY),
    ("subscription draftChanged",  "draft",           AUTHOR_OF_DRAFT),
    ("subscription groupMoved",    "group",           EVERYBODY),
];

/// Fields that are about the account of the caller, or about nothing that is stored: no role makes a difference.
pub(crate) const OF_NO_GROUP: &[&str] = &[
    "mutation acceptFriendRequest",
    "mutation addPushDevice",
    "mutation beginSecondFactor",
    "mutation blockUser",
    "mutation changePassword",
    "mutation confirmEmail",
    "mutation connectPayouts",
    "mutation createGroup",
    "mutation declineFriendRequest",
    "mutation deleteAccount",
    "mutation directGroup",
    "mutation disableSecondFactor",
    "mutation enableSecondFactor",
    "mutation endOtherSessions",
    "mutation endSession",
    "mutation importLedger",
    "mutation login",
    "mutation logout",
    "mutation markActivitySeen",
    "mutation markNotificationsRead",
    "mutation refreshSession",
    "mutation register",
    "mutation removeFriend",
    "mutation removePushDevice",
    "mutation requestEmailChange",
    "mutation requestEmailVerification",
    "mutation requestPasswordReset",
    "mutation resetPassword",
    "mutation sendFriendRequest",
    "mutation sendFriendRequestTo",
    "mutation setBudget",
    "mutation setNotificationSettings",
    "mutation setPayHandles",
    "mutation settleBetween",
    "mutation unblockUser",
    "mutation updateProfile",
    "query exchangeRate",
    "query exportMyData",
    "query groups",
    "query me",
    "query notificationSettings",
    "query notifications",
    "query payouts",
    "query previewSplit",
    "query reportFile",
    "query suggestCategory",
    "query unreadNotifications",
    "subscription activityAdded",
    "subscription activityChanged",
    "subscription friendsChanged",
    "subscription importMoved",
    "subscription notificationAdded",
    "subscription unreadNotificationsChanged",
];

const fn all(code: &'static str) -> Codes {
    [code; 4]
}
