//! Recurring expenses.

use std::{sync::Arc, time::Duration};

use contracts::UserId;
use futures::TryStreamExt;
use kit::{
    Caller,
    testing::{person, through_router},
};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::fixture::Fixture;

const SCHEDULE: &str =
    "id version description category status nextDate problem { code message } frequency every start until count timeZone
    splitMode owner { id } group { id } total { amount currency } payers { member { id } amount { amount } }";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const DEADLINE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

fn mutation(name: &str, input: &str) -> String {
    format!("mutation($input: {input}!) {{ {name}(input: $input) {{ {SCHEDULE} }} }}")
}

fn create() -> String {
    mutation("createSchedule", "CreateScheduleInput")
}

fn update() -> String {
    mutation("updateSchedule", "UpdateScheduleInput")
}

fn step(name: &str) -> String {
    format!("mutation($id: ID!, $v: Int!) {{ {name}(id: $id, expectedVersion: $v) {{ {SCHEDULE} }} }}")
}

const DELETE: &str = "mutation($id: ID!, $v: Int!) { deleteSchedule(id: $id, expectedVersion: $v) }";
const OF_GROUP: &str =
    "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { schedules { id nextDate } } } }";

impl Fixture {
    /// A weekly dinner, shared by the three users.
    fn weekly(&self, key: &str, changes: &Value) -> Value {
        let mut input = self.dinner_with(key, &json!({ "date": "2026-01-31", "frequency": "WEEKLY" }));
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        input
    }

    pub(crate) async fn schedule(&self, changes: Value) -> Value {
        let input = self.weekly(&changes.to_string(), &changes);
        self.subgraph.data(&self.caller(0), &create(), json!({ "input": input })).await["createSchedule"].take()
    }

    pub(crate) async fn step(&self, user: usize, name: &str, id: &Value, version: i64) -> Value {
        self.subgraph.data(&self.caller(user), &step(name), json!({ "id": id, "v": version })).await[name].take()
    }

    async fn shown(&self) -> Value {
        let group = json!([{ "__typename": "Group", "id": self.group.group_id }]);
        let router = through_router(self.caller(0));
        self.subgraph.data(&router, OF_GROUP, json!({ "r": group })).await["_entities"][0]["schedules"].take()
    }

    fn wait_days(&self, days: i64) {
        self.subgraph.resources.clock.advance_ms(days * DAY_MS);
    }

    pub(crate) async fn enter_due(&self) -> usize {
        self.subgraph.services.enter_due().await.unwrap()
    }

