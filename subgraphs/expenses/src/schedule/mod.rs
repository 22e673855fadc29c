//! A schedule: an expense that is entered again and again, each time on its day.

pub mod operations;
pub mod recurrence;
mod running;
pub mod store;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use contracts::{ExpenseId, GroupId, MemberId, ScheduleId, Timestamp, UserId, event::ScheduleFacts};
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::{
    expense::{Author, Expense, NewExpense, edit::Edit},
    refusal::{Refusal, ScheduleRefusal},
};
use recurrence::{Frequency, Recurrence};

/// Of expenses that were missed so many are entered afterwards, the latest ones.
pub const MOST_CAUGHT_UP: usize = 31;

/// The longest step: every 1,000 days, weeks, months or years.
const LONGEST_STEP: u32 = 1_000;

/// A day begins within these hours, even where the clock is set forward at midnight.
const HOURS_OF_A_GAP: u32 = 4;

/// When something is entered, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// On which days.
    pub recurrence: Recurrence,
    /// The last day on which it may be entered.
    pub until: Option<NaiveDate>,
    /// How often it is entered altogether.
    pub count: Option<u32>,
    /// Where these days are days.
    pub time_zone: Tz,
}

/// A schedule as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Which schedule.
    #[serde(rename = "_id")]
    pub id: ScheduleId,
    /// In which group.
    pub group_id: GroupId,
    /// Grows with every change.
    pub version: i64,
    /// What is entered, all but its day.
    pub template: Edit,
    /// When.
    pub plan: Plan,
    /// In whose name: who made it, or resumed it last.
    pub owner: MemberId,
    /// The account of the owner.
    pub owner_user: UserId,
    /// How many days are over, whether an expense was entered for them or not.
    pub done: u32,
    /// Until which day they are over.
    pub done_until: Option<NaiveDate>,
    /// Whether it waits until somebody resumes it.
    pub paused: bool,
    /// Why it could not go on by itself.
    pub problem: Option<String>,
    /// When the next expense is due; `None` while it is paused and after the last one.
    pub due_at: Option<Timestamp>,
    /// Until when one process has it to itself.
    pub claimed_until: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a person says about a new schedule.
#[derive(Clone, Debug)]
pub struct NewSchedule {
    /// What is entered.
    pub expense: NewExpense,
    /// When.
    pub plan: Plan,
}

/// What a person changes about a schedule; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct ScheduleEdit {
    /// What is entered from now on.
    pub template: Edit,
    /// What is counted between two days from now on.
    pub frequency: Option<Frequency>,
    /// How many of them.
    pub every: Option<u32>,
    /// The day from which they are counted.
    pub start: Option<NaiveDate>,
    /// The last day.
    pub until: EndEdit<NaiveDate>,
    /// How often.
    pub count: EndEdit<u32>,
}

/// What becomes of one of the ends of a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndEdit<T> {
    /// It stays.
    #[default]
    Kept,
    /// There is none any more.
    Removed,
    /// It is this one.
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
    /// A new schedule of a member; refuses what could not be entered.
    pub fn new(id: ScheduleId, new: NewSchedule, author: &Author<'_>, user: UserId) -> Result<Self, Refusal> {
        new.plan.check()?;
        let group_id = new.expense.group_id;
        let template = template(new.expense, new.plan.recurrence.start, author)?;
        let schedule = Self {
            id,
            group_id,
            version: 1,
            template,
            plan: new.plan,
            owner: author.member,
            owner_user: user,
            done: 0,
            done_until: None,
            paused: false,
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

    /// The next version with these changes: they are for the expenses that are not entered yet.
    pub fn edited(&self, edit: ScheduleEdit, author: &Author<'_>) -> Result<Self, Refusal> {
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

    /// Whether something is still to be entered before this day.
    pub fn enters_before(&self, day: NaiveDate) -> bool {
        self.next_date().is_some_and(|next| next < day)
    }

    /// The two that a change from this day on makes of it: the next version, which ends before that day, and a new schedule,
    /// which goes on from then with these changes.
    pub fn changed_from(
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

    /// The next version, which enters nothing until it is resumed.
    pub fn paused(&self, problem: Option<String>) -> Self {
        Self { paused: true, problem, ..self.next() }.timed()
    }

    /// The next version, which goes on in the name of this member with the days that are still to come.
    pub fn resumed(&self, author: &Author<'_>, user: UserId) -> Result<Self, Refusal> {
        let expense = self.template.clone().complete(self.group_id)?;
        let template = template(expense, self.plan.recurrence.start, author)?;
        let yesterday = self.plan.today(author.now).checked_sub_days(Days::new(1));
        let over = yesterday.map_or(0, |day| self.days_until(day).count());
        let done_until = yesterday.and_then(|day| self.days_until(day).last()).or(self.done_until);
        let done = self.done.saturating_add(u32::try_from(over).unwrap_or(u32::MAX));
        let (owner, owner_user) = (author.member, user);
        let resumed =
            Self { template, owner, owner_user, done, done_until, paused: false, problem: None, ..self.next() };
        Ok(resumed.timed())
    }

    /// The next version, after the expense of this day.
    fn after(&self, day: NaiveDate) -> Self {
        let over = u32::try_from(self.days_until(day).count()).unwrap_or(u32::MAX);
        Self { done: self.done.saturating_add(over), done_until: Some(day), ..self.next() }.timed()
    }

    /// The days on which an expense should have been entered by now: the latest ones, the oldest first.
    pub fn due(&self, now: Timestamp) -> Vec<NaiveDate> {
        if self.paused {
            return Vec::new();
        }
        let mut due: Vec<NaiveDate> = self.days_until(self.plan.today(now)).collect();
        due.split_off(due.len().saturating_sub(MOST_CAUGHT_UP))
    }

    /// The day of the next expense, paused or not; `None` after the last one.
    pub fn next_date(&self) -> Option<NaiveDate> {
        self.days().next()
    }

    /// The expense of one day, not saved yet.
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

    /// What others are told about it.
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

    /// What each expense comes to.
    pub fn total(&self) -> Result<Amount, Refusal> {
        self.template.total.ok_or(Refusal::NO_TOTAL)
    }

    /// The days that are still to come.
    fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let Plan { recurrence, until, count, .. } = self.plan;
        let left = count.map_or(u32::MAX, |count| count.saturating_sub(self.done));
        let days = recurrence.after(self.done_until).take(usize::try_from(left).unwrap_or(usize::MAX));
        days.take_while(move |day| until.is_none_or(|until| *day <= until))
    }

    fn days_until(&self, last: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        self.days().take_while(move |day| *day <= last)
    }

    /// With the moment at which the next expense is due.
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

/// What is entered, as an expense of the first day would be saved: refused where that would be.
fn template(expense: NewExpense, start: NaiveDate, author: &Author<'_>) -> Result<Edit, Refusal> {
    let first = Expense::new(ExpenseId::new(), NewExpense { date: Some(start), ..expense }, 0, author)?;
    Ok(Edit { date: None, ..Edit::of(&first) })
}
