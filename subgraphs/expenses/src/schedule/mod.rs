//! A schedule: enters a recurring expense on each of its due dates.

pub(crate) mod cost;
pub(crate) mod operations;
pub(crate) mod recurrence;
mod running;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use contracts::{ExpenseId, GroupId, MemberId, ScheduleId, Timestamp, UserId, event::ScheduleFacts, roster::Roster};
use money::{Amount, Split};
use serde::{Deserialize, Serialize};

use crate::{
    expense::{Author, Expense, NewExpense, edit::Edit, permission::may_change},
    problem::Problem,
    refusal::{Refusal, ScheduleRefusal},
};
use cost::Running;
use recurrence::{Frequency, Recurrence};

/// The most missed expenses that are entered later; only the latest ones are.
pub(crate) const MOST_CAUGHT_UP: usize = 31;

/// The longest interval: every 1,000 days, weeks, months or years.
const LONGEST_STEP: u32 = 1_000;

/// How many hours to search for the first valid local time of a day, which is not midnight if the clock is set forward
/// then.
const HOURS_OF_A_GAP: u32 = 4;

/// The due dates of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    /// The rule for the dates.
    pub recurrence: Recurrence,
    /// The last possible date.
    pub until: Option<NaiveDate>,
    /// The number of occurrences.
    pub count: Option<u32>,
    /// The time zone of the dates.
    pub time_zone: Tz,
}

/// A schedule as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Schedule {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ScheduleId,
    /// The group whose ledger it enters expenses in.
    pub group_id: GroupId,
    /// Increases with every change.
    pub version: i64,
    /// The expense to enter, without its date.
    pub template: Edit,
    /// Its due dates.
    pub plan: Plan,
    /// The member in whose name expenses are entered: the creator, or the last one who resumed it.
    pub owner: MemberId,
    /// The user id of the owner.
    pub owner_user: UserId,
    /// How many dates are past, whether an expense was entered for them or not.
    pub done: u32,
    /// The last of the past dates.
    pub done_until: Option<NaiveDate>,
    /// Whether it is paused until somebody resumes it.
    pub paused: bool,
    /// Why it was paused automatically; `None` if it was not.
    #[serde(default)]
    halt: Option<Problem>,
    /// The sentence of `halt`, for versions that read nothing else; alone in schedules that they paused.
    problem: Option<String>,
    /// When the next expense is due; `None` while it is paused and after the last one.
    pub due_at: Option<Timestamp>,
    /// Until when a replica holds the claim on it.
    pub claimed_until: Timestamp,
    /// When it was created.
    pub created_at: Timestamp,
}

/// A new schedule as a person enters it.
#[derive(Clone, Debug)]
pub(crate) struct NewSchedule {
    /// The expense to enter; its date is the first due date.
    pub expense: NewExpense,
    /// The rule for the dates.
    pub recurrence: Recurrence,
    /// The last possible date.
    pub until: Option<NaiveDate>,
    /// The number of occurrences.
    pub count: Option<u32>,
    /// The time zone of the dates; by default that of the group.
    pub time_zone: Option<Tz>,
}

/// A partial update of a schedule: `None` keeps the present value.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScheduleEdit {
    /// Changes of the expense.
    pub template: Edit,
    /// The unit of the interval.
    pub frequency: Option<Frequency>,
    /// The interval, in these units.
    pub every: Option<u32>,
    /// The date from which intervals are counted.
    pub start: Option<NaiveDate>,
    /// The last possible date.
    pub until: EndEdit<NaiveDate>,
    /// The number of occurrences.
    pub count: EndEdit<u32>,
}

/// A change of an optional end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum EndEdit<T> {
    /// Keeps the present end.
    #[default]
    Kept,
    /// Removes the end.
    Removed,
    /// Sets another end.
    Set(T),
}

impl<T> EndEdit<T> {
    fn of(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Kept => before,
            Self::Removed => None,
            Self::Set(end) => Some(end),
        }
    }
}

