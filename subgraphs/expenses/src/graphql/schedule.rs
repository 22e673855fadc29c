//! GraphQL types of schedules.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use contracts::{ScheduleId, roster::Roster};
use kit::{
    Outcome,
    graphql::{Date, DateTime, Money, read_id, request},
    text::time_zone,
};
use money::Currency;
use serde::Serialize;

use super::{
    expense::{Changes, CreateExpenseInput},
    problem::Problem,
    reference::{Group, Member, is_editable},
    split::{Share, SplitMode, SplitRule, shares},
};
use crate::{
    expense::operations::Request,
    refusal::{Refusal, ScheduleRefusal},
    schedule::{self, EndEdit, NewSchedule, ScheduleEdit, operations::ExpectedSchedule, recurrence::Recurrence},
    services::Services,
};

/// What schedules cost on average, in one currency.
#[derive(SimpleObject)]
pub(super) struct RecurringCost {
    /// In a month: a twelfth of a year.
    monthly: Money,
    /// In a year of 365.25 days.
    yearly: Money,
    /// How many schedules these are.
    count: usize,
}

impl From<schedule::cost::RecurringCost> for RecurringCost {
    fn from(cost: schedule::cost::RecurringCost) -> Self {
        Self { monthly: cost.monthly.into(), yearly: cost.yearly.into(), count: cost.count }
    }
}

#[derive(Default)]
pub(super) struct ScheduleMutations;

#[Object]
impl ScheduleMutations {
    /// Creates a schedule, which enters a recurring expense on each of its due dates; once per idempotency key. For
    /// past dates, at most the latest 31, expenses are entered at once.
    async fn create_schedule(&self, ctx: &Context<'_>, input: CreateScheduleInput) -> Outcome<Schedule> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let (new, request) = input.read()?;
        Ok(Schedule(services.schedules.create(caller, new, &request).await?))
    }

    /// Changes the expenses that are still to be entered: all of them, or those from a date on. Omitted fields stay.
    /// Returns the schedule that enters the changed expenses: a new one if the present one still has to enter something
    /// before that date.
    async fn update_schedule(&self, ctx: &Context<'_>, input: UpdateScheduleInput) -> Outcome<Schedule> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let expected = expected(&input.id, input.expected_version)?;
        let from = input.from.as_ref().map(|from| from.day("input.from")).transpose()?;
        let updated = services.schedules.update(caller, expected, from, |currency| input.edit(currency));
        Ok(Schedule(updated.await?))
    }

    /// Pauses a schedule until resumeSchedule.
    async fn pause_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Outcome<Schedule> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Schedule(services.schedules.pause(caller, expected(&id, expected_version)?).await?))
    }

    /// Resumes a schedule from today on, in the caller's name.
    async fn resume_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Outcome<Schedule> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Schedule(services.schedules.resume(caller, expected(&id, expected_version)?).await?))
    }

    /// Removes a schedule; the expenses that it has entered stay.
    async fn delete_schedule(&self, ctx: &Context<'_>, id: ID, expected_version: i32) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.schedules.delete(caller, expected(&id, expected_version)?).await.map(|()| true)
    }
}

/// The unit of the interval of a schedule.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Serialize)]
#[graphql(remote = "schedule::recurrence::Frequency")]
pub(super) enum Frequency {
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Months; the 31st falls on the last day of a shorter month.
    Monthly,
    /// Years.
    Yearly,
}

/// The state of a schedule.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScheduleStatus {
    /// It enters expenses when they are due.
    Active,
    /// It enters nothing until somebody resumes it.
    Paused,
    /// It has entered the last expense.
    Ended,
}

/// A recurring expense; its date is the first due date.
#[derive(InputObject, Serialize)]
pub(super) struct CreateScheduleInput {
    #[graphql(flatten)]
    #[serde(flatten)]
    expense: CreateExpenseInput,
    frequency: Frequency,
    /// The interval: every n days, weeks, months or years.
    #[graphql(default_with = "Some(1)")]
    every: Option<i32>,
    /// The last possible date.
    until: Option<Date>,
    /// The number of occurrences.
    count: Option<i32>,
    /// The time zone of the dates, such as "Europe/Berlin"; by default that of the group.
    time_zone: Option<String>,
}

