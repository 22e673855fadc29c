//! What the events carry, but for those about payments.

use chrono::NaiveDate;
use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

use crate::{
    AttachmentId, CategoryId, ClaimRequestId, CommentId, Conversion, DraftId, ExpenseId, FriendRequestId, GroupId,
    InviteId, MemberId, PresetId, ScheduleId, Timestamp, UserId, amount,
};

/// An account, as far as others may know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserFacts {
    /// Whose account.
    pub user_id: UserId,
    /// The name shown to others.
    pub name: String,
}

/// A request to become friends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendRequestFacts {
    /// Which request.
    pub request_id: FriendRequestId,
    /// Who asks.
    pub from: UserId,
    /// Who is asked; `None` while there is no account with the address. The address is not part of the event.
    pub to: Option<UserId>,
}

/// Two people who are or were friends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FriendshipFacts {
    /// The two, the one that changed it first.
    pub user_ids: [UserId; 2],
}

/// A group with all its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// Which group.
    pub group_id: GroupId,
    /// Its name.
    pub name: String,
    /// The currency that new expenses start with.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Whether settlements may pass debts on to save transfers.
    pub simplify: bool,
    /// Grows with every change of the group.
    pub version: i64,
    /// Everyone who is or was a member.
    pub members: Vec<MemberFacts>,
}

/// One member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFacts {
    /// Which member.
    pub member_id: MemberId,
    /// The account behind it; `None` for a guest.
    pub user_id: Option<UserId>,
    /// The name shown in the group.
    pub name: String,
    /// Whether the member has left.
    pub left: bool,
}

/// A member that changed, with the group as it is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberChange {
    /// The member that changed.
    pub member_id: MemberId,
    /// The group after the change.
    pub group: GroupFacts,
    /// Whose place it took or gave back, where a guest was claimed or a claim undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimFacts>,
}

/// A guest whose place somebody takes or gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFacts {
    /// The guest's name.
    pub guest_name: String,
    /// The name of whoever claimed the guest.
    pub user_name: String,
    /// The member who did this; `None` for somebody who is not in the group.
    pub by: Option<MemberId>,
    /// The owners and admins of the group, who are told.
    pub managers: Vec<MemberId>,
}

/// A request to take the place of a guest, in a group where that needs an approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRequestFacts {
    /// Which request.
    pub request_id: ClaimRequestId,
    /// In which group.
    pub group_id: GroupId,
    /// The guest.
    pub member_id: MemberId,
    /// Who asks.
    pub user_id: UserId,
    /// What it is about, and who is told.
    pub claim: ClaimFacts,
}

/// An invitation, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InviteFacts {
    /// Which invitation.
    pub invite_id: InviteId,
    /// To which group.
    pub group_id: GroupId,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Part of an amount that one member paid or owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAmount {
    /// Whose part.
    pub member_id: MemberId,
    /// In minor units of the expense's currency.
    pub amount_minor: i64,
}

/// An expense as it is after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpenseFacts {
    /// Which expense.
    pub expense_id: ExpenseId,
    /// Whose ledger it is in.
    pub group_id: GroupId,
    /// Grows with every change of the expense.
    pub version: i64,
    /// What it was for.
    pub description: String,
    /// The whole amount.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The day it was spent.
    pub date: NaiveDate,
    /// A word such as `groceries`.
    pub category: String,
    /// Whatever else is worth knowing.
    pub notes: Option<String>,
    /// Who paid; adds up to the total.
    pub payers: Vec<MemberAmount>,
    /// Who owes; adds up to the total.
    pub shares: Vec<MemberAmount>,
    /// Who entered it.
    pub created_by: MemberId,
    /// What the total is in the currency of the group, where that is another one and somebody has said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
}

/// An expense before and after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpenseChange {
    /// As it was.
    pub before: ExpenseFacts,
    /// As it is.
    pub after: ExpenseFacts,
    /// Who changed it.
    pub by: MemberId,
}

/// A schedule as it is after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleFacts {
    /// Which schedule.
    pub schedule_id: ScheduleId,
    /// In which group its expenses are entered.
    pub group_id: GroupId,
    /// Grows with every change of the schedule.
    pub version: i64,
    /// What its expenses are for.
    pub description: String,
    /// What each of them comes to.
    #[serde(with = "amount")]
    pub total: Amount,
    /// The day of the next one; `None` while it is paused and after the last one.
    pub next_date: Option<NaiveDate>,
    /// Who changed it; `None` when it could not go on by itself.
    pub by: Option<MemberId>,
}

/// Advice for an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceFacts {
    /// For which expense.
    pub expense_id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// The category that fits better, if any.
    pub category: Option<String>,
    /// The older expense that this one seems to repeat, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<ExpenseId>,
    /// The shares that the notes describe, if they describe others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<MemberAmount>,
}

/// A comment on an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFacts {
    /// Which comment.
    pub comment_id: CommentId,
    /// On which expense.
    pub expense_id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// What the expense is called.
    pub description: String,
    /// Who wrote it.
    pub by: MemberId,
    /// What it says; empty when it was taken back.
    pub text: String,
    /// Whom it names.
    pub mentions: Vec<MemberId>,
}

/// An attachment to an expense, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFacts {
    /// Which attachment.
    pub attachment_id: AttachmentId,
    /// Of which expense.
    pub expense_id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// What the expense is called.
    pub description: String,
    /// What its file is called.
    pub name: String,
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Who added or removed it.
    pub by: MemberId,
}

/// A category that a group has added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryFacts {
    /// Which category.
    pub category_id: CategoryId,
    /// Of which group.
    pub group_id: GroupId,
    /// The word by which expenses name it.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Who changed it.
    pub by: MemberId,
}

/// What expenses of a group often begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresetFacts {
    /// Which preset.
    pub preset_id: PresetId,
    /// Of which group.
    pub group_id: GroupId,
    /// What it is called.
    pub name: String,
    /// Who changed it.
    pub by: MemberId,
}

/// A draft that is to be read, with all that is needed to understand it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRequest {
    /// Which draft.
    pub draft_id: DraftId,
    /// For the ledger of which group.
    pub group_id: GroupId,
    /// What is to be read.
    pub source: DraftSource,
    /// Who could be meant: the members present at that time.
    pub people: Vec<NamedMember>,
    /// Who wrote it, "I" and "me".
    pub author: MemberId,
    /// What an amount without a currency is in.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// What "yesterday" is counted from.
    pub today: NaiveDate,
}

/// What a draft is made from. It stays with the draft, which is removed in time; the journal is kept for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftSource {
    /// What a person wrote: only in events that were written before its digest took its place.
    Text(String),
    /// The SHA-256 of what a person wrote.
    TextDigest(String),
    /// A photo of a receipt.
    Photo,
}

/// A member, as others call them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedMember {
    /// Which member.
    pub member_id: MemberId,
    /// The name shown in the group.
    pub name: String,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFacts {
    /// Which draft.
    pub draft_id: DraftId,
    /// For the ledger of which group.
    pub group_id: GroupId,
    /// Whether it could be confirmed as it was read.
    pub ready: bool,
}