impl Schedule {
    /// Creates a schedule owned by a member; refuses an expense that could not be entered. `own_zone` counts if neither
    /// the schedule nor the group has a time zone.
    pub(crate) fn new(
        id: ScheduleId,
        new: NewSchedule,
        author: &Author<'_>,
        (user, own_zone): (UserId, Tz),
    ) -> Result<Self, Refusal> {
        let NewSchedule { expense, recurrence, until, count, time_zone } = new;
        let time_zone = time_zone.or(author.roster.time_zone).unwrap_or(own_zone);
        let plan = Plan { recurrence, until, count, time_zone };
        plan.check()?;
        let group_id = expense.group_id;
        let template = template(expense, recurrence.start, author)?;
        let schedule = Self {
            id,
            group_id,
            version: 1,
            template,
            plan,
            owner: author.member,
            owner_user: user,
            done: 0,
            done_until: None,
            paused: false,
            halt: None,
            problem: None,
            due_at: None,
            claimed_until: Timestamp::EPOCH,
            created_at: author.now,
        };
        if schedule.days().next().is_none() {
            Err(ScheduleRefusal::NothingToEnter.into())
        } else {
            Ok(schedule.timed())
        }
    }

    /// Returns the next version with these changes, which apply to expenses that have not been entered yet.
    pub(crate) fn edited(&self, edit: ScheduleEdit, author: &Author<'_>) -> Result<Self, Refusal> {
        let Recurrence { frequency, every, start } = self.plan.recurrence;
        let plan = Plan {
            recurrence: Recurrence {
                frequency: edit.frequency.unwrap_or(frequency),
                every: edit.every.unwrap_or(every),
                start: edit.start.unwrap_or(start),
            },
            until: edit.until.of(self.plan.until),
            count: edit.count.of(self.plan.count),
            time_zone: self.plan.time_zone,
        };
        plan.check()?;
        let expense = self.template.clone().then(edit.template)?.complete(self.group_id)?;
        let template = template(expense, plan.recurrence.start, author)?;
        Ok(Self { template, plan, ..self.next() }.timed())
    }

    /// Whether an expense is still to be entered before this day.
    pub(crate) fn enters_before(&self, day: NaiveDate) -> bool {
        self.next_date().is_some_and(|next| next < day)
    }

    /// Splits the schedule at a day. Returns the next version, which ends before that day, and a new schedule, which
    /// continues from it with these changes.
    pub(crate) fn changed_from(
        &self,
        day: NaiveDate,
        id: ScheduleId,
        edit: ScheduleEdit,
        author: &Author<'_>,
    ) -> Result<(Self, Self), Refusal> {
        let day_before = day.pred_opt();
        let plan = Plan { until: day_before, ..self.plan };
        let ended = Self { plan, ..self.next() }.timed();
        let over = day_before.map_or(0, |last| self.days_until(last).count());
        let done = self.done.saturating_add(u32::try_from(over).unwrap_or(u32::MAX));
        let rest = Self { id, done, done_until: day_before, created_at: author.now, ..self.clone() };
        let rest = Self { version: 1, ..rest.edited(edit, author)? };
        if rest.next_date().is_none() {
            return Err(ScheduleRefusal::NothingToEnter.into());
        }
        Ok((ended, rest))
    }

    /// Returns the next version, paused.
    pub(crate) fn paused(&self, halt: Option<Problem>) -> Self {
        let problem = halt.as_ref().map(|halt| halt.message.clone());
        Self { paused: true, halt, problem, ..self.next() }.timed()
    }

    /// Returns the next version, owned by this member. It continues with the dates that are not past.
    pub(crate) fn resumed(&self, author: &Author<'_>, user: UserId) -> Result<Self, Refusal> {
        let expense = self.template.clone().complete(self.group_id)?;
        let template = template(expense, self.plan.recurrence.start, author)?;
        let yesterday = self.plan.today(author.now).checked_sub_days(Days::new(1));
        let over = yesterday.map_or(0, |day| self.days_until(day).count());
        let done_until = yesterday.and_then(|day| self.days_until(day).last()).or(self.done_until);
        let done = self.done.saturating_add(u32::try_from(over).unwrap_or(u32::MAX));
        let (owner, owner_user) = (author.member, user);
        let resumed = Self { template, owner, owner_user, done, done_until, paused: false, ..self.next() };
        let resumed = Self { halt: None, problem: None, ..resumed };
        Ok(resumed.timed())
    }

    /// Returns the next version after the expense of this date was entered.
    fn after(&self, day: NaiveDate) -> Self {
        let over = u32::try_from(self.days_until(day).count()).unwrap_or(u32::MAX);
        Self { done: self.done.saturating_add(over), done_until: Some(day), ..self.next() }.timed()
    }

