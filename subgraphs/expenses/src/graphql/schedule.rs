//! Schedules in the public schema.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use chrono_tz::Tz;
use contracts::ScheduleId;
use kit::{
    Failure, Outcome,
    graphql::{Date, DateTime, Money, read_id},
};
use money::Currency;
use serde::Serialize;

use super::{
    expense::{Changes, CreateExpenseInput},
    group::{Group, Member},
    request,
    split::{Share, SplitMode, SplitRule, shares},
};
use crate::{
    expense::operations::Request,
    refusal::{Refusal, ScheduleRefusal},
    schedule::{self, EndEdit, NewSchedule, Plan, ScheduleEdit, operations::ExpectedSchedule, recurrence::Recurrence},
};

#[derive(Default)]
pub struct ScheduleMutations;

#[Object]
impl ScheduleMutations {
    /// Has an expense entered again and again, each time on its day; once for each idempotency key. Days that are over
    /// are entered at once, at most the latest 31.
    async fn create_schedule(&self, ctx: &Context<'_>, input: CreateScheduleInput) -> Result<Schedule, Failure> {
        let (services, caller) = request(ctx)?;
        let (new, request) = input.read(caller.time_zone())?;
        Ok(Schedule(services.schedules.create(caller, new, &request).await?))
    }

    /// Changes the expenses that are still to be entered, all of them or those from a day on; what is not given stays.
    /// Gives the schedule that enters them: a new one where the old one has something to enter before that day.
    async fn update_schedule(&self, ctx: &Context<'_>, input: UpdateScheduleInput) -> Result<Schedule, Failure> {
        let (services, caller) = request(ctx)?;
        let expected = expected(&input.id, input.expected_version)?;
        let from = input.from.as_ref().map(|from| from.day("input.from")).transpose()?;
        let updated = services.schedules.update(caller, expected, from, |currency| input.edit(currency));
        Ok(Schedule(updated.await?))
    }

    /// Enters nothing more until resumeSchedule.
    async fn pause_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Result<Schedule, Failure> {
        let (services, caller) = request(ctx)?;
        Ok(Schedule(services.schedules.pause(caller, expected(&id, expected_version)?).await?))
    }

    /// Goes on with the days from today on, in the caller's name.
    async fn resume_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Result<Schedule, Failure> {
        let (services, caller) = request(ctx)?;
        Ok(Schedule(services.schedules.resume(caller, expected(&id, expected_version)?).await?))
    }

    /// Removes a schedule; the expenses that it has entered stay.
    async fn delete_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Result<bool, Failure> {
        let (services, caller) = request(ctx)?;
        services.schedules.delete(caller, expected(&id, expected_version)?).await.map(|()| true)
    }
}

/// What is counted between two days of a schedule.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Serialize)]
#[graphql(remote = "schedule::recurrence::Frequency")]
pub(super) enum Frequency {
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months; the 31st falls on the last day of a shorter one.
    Monthly,
    /// Years.
    Yearly,
}

/// Whether a schedule enters expenses.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScheduleStatus {
    /// It will.
    Active,
    /// Not until somebody resumes it.
    Paused,
    /// It has entered the last one.
    Ended,
}

/// An expense that is entered again and again; its date is the first day.
#[derive(InputObject, Serialize)]
pub(super) struct CreateScheduleInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    expense: CreateExpenseInput,
    frequency: Frequency,
    /// Every so many days, weeks, months or years.
    #[graphql(default_with = "Some(1)")]
    every: Option<i32>,
    /// The last day on which it may be entered.
    until: Option<Date>,
    /// How often it is entered altogether.
    count: Option<i32>,
    /// Where these days are days, such as "Europe/Berlin"; the time zone of the caller's account when not given.
    time_zone: Option<String>,
}

impl CreateScheduleInput {
    fn read(self, own_zone: Tz) -> Outcome<(NewSchedule, Request)> {
        let body = serde_json::to_value(&self)?;
        let time_zone = match self.time_zone.as_deref() {
            Some(zone) => zone.trim().parse().map_err(|_| ScheduleRefusal::TimeZone)?,
            None => own_zone,
        };
        let (expense, request) = self.expense.read()?;
        let missing = Refusal::Missing { field: "input.date", question: "When is it entered first?" };
        let recurrence = Recurrence {
            frequency: self.frequency.into(),
            every: number(self.every.unwrap_or(1)),
            start: expense.date.ok_or(missing)?,
        };
        let until = self.until.map(|until| until.day("input.until")).transpose()?;
        let plan = Plan { recurrence, until, count: self.count.map(number), time_zone };
        Ok((NewSchedule { expense, plan }, Request { body, ..request }))
    }
}

