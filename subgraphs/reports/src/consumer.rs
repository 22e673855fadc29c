//! The reporting consumer: keeps what each event tells, together with how far its stream was heard.

use async_trait::async_trait;
use contracts::{Envelope, Event};
use kit::{
    Outcome,
    bus::{Handled, Handler},
    mongo::Write,
};

use crate::{
    Reports,
    activity::Activity,
    expense::Expense,
    names::{KnownGroup, KnownUser},
    store,
};

#[async_trait]
impl Handler for Reports {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        self.store.receive(envelope, &writes(envelope)?).await
    }

    async fn first_missing(&self, envelope: &Envelope) -> Outcome<i64> {
        Ok(self.store.position(envelope).await? + 1)
    }
}

/// What is kept of an event.
fn writes(envelope: &Envelope) -> Outcome<Vec<Write>> {
    let activity = Activity::of(envelope).map(|activity| store::add_activity(&activity)).transpose()?;
    Ok(fact(&envelope.event)?.into_iter().chain(activity).collect())
}

/// An event carries the whole state of what it is about, so each replaces the one before.
fn fact(event: &Event) -> Outcome<Option<Write>> {
    Ok(Some(match event {
        Event::UserRegistered(user) | Event::UserUpdated(user) | Event::UserDeleted(user) => {
            store::put_user(&KnownUser::of(user))?
        }
        Event::GroupCreated(group)
        | Event::GroupUpdated(group)
        | Event::GroupArchived(group)
        | Event::GroupRestored(group) => store::put_group(&KnownGroup::of(group))?,
        Event::MemberJoined(change) | Event::MemberLeft(change) | Event::MemberChanged(change) => {
            store::put_group(&KnownGroup::of(&change.group))?
        }
        Event::ExpenseCreated(expense) => store::put_expense(&Expense::of(expense))?,
        Event::ExpenseUpdated(change) | Event::ExpenseRestored(change) => {
            store::put_expense(&Expense::of(&change.after))?
        }
        Event::ExpenseDeleted(change) => store::put_expense(&Expense::of(&change.after).deleted())?,
        Event::UserPasswordChanged(_)
        | Event::FriendshipRequested(_)
        | Event::FriendRequestEnded(_)
        | Event::FriendshipBegan(_)
        | Event::FriendshipEnded(_)
        | Event::InviteCreated(_)
        | Event::InviteRevoked(_)
        | Event::ExpenseAdvised(_)
        | Event::ExpenseCommented(_)
        | Event::CommentEdited(_)
        | Event::CommentDeleted(_)
        | Event::AdviceDismissed(_)
        | Event::DraftRequested(_)
        | Event::DraftRead(_)
        | Event::DraftDiscarded(_)
        | Event::PaymentProcessed(_) => return Ok(None),
    }))
}
