//! "Today" is the caller's own date: at the same moment the date in Kiritimati is two days after that in Pago Pago.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use contracts::roster::Roster;
use kit::Caller;
use serde_json::{Value, json};

use crate::{
    draft::{CONFIRM, DRAFT},
    fixture::{CREATE, Fixture},
};

const MOMENT: &str = "2026-11-22T10:30:00Z";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Time zones with their date at that moment.
const PLACES: [(Tz, &str); 3] =
    [(Tz::Pacific__Kiritimati, "2026-11-23"), (Tz::UTC, "2026-11-22"), (Tz::Pacific__Pago_Pago, "2026-11-21")];

const SCHEDULE: &str = "mutation($input: CreateScheduleInput!) { createSchedule(input: $input) { timeZone nextDate } }";
const EXPORT: &str = "query($group: ID!) { exportGroup(groupId: $group, format: JSON) { filename } }";

fn plus(day: &str, days: u64) -> String {
    (day.parse::<NaiveDate>().unwrap() + Days::new(days)).to_string()
}

impl Fixture {
    /// Returns the date of an expense that is created without one.
    async fn day_of_expense(&self, caller: &Caller) -> Value {
        let input = json!({ "input": self.dinner("expense") });
        self.subgraph.data(caller, CREATE, input).await["createExpense"]["date"].take()
    }

    /// Returns the date of an expense that is drafted now, but read and confirmed a day later.
    async fn day_of_draft(&self, caller: &Caller, text: &str) -> Value {
        let draft = self.subgraph.data(caller, DRAFT, self.asked(text)).await["draftExpense"].take();
        self.subgraph.resources.clock.advance_ms(DAY_MS);
        self.consume().await;
        let confirm = json!({ "id": draft["id"], "key": text });
        let day = self.subgraph.data(caller, CONFIRM, confirm).await["confirmDraft"]["date"].take();
        self.subgraph.resources.clock.advance_ms(-DAY_MS);
        day
    }

    /// Returns the response to creating an expense of that date.
    async fn expense_of(&self, caller: &Caller, day: &str) -> Value {
        let input = self.dinner_with(day, &json!({ "date": day }));
        self.subgraph.ask(caller, CREATE, json!({ "input": input })).await
    }
}

#[tokio::test]
async fn expenses_and_drafts_default_to_the_callers_own_day() {
    for (zone, today) in PLACES {
        let fixture = Fixture::open_at(MOMENT).await;
        let caller = fixture.caller(0).in_time_zone(zone);
        let yesterday = (today.parse::<NaiveDate>().unwrap() - Days::new(1)).to_string();
        assert_eq!(fixture.day_of_expense(&caller).await, today, "{zone}");
        assert_eq!(fixture.day_of_draft(&caller, "Dinner 30").await, today, "{zone}");
        assert_eq!(fixture.day_of_draft(&caller, "Dinner 31 today").await, today, "{zone}");
        assert_eq!(fixture.day_of_draft(&caller, "Dinner 32 yesterday").await, yesterday.as_str(), "{zone}");
        fixture.subgraph.close().await;
    }
}

#[tokio::test]
async fn the_latest_allowed_date_is_relative_to_the_callers_own_day() {
    for (zone, today) in PLACES {
        let fixture = Fixture::open_at(MOMENT).await;
        let caller = fixture.caller(0).in_time_zone(zone);
        let last = fixture.expense_of(&caller, &plus(today, 366)).await;
        assert_eq!(last["data"]["createExpense"]["date"], plus(today, 366), "{zone}: {last:#}");
        let later = fixture.expense_of(&caller, &plus(today, 367)).await;
        let facts = json!({
            "code": "VALIDATION", "field": "input.date",
            "reason": "ABSURD_DATE", "first": "2000-01-01", "last": plus(today, 366),
        });
        assert_eq!(later["errors"][0]["extensions"], facts, "{zone}: {later:#}");
        fixture.subgraph.close().await;
    }
}

#[tokio::test]
async fn a_schedule_without_a_time_zone_uses_the_callers_own() {
    for (zone, today) in PLACES {
        let fixture = Fixture::open_at(MOMENT).await;
        let caller = fixture.caller(0).in_time_zone(zone);
        let mut input = fixture.dinner_with("rent", &json!({ "date": today, "frequency": "DAILY" }));
        let made = fixture.subgraph.data(&caller, SCHEDULE, json!({ "input": input })).await;
        let expected = json!({ "timeZone": zone.name(), "nextDate": today });
        assert_eq!(made["createSchedule"], expected);
        assert_eq!(fixture.subgraph.services.enter_due().await.unwrap(), 1, "{zone}: it is that day there");

        input["idempotencyKey"] = "elsewhere".into();
        input["timeZone"] = "Europe/Berlin".into();
        let made = fixture.subgraph.data(&caller, SCHEDULE, json!({ "input": input })).await;
        assert_eq!(made["createSchedule"]["timeZone"], "Europe/Berlin");
        fixture.subgraph.close().await;
    }
}

#[tokio::test]
async fn the_name_of_an_export_has_the_callers_own_day() {
    let fixture = Fixture::open_at(MOMENT).await;
    for (zone, today) in PLACES {
        let caller = fixture.caller(0).in_time_zone(zone);
        let group = json!({ "group": fixture.group.group_id.to_string() });
        let file = fixture.subgraph.data(&caller, EXPORT, group).await["exportGroup"].take();
        let name = file["filename"].as_str().unwrap();
        assert!(name.ends_with(&format!("-{today}.json")), "{zone}: {name}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_schedule_has_the_time_zone_of_the_group_unless_another_is_given() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    fixture.rosters.put(Roster { time_zone: Some(Tz::Asia__Tokyo), ..fixture.group.clone() });
    let zones = [(Value::Null, "Asia/Tokyo"), (json!("America/Lima"), "America/Lima")];
    for (given, expected) in zones {
        assert_eq!(fixture.schedule(json!({ "timeZone": given })).await["timeZone"], expected);
    }
    fixture.subgraph.close().await;
}