impl CreateScheduleInput {
    fn read(self) -> Outcome<(NewSchedule, Request)> {
        let body = serde_json::to_value(&self)?;
        let time_zone = self.time_zone.as_deref().map(|name| time_zone("input.timeZone", name)).transpose()?;
        let (expense, request) = self.expense.read()?;
        let missing = Refusal::Missing { field: "input.date", question: "When is it entered first?" };
        let recurrence = Recurrence {
            frequency: self.frequency.into(),
            every: number(self.every.unwrap_or(1)),
            start: expense.date.ok_or(missing)?,
        };
        let until = self.until.map(|until| until.day("input.until")).transpose()?;
        let count = self.count.map(number);
        Ok((NewSchedule { expense, recurrence, until, count, time_zone }, Request { body, ..request }))
    }
}

/// A change of a schedule; omitted fields stay. The date is the one from which intervals are counted.
#[derive(InputObject)]
pub(super) struct UpdateScheduleInput {
    id: ID,
    /// The version that the change is based on.
    expected_version: i32,
    /// The first date that the change applies to; by default the next one.
    from: Option<Date>,
    #[graphql(flatten)]
    changes: Changes,
    frequency: Option<Frequency>,
    every: Option<i32>,
    /// Null removes this end.
    until: MaybeUndefined<Date>,
    /// Null removes this end.
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

/// Returns zero, which is refused later, for a negative number.
fn number(given: i32) -> u32 {
    u32::try_from(given).unwrap_or(0)
}

fn expected(id: &ID, version: i32) -> Outcome<ExpectedSchedule> {
    let id: ScheduleId = read_id(id, ScheduleRefusal::NotFound)?;
    Ok(ExpectedSchedule { id, version: i64::from(version) })
}

pub(super) struct Schedule(pub(super) schedule::Schedule);

/// A recurring expense, which is entered on each of its due dates.
#[Object]
impl Schedule {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        self.0.group_id.into()
    }

    /// What it is for.
    async fn description(&self) -> Option<&str> {
        self.0.template.description.as_deref()
    }

    /// The total of each expense.
    async fn total(&self) -> Outcome<Money> {
        Ok(self.0.total()?.into())
    }

    async fn category(&self) -> Option<&str> {
        self.0.template.category.as_deref()
    }

    async fn notes(&self) -> Option<&str> {
        self.0.template.notes.as_deref()
    }

    /// Who pays; the amounts add up to the total.
    async fn payers(&self) -> Outcome<Vec<Share>> {
        let payers = self.0.template.payers.as_deref().unwrap_or_default();
        Ok(shares(payers, self.0.total()?.currency))
    }

    async fn split_mode(&self) -> Option<SplitMode> {
        self.0.template.split.as_ref().map(Into::into)
    }

    /// The split as it was entered.
    async fn split_input(&self) -> Outcome<Option<SplitRule>> {
        let currency = self.0.total()?.currency;
        Ok(self.0.template.split.as_ref().map(|split| SplitRule::of(split, currency)))
    }

    /// The unit of the interval.
    async fn frequency(&self) -> Frequency {
        self.0.plan.recurrence.frequency.into()
    }

    /// The interval: every n days, weeks, months or years.
    async fn every(&self) -> i32 {
        i32::try_from(self.0.plan.recurrence.every).unwrap_or(i32::MAX)
    }

    /// The date from which intervals are counted.
    async fn start(&self) -> Date {
        self.0.plan.recurrence.start.into()
    }

    /// The last possible date.
    async fn until(&self) -> Option<Date> {
        self.0.plan.until.map(Into::into)
    }

    /// The number of occurrences.
    async fn count(&self) -> Option<i32> {
        self.0.plan.count.map(|count| i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The time zone of the dates.
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

    /// Why it was paused automatically; null if it was not.
    async fn problem(&self) -> Option<Problem> {
        self.0.problem().map(Into::into)
    }

    /// The date of the next expense, whether paused or not; null after the last one.
    async fn next_date(&self) -> Option<Date> {
        self.0.next_date().map(Into::into)
    }

    /// The member in whose name expenses are entered: the creator, or the last one who resumed it.
    async fn owner(&self) -> Member {
        self.0.owner.into()
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Whether the caller may change, pause and remove it.
    async fn editable(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let may_change = |member, roster: &Roster| self.0.may_be_changed_by(member, roster);
        is_editable(ctx, self.0.group_id, may_change).await
    }

    /// Increases with every change and with every expense. A change names the version that it is based on.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
