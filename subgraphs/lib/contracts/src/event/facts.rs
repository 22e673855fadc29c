//! The payloads of events, except those about payments.

use chrono::NaiveDate;
use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

use crate::{
    AttachmentId, CategoryId, ClaimRequestId, CommentId, Conversion, DraftId, ExpenseId, FriendRequestId, GroupId,
    InviteId, MemberId, PresetId, ScheduleId, Timestamp, UserId, amount,
};

/// The public part of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserFacts {
    /// The account.
    pub user_id: UserId,
    /// The display name.
    pub name: String,
}

/// A friend request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendRequestFacts {
    /// The request.
    pub request_id: FriendRequestId,
    /// The sender.
    pub from: UserId,
    /// The receiver; `None` while the address has no account. The address is not part of the event.
    pub to: Option<UserId>,
}

/// Two people who are or were friends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendshipFacts {
    /// The two users; the first one made the change.
    pub user_ids: [UserId; 2],
}

/// A group with all its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// The group.
    pub group_id: GroupId,
    /// Its name.
    pub name: String,
    /// The default currency of new expenses.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Whether settlements simplify debts, to save transfers.
    pub simplify: bool,
    /// Increases with every change of the group.
    pub version: i64,
    /// All present and former members.
    pub members: Vec<MemberFacts>,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFacts {
    /// The member.
    pub member_id: MemberId,
    /// The account of the member; `None` for a guest.
    pub user_id: Option<UserId>,
    /// The name that is shown in the group.
    pub name: String,
    /// Whether the member has left.
    pub left: bool,
}

/// A change of a member, with the group after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberChange {
    /// The member that changed.
    pub member_id: MemberId,
    /// The group after the change.
    pub group: GroupFacts,
    /// The claim, if a guest was claimed or a claim undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimFacts>,
}

/// A claim of a guest, or its undoing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFacts {
    /// The guest's name.
    pub guest_name: String,
    /// The name of the user who claimed the guest.
    pub user_name: String,
    /// The member who made the change; `None` for somebody who is not in the group.
    pub by: Option<MemberId>,
    /// The owners and admins of the group, who are notified.
    pub managers: Vec<MemberId>,
}

/// A request to claim a guest, in a group where claims need an approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRequestFacts {
    /// The request.
    pub request_id: ClaimRequestId,
    /// The group.
    pub group_id: GroupId,
    /// The guest.
    pub member_id: MemberId,
    /// The user who made the request.
    pub user_id: UserId,
    /// The claim, with the members to notify.
    pub claim: ClaimFacts,
}

/// An invitation, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InviteFacts {
    /// The invitation.
    pub invite_id: InviteId,
    /// The group.
    pub group_id: GroupId,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// The part of an amount that one member paid or owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAmount {
    /// The member.
    pub member_id: MemberId,
    /// The amount, in minor units of the expense's currency.
    pub amount_minor: i64,
}

/// An expense after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpenseFacts {
    /// The expense.
    pub expense_id: ExpenseId,
    /// The group whose ledger it is in.
    pub group_id: GroupId,
    /// Increases with every change of the expense.
    pub version: i64,
    /// What it was for.
    pub description: String,
    /// The total amount.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The day it was spent.
    pub date: NaiveDate,
    /// The key of a category, such as `groceries`.
    pub category: String,
    /// Free text.
    pub notes: Option<String>,
    /// Who paid; the amounts add up to the total.
    pub payers: Vec<MemberAmount>,
    /// Who owes; the amounts add up to the total.
    pub shares: Vec<MemberAmount>,
    /// Who entered it.
    pub created_by: MemberId,
    /// The exchange rate to the currency of the group, if the currencies differ and a rate was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// The schedule that entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule_id: Option<ScheduleId>,
}

/// An expense before and after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpenseChange {
    /// Before the change.
    pub before: ExpenseFacts,
    /// After the change.
    pub after: ExpenseFacts,
    /// Who changed it.
    pub by: MemberId,
}

