//! One entry of the feed: who did what, when. The sentence is made when it is read, so that it has
//! the present names, and does not depend on which of two streams was heard first.

mod effect;
mod operations;
mod store;

use contracts::{
    Envelope, Event, GroupId, MemberId, Timestamp, UserId, amount,
    event::{ExpenseFacts, PaymentFacts},
};
use money::Amount;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::directory::Names;
use effect::effects;

pub(crate) use effect::Effect;
pub(crate) use operations::{Activities, Feed};

/// An entry of the feed of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Activity {
    /// The id of the event.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// In which group.
    pub(crate) group_id: GroupId,
    /// Who did it; `None` for what a service did by itself.
    pub(crate) actor: Option<UserId>,
    /// When.
    pub(crate) at: Timestamp,
    /// The kind of event without its version, such as `expense.created`.
    pub(crate) kind: String,
    /// What was done.
    pub(crate) deed: Deed,
    /// What it was done to: the id of a group, an invitation, an expense or a payment. Older entries do not say.
    #[serde(default)]
    pub(crate) about: Option<Uuid>,
    /// What it did to the balances.
    #[serde(default)]
    pub(crate) effects: Vec<Effect>,
}

/// What somebody did, with what its sentence needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    /// Made the group.
    MadeGroup,
    /// Became a member, or brought a guest.
    AddedMember {
        /// Who is new.
        member_id: MemberId,
    },
    /// Left, or removed somebody.
    RemovedMember {
        /// Who is gone.
        member_id: MemberId,
    },
    /// Made an invitation.
    Invited,
    /// Took an invitation back.
    RevokedInvite,
    /// Did something to an expense.
    Expense {
        /// What was done to it.
        change: Change,
        /// What it was for.
        description: String,
        /// The whole amount.
        #[serde(with = "amount")]
        total: Amount,
    },
    /// Did something to a recorded payment.
    Payment {
        /// What was done to it.
        change: PaymentChange,
        /// Who paid.
        from: MemberId,
        /// Who received.
        to: MemberId,
        /// How much.
        #[serde(with = "amount")]
        amount: Amount,
        /// Why, where a reason was given.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Wrote a comment on an expense.
    Commented {
        /// What the expense was for.
        description: String,
        /// What the comment says.
        text: String,
    },
    /// Money has moved.
    Paid {
        /// Who paid.
        from: MemberId,
        /// Who received.
        to: MemberId,
        /// How much.
        #[serde(with = "amount")]
        amount: Amount,
    },
}

/// What can be done to an expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    /// It was entered.
    Added,
    /// It was edited.
    Changed,
    /// It was deleted.
    Deleted,
    /// It was brought back.
    Restored,
}

/// What can be done to a payment after it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaymentChange {
    /// It was edited.
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    /// It was taken back.
    Voided,
    /// Money of it went back, by card.
    Refunded,
    /// A dispute with the card's provider has ended in its favour.
    Settled,
}

impl Activity {
    /// The entry for an event; `None` for what no feed shows.
    pub(crate) fn of(envelope: &Envelope) -> Option<Self> {
        let kind = envelope.event.kind();
        Some(Self {
            deed: Deed::of(&envelope.event)?,
            about: Some(item(&envelope.event)),
            effects: effects(&envelope.event),
            id: envelope.id.to_string(),
            group_id: envelope.event.group_id()?,
            actor: envelope.actor,
            at: envelope.time,
            kind: kind.rsplit_once('.').map_or(kind, |(kind, _version)| kind).to_owned(),
        })
    }

    /// The same with the effects on one member alone.
    pub(crate) fn for_member(&self, member: MemberId) -> Self {
        let effects = self.effects_on(member).copied().collect();
        Self { effects, ..self.clone() }
    }