    /// Whether the group lets this member change it.
    pub(crate) fn may_be_changed_by(&self, member: MemberId, roster: &Roster) -> bool {
        let payers = self.template.payers.iter().flatten().map(|payer| payer.member_id);
        let sharers = self.template.split.iter().flat_map(Split::members);
        may_change(roster, member, self.owner, &payers.chain(sharers).collect::<Vec<_>>())
    }

    /// Returns why it was paused automatically.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.halt.clone().or_else(|| self.problem.clone().map(Problem::said))
    }

    /// Returns the dates for which an expense is overdue, in order: at most the latest `MOST_CAUGHT_UP`.
    pub(crate) fn due(&self, now: Timestamp) -> Vec<NaiveDate> {
        if self.paused {
            return Vec::new();
        }
        let mut due: Vec<NaiveDate> = self.days_until(self.plan.today(now)).collect();
        due.split_off(due.len().saturating_sub(MOST_CAUGHT_UP))
    }

    /// Returns the date of the next expense, whether paused or not; `None` after the last one.
    pub(crate) fn next_date(&self) -> Option<NaiveDate> {
        self.days().next()
    }

    /// Creates the expense of one date without saving it.
    fn expense(
        &self,
        id: ExpenseId,
        day: NaiveDate,
        rounding_offset: i64,
        author: &Author<'_>,
    ) -> Result<Expense, Refusal> {
        let new = NewExpense { date: Some(day), ..self.template.clone().complete(self.group_id)? };
        Ok(Expense { schedule_id: Some(self.id), ..Expense::new(id, new, rounding_offset, author)? })
    }

    /// The payload of its events.
    fn facts(&self, by: Option<MemberId>) -> Result<ScheduleFacts, Refusal> {
        Ok(ScheduleFacts {
            schedule_id: self.id,
            group_id: self.group_id,
            version: self.version,
            description: self.template.description.clone().unwrap_or_default(),
            total: self.total()?,
            next_date: self.due_at.and(self.next_date()),
            by,
        })
    }

    /// Returns the total of each expense.
    pub(crate) fn total(&self) -> Result<Amount, Refusal> {
        self.template.total.ok_or(Refusal::NO_TOTAL)
    }

    /// Returns it as one that goes on; `None` while it is paused and after its last date.
    pub(crate) fn running(&self) -> Option<Running> {
        let Recurrence { frequency, every, .. } = self.plan.recurrence;
        let total = self.template.total.filter(|_| self.due_at.is_some())?;
        Some(Running { frequency, every, total })
    }

    /// Returns the dates that are not past.
    fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let Plan { recurrence, until, count, .. } = self.plan;
        let left = count.map_or(u32::MAX, |count| count.saturating_sub(self.done));
        let days = recurrence.after(self.done_until).take(usize::try_from(left).unwrap_or(usize::MAX));
        days.take_while(move |day| until.is_none_or(|until| *day <= until))
    }

    fn days_until(&self, last: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        self.days().take_while(move |day| *day <= last)
    }

    /// Sets the time at which the next expense is due.
    fn timed(self) -> Self {
        let next = if self.paused { None } else { self.next_date() };
        Self { due_at: next.map(|day| self.plan.beginning_of(day)), ..self }
    }

    fn next(&self) -> Self {
        Self { version: self.version + 1, claimed_until: Timestamp::EPOCH, ..self.clone() }
    }
}

impl Plan {
    fn check(&self) -> Result<(), Refusal> {
        if !(1..=LONGEST_STEP).contains(&self.recurrence.every) {
            return Err(ScheduleRefusal::Step { longest: LONGEST_STEP }.into());
        }
        if self.count == Some(0) || self.until.is_some_and(|until| until < self.recurrence.start) {
            return Err(ScheduleRefusal::NothingToEnter.into());
        }
        Ok(())
    }

    fn today(&self, now: Timestamp) -> NaiveDate {
        now.date_in(&self.time_zone)
    }

    fn beginning_of(&self, day: NaiveDate) -> Timestamp {
        let hours = (0..HOURS_OF_A_GAP).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
        let first =
            hours.map(|hour| day.and_time(hour)).find_map(|time| self.time_zone.from_local_datetime(&time).earliest());
        Timestamp::from(first.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |time| time.to_utc()))
    }
}

/// Validates and completes the expense by creating the first one.
fn template(expense: NewExpense, start: NaiveDate, author: &Author<'_>) -> Result<Edit, Refusal> {
    let first = Expense::new(ExpenseId::new(), NewExpense { date: Some(start), ..expense }, 0, author)?;
    Ok(Edit { date: None, ..Edit::of(&first) })
}
