//! Notifications: activities that concern one person.

mod operations;
mod store;
mod watch;

use std::collections::BTreeSet;

use contracts::{
    Envelope, Event, GroupId, MemberId, Timestamp, UserId,
    event::{ClaimFacts, ExpenseFacts, MemberChange, PaymentFacts},
};
use serde::{Deserialize, Serialize};

use crate::{
    activity::Activity,
    directory::{KnownGroup, Membership},
};

pub(crate) use operations::Notifications;

/// A notification to one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Notification {
    /// The event id and the recipient, so that an event notifies each recipient at most once.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    pub(crate) to: Recipient,
    /// The time of the event.
    pub(crate) at: Timestamp,
    /// The kind of the event, such as `expense.created`.
    pub(crate) kind: String,
    /// The group; `None` if it happened between two people.
    pub(crate) group_id: Option<GroupId>,
    /// The activity, with only the effects on the recipient.
    pub(crate) activity: Activity,
}

/// Who receives a notification. Usually a member: an event may arrive before the group's own events, when the member's
/// user is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum Recipient {
    /// A member of a group. A guest cannot read notifications, but may be claimed later.
    Member(MemberId),
    /// An account.
    User(UserId),
}

/// A change of what people have not read.
#[derive(Debug)]
pub(crate) enum Change {
    /// A notification was added.
    Added(Box<Notification>),
    /// A person has marked notifications as read.
    Read(UserId),
    /// A group has changed. Its members may be others now, and with them who receives its notifications.
    Group(KnownGroup),
}

impl From<Recipient> for String {
    fn from(recipient: Recipient) -> Self {
        match recipient {
            Recipient::Member(member) => format!("member/{member}"),
            Recipient::User(user) => format!("user/{user}"),
        }
    }
}

impl TryFrom<String> for Recipient {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let recipient = match text.split_once('/') {
            Some(("member", id)) => id.parse().ok().map(Self::Member),
            Some(("user", id)) => id.parse().ok().map(Self::User),
            _ => None,
        };
        recipient.ok_or_else(|| format!("not a recipient: {text}"))
    }
}

impl Recipient {
    /// All recipients that stand for a user with these memberships.
    pub(crate) fn of(user: UserId, memberships: &[Membership]) -> Vec<Self> {
        let members = memberships.iter().map(|membership| Self::Member(membership.member()));
        members.chain([Self::User(user)]).collect()
    }
}

impl Change {
    /// Whether it may be one of what this user has not read, to whom the notifications to `own` are.
    fn concerns(&self, user: UserId, own: &[Recipient]) -> bool {
        match self {
            Self::Added(notification) => own.contains(&notification.to),
            Self::Read(reader) => *reader == user,
            Self::Group(group) => group.has_known(user),
        }
    }
}

impl Notification {
    /// Returns the notifications for an event: one for each person whom it concerns, except the actor, who is told of the end
    /// of an import alone.
    pub(crate) fn of(envelope: &Envelope) -> Vec<Self> {
        let Some(activity) = Activity::of(envelope) else { return Vec::new() };
        let told = |to, activity: Activity| Self {
            id: format!("{}/{}", envelope.id, String::from(to)),
            to,
            at: activity.at,
            kind: activity.kind.clone(),
            group_id: activity.group_id,
            activity,
        };
        let members = concerned(&envelope.event, envelope.actor).into_iter();
        let members = members.map(|member| told(Recipient::Member(member), activity.for_member(member)));
        let friend = befriended(&envelope.event).map(|user| told(Recipient::User(user), activity.clone()));
        members.chain(friend).collect()
    }
}

/// The person whom somebody asks to be friends, or whose request somebody has accepted.
fn befriended(event: &Event) -> Option<UserId> {
    match event {
        Event::FriendshipRequested(request) => request.to,
        Event::FriendshipBegan(friendship) => Some(friendship.user_ids[1]),
        _ => None,
    }
}

