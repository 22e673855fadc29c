//! Notifications: what concerns one person, with whether that person has seen it.

mod operations;
mod store;

use std::collections::BTreeSet;

use contracts::{
    Envelope, Event, GroupId, MemberId, Timestamp, UserId,
    event::{ExpenseFacts, PaymentFacts},
};
use serde::{Deserialize, Serialize};

use crate::{activity::Activity, directory::Membership};

pub(crate) use operations::Notifications;

/// Something that one person is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Notification {
    /// The event and the recipient, so that no event tells anybody twice.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// Who is told.
    pub(crate) to: Recipient,
    /// When it happened.
    pub(crate) at: Timestamp,
    /// What kind of thing, such as `expense.created`.
    pub(crate) kind: String,
    /// In which group.
    pub(crate) group_id: GroupId,
    /// What happened, with the recipient's own effect alone.
    pub(crate) activity: Activity,
}

/// Who is told: a member, since an event about a group may come before the group's own, or a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum Recipient {
    /// A member of a group; a guest reads nothing, but may be claimed.
    Member(MemberId),
    /// An account.
    User(UserId),
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
    /// Everything under which a user with these memberships is told something.
    pub(crate) fn of(user: UserId, memberships: &[Membership]) -> Vec<Self> {
        let members = memberships.iter().map(|membership| Self::Member(membership.member()));
        members.chain([Self::User(user)]).collect()
    }
}

impl Notification {
    /// Those that an event brings about: whoever an expense or a payment concerns is told, but for whoever did it.
    pub(crate) fn of(envelope: &Envelope) -> Vec<Self> {
        let Some(activity) = Activity::of(envelope) else { return Vec::new() };
        let told = concerned(&envelope.event).into_iter().map(|member| {
            let to = Recipient::Member(member);
            Self {
                id: format!("{}/{}", envelope.id, String::from(to)),
                to,
                at: activity.at,
                kind: activity.kind.clone(),
                group_id: activity.group_id,
                activity: activity.for_member(member),
            }
        });
        told.collect()
    }
}

/// The members whom an event concerns, without the one who did it.
fn concerned(event: &Event) -> BTreeSet<MemberId> {
    let (mut members, by) = match event {
        Event::ExpenseCreated(expense) => (sharers(expense), expense.created_by),
        Event::ExpenseUpdated(change) => (&sharers(&change.before) | &sharers(&change.after), change.by),
        Event::ExpenseDeleted(change) | Event::ExpenseRestored(change) => (sharers(&change.after), change.by),
        Event::ExpenseCommented(comment) => (comment.mentions.iter().copied().collect(), comment.by),
        Event::PaymentProcessed(payment) => (parties(payment), payment.created_by),
        Event::PaymentUpdated(change) => (parties(&change.after), change.by),
        Event::PaymentConfirmed(step) | Event::PaymentDisputed(step) | Event::PaymentVoided(step) => {
            (parties(&step.payment), step.by)
        }
        // Nobody in the group did these.
        Event::PaymentRefunded(refund) => return parties(&refund.payment),
        Event::PaymentDisputeEnded(payment) => return parties(payment),
        _ => return BTreeSet::new(),
    };
    members.remove(&by);
    members
}

fn sharers(expense: &ExpenseFacts) -> BTreeSet<MemberId> {
    expense.payers.iter().chain(&expense.shares).map(|part| part.member_id).collect()
}

fn parties(payment: &PaymentFacts) -> BTreeSet<MemberId> {
    [payment.from, payment.to, payment.created_by].into()
}
