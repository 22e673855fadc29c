use chrono::Days;
use contracts::{UserId, testing::roster};
use money::{Currency, Split};
use proptest::prelude::*;

use super::{recurrence::tests::is_one, *};

const ZONES: [Tz; 4] = [Tz::UTC, Tz::Europe__Berlin, Tz::Pacific__Kiritimati, Tz::America__Los_Angeles];
const FREQUENCIES: [Frequency; 4] = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly];

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

fn schedule(plan: Plan) -> Schedule {
    let user = UserId::new();
    let roster = roster(&[user], 1);
    let member = roster.members[0].member_id;
    let total = Amount::new(1_000, Currency::from_code("EUR").unwrap());
    let expense = NewExpense {
        group_id: roster.group_id,
        description: "Rent".to_owned(),
        total,
        date: None,
        category: None,
        notes: None,
        payers: vec![contracts::event::MemberAmount { member_id: member, amount_minor: total.minor }],
        split: Split::Equal(vec![member]),
        rate: None,
    };
    let today = plan.recurrence.start;
    let now = plan.beginning_of(today);
    let author = Author { roster: &roster, member, now, today };
    let Plan { recurrence, until, count, time_zone } = plan;
    let new = NewSchedule { expense, recurrence, until, count, time_zone: Some(time_zone) };
    Schedule::new(ScheduleId::new(), new, &author, (user, Tz::UTC)).unwrap()
}

/// Returns what should be entered at looks on these days: of the dates since the look before, the latest ones.
fn expected(plan: Plan, looks: &[NaiveDate]) -> Vec<NaiveDate> {
    let last = looks.last().copied().unwrap().min(plan.until.unwrap_or(NaiveDate::MAX));
    let dates = plan.recurrence.start.iter_days().take_while(|day| *day <= last);
    let dates: Vec<NaiveDate> = dates.filter(|day| is_one(plan.recurrence, *day)).collect();
    let counted = &dates[..dates.len().min(plan.count.map_or(usize::MAX, |count| count as usize))];
    let mut entered = Vec::new();
    let mut over = None;
    for look in looks {
        let missed: Vec<NaiveDate> = counted.iter().copied().filter(|day| Some(*day) > over && day <= look).collect();
        entered.extend(&missed[missed.len().saturating_sub(MOST_CAUGHT_UP)..]);
        over = Some(*look);
    }
    entered
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_is_entered_equals_a_table_made_day_by_day(
        (kind, every) in (0..4_usize, 1..10_u32),
        offset in 0..800_u64,
        until in proptest::option::of(0..900_u64),
        count in proptest::option::of(1..60_u32),
        zone in 0..4_usize,
        pauses in proptest::collection::vec(0..120_u64, 1..8),
    ) {
        let first = start() + Days::new(offset);
        let plan = Plan {
            recurrence: Recurrence { frequency: FREQUENCIES[kind], every, start: first },
            until: until.map(|days| first + Days::new(days)),
            count,
            time_zone: ZONES[zone],
        };
        let mut day = first;
        let looks: Vec<NaiveDate> = pauses.iter().map(|pause| { day = day + Days::new(*pause); day }).collect();
        let mut schedule = schedule(plan);
        let mut entered = Vec::new();
        for look in &looks {
            let now = plan.beginning_of(*look);
            // Nothing is due a second before the day begins in the time zone of the schedule.
            let before = schedule.due(now.plus_ms(-1_000));
            prop_assert!(before.iter().all(|day| day < look), "{:?} before {}", before, look);
            prop_assert_eq!(schedule.due_at.is_some_and(|at| at <= now), !schedule.due(now).is_empty());
            for day in schedule.due(now) {
                entered.push(day);
                schedule = schedule.after(day);
            }
        }
        prop_assert_eq!(entered, expected(plan, &looks));
    }
}
