//! Enters due expenses. Every replica looks for due schedules; each expense is entered once.

use std::time::Duration;

use chrono::NaiveDate;
use contracts::{Event, ExpenseId, Trace, roster::Roster};
use kit::{
    Code, Failure, Outcome,
    intervals::repeat,
    journal::{Change, IdempotencyKey},
};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::{Schedule, operations::Schedules};
use crate::{
    expense::{Author, posting::postings},
    problem::Problem,
};

/// The interval between two looks for due schedules.
const POLL_INTERVAL: Duration = Duration::from_secs(15);

/// Why a schedule cannot continue.
#[derive(Clone, Copy, Debug, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
enum Halt {
    /// Its owner is no longer a member.
    #[error("Whoever set this up has left the group.")]
    OwnerLeft,
    /// There is no group any more, or nobody may change it.
    #[error("The group is archived.")]
    GroupArchived,
}

impl Schedules {
    /// Enters due expenses at intervals, until cancelled.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        repeat(POLL_INTERVAL, stop, "due expenses could not be entered", || self.enter_due()).await;
    }

    /// Enters all expenses that are due; returns how many. A schedule that fails does not block the others and is tried
    /// again later.
    pub(crate) async fn enter_due(&self) -> Outcome<usize> {
        let mut entered = 0;
        while let Some(schedule) = self.store.claim_due(self.clock.now()).await? {
            let id = schedule.id;
            match self.enter_all(schedule).await {
                Ok(expenses) => entered += expenses,
                // The schedule was changed concurrently; the next look finds its new version.
                Err(failure) if failure.is(Code::StaleVersion) => {}
                Err(failure) => {
                    tracing::warn!(%id, reason = failure.log_text(), "a schedule failed; trying again later");
                }
            }
        }
        Ok(entered)
    }

    async fn enter_all(&self, mut schedule: Schedule) -> Outcome<usize> {
        let due = schedule.due(self.clock.now());
        let roster = self.expenses.roster_for_service(Trace::start(), schedule.group_id).await?;
        let roster = match present(&schedule, roster) {
            Ok(roster) => roster,
            Err(halt) => return self.give_up(&schedule, Problem::of(&halt)).await.map(|()| 0),
        };
        for day in &due {
            match self.enter(&schedule, *day, &roster).await {
                Ok(after) => schedule = after,
                Err(Failure::Refused(refusal)) if !matches!(refusal.code, Code::StaleVersion | Code::Overloaded) => {
                    return self.give_up(&schedule, (*refusal).into()).await.map(|()| 0);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(due.len())
    }

    /// Enters the expense of one date; returns the next version of the schedule. One transaction stores both and uses
    /// the date as an idempotency key, so that a concurrent second attempt has no effect.
    async fn enter(&self, schedule: &Schedule, day: NaiveDate, roster: &Roster) -> Outcome<Schedule> {
        let now = self.clock.now();
        let author = Author { roster, member: schedule.owner, now, today: schedule.plan.today(now) };
        let id = ExpenseId::new();
        let offset = self.expenses.rounding_offset_of(&schedule.template).await?;
        let expense = schedule.expense(id, day, offset, &author)?;
        let after = schedule.after(day);
        let event = Event::ExpenseCreated(expense.facts());
        let key = format!("{}/{day}", schedule.id);
        let change = Change::new(expense.group_id.0, event.clone())
            .by_user(schedule.owner_user)
            .posting(postings(&event)?)
            .writing(self.expenses.writes_of_new(&expense)?)
            .writing([self.store.replace(schedule, &after)?])
            .once(IdempotencyKey::new(schedule.owner_user, "schedule", &key, &(), id.0)?);
        self.journal.commit(change).await?;
        Ok(after)
    }

    /// Pauses a schedule that cannot continue, and stores the reason.
    async fn give_up(&self, schedule: &Schedule, problem: Problem) -> Outcome<()> {
        let after = schedule.paused(Some(problem));
        let change = Change::new(after.group_id.0, Event::ScheduleUpdated(after.facts(None)?))
            .writing([self.store.replace(schedule, &after)?]);
        self.journal.commit(change).await.map(drop)
    }
}

/// Returns the roster in which a schedule can continue, or the reason why it cannot.
fn present(schedule: &Schedule, roster: Option<Roster>) -> Result<Roster, Halt> {
    let roster = roster.filter(|roster| !roster.archived).ok_or(Halt::GroupArchived)?;
    match roster.member(schedule.owner) {
        Some(owner) if !owner.left => Ok(roster),
        _ => Err(Halt::OwnerLeft),
    }
}
