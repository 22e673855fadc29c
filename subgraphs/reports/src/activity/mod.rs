//! An entry of the activity feed. Its summary is composed when it is read, so that it contains the current names and
//! does not depend on the order in which events of different streams arrive.

mod change;
mod effect;
mod filter;
mod operations;
mod store;

use contracts::{
    Envelope, Event, GroupId, MemberId, Timestamp, UserId, amount,
    event::{ClaimFacts, ExpenseFacts, MemberChange, OwedFacts, PaymentFacts},
};
use money::Amount;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::directory::Names;
use effect::effects;

pub(crate) use change::{Change, ClaimChange, PaymentChange};
pub(crate) use effect::Effect;
pub(crate) use filter::{FeedFilter, Topic};
pub(crate) use operations::{Activities, Feed, Shown};

/// An entry of a group's feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Activity {
    /// The id of the event.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// The group; `None` if it happened between two people.
    pub(crate) group_id: Option<GroupId>,
    /// The user who caused the event; `None` if a service did.
    pub(crate) actor: Option<UserId>,
    pub(crate) at: Timestamp,
    /// The kind of the event without its version, such as `expense.created`.
    pub(crate) kind: String,
    pub(crate) deed: Deed,
    /// The id of the group, invitation, expense or payment that it is about; `None` in older entries.
    #[serde(default)]
    pub(crate) about: Option<Uuid>,
    /// The effects on balances.
    #[serde(default)]
    pub(crate) effects: Vec<Effect>,
}

/// What was done, with the data for the summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    MadeGroup,
    /// The actor joined or added a guest.
    AddedMember {
        member_id: MemberId,
    },
    /// A step in the claim of a guest by a user, with their names.
    Claim {
        change: ClaimChange,
        user: String,
        guest: String,
    },
    /// The actor left or removed another member.
    RemovedMember {
        member_id: MemberId,
    },
    /// The actor sent a friend request.
    AskedToBeFriends,
    /// The actor accepted a friend request.
    BecameFriends,
    /// The actor created an invitation.
    Invited,
    RevokedInvite,
    Expense {
        change: Change,
        description: String,
        #[serde(with = "amount")]
        total: Amount,
        /// Whether a schedule entered it.
        #[serde(default)]
        recurring: bool,
    },
    /// A change of a recorded payment.
    Payment {
        change: PaymentChange,
        from: MemberId,
        to: MemberId,
        #[serde(with = "amount")]
        amount: Amount,
        /// The reason of a dispute, if one was given.
        #[serde(default)]
        reason: Option<String>,
    },
    /// A comment on an expense.
    Commented {
        /// The description of the expense.
        description: String,
        /// The text of the comment.
        text: String,
    },
    /// An import has filled the group.
    Imported {
        /// How many expenses and payments it has entered.
        entries: u32,
    },
    /// The spending of a month reached 80% or 100% of a budget.
    Budget {
        /// The category; `None` for all spending.
        category: Option<String>,
        /// The month, such as `2026-11`.
        month: String,
        /// The limit per month.
        #[serde(with = "amount")]
        limit: Amount,
        /// What is spent in the month.
        #[serde(with = "amount")]
        spent: Amount,
    },
    /// A creditor reminded a debtor.
    Reminded {
        creditor: MemberId,
        owed: Vec<OwedFacts>,
    },
    /// A payment was processed.
    Paid {
        from: MemberId,
        to: MemberId,
        #[serde(with = "amount")]
        amount: Amount,
    },
}

impl Activity {
    /// Returns the entry for an event; `None` for an event that no feed shows.
    pub(crate) fn of(envelope: &Envelope) -> Option<Self> {
        let kind = envelope.event.kind();
        Some(Self {
            deed: Deed::of(&envelope.event)?,
            about: Some(item(&envelope.event)),
            effects: effects(&envelope.event),
            id: envelope.id.to_string(),
            group_id: envelope.event.group_id(),
            actor: envelope.actor,
            at: envelope.time,
            kind: kind.rsplit_once('.').map_or(kind, |(kind, _version)| kind).to_owned(),
        })
    }

    /// Returns a copy with only the effects on one member.
    pub(crate) fn for_member(&self, member: MemberId) -> Self {
        let effects = self.effects_on(member).copied().collect();
        Self { effects, ..self.clone() }
    }

