//! All events of Quits. Each carries what a consumer needs to maintain its own view, so that no consumer has to ask
//! back.
//!
//! Events of one kind only ever gain fields; a change of meaning is a new version of the kind.

mod facts;
mod payment;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::GroupId;

pub use facts::*;
pub use payment::*;

/// An event. Serialized as `{"type": "expense.created.v1", "data": {...}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Event {
    /// An account was opened.
    #[serde(rename = "user.registered.v1")]
    UserRegistered(UserFacts),
    /// The profile of an account was changed.
    #[serde(rename = "user.updated.v1")]
    UserUpdated(UserFacts),
    /// The password of an account was changed.
    #[serde(rename = "user.password_changed.v1")]
    UserPasswordChanged(UserFacts),
    /// The address of an account was verified; it may differ from the previous one.
    #[serde(rename = "user.email_confirmed.v1")]
    UserEmailConfirmed(UserFacts),
    /// An account was deleted; the name is the one that is shown from now on.
    #[serde(rename = "user.deleted.v1")]
    UserDeleted(UserFacts),
    /// Somebody sent a friend request.
    #[serde(rename = "friendship.requested.v1")]
    FriendshipRequested(FriendRequestFacts),
    /// A friend request was declined or withdrawn.
    #[serde(rename = "friendship.request_ended.v1")]
    FriendRequestEnded(FriendRequestFacts),
    /// Two people became friends.
    #[serde(rename = "friendship.began.v1")]
    FriendshipBegan(FriendshipFacts),
    /// A friendship was ended.
    #[serde(rename = "friendship.ended.v1")]
    FriendshipEnded(FriendshipFacts),
    /// A group was created.
    #[serde(rename = "group.created.v1")]
    GroupCreated(GroupFacts),
    /// The settings of a group were changed.
    #[serde(rename = "group.updated.v1")]
    GroupUpdated(GroupFacts),
    /// A group was archived: it takes no new entries.
    #[serde(rename = "group.archived.v1")]
    GroupArchived(GroupFacts),
    /// An archived group was restored.
    #[serde(rename = "group.restored.v1")]
    GroupRestored(GroupFacts),
    /// The role or the name of a member was changed.
    #[serde(rename = "group.member_changed.v1")]
    MemberChanged(MemberChange),
    /// A guest or a user became a member, or a user claimed a guest.
    #[serde(rename = "group.member_joined.v1")]
    MemberJoined(MemberChange),
    /// A member left or was removed. The member stays in the roster, marked as left, with the balance.
    #[serde(rename = "group.member_left.v1")]
    MemberLeft(MemberChange),
    /// The claim of a guest was undone: the member is a guest again, and the user who had claimed it is no longer in
    /// the group.
    #[serde(rename = "group.claim_undone.v1")]
    ClaimUndone(MemberChange),
    /// Somebody requested to claim a guest.
    #[serde(rename = "group.claim_requested.v1")]
    ClaimRequested(ClaimRequestFacts),
    /// A request to claim a guest was declined.
    #[serde(rename = "group.claim_declined.v1")]
    ClaimDeclined(ClaimRequestFacts),
    /// An invitation was created. Its token is a secret and not part of the event.
    #[serde(rename = "group.invite_created.v1")]
    InviteCreated(InviteFacts),
    /// An invitation was revoked before it expired.
    #[serde(rename = "group.invite_revoked.v1")]
    InviteRevoked(InviteFacts),
    /// An expense was created.
    #[serde(rename = "expense.created.v1")]
    ExpenseCreated(ExpenseFacts),
    /// An expense was edited: the previous postings are reversed and the new ones added.
    #[serde(rename = "expense.updated.v1")]
    ExpenseUpdated(ExpenseChange),
    /// An expense was deleted: its postings are reversed.
    #[serde(rename = "expense.deleted.v1")]
    ExpenseDeleted(ExpenseChange),
    /// A deleted expense was restored: its postings are added again.
    #[serde(rename = "expense.restored.v1")]
    ExpenseRestored(ExpenseChange),
    /// Advice for an expense was written. It changes nothing until a person accepts it.
    #[serde(rename = "expense.advised.v1")]
    ExpenseAdvised(AdviceFacts),
    /// Advice for an expense was dismissed. The same advice is not given again.
    #[serde(rename = "expense.advice_dismissed.v1")]
    AdviceDismissed(AdviceFacts),
    /// Somebody commented on an expense.
    #[serde(rename = "expense.commented.v1")]
    ExpenseCommented(CommentFacts),
    /// A comment was edited by its author.
    #[serde(rename = "expense.comment_edited.v1")]
    CommentEdited(CommentFacts),
    /// A comment was deleted by its author.
    #[serde(rename = "expense.comment_deleted.v1")]
    CommentDeleted(CommentFacts),
    /// Somebody attached a file to an expense.
    #[serde(rename = "expense.attachment_added.v1")]
    AttachmentAdded(AttachmentFacts),
    /// An attachment of an expense was removed.
    #[serde(rename = "expense.attachment_removed.v1")]
    AttachmentRemoved(AttachmentFacts),
    /// A category of a group was created or changed.
    #[serde(rename = "expense.category_saved.v1")]
    CategorySaved(CategoryFacts),
    /// A category of a group was deleted; expenses keep its key.
    #[serde(rename = "expense.category_deleted.v1")]
    CategoryDeleted(CategoryFacts),
    /// A preset of a group was created or changed.
    #[serde(rename = "expense.preset_saved.v1")]
    PresetSaved(PresetFacts),
    /// A preset of a group was deleted.
    #[serde(rename = "expense.preset_deleted.v1")]
    PresetDeleted(PresetFacts),
    /// An import has entered everything.
    #[serde(rename = "import.finished.v1")]
    ImportFinished(ImportFacts),
    /// A schedule was created.
    #[serde(rename = "schedule.created.v1")]
    ScheduleCreated(ScheduleFacts),
    /// A schedule was changed, paused or resumed.
    #[serde(rename = "schedule.updated.v1")]
    ScheduleUpdated(ScheduleFacts),
    /// A schedule was deleted; the expenses that it entered stay.
    #[serde(rename = "schedule.deleted.v1")]
    ScheduleDeleted(ScheduleFacts),
    /// Somebody requested the reading of a text or photo.
    #[serde(rename = "draft.requested.v1")]
    DraftRequested(DraftRequest),
    /// A draft was read. It becomes an expense only when its author confirms it, which is `expense.created`.
    #[serde(rename = "draft.read.v1")]
    DraftRead(DraftFacts),
    /// A draft was discarded by its author.
    #[serde(rename = "draft.discarded.v1")]
    DraftDiscarded(DraftFacts),
    /// Money has moved from one member to another.
    #[serde(rename = "payment.processed.v1")]
    PaymentProcessed(PaymentFacts),
    /// A payment was edited: the previous posting is reversed and the new one added.
    #[serde(rename = "payment.updated.v1")]
    PaymentUpdated(PaymentChange),
    /// The receiver has confirmed a payment, which ends a dispute.
    #[serde(rename = "payment.confirmed.v1")]
    PaymentConfirmed(PaymentStep),
    /// The payer or the receiver reports a problem with a payment. It counts until that is resolved.
    #[serde(rename = "payment.disputed.v1")]
    PaymentDisputed(PaymentStep),
    /// A payment was voided: its posting is reversed.
    #[serde(rename = "payment.voided.v1")]
    PaymentVoided(PaymentStep),
    /// A card payment was started. Its money has not moved: that is `payment.processed`.
    #[serde(rename = "payment.started.v1")]
    PaymentStarted(PaymentFacts),
    /// A started card payment will not be made.
    #[serde(rename = "payment.failed.v1")]
    PaymentFailed(PaymentFacts),
    /// Part of a card payment was returned, or a return was reversed: only the rest counts.
    #[serde(rename = "payment.refunded.v1")]
    PaymentRefunded(PaymentRefund),
    /// A creditor reminded a debtor.
    #[serde(rename = "payment.reminded.v1")]
    PaymentReminded(ReminderFacts),
    /// A dispute of a card payment has ended in favour of the payment.
    #[serde(rename = "payment.dispute_ended.v1")]
    PaymentDisputeEnded(PaymentFacts),
}

