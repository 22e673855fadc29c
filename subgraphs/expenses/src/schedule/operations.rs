//! Use cases of schedules: create, update, pause, resume, delete, list. See `running` for how due expenses are entered.

use std::sync::Arc;

use chrono::NaiveDate;
use contracts::{Event, GroupId, ScheduleId, event::ScheduleFacts, ledger::GroupLedger, roster::Membership};
use kit::{
    Caller, Clock, Code, Outcome,
    journal::{Change, Committed, IdempotencyKey, Journal},
};
use money::Currency;

use super::{
    NewSchedule, Schedule, ScheduleEdit,
    cost::{RecurringCost, costs},
    store::ScheduleStore,
};
use crate::{
    expense::operations::{Expenses, Request},
    refusal::{Refusal, ScheduleRefusal},
};

/// The most schedules of a group.
pub(crate) const MOST_SCHEDULES: u64 = 100;

/// An optimistic lock: the version of a schedule that a change is based on.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedSchedule {
    pub(crate) id: ScheduleId,
    pub(crate) version: i64,
}

/// The service for schedules.
pub(crate) struct Schedules {
    pub(crate) store: ScheduleStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
    pub(crate) clock: Clock,
}

impl Schedules {
    /// Creates a schedule, once per idempotency key. Its expenses are entered when they are due.
    pub(crate) async fn create(&self, caller: &Caller, new: NewSchedule, request: &Request) -> Outcome<Schedule> {
        let user = caller.user()?;
        let membership = self.expenses.membership(caller, new.expense.group_id).await?;
        let id = ScheduleId::new();
        let key = IdempotencyKey::new(user, "createSchedule", &request.idempotency_key, &request.body, id.0)?;
        if let Some(made) = self.journal.earlier_result(&key).await? {
            return self.made(ScheduleId(made)).await;
        }
        self.check_count(membership.roster.group_id).await?;
        let schedule = Schedule::new(id, new, &self.expenses.author(caller, &membership), (user, caller.time_zone()))?;
        let event = Event::ScheduleCreated(schedule.facts(Some(schedule.owner))?);
        let change = Change::new(schedule.group_id.0, event).by(caller).writing([self.store.add(&schedule)?]).once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(schedule),
            Committed::AlreadyApplied(made) => self.made(ScheduleId(made)).await,
        }
    }

    /// Changes a schedule from a date on; from the next one if `None`. The edit is read once the currency is known. If
    /// an expense is still to be entered before that date, the present schedule ends before it, and a new one with the
    /// changes is created and returned.
    pub(crate) async fn update(
        &self,
        caller: &Caller,
        expected: ExpectedSchedule,
        from: Option<NaiveDate>,
        edit: impl FnOnce(Currency) -> Outcome<ScheduleEdit>,
    ) -> Outcome<Schedule> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let (edit, author) = (edit(before.total()?.currency)?, self.expenses.author(caller, &membership));
        let Some(day) = from.filter(|day| before.enters_before(*day)) else {
            let after = before.edited(edit, &author)?;
            return self.change(caller, &before, after, &membership).await;
        };
        self.check_count(before.group_id).await?;
        let (ended, rest) = before.changed_from(day, ScheduleId::new(), edit, &author)?;
        let event = Event::ScheduleCreated(rest.facts(Some(author.member))?);
        let writes = [self.store.replace(&before, &ended)?, self.store.add(&rest)?];
        self.journal.commit(Change::new(rest.group_id.0, event).by(caller).writing(writes)).await?;
        Ok(rest)
    }

    /// Pauses a schedule.
    pub(crate) async fn pause(&self, caller: &Caller, expected: ExpectedSchedule) -> Outcome<Schedule> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.paused(None);
        self.change(caller, &before, after, &membership).await
    }

    /// Resumes a schedule in the caller's name; expenses that were due while it was paused are not entered.
    pub(crate) async fn resume(&self, caller: &Caller, expected: ExpectedSchedule) -> Outcome<Schedule> {
        let (before, membership) = self.changeable(caller, expected).await?;
        if !before.paused {
            return Ok(before);
        }
        let after = before.resumed(&self.expenses.author(caller, &membership), caller.user()?)?;
        self.change(caller, &before, after, &membership).await
    }

    /// Removes a schedule; the expenses that it has entered stay.
    pub(crate) async fn delete(&self, caller: &Caller, expected: ExpectedSchedule) -> Outcome<()> {
        let (schedule, membership) = self.changeable(caller, expected).await?;
        let event = Event::ScheduleDeleted(schedule.facts(Some(membership.member.member_id))?);
        let change = Change::new(schedule.group_id.0, event).by(caller).writing([self.store.remove(&schedule)]);
        self.journal.commit(change).await.map(drop)
    }

    /// Returns the schedules of a group. The resolver of the group has checked that the caller may see it.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Schedule>> {
        self.store.of_group(group).await
    }

    /// Returns what the schedules of a group that go on cost. The resolver of the group has checked that the caller may
    /// see it.
    pub(crate) async fn cost_of_group(&self, group: GroupId) -> Outcome<Vec<RecurringCost>> {
        costs(self.store.of_group(group).await?.iter().filter_map(Schedule::running))
    }

    async fn check_count(&self, group: GroupId) -> Outcome<()> {
        let most = MOST_SCHEDULES;
        let count = self.store.count_of_group(group).await?;
        if count < most { Ok(()) } else { Err(ScheduleRefusal::TooMany { most }.into()) }
    }

    async fn change(
        &self,
        caller: &Caller,
        before: &Schedule,
        after: Schedule,
        membership: &Membership,
    ) -> Outcome<Schedule> {
        let facts: ScheduleFacts = after.facts(Some(membership.member.member_id))?;
        let write = self.store.replace(before, &after)?;
        let change = Change::new(after.group_id.0, Event::ScheduleUpdated(facts)).by(caller).writing([write]);
        self.journal.commit(change).await?;
        Ok(after)
    }

    async fn changeable(&self, caller: &Caller, expected: ExpectedSchedule) -> Outcome<(Schedule, Membership)> {
        caller.user()?;
        let schedule = self.store.find(expected.id).await?.ok_or(ScheduleRefusal::NotFound)?;
        let membership = self
            .expenses
            .membership(caller, schedule.group_id)
            .await
            .map_err(|failure| failure.hidden_as(Code::GroupNotFound, ScheduleRefusal::NotFound))?;
        if !schedule.may_be_changed_by(membership.member.member_id, &membership.roster) {
            return Err(Refusal::OfAnother.into());
        }
        if schedule.version == expected.version {
            Ok((schedule, membership))
        } else {
            Err(ScheduleRefusal::Stale.into())
        }
    }

    async fn made(&self, id: ScheduleId) -> Outcome<Schedule> {
        // The schedule may have been deleted since.
        self.store.find(id).await?.ok_or_else(|| ScheduleRefusal::NotFound.into())
    }
}