    /// Whether it is for its recipient alone, and not for the feed of the group.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self.deed, Deed::Reminded { .. } | Deed::AskedToBeFriends | Deed::BecameFriends)
    }

    /// The effects on one member's balance, one per currency.
    pub(crate) fn effects_on(&self, member: MemberId) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |effect| effect.member_id == member)
    }

    /// Composes the English summary, with the current names.
    pub(crate) fn summary(&self, names: &Names) -> String {
        let actor = names.actor(self.group_id, self.actor);
        let member = |id| names.member(self.group_id, id);
        match &self.deed {
            Deed::MadeGroup => format!("{actor} created the group \"{}\"", names.group(self.group_id)),
            Deed::AddedMember { member_id } if self.is_by(*member_id, names) => format!("{actor} joined the group"),
            Deed::AddedMember { member_id } => format!("{actor} added {} to the group", member(*member_id)),
            Deed::Claim { change: ClaimChange::Made, user, guest } => format!("{user} joined the group as {guest}"),
            Deed::Claim { change: ClaimChange::Requested, user, guest } => {
                format!("{user} asks to join the group as {guest}")
            }
            Deed::Claim { change: ClaimChange::Approved, user, guest } => {
                format!("{actor} let {user} join the group as {guest}")
            }
            Deed::Claim { change: ClaimChange::Undone, user, guest } => {
                format!("{actor} undid that {user} joined the group as {guest}")
            }
            Deed::RemovedMember { member_id } if self.is_by(*member_id, names) => format!("{actor} left the group"),
            Deed::RemovedMember { member_id } => format!("{actor} removed {} from the group", member(*member_id)),
            Deed::AskedToBeFriends => format!("{actor} asks to be your friend"),
            Deed::BecameFriends => format!("{actor} is your friend now"),
            Deed::Invited => format!("{actor} made an invitation"),
            Deed::RevokedInvite => format!("{actor} took an invitation back"),
            Deed::Expense { change: Change::Added, description, total, recurring: true } => {
                format!("\"{description}\" was entered as planned, {total} {}", total.currency)
            }
            Deed::Expense { change, description, total, .. } => {
                format!("{actor} {} \"{description}\", {total} {}", change.verb(), total.currency)
            }
            Deed::Budget { category, month, limit, spent } => {
                let category = category.as_ref().map(|name| format!(" for {name}")).unwrap_or_default();
                format!("{spent} of {limit} {}{category} in {month} are spent", limit.currency)
            }
            Deed::Paid { from, to, amount } => {
                format!("{} paid {} {amount} {}", member(*from), member(*to), amount.currency)
            }
            Deed::Commented { description, text } => format!("{actor} commented on \"{description}\": {text}"),
            Deed::Imported { entries } => format!("{actor} imported {entries} entries"),
            Deed::Reminded { creditor, owed } => {
                let owed: Vec<_> =
                    owed.iter().map(|owed| format!("{} {}", owed.amount, owed.amount.currency)).collect();
                format!("{} reminds you of {}", member(*creditor), owed.join(" and "))
            }
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

/// Returns the id of the item that an event is about. For a comment that is its expense.
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
            Event::MemberJoined(MemberChange { member_id, claim: Some(claim), .. }) => {
                let is_own = claim.by == Some(*member_id);
                Self::claim(if is_own { ClaimChange::Made } else { ClaimChange::Approved }, claim)
            }
            Event::ClaimUndone(MemberChange { claim: Some(claim), .. }) => Self::claim(ClaimChange::Undone, claim),
            Event::ClaimRequested(request) => Self::claim(ClaimChange::Requested, &request.claim),
            Event::MemberJoined(change) => Self::AddedMember { member_id: change.member_id },
            Event::MemberLeft(change) => Self::RemovedMember { member_id: change.member_id },
            Event::FriendshipRequested(_) => Self::AskedToBeFriends,
            Event::FriendshipBegan(_) => Self::BecameFriends,
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
            Event::ImportFinished(import) => Self::Imported { entries: import.entries },
            Event::PaymentUpdated(change) => Self::payment(PaymentChange::Edited, &change.after, None),
            Event::PaymentConfirmed(step) => Self::payment(PaymentChange::Confirmed, &step.payment, None),
            Event::PaymentDisputed(step) => Self::payment(PaymentChange::Disputed, &step.payment, step.reason.clone()),
            Event::PaymentVoided(step) => Self::payment(PaymentChange::Voided, &step.payment, None),
            Event::PaymentRefunded(refund) => Self::payment(PaymentChange::Refunded, &refund.payment, None),
            Event::PaymentDisputeEnded(payment) => Self::payment(PaymentChange::Settled, payment, None),
            Event::PaymentReminded(reminder) => {
                Self::Reminded { owed: reminder.owed.clone(), creditor: reminder.creditor }
            }
            // Advice, drafts and unprocessed payments concern one person only, and an account belongs to no group.
            // Of a schedule, the feed shows the expenses that it creates.
            Event::ExpenseAdvised(_)
            | Event::PaymentStarted(_)
            | Event::PaymentFailed(_)
            | Event::ScheduleCreated(_)
            | Event::ScheduleUpdated(_)
            | Event::ScheduleDeleted(_)
            | Event::CommentEdited(_)
            | Event::CommentDeleted(_)
            | Event::AttachmentAdded(_)
            | Event::AttachmentRemoved(_)
            | Event::CategorySaved(_)
            | Event::CategoryDeleted(_)
            | Event::PresetSaved(_)
            | Event::PresetDeleted(_)
            | Event::AdviceDismissed(_)
            | Event::DraftRequested(_)
            | Event::DraftRead(_)
            | Event::DraftDiscarded(_)
            | Event::UserRegistered(_)
            | Event::UserUpdated(_)
            | Event::UserPasswordChanged(_)
            | Event::UserEmailConfirmed(_)
            | Event::UserDeleted(_)
            | Event::FriendRequestEnded(_)
            | Event::FriendshipEnded(_)
            | Event::GroupUpdated(_)
            | Event::GroupArchived(_)
            | Event::GroupRestored(_)
            | Event::MemberChanged(_)
            | Event::ClaimUndone(_)
            | Event::ClaimDeclined(_) => return None,
        })
    }

    fn claim(change: ClaimChange, claim: &ClaimFacts) -> Self {
        Self::Claim { change, user: claim.user_name.clone(), guest: claim.guest_name.clone() }
    }

    fn expense(change: Change, expense: &ExpenseFacts) -> Self {
        let (description, recurring) = (expense.description.clone(), expense.schedule_id.is_some());
        Self::Expense { change, description, total: expense.total, recurring }
    }

    fn payment(change: PaymentChange, payment: &PaymentFacts, reason: Option<String>) -> Self {
        Self::Payment { change, from: payment.from, to: payment.to, amount: payment.amount, reason }
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
        assert_eq!(sentence(Deed::AskedToBeFriends), "Ada asks to be your friend");
        assert_eq!(sentence(Deed::BecameFriends), "Ada is your friend now");
        assert_eq!(sentence(Deed::Imported { entries: 300 }), "Ada imported 300 entries");
        assert_eq!(sentence(Deed::RevokedInvite), "Ada took an invitation back");
        let claim = |change| sentence(Deed::Claim { change, user: "Robert".to_owned(), guest: "Bob".to_owned() });
        assert_eq!(claim(ClaimChange::Made), "Robert joined the group as Bob");
        assert_eq!(claim(ClaimChange::Requested), "Robert asks to join the group as Bob");
        assert_eq!(claim(ClaimChange::Approved), "Ada let Robert join the group as Bob");
        assert_eq!(claim(ClaimChange::Undone), "Ada undid that Robert joined the group as Bob");
        let expense = |change, recurring| {
            sentence(Deed::Expense { change, description: "Tea".to_owned(), total: yen, recurring })
        };
        let tea = |change| expense(change, false);
        assert_eq!(tea(Change::Added), "Ada added \"Tea\", -500 JPY");
        assert_eq!(expense(Change::Added, true), "\"Tea\" was entered as planned, -500 JPY");
        assert_eq!(expense(Change::Changed, true), "Ada changed \"Tea\", -500 JPY");
        assert_eq!(tea(Change::Deleted), "Ada deleted \"Tea\", -500 JPY");
        assert_eq!(sentence(Deed::Paid { from: ben, to: member, amount: yen }), "Ben paid Ada -500 JPY");
        let paid = |change| sentence(Deed::Payment { change, from: ben, to: member, amount: yen, reason: None });
        assert_eq!(paid(PaymentChange::Voided), "Ada took back the payment of -500 JPY from Ben to Ada");
        assert_eq!(paid(PaymentChange::Disputed), "Ada disputed the payment of -500 JPY from Ben to Ada");
    }

    #[test]
    fn an_unknown_actor_has_a_placeholder_name() {
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
            group_id: Some(group_id),
            actor,
            at: Timestamp::EPOCH,
            kind: "a.b".to_owned(),
            deed,
            about: None,
            effects: Vec::new(),
        }
    }
}