    /// Returns the dates of all expenses, in order.
    async fn days(&self) -> Vec<String> {
        let expenses = self.subgraph.resources.database.collection::<Document>("expenses");
        let found = expenses.find(doc! {}).sort(doc! { "date": 1 }).await.unwrap();
        let found: Vec<Document> = found.try_collect().await.unwrap();
        found.iter().map(|expense| expense.get_str("date").unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn expenses_are_entered_on_each_due_date_in_the_name_of_the_owner() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let made = fixture.schedule(json!({ "frequency": "MONTHLY", "description": "Rent", "category": null })).await;
    assert_eq!(
        (&made["status"], &made["nextDate"], &made["version"]),
        (&json!("ACTIVE"), &json!("2026-01-31"), &json!(1))
    );
    assert_eq!(made["timeZone"], "UTC");
    assert_ne!(made["category"], "other", "the description gives it away");

    assert_eq!(fixture.enter_due().await, 1);
    assert_eq!(fixture.enter_due().await, 0);
    fixture.wait_days(59);
    assert_eq!(fixture.enter_due().await, 2);
    assert_eq!(fixture.days().await, ["2026-01-31", "2026-02-28", "2026-03-31"]);
    assert_eq!(fixture.nets().await.iter().max(), Some(&20_000));

    let expenses = fixture.subgraph.resources.database.collection::<Document>("expenses");
    let id = expenses.find_one(doc! {}).await.unwrap().unwrap().get_str("_id").unwrap().to_owned();
    let query = "query($id: ID!) { expense(id: $id) { version description category createdBy { id } schedule { id nextDate } } }";
    let expense = fixture.subgraph.data(&fixture.caller(1), query, json!({ "id": id })).await["expense"].take();
    let expected = json!({ "version": 1, "description": "Rent", "category": made["category"],
        "createdBy": { "id": fixture.member(0) }, "schedule": { "id": made["id"], "nextDate": "2026-04-30" } });
    assert_eq!(expense, expected);

    let edit = json!({ "input": { "id": id, "expectedVersion": 1, "description": "Rent and heating" } });
    let edited =
        "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) { description schedule { id } } }";
    let edited = fixture.subgraph.data(&fixture.caller(1), edited, edit).await["updateExpense"].take();
    assert_eq!(edited["schedule"]["id"], made["id"], "one of them is changed and stays one of them");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn several_processes_with_crashes_enter_each_expense_once() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    for number in 0..4 {
        fixture.schedule(json!({ "frequency": "DAILY", "description": format!("Lunch {number}") })).await;
    }
    let replicas = [Arc::clone(&fixture.subgraph.services), fixture.replica().await];
    for day in 0..6_u64 {
        let tasks: Vec<_> = replicas
            .iter()
            .cycle()
            .take(4)
            .cloned()
            .map(|one| tokio::spawn(async move { one.enter_due().await }))
            .collect();
        for (number, task) in tasks.iter().enumerate() {
            // Some tasks are killed at once, some while they write, and some at the end.
            tokio::time::sleep(Duration::from_millis((day * 7 + number as u64 * 3) % 11)).await;
            task.abort();
        }
        futures::future::join_all(tasks).await;
        fixture.wait_days(1);
    }
    // The claims of the killed tasks have expired by now.
    let entering = replicas.iter().map(|replica| replica.enter_due());
    futures::future::try_join_all(entering).await.unwrap();
    let days: Vec<String> =
        (0..7).map(|day| if day == 0 { "2026-01-31".to_owned() } else { format!("2026-02-{day:02}") }).collect();
    let expected: Vec<String> = days.iter().flat_map(|day| std::iter::repeat_n(day.clone(), 4)).collect();
    assert_eq!(fixture.days().await, expected);
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn after_a_long_outage_only_the_latest_are_entered() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let made = fixture.schedule(json!({ "frequency": "DAILY", "count": 100 })).await;
    fixture.wait_days(89);
    assert_eq!(fixture.enter_due().await, 31);
    let days = fixture.days().await;
    assert_eq!((days[0].as_str(), days[30].as_str()), ("2026-03-31", "2026-04-30"));
    fixture.wait_days(100);
    assert_eq!(fixture.enter_due().await, 10, "those that were skipped count");
    assert_eq!(fixture.shown().await, json!([{ "id": made["id"], "nextDate": null }]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_day_begins_in_the_time_zone_of_the_schedule() {
    let fixture = Fixture::open_at("2026-02-01T09:59:59Z").await;
    fixture.schedule(json!({ "date": "2026-02-02", "timeZone": "Pacific/Kiritimati" })).await;
    fixture.schedule(json!({ "date": "2026-02-02", "timeZone": "America/Los_Angeles" })).await;
    assert_eq!(fixture.enter_due().await, 0);
    fixture.subgraph.resources.clock.advance_ms(1_000);
    assert_eq!(fixture.enter_due().await, 1, "it is midnight in Kiritimati");
    fixture.subgraph.resources.clock.advance_ms(22 * 60 * 60 * 1_000);
    assert_eq!(fixture.enter_due().await, 1, "and now in Los Angeles");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_schedule_ends_by_date_or_by_count() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    fixture.schedule(json!({ "count": 2, "description": "Twice" })).await;
    fixture.schedule(json!({ "every": 2, "until": "2026-02-28", "description": "Every second week" })).await;
    fixture.wait_days(60);
    assert_eq!(fixture.enter_due().await, 5);
    let expected = ["2026-01-31", "2026-01-31", "2026-02-07", "2026-02-14", "2026-02-28"];
    assert_eq!(fixture.days().await, expected);
    fixture.wait_days(60);
    assert_eq!(fixture.enter_due().await, 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expenses_due_during_a_pause_are_not_entered() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let id = fixture.schedule(json!({})).await["id"].take();
    fixture.enter_due().await;
    let paused = fixture.step(1, "pauseSchedule", &id, 2).await;
    assert_eq!((&paused["status"], &paused["version"]), (&json!("PAUSED"), &json!(3)));
    fixture.wait_days(21);
    assert_eq!(fixture.enter_due().await, 0);
    let resumed = fixture.step(1, "resumeSchedule", &id, 3).await;
    assert_eq!((&resumed["status"], &resumed["nextDate"]), (&json!("ACTIVE"), &json!("2026-02-21")));
    assert_eq!(resumed["owner"]["id"], fixture.member(1).to_string());
    assert_eq!(fixture.enter_due().await, 1);
    assert_eq!(fixture.days().await, ["2026-01-31", "2026-02-21"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_change_applies_to_the_following_expenses() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let id = fixture.schedule(json!({ "count": 9 })).await["id"].take();
    fixture.enter_due().await;
    let edit = json!({ "id": id, "expectedVersion": 2, "total": { "amount": "200.00", "currency": "EUR" },
        "frequency": "DAILY", "every": 3, "date": "2026-02-10", "until": "2026-02-16", "count": null });
    let edited =
        fixture.subgraph.data(&fixture.caller(1), &update(), json!({ "input": edit })).await["updateSchedule"].take();
    assert_eq!(edited["payers"][0]["amount"]["amount"], "200.00");
    assert_eq!(
        (&edited["nextDate"], &edited["count"], &edited["every"]),
        (&json!("2026-02-10"), &Value::Null, &json!(3))
    );
    fixture.wait_days(30);
    assert_eq!(fixture.enter_due().await, 3);
    assert_eq!(fixture.days().await, ["2026-01-31", "2026-02-10", "2026-02-13", "2026-02-16"]);
    // Two thirds of 100.00 and of three times 200.00.
    let owed = fixture.nets().await[0];
    assert!((46_665..=46_669).contains(&owed), "{owed}");

    let stale = json!({ "input": { "id": id, "expectedVersion": 2, "description": "Lunch" } });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), &update(), stale).await, "STALE_VERSION");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_change_can_apply_from_a_date_on() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let monthly = json!({ "frequency": "MONTHLY", "count": 6 });
    let first = fixture.schedule(monthly).await["id"].take();
    fixture.enter_due().await;
    let edit = |changes: &Value| {
        let mut input =
            json!({ "id": first, "expectedVersion": 2, "total": { "amount": "200.00", "currency": "EUR" } });
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let caller = fixture.caller(1);
    for (wrong, field) in [(json!({ "from": "soon" }), "input.from"), (json!({ "from": "2027-01-01" }), "input.until")]
    {
        let answer = fixture.subgraph.ask(&caller, &update(), edit(&wrong)).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{wrong}");
    }
    let from = edit(&json!({ "from": "2026-04-01" }));
    let rest = fixture.subgraph.data(&caller, &update(), from.clone()).await["updateSchedule"].take();
    assert_ne!(rest["id"], first);
    assert_eq!((&rest["nextDate"], &rest["count"], &rest["version"]), (&json!("2026-04-30"), &json!(6), &json!(1)));
    assert_eq!(fixture.subgraph.code(&caller, &update(), from).await, "STALE_VERSION", "once");
    let shown = json!([{ "id": first, "nextDate": "2026-02-28" }, { "id": rest["id"], "nextDate": "2026-04-30" }]);
    assert_eq!(fixture.shown().await, shown);

    // No date before this one is left, so the same schedule continues.
    let later =
        json!({ "input": { "id": rest["id"], "expectedVersion": 1, "from": "2026-04-30", "description": "Lunch" } });
    let later = fixture.subgraph.data(&caller, &update(), later).await["updateSchedule"].take();
    assert_eq!((&later["id"], &later["version"]), (&rest["id"], &json!(2)));

    fixture.wait_days(200);
    assert_eq!(fixture.enter_due().await, 5, "six altogether");
    let days = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"];
    assert_eq!(fixture.days().await, days);
    // Two thirds of three times 100.00 and of three times 200.00.
    let owed = fixture.nets().await[0];
    assert!((59_995..=60_005).contains(&owed), "{owed}");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_schedule_that_cannot_continue_is_paused_with_a_reason() {
    let mut fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let by_ada = fixture
        .schedule(json!({ "split": { "equal": [fixture.member(1), fixture.member(2)] },
        "payers": [{ "memberId": fixture.member(1), "amount": "100.00" }] }))
        .await["id"]
        .take();
    fixture.enter_due().await;
    fixture.leave(0);
    fixture.wait_days(7);
    assert_eq!(fixture.enter_due().await, 0);
    let halted = fixture.subgraph.resources.database.collection::<Value>("schedules");
    let halted = halted.find_one(doc! { "_id": by_ada.as_str() }).await.unwrap().unwrap();
    assert_eq!((&halted["halt"]["code"], halted["problem"].is_string()), (&json!("OWNER_LEFT"), true), "{halted}");
    let paused = fixture.step(1, "resumeSchedule", &by_ada, 3).await;
    assert_eq!(paused["owner"]["id"], fixture.member(1).to_string(), "somebody else has taken it over");
    assert_eq!(fixture.enter_due().await, 1);

    fixture.leave(2);
    fixture.wait_days(7);
    assert_eq!(fixture.enter_due().await, 0);
    let resumed =
        fixture.subgraph.ask(&fixture.caller(1), &step("resumeSchedule"), json!({ "id": by_ada, "v": 6 })).await;
    assert_eq!(resumed["errors"][0]["extensions"]["field"], "input.split", "{resumed:#}");
    let without = json!({ "input": { "id": by_ada, "expectedVersion": 6, "split": { "equal": [fixture.member(1)] } } });
    let mended = fixture.subgraph.data(&fixture.caller(1), &update(), without).await["updateSchedule"].take();
    assert_eq!((&mended["status"], &mended["problem"]["code"]), (&json!("PAUSED"), &json!("VALIDATION")));
    fixture.step(1, "resumeSchedule", &by_ada, 7).await;
    assert_eq!(fixture.enter_due().await, 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_see_and_change_schedules() {
    let mut fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let id = fixture.schedule(json!({})).await["id"].take();
    fixture.leave(2);
    let input = json!({ "input": fixture.weekly("k", &json!({})) });
    let edit = json!({ "input": { "id": id, "expectedVersion": 1, "description": "Lunch" } });
    let by_id = json!({ "id": id, "v": 1 });
    let callers = [
        (Caller::anonymous(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND", "SCHEDULE_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED", "NOT_ALLOWED"),
    ];
    for (caller, creating, changing) in &callers {
        assert_eq!(fixture.subgraph.code(caller, &create(), input.clone()).await, *creating);
        assert_eq!(fixture.subgraph.code(caller, &update(), edit.clone()).await, *changing);
        for query in [step("pauseSchedule"), step("resumeSchedule"), DELETE.to_owned()] {
            assert_eq!(fixture.subgraph.code(caller, &query, by_id.clone()).await, *changing, "{query}");
        }
    }
    let unknown = json!({ "id": contracts::ScheduleId::new(), "v": 1 });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), DELETE, unknown).await, "SCHEDULE_NOT_FOUND");
    let group = json!({ "r": [{ "__typename": "Group", "id": fixture.group.group_id }] });
    let seen = fixture.subgraph.data(&through_router(person(UserId::new())), OF_GROUP, group).await;
    assert_eq!(seen["_entities"], json!([null]));
    assert_eq!(fixture.shown().await, json!([{ "id": id, "nextDate": "2026-01-31" }]));

    assert_eq!(fixture.subgraph.data(&fixture.caller(1), DELETE, by_id.clone()).await["deleteSchedule"], true);
    assert_eq!(fixture.enter_due().await, 0);
    assert_eq!(fixture.shown().await, json!([]));
    assert_eq!(fixture.subgraph.code(&fixture.caller(1), DELETE, by_id).await, "SCHEDULE_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn schedules_of_invalid_expenses_are_refused() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    let cases = [
        (json!({ "date": null }), "input.date"),
        (json!({ "date": "2028-01-01" }), "input.date"),
        (json!({ "every": 0 }), "input.every"),
        (json!({ "every": 1_001 }), "input.every"),
        (json!({ "count": 0 }), "input.until"),
        (json!({ "until": "2026-01-30" }), "input.until"),
        (json!({ "until": "soon" }), "input.until"),
        (json!({ "timeZone": "Middle-earth" }), "input.timeZone"),
        (json!({ "description": " " }), "input.description"),
        (json!({ "split": { "equal": [contracts::MemberId::new()] } }), "input.split"),
        (json!({ "idempotencyKey": " " }), "input.idempotencyKey"),
    ];
    for (changes, field) in cases {
        let input = json!({ "input": fixture.weekly("k", &changes) });
        let answer = fixture.subgraph.ask(&fixture.caller(0), &create(), input).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!(field)), "{changes}");
    }
    let input = json!({ "input": fixture.weekly("k", &json!({})) });
    let made = fixture.subgraph.data(&fixture.caller(0), &create(), input.clone()).await;
    assert_eq!(fixture.subgraph.data(&fixture.caller(0), &create(), input).await, made, "once for each key");
    let other = json!({ "input": fixture.weekly("k", &json!({ "every": 2 })) });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), &create(), other).await, "IDEMPOTENCY_KEY_REUSED");
    for number in 1..100 {
        fixture.schedule(json!({ "count": number })).await;
    }
    let one_more = json!({ "input": fixture.weekly("one more", &json!({})) });
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), &create(), one_more).await, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_service_enters_due_expenses() {
    let fixture = Fixture::open_at("2026-01-31T12:00:00Z").await;
    fixture.schedule(json!({})).await;
    let stop = CancellationToken::new();
    let serving = tokio::spawn(fixture.subgraph.role("serve", &stop));
    let entered = async {
        while fixture.count().await == 0 {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(DEADLINE, entered).await.expect("an expense is entered");
    stop.cancel();
    serving.await.unwrap();
    assert_eq!(fixture.days().await, ["2026-01-31"]);
    fixture.subgraph.close().await;
}