    /// What it did to the balance of a member, by currency.
    pub(crate) fn effects_on(&self, member: MemberId) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |effect| effect.member_id == member)
    }

    /// What happened, in plain words.
    pub(crate) fn summary(&self, names: &Names) -> String {
        let actor = names.actor(self.group_id, self.actor);
        let member = |id| names.member(self.group_id, id);
        match &self.deed {
            Deed::MadeGroup => format!("{actor} created the group \"{}\"", names.group(self.group_id)),
            Deed::AddedMember { member_id } if self.is_by(*member_id, names) => format!("{actor} joined the group"),
            Deed::AddedMember { member_id } => format!("{actor} added {} to the group", member(*member_id)),
            Deed::RemovedMember { member_id } if self.is_by(*member_id, names) => format!("{actor} left the group"),
            Deed::RemovedMember { member_id } => format!("{actor} removed {} from the group", member(*member_id)),
            Deed::Invited => format!("{actor} made an invitation"),
            Deed::RevokedInvite => format!("{actor} took an invitation back"),
            Deed::Expense { change, description, total } => {
                format!("{actor} {} \"{description}\", {total} {}", change.verb(), total.currency)
            }
            Deed::Paid { from, to, amount } => {
                format!("{} paid {} {amount} {}", member(*from), member(*to), amount.currency)
            }
            Deed::Commented { description, text } => format!("{actor} commented on \"{description}\": {text}"),
            Deed::Payment { change, from, to, amount, .. } => {
                let (from, to, verb) = (member(*from), member(*to), change.verb());
                format!("{actor} {verb} the payment of {amount} {} from {from} to {to}", amount.currency)
            }
        }
    }

    fn is_by(&self, member: MemberId, names: &Names) -> bool {
        names.is(self.group_id, self.actor, member)
    }
}

/// What an event is about as a reader of the feed sees it: a comment belongs to its expense.
fn item(event: &Event) -> Uuid {
    match event {
        Event::ExpenseCommented(comment) => comment.expense_id.0,
        event => event.about(),
    }
}

impl Deed {
    fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::GroupCreated(_) => Self::MadeGroup,
            Event::MemberJoined(change) => Self::AddedMember { member_id: change.member_id },
            Event::MemberLeft(change) => Self::RemovedMember { member_id: change.member_id },
            Event::InviteCreated(_) => Self::Invited,
            Event::InviteRevoked(_) => Self::RevokedInvite,
            Event::ExpenseCreated(expense) => Self::expense(Change::Added, expense),
            Event::ExpenseUpdated(change) => Self::expense(Change::Changed, &change.after),
            Event::ExpenseDeleted(change) => Self::expense(Change::Deleted, &change.after),
            Event::ExpenseRestored(change) => Self::expense(Change::Restored, &change.after),
            Event::PaymentProcessed(payment) => {
                Self::Paid { from: payment.from, to: payment.to, amount: payment.amount }
            }
            Event::ExpenseCommented(comment) => {
                Self::Commented { description: comment.description.clone(), text: comment.text.clone() }
            }
            Event::PaymentUpdated(change) => Self::payment(PaymentChange::Edited, &change.after, None),
            Event::PaymentConfirmed(step) => Self::payment(PaymentChange::Confirmed, &step.payment, None),
            Event::PaymentDisputed(step) => Self::payment(PaymentChange::Disputed, &step.payment, step.reason.clone()),
            Event::PaymentVoided(step) => Self::payment(PaymentChange::Voided, &step.payment, None),
            Event::PaymentRefunded(refund) => Self::payment(PaymentChange::Refunded, &refund.payment, None),
            Event::PaymentDisputeEnded(payment) => Self::payment(PaymentChange::Settled, payment, None),
            // Advice, drafts and payments that have not moved money are for one person, and an account belongs to no
            // group. Of a schedule the feed tells what it enters.
            Event::ExpenseAdvised(_)
            | Event::PaymentStarted(_)
            | Event::PaymentFailed(_)
            | Event::ScheduleCreated(_)
            | Event::ScheduleUpdated(_)
            | Event::ScheduleDeleted(_)
            | Event::CommentEdited(_)
            | Event::CommentDeleted(_)
            | Event::AdviceDismissed(_)
            | Event::DraftRequested(_)
            | Event::DraftRead(_)
            | Event::DraftDiscarded(_)
            | Event::UserRegistered(_)
            | Event::UserUpdated(_)
            | Event::UserPasswordChanged(_)
            | Event::UserEmailConfirmed(_)
            | Event::UserDeleted(_)
            | Event::FriendshipRequested(_)
            | Event::FriendRequestEnded(_)
            | Event::FriendshipBegan(_)
            | Event::FriendshipEnded(_)
            | Event::GroupUpdated(_)
            | Event::GroupArchived(_)
            | Event::GroupRestored(_)
            | Event::MemberChanged(_) => return None,
        })
    }

    fn expense(change: Change, expense: &ExpenseFacts) -> Self {
        Self::Expense { change, description: expense.description.clone(), total: expense.total }
    }

    fn payment(change: PaymentChange, payment: &PaymentFacts, reason: Option<String>) -> Self {
        Self::Payment { change, from: payment.from, to: payment.to, amount: payment.amount, reason }
    }
}