/// A schedule after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleFacts {
    /// The schedule.
    pub schedule_id: ScheduleId,
    /// The group whose ledger it enters expenses in.
    pub group_id: GroupId,
    /// Increases with every change of the schedule.
    pub version: i64,
    /// What its expenses are for.
    pub description: String,
    /// The total of each expense.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The date of the next expense; `None` while it is paused and after the last one.
    pub next_date: Option<NaiveDate>,
    /// Who changed it; `None` if it was paused automatically.
    pub by: Option<MemberId>,
}

/// Advice for an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceFacts {
    /// The expense.
    pub expense_id: ExpenseId,
    /// The group.
    pub group_id: GroupId,
    /// A category that fits better, if any.
    pub category: Option<String>,
    /// The older expense that this one seems to repeat, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<ExpenseId>,
    /// The shares that the notes describe, if they differ from the present ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<MemberAmount>,
}

/// A comment on an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFacts {
    /// The comment.
    pub comment_id: CommentId,
    /// The expense.
    pub expense_id: ExpenseId,
    /// The group.
    pub group_id: GroupId,
    /// The description of the expense.
    pub description: String,
    /// Who wrote it.
    pub by: MemberId,
    /// The text; empty if the comment was deleted.
    pub text: String,
    /// The members that it mentions.
    pub mentions: Vec<MemberId>,
    /// The members who paid or share the expense; empty in older events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerned: Vec<MemberId>,
}

/// An import that has filled a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFacts {
    /// The group.
    pub group_id: GroupId,
    /// Who imported.
    pub by: MemberId,
    /// How many expenses and payments it has entered.
    pub entries: u32,
}

/// An attachment to an expense, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFacts {
    /// The attachment.
    pub attachment_id: AttachmentId,
    /// The expense.
    pub expense_id: ExpenseId,
    /// The group.
    pub group_id: GroupId,
    /// The description of the expense.
    pub description: String,
    /// The name of the file.
    pub name: String,
    /// The media type, such as `image/jpeg`.
    pub media_type: String,
    /// The size in bytes.
    pub size: i64,
    /// Who added or removed it.
    pub by: MemberId,
}

/// A category that a group has added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryFacts {
    /// The category.
    pub category_id: CategoryId,
    /// The group.
    pub group_id: GroupId,
    /// The key by which expenses refer to it.
    pub key: String,
    /// The name that is shown.
    pub name: String,
    /// Who changed it.
    pub by: MemberId,
}

/// A preset of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresetFacts {
    /// The preset.
    pub preset_id: PresetId,
    /// The group.
    pub group_id: GroupId,
    /// The name that is shown.
    pub name: String,
    /// Who changed it.
    pub by: MemberId,
}

/// A draft to be read, with everything that is needed to understand it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRequest {
    /// The draft.
    pub draft_id: DraftId,
    /// The group whose ledger the expense would enter.
    pub group_id: GroupId,
    /// What it is read from.
    pub source: DraftSource,
    /// The people who may be meant: the members present at the time of the request.
    pub people: Vec<NamedMember>,
    /// The author, who is meant by "I" and "me".
    pub author: MemberId,
    /// The currency of amounts without one.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// The author's date, which "yesterday" is relative to.
    pub today: NaiveDate,
}

/// The source of a draft. Its content stays with the draft, which expires; the journal is kept for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftSource {
    /// The text itself: only in events from before its digest replaced it.
    Text(String),
    /// The SHA-256 of the text.
    TextDigest(String),
    /// A photo of a receipt.
    Photo,
}

/// A member with the name that others use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedMember {
    /// The member.
    pub member_id: MemberId,
    /// The name that is shown in the group.
    pub name: String,
}

/// A draft after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFacts {
    /// The draft.
    pub draft_id: DraftId,
    /// The group whose ledger the expense would enter.
    pub group_id: GroupId,
    /// Whether it could be confirmed as it was read.
    pub ready: bool,
}