impl Event {
    /// The kind of event with its version, such as `expense.created.v1`. It is also the routing key.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::UserRegistered(_) => "user.registered.v1",
            Self::UserUpdated(_) => "user.updated.v1",
            Self::UserPasswordChanged(_) => "user.password_changed.v1",
            Self::UserEmailConfirmed(_) => "user.email_confirmed.v1",
            Self::UserDeleted(_) => "user.deleted.v1",
            Self::FriendshipRequested(_) => "friendship.requested.v1",
            Self::FriendRequestEnded(_) => "friendship.request_ended.v1",
            Self::FriendshipBegan(_) => "friendship.began.v1",
            Self::FriendshipEnded(_) => "friendship.ended.v1",
            Self::GroupCreated(_) => "group.created.v1",
            Self::GroupUpdated(_) => "group.updated.v1",
            Self::GroupArchived(_) => "group.archived.v1",
            Self::GroupRestored(_) => "group.restored.v1",
            Self::MemberChanged(_) => "group.member_changed.v1",
            Self::MemberJoined(_) => "group.member_joined.v1",
            Self::MemberLeft(_) => "group.member_left.v1",
            Self::ClaimUndone(_) => "group.claim_undone.v1",
            Self::ClaimRequested(_) => "group.claim_requested.v1",
            Self::ClaimDeclined(_) => "group.claim_declined.v1",
            Self::InviteCreated(_) => "group.invite_created.v1",
            Self::InviteRevoked(_) => "group.invite_revoked.v1",
            Self::ExpenseCreated(_) => "expense.created.v1",
            Self::ExpenseUpdated(_) => "expense.updated.v1",
            Self::ExpenseDeleted(_) => "expense.deleted.v1",
            Self::ExpenseRestored(_) => "expense.restored.v1",
            Self::ExpenseAdvised(_) => "expense.advised.v1",
            Self::AdviceDismissed(_) => "expense.advice_dismissed.v1",
            Self::ExpenseCommented(_) => "expense.commented.v1",
            Self::CommentEdited(_) => "expense.comment_edited.v1",
            Self::CommentDeleted(_) => "expense.comment_deleted.v1",
            Self::AttachmentAdded(_) => "expense.attachment_added.v1",
            Self::AttachmentRemoved(_) => "expense.attachment_removed.v1",
            Self::CategorySaved(_) => "expense.category_saved.v1",
            Self::CategoryDeleted(_) => "expense.category_deleted.v1",
            Self::PresetSaved(_) => "expense.preset_saved.v1",
            Self::PresetDeleted(_) => "expense.preset_deleted.v1",
            Self::ImportFinished(_) => "import.finished.v1",
            Self::ScheduleCreated(_) => "schedule.created.v1",
            Self::ScheduleUpdated(_) => "schedule.updated.v1",
            Self::ScheduleDeleted(_) => "schedule.deleted.v1",
            Self::DraftRequested(_) => "draft.requested.v1",
            Self::DraftRead(_) => "draft.read.v1",
            Self::DraftDiscarded(_) => "draft.discarded.v1",
            Self::PaymentProcessed(_) => "payment.processed.v1",
            Self::PaymentUpdated(_) => "payment.updated.v1",
            Self::PaymentConfirmed(_) => "payment.confirmed.v1",
            Self::PaymentDisputed(_) => "payment.disputed.v1",
            Self::PaymentVoided(_) => "payment.voided.v1",
            Self::PaymentStarted(_) => "payment.started.v1",
            Self::PaymentFailed(_) => "payment.failed.v1",
            Self::PaymentRefunded(_) => "payment.refunded.v1",
            Self::PaymentReminded(_) => "payment.reminded.v1",
            Self::PaymentDisputeEnded(_) => "payment.dispute_ended.v1",
        }
    }

    /// The group whose state this changes; `None` for events about accounts, and about drafts, which only their authors
    /// can see.
    pub fn group_id(&self) -> Option<GroupId> {
        match self {
            Self::UserRegistered(_)
            | Self::UserUpdated(_)
            | Self::UserPasswordChanged(_)
            | Self::UserEmailConfirmed(_)
            | Self::UserDeleted(_)
            | Self::FriendshipRequested(_)
            | Self::FriendRequestEnded(_)
            | Self::FriendshipBegan(_)
            | Self::FriendshipEnded(_)
            | Self::DraftRequested(_)
            | Self::DraftRead(_)
            | Self::DraftDiscarded(_) => None,
            Self::GroupCreated(group)
            | Self::GroupUpdated(group)
            | Self::GroupArchived(group)
            | Self::GroupRestored(group) => Some(group.group_id),
            Self::MemberChanged(change)
            | Self::MemberJoined(change)
            | Self::MemberLeft(change)
            | Self::ClaimUndone(change) => Some(change.group.group_id),
            Self::ClaimRequested(request) | Self::ClaimDeclined(request) => Some(request.group_id),
            Self::InviteCreated(invite) | Self::InviteRevoked(invite) => Some(invite.group_id),
            Self::ExpenseCreated(expense) => Some(expense.group_id),
            Self::ExpenseUpdated(change) | Self::ExpenseDeleted(change) | Self::ExpenseRestored(change) => {
                Some(change.after.group_id)
            }
            Self::ExpenseAdvised(advice) | Self::AdviceDismissed(advice) => Some(advice.group_id),
            Self::ExpenseCommented(comment) | Self::CommentEdited(comment) | Self::CommentDeleted(comment) => {
                Some(comment.group_id)
            }
            Self::AttachmentAdded(attachment) | Self::AttachmentRemoved(attachment) => Some(attachment.group_id),
            Self::CategorySaved(category) | Self::CategoryDeleted(category) => Some(category.group_id),
            Self::PresetSaved(preset) | Self::PresetDeleted(preset) => Some(preset.group_id),
            Self::ImportFinished(import) => Some(import.group_id),
            Self::ScheduleCreated(schedule) | Self::ScheduleUpdated(schedule) | Self::ScheduleDeleted(schedule) => {
                Some(schedule.group_id)
            }
            Self::PaymentProcessed(payment)
            | Self::PaymentStarted(payment)
            | Self::PaymentFailed(payment)
            | Self::PaymentDisputeEnded(payment) => Some(payment.group_id),
            Self::PaymentReminded(reminder) => Some(reminder.group_id),
            Self::PaymentRefunded(refund) => Some(refund.payment.group_id),
            Self::PaymentUpdated(change) => Some(change.after.group_id),
            Self::PaymentConfirmed(step) | Self::PaymentDisputed(step) | Self::PaymentVoided(step) => {
                Some(step.payment.group_id)
            }
        }
    }

    /// The subject within its stream: an account, a group, an invitation, an expense, a comment, a schedule, a draft or
    /// a payment.
    pub fn about(&self) -> Uuid {
        match self {
            Self::UserRegistered(user)
            | Self::UserUpdated(user)
            | Self::UserPasswordChanged(user)
            | Self::UserEmailConfirmed(user)
            | Self::UserDeleted(user) => user.user_id.0,
            Self::FriendshipRequested(request) | Self::FriendRequestEnded(request) => request.request_id.0,
            Self::FriendshipBegan(friendship) | Self::FriendshipEnded(friendship) => friendship.user_ids[0].0,
            Self::GroupCreated(group)
            | Self::GroupUpdated(group)
            | Self::GroupArchived(group)
            | Self::GroupRestored(group) => group.group_id.0,
            Self::MemberChanged(change)
            | Self::MemberJoined(change)
            | Self::MemberLeft(change)
            | Self::ClaimUndone(change) => change.group.group_id.0,
            Self::ClaimRequested(request) | Self::ClaimDeclined(request) => request.group_id.0,
            Self::InviteCreated(invite) | Self::InviteRevoked(invite) => invite.invite_id.0,
            Self::ExpenseCreated(expense) => expense.expense_id.0,
            Self::ExpenseUpdated(change) | Self::ExpenseDeleted(change) | Self::ExpenseRestored(change) => {
                change.after.expense_id.0
            }
            Self::ExpenseAdvised(advice) | Self::AdviceDismissed(advice) => advice.expense_id.0,
            Self::ExpenseCommented(comment) | Self::CommentEdited(comment) | Self::CommentDeleted(comment) => {
                comment.comment_id.0
            }
            Self::CategorySaved(category) | Self::CategoryDeleted(category) => category.category_id.0,
            Self::PresetSaved(preset) | Self::PresetDeleted(preset) => preset.preset_id.0,
            Self::ImportFinished(import) => import.group_id.0,
            // Attachments belong to the history of their expense.
            Self::AttachmentAdded(attachment) | Self::AttachmentRemoved(attachment) => attachment.expense_id.0,
            Self::ScheduleCreated(schedule) | Self::ScheduleUpdated(schedule) | Self::ScheduleDeleted(schedule) => {
                schedule.schedule_id.0
            }
            Self::DraftRequested(request) => request.draft_id.0,
            Self::DraftRead(draft) | Self::DraftDiscarded(draft) => draft.draft_id.0,
            Self::PaymentProcessed(payment)
            | Self::PaymentStarted(payment)
            | Self::PaymentFailed(payment)
            | Self::PaymentDisputeEnded(payment) => payment.payment_id.0,
            Self::PaymentReminded(reminder) => reminder.debtor.0,
            Self::PaymentRefunded(refund) => refund.payment.payment_id.0,
            Self::PaymentUpdated(change) => change.after.payment_id.0,
            Self::PaymentConfirmed(step) | Self::PaymentDisputed(step) | Self::PaymentVoided(step) => {
                step.payment.payment_id.0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UserId;

    #[test]
    fn the_written_type_is_the_kind() {
        let event = Event::UserRegistered(UserFacts { user_id: UserId::new(), name: "Ada".to_owned() });
        let written = serde_json::to_value(&event).unwrap();
        assert_eq!(written["type"], event.kind());
        assert_eq!(serde_json::from_value::<Event>(written).unwrap(), event);
    }
}