/// A change of a schedule; what is not given stays. A date is the day from which the days are counted.
#[derive(InputObject)]
pub(super) struct UpdateScheduleInput {
    id: ID,
    /// The version that the change was made for.
    expected_version: i32,
    /// The first day that the change is for; the next one when not given.
    from: Option<Date>,
    #[graphql(flatten)]
    changes: Changes,
    frequency: Option<Frequency>,
    every: Option<i32>,
    /// Null takes this end away.
    until: MaybeUndefined<Date>,
    /// Null takes this end away.
    count: MaybeUndefined<i32>,
}

impl UpdateScheduleInput {
    fn edit(self, currency: Currency) -> Outcome<ScheduleEdit> {
        let template = self.changes.edit(Some(currency))?;
        let until = match self.until {
            MaybeUndefined::Undefined => EndEdit::Kept,
            MaybeUndefined::Null => EndEdit::Removed,
            MaybeUndefined::Value(until) => EndEdit::Set(until.day("input.until")?),
        };
        let count = match self.count {
            MaybeUndefined::Undefined => EndEdit::Kept,
            MaybeUndefined::Null => EndEdit::Removed,
            MaybeUndefined::Value(count) => EndEdit::Set(number(count)),
        };
        Ok(ScheduleEdit {
            start: template.date,
            template,
            frequency: self.frequency.map(Into::into),
            every: self.every.map(number),
            until,
            count,
        })
    }
}

/// A number that is refused where it is none: zero is.
fn number(given: i32) -> u32 {
    u32::try_from(given).unwrap_or(0)
}

fn expected(id: &ID, version: i32) -> Outcome<ExpectedSchedule> {
    let id: ScheduleId = read_id(id, ScheduleRefusal::NotFound)?;
    Ok(ExpectedSchedule { id, version: i64::from(version) })
}

/// A schedule.
pub(super) struct Schedule(pub(super) schedule::Schedule);

/// An expense that is entered again and again, each time on its day.
#[Object]
impl Schedule {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        Group(self.0.group_id)
    }

    /// What it is for.
    async fn description(&self) -> Option<&str> {
        self.0.template.description.as_deref()
    }

    /// What each expense comes to.
    async fn total(&self) -> Result<Money, Failure> {
        Ok(self.0.total()?.into())
    }

    async fn category(&self) -> Option<&str> {
        self.0.template.category.as_deref()
    }

    async fn notes(&self) -> Option<&str> {
        self.0.template.notes.as_deref()
    }

    /// Who pays; adds up to the total.
    async fn payers(&self) -> Result<Vec<Share>, Failure> {
        let payers = self.0.template.payers.as_deref().unwrap_or_default();
        Ok(shares(payers, self.0.total()?.currency))
    }

    async fn split_mode(&self) -> Option<SplitMode> {
        self.0.template.split.as_ref().map(Into::into)
    }

    /// How each expense is split, as it was entered.
    async fn split_input(&self) -> Result<Option<SplitRule>, Failure> {
        let currency = self.0.total()?.currency;
        Ok(self.0.template.split.as_ref().map(|split| SplitRule::of(split, currency)))
    }

    /// What is counted between two days.
    async fn frequency(&self) -> Frequency {
        self.0.plan.recurrence.frequency.into()
    }

    /// Every so many days, weeks, months or years.
    async fn every(&self) -> i32 {
        i32::try_from(self.0.plan.recurrence.every).unwrap_or(i32::MAX)
    }

    /// The day from which the days are counted.
    async fn start(&self) -> Date {
        self.0.plan.recurrence.start.into()
    }

    /// The last day on which it may be entered.
    async fn until(&self) -> Option<Date> {
        self.0.plan.until.map(Into::into)
    }

    /// How often it is entered altogether.
    async fn count(&self) -> Option<i32> {
        self.0.plan.count.map(|count| i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Where these days are days.
    async fn time_zone(&self) -> &str {
        self.0.plan.time_zone.name()
    }

    async fn status(&self) -> ScheduleStatus {
        match (self.0.next_date(), self.0.paused) {
            (None, _) => ScheduleStatus::Ended,
            (Some(_), true) => ScheduleStatus::Paused,
            (Some(_), false) => ScheduleStatus::Active,
        }
    }

    /// Why it was paused, where nobody did that.
    async fn problem(&self) -> Option<&str> {
        self.0.problem.as_deref()
    }

    /// The day of the next expense, paused or not.
    async fn next_date(&self) -> Option<Date> {
        self.0.next_date().map(Into::into)
    }

    /// In whose name it is entered: who made the schedule, or resumed it last.
    async fn owner(&self) -> Member {
        self.0.owner.into()
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Grows with every change and with every expense; a change names the version that it was made for.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