/// The members whom an event concerns, without the actor.
fn concerned(event: &Event, actor: Option<UserId>) -> BTreeSet<MemberId> {
    let (mut members, by) = match event {
        Event::ExpenseCreated(expense) => (sharers(expense), expense.created_by),
        Event::ExpenseUpdated(change) => (&sharers(&change.before) | &sharers(&change.after), change.by),
        Event::ExpenseDeleted(change) | Event::ExpenseRestored(change) => (sharers(&change.after), change.by),
        Event::ExpenseCommented(comment) => {
            (comment.mentions.iter().chain(&comment.concerned).copied().collect(), comment.by)
        }
        Event::MemberJoined(MemberChange { member_id, claim: Some(claim), .. }) => {
            let mut told: BTreeSet<_> = claim.managers.iter().copied().collect();
            told.insert(*member_id);
            return without(told, claim.by);
        }
        Event::MemberJoined(change) => return added(change, actor),
        Event::ClaimUndone(MemberChange { claim: Some(claim), .. }) => return managers(claim),
        Event::ClaimRequested(request) => return managers(&request.claim),
        Event::PaymentProcessed(payment) => (parties(payment), payment.created_by),
        Event::PaymentUpdated(change) => (parties(&change.after), change.by),
        Event::PaymentConfirmed(step) | Event::PaymentDisputed(step) | Event::PaymentVoided(step) => {
            (parties(&step.payment), step.by)
        }
        // Who imports does something else meanwhile.
        Event::ImportFinished(import) => return BTreeSet::from([import.by]),
        // These have no actor in the group.
        Event::PaymentRefunded(refund) => return parties(&refund.payment),
        Event::PaymentDisputeEnded(payment) => return parties(payment),
        Event::PaymentReminded(reminder) if !reminder.muted => return BTreeSet::from([reminder.debtor]),
        _ => return BTreeSet::new(),
    };
    members.remove(&by);
    members
}

/// The member whom somebody else has added to a group; guests have no account to be told with.
fn added(change: &MemberChange, actor: Option<UserId>) -> BTreeSet<MemberId> {
    let joined = change.group.members.iter().find(|member| member.member_id == change.member_id);
    let is_told = joined.is_some_and(|joined| joined.user_id.is_some() && joined.user_id != actor);
    is_told.then_some(change.member_id).into_iter().collect()
}

/// The owners and admins of a group, who decide about claims.
fn managers(claim: &ClaimFacts) -> BTreeSet<MemberId> {
    without(claim.managers.iter().copied().collect(), claim.by)
}

fn without(mut told: BTreeSet<MemberId>, by: Option<MemberId>) -> BTreeSet<MemberId> {
    told.retain(|member| Some(*member) != by);
    told
}

fn sharers(expense: &ExpenseFacts) -> BTreeSet<MemberId> {
    expense.payers.iter().chain(&expense.shares).map(|part| part.member_id).collect()
}

fn parties(payment: &PaymentFacts) -> BTreeSet<MemberId> {
    [payment.from, payment.to, payment.created_by].into()
}

#[cfg(test)]
mod tests {
    use contracts::event::MemberFacts;

    use super::*;
    use crate::activity::Deed;

    #[test]
    fn a_change_concerns_who_is_told_who_reads_and_whose_group_it_is() {
        let (ada, ben, member) = (UserId::new(), UserId::new(), MemberId::new());
        let own = [Recipient::Member(member), Recipient::User(ada)];
        let told = |to| {
            let activity = Activity {
                id: "1".to_owned(),
                group_id: None,
                actor: None,
                at: Timestamp::EPOCH,
                kind: "a.b".to_owned(),
                deed: Deed::Invited,
                about: None,
                effects: Vec::new(),
            };
            let (at, kind) = (activity.at, activity.kind.clone());
            Change::Added(Box::new(Notification { id: "1".to_owned(), to, at, kind, group_id: None, activity }))
        };
        let group = |user| {
            let members = vec![MemberFacts { member_id: member, user_id: Some(user), name: String::new(), left: true }];
            Change::Group(KnownGroup { id: GroupId::new(), name: String::new(), members })
        };
        let concerning = [told(own[0]), told(own[1]), Change::Read(ada), group(ada)];
        assert!(concerning.iter().all(|change| change.concerns(ada, &own)));
        let others =
            [told(Recipient::Member(MemberId::new())), told(Recipient::User(ben)), Change::Read(ben), group(ben)];
        assert!(!others.iter().any(|change| change.concerns(ada, &own)));
    }
}
