//! Suggests the split that the notes of an expense describe.

use contracts::{Event, MemberId, Timestamp, roster::Roster};
use kit::journal::Recorded;
use reader::Question;

use super::suggestion::{Reasoned, Suggestion};
use crate::{
    advisor::built_in,
    expense::{Author, Expense, edit::Edit},
};

/// The member who wrote the present notes and is meant by "I" in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Writer(pub MemberId);

/// Returns who changed the notes last, according to the journal.
pub(crate) fn writer(history: &[Recorded]) -> Option<Writer> {
    let wrote = |recorded: &Recorded| match &recorded.event {
        Event::ExpenseCreated(expense) => Some(Writer(expense.created_by)),
        Event::ExpenseUpdated(change) if change.before.notes != change.after.notes => Some(Writer(change.by)),
        _ => None,
    };
    history.iter().rev().find_map(wrote)
}

/// Returns the split that the notes describe, if it is unambiguous and valid, and leads to other shares than the
/// present one.
pub(super) fn split(expense: &Expense, Writer(writer): Writer, roster: &Roster, now: Timestamp) -> Option<Reasoned> {
    let notes = expense.notes.as_deref()?;
    let present: Vec<_> = roster.members.iter().filter(|member| !member.left).collect();
    let names: Vec<&str> = present.iter().map(|member| member.name.as_str()).collect();
    let members: Vec<MemberId> = present.iter().map(|member| member.member_id).collect();
    let question = Question {
        text: notes,
        people: &names,
        speaker: members.iter().position(|member| *member == writer)?,
        currency: expense.total.currency,
        today: expense.date,
        total: Some(expense.total),
    };
    let reading = built_in(&question, None).reading;
    if !reading.questions.is_empty() || reading.total.is_some_and(|total| total != expense.total) {
        return None;
    }
    let split = reading.split?.map_members(|place| members.get(*place).copied())?;
    let edit = Edit { split: Some(split.clone()), ..Edit::default() };
    let changed = expense.edited(edit, &Author { roster, member: writer, now, today: expense.date }).ok()?;
    let reason = "The notes describe other shares.".to_owned();
    (changed.shares != expense.shares).then_some(Reasoned { suggestion: Suggestion::Split(split), reason })
}