impl PaymentChange {
    fn verb(self) -> &'static str {
        match self {
            Self::Edited => "changed",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Voided => "took back",
            Self::Refunded => "returned money of",
            Self::Settled => "settled the dispute about",
        }
    }
}

impl Change {
    fn verb(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }
}

#[cfg(test)]
mod tests {
    use contracts::event::MemberFacts;
    use money::Currency;

    use super::*;
    use crate::directory::{KnownGroup, KnownUser};

    #[test]
    fn sentences_have_names_and_exact_amounts() {
        let (group, ada, ben) = (GroupId::new(), UserId::new(), MemberId::new());
        let guest = MemberFacts { member_id: ben, user_id: None, name: "Ben".to_owned(), left: false };
        let own =
            MemberFacts { member_id: MemberId::new(), user_id: Some(ada), name: "Ada".to_owned(), ..guest.clone() };
        let member = own.member_id;
        let names = Names::new([KnownGroup { id: group, name: "Trip".to_owned(), members: vec![own, guest] }], []);
        let yen = Amount::new(-500, Currency::from_code("JPY").unwrap());
        let sentence = |deed| entry(group, Some(ada), deed).summary(&names);

        assert_eq!(sentence(Deed::MadeGroup), "Ada created the group \"Trip\"");
        assert_eq!(sentence(Deed::AddedMember { member_id: member }), "Ada joined the group");
        assert_eq!(sentence(Deed::AddedMember { member_id: ben }), "Ada added Ben to the group");
        assert_eq!(sentence(Deed::RemovedMember { member_id: member }), "Ada left the group");
        assert_eq!(sentence(Deed::RemovedMember { member_id: ben }), "Ada removed Ben from the group");
        assert_eq!(sentence(Deed::Invited), "Ada made an invitation");
        assert_eq!(sentence(Deed::RevokedInvite), "Ada took an invitation back");
        let tea = |change| sentence(Deed::Expense { change, description: "Tea".to_owned(), total: yen });
        assert_eq!(tea(Change::Added), "Ada added \"Tea\", -500 JPY");
        assert_eq!(tea(Change::Deleted), "Ada deleted \"Tea\", -500 JPY");
        assert_eq!(sentence(Deed::Paid { from: ben, to: member, amount: yen }), "Ben paid Ada -500 JPY");
        let paid = |change| sentence(Deed::Payment { change, from: ben, to: member, amount: yen, reason: None });
        assert_eq!(paid(PaymentChange::Voided), "Ada took back the payment of -500 JPY from Ben to Ada");
        assert_eq!(paid(PaymentChange::Disputed), "Ada disputed the payment of -500 JPY from Ben to Ada");
    }

    #[test]
    fn somebody_unknown_still_makes_a_sentence() {
        let (group, user) = (GroupId::new(), UserId::new());
        let invited = |actor, names: &Names| entry(group, actor, Deed::Invited).summary(names);
        assert_eq!(invited(Some(user), &Names::default()), "Somebody made an invitation");
        assert_eq!(invited(None, &Names::default()), "Quits made an invitation");
        let names = Names::new([], [KnownUser { id: user, name: "Ada".to_owned() }]);
        assert_eq!(invited(Some(user), &names), "Ada made an invitation");
    }

    fn entry(group_id: GroupId, actor: Option<UserId>, deed: Deed) -> Activity {
        Activity {
            id: "1".to_owned(),
            group_id,
            actor,
            at: Timestamp::EPOCH,
            kind: "a.b".to_owned(),
            deed,
            about: None,
            effects: Vec::new(),
        }
    }
}
