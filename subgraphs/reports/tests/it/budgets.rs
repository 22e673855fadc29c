//! Budgets of groups and people, and the notifications about spent budgets.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use contracts::{
    Event, UserId,
    event::{ExpenseChange, MemberChange},
    roster::Roster,
};
use kit::{
    Caller, Clock,
    bus::Handled,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, expense, facts, group_key, routed, user_key};

const SET: &str = "mutation($input: SetBudgetInput!) {
    setBudget(input: $input) { id category limit { amount currency } month spent { amount currency } level } }";
const REMOVE: &str = "mutation($id: ID!) { removeBudget(id: $id) }";
const BUDGETS: &str = "budgets { id category limit { amount } month spent { amount currency } level }";
const NOTIFICATIONS: &str = "{ notifications { edges { node { type summary group { id }
    activity { id budget { category month limit { amount } spent { amount currency } } } } } } }";

struct Story {
    fixture: Fixture,
    ada: UserId,
    ben: UserId,
    group: Roster,
}

/// The clock stands in November 2026, before anything has happened.
async fn story() -> Story {
    let fixture = Fixture::open_at(Clock::standing_at("2026-11-22T09:00:00Z".parse().unwrap())).await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    Story { fixture, ada, ben, group }
}

impl Story {
    async fn set(&self, user: UserId, group: bool, category: Option<&str>, limit: &str) -> Value {
        let group = group.then(|| self.group.group_id.to_string());
        let limit = json!({ "amount": limit, "currency": "EUR" });
        let input = json!({ "groupId": group, "category": category, "limit": limit });
        self.fixture.subgraph.data(&person(user), SET, json!({ "input": input })).await["setBudget"].take()
    }

    async fn spend(&self, date: &str, category: &str, shares: &[i64]) {
        self.fixture.spend(&self.group, &Spending { date, category, currency: "EUR", shares }).await;
    }

    async fn of_group(&self, user: UserId) -> Value {
        self.fixture.entity(user, group_key(self.group.group_id), BUDGETS).await["budgets"].take()
    }

    async fn told(&self, user: UserId) -> Vec<String> {
        let told = self.fixture.subgraph.data(&person(user), NOTIFICATIONS, json!({})).await;
        let edges = told["notifications"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]);
        let ids: BTreeSet<String> = edges.clone().map(|node| node["activity"]["id"].to_string()).collect();
        assert_eq!(ids.len(), edges.len(), "each notification has an activity of its own: {told:#}");
        let warnings = edges.filter(|node| node["type"].as_str().unwrap().starts_with("budget."));
        warnings.map(|node| node["summary"].as_str().unwrap().to_owned()).collect()
    }
}

/// At one moment it is still November in Pago Pago and December already in Kiritimati.
#[tokio::test]
async fn this_month_is_the_callers_own() {
    let fixture = Fixture::open_at(Clock::standing_at("2026-12-01T05:00:00Z".parse().unwrap())).await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let story = Story { fixture, ada, ben, group };
    story.spend("2026-11-30", "dining", &[1_000, 0]).await;
    story.spend("2026-12-01", "dining", &[2_000, 0]).await;
    for (zone, month, spent) in [
        (Tz::Pacific__Kiritimati, "2026-12", "20.00"),
        (Tz::UTC, "2026-12", "20.00"),
        (Tz::Pacific__Pago_Pago, "2026-11", "10.00"),
    ] {
        let caller = person(story.ada).in_time_zone(zone);
        for group in [None, Some(story.group.group_id.to_string())] {
            let input = json!({ "groupId": group, "limit": { "amount": "100.00", "currency": "EUR" } });
            let set = story.fixture.subgraph.data(&caller, SET, json!({ "input": input })).await["setBudget"].take();
            assert_eq!((&set["month"], &set["spent"]["amount"]), (&json!(month), &json!(spent)), "{zone}");
        }
        for key in [user_key(story.ada), group_key(story.group.group_id)] {
            let read = story.fixture.answer(&through_router(caller.clone()), key, BUDGETS).await;
            let budget = &read["data"]["_entities"][0]["budgets"][0];
            assert_eq!(
                (&budget["month"], &budget["spent"]["amount"]),
                (&json!(month), &json!(spent)),
                "{zone}: {read:#}"
            );
        }
    }
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_sees_how_much_of_its_budgets_is_spent_this_month() {
    let story = story().await;
    story.spend("2026-11-02", "groceries", &[3_000, 4_000]).await;
    story.spend("2026-11-03", "dining", &[1_000, 0]).await;
    story.spend("2026-10-31", "groceries", &[9_000, 9_000]).await;
    let set = story.set(story.ada, true, Some("Groceries"), "80.00").await;
    assert_eq!(
        set,
        json!({
            "id": set["id"], "category": "groceries", "limit": { "amount": "80.00", "currency": "EUR" },
            "month": "2026-11", "spent": { "amount": "70.00", "currency": "EUR" }, "level": "NEAR",
        })
    );
    story.set(story.ben, true, None, "100.00").await;
    let read = story.of_group(story.ben).await;
    let rows: Vec<_> = read.as_array().unwrap().iter().map(|row| (&row["category"], &row["level"])).collect();
    assert_eq!(rows, [(&json!(null), &json!("NEAR")), (&json!("groceries"), &json!("NEAR"))]);

    // Setting the same budget again replaces it, and another member of the group may remove it.
    let again = story.set(story.ben, true, Some("groceries"), "70.00").await;
    assert_eq!((&again["id"], &again["level"]), (&set["id"], &json!("REACHED")));
    let removed = story.fixture.subgraph.data(&person(story.ada), REMOVE, json!({ "id": set["id"] })).await;
    assert_eq!(removed["removeBudget"], true);
    assert_eq!(story.of_group(story.ada).await.as_array().unwrap().len(), 1);
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_persons_budget_counts_the_own_shares_in_all_groups() {
    let story = story().await;
    let other = story.fixture.group(&[("Ben", story.ben), ("Ada", story.ada)]).await;
    story.spend("2026-11-02", "dining", &[3_000, 4_000]).await;
    story
        .fixture
        .spend(&other, &Spending { date: "2026-11-05", category: "dining", currency: "EUR", shares: &[500, 250] })
        .await;
    let set = story.set(story.ada, false, None, "500.00").await;
    assert_eq!((&set["spent"]["amount"], &set["level"]), (&json!("32.50"), &json!("WITHIN")));
    let own = story.fixture.entity(story.ada, user_key(story.ada), BUDGETS).await;
    assert_eq!(own["budgets"][0]["spent"]["amount"], "32.50");
    let of_ben = story.fixture.entity(story.ben, user_key(story.ben), BUDGETS).await;
    assert_eq!(of_ben["budgets"], json!([]));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn each_level_notifies_once_per_month() {
    let story = story().await;
    story.set(story.ada, true, Some("dining"), "100.00").await;
    story.set(story.ben, false, None, "50.00").await;
    story.spend("2026-11-02", "dining", &[3_900, 3_900]).await;
    assert_eq!(story.told(story.ada).await, Vec::<String>::new());
    assert_eq!(story.told(story.ben).await, Vec::<String>::new());

    // 82.00 of the group's 100.00, 41.00 of Ben's 50.00.
    story.spend("2026-11-03", "dining", &[200, 200]).await;
    let near = "82.00 of 100.00 EUR for dining in 2026-11 are spent".to_owned();
    assert_eq!(story.told(story.ada).await, std::slice::from_ref(&near));
    let own = "41.00 of 50.00 EUR in 2026-11 are spent".to_owned();
    let mut to_ben = story.told(story.ben).await;
    to_ben.sort();
    assert_eq!(to_ben, [own, near.clone()]);

    // Still near: no new notification. Then reached, by an event that is handled twice.
    story.spend("2026-11-04", "dining", &[100, 100]).await;
    assert_eq!(story.told(story.ada).await.len(), 1);
    let last = Spending { date: "2026-11-05", category: "dining", currency: "EUR", shares: &[2_000, 0] };
    let envelope = story.fixture.spend(&story.group, &last).await;
    assert_eq!(story.fixture.handle(&envelope).await, Handled::Done);
    let reached = "104.00 of 100.00 EUR for dining in 2026-11 are spent".to_owned();
    assert_eq!(story.told(story.ada).await, [reached, near]);

    // Another month or category is counted separately.
    story.spend("2026-10-05", "dining", &[2_000, 0]).await;
    story.spend("2026-11-05", "groceries", &[90_000, 0]).await;
    assert_eq!(story.told(story.ada).await.len(), 2);
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_new_limit_is_warned_about_anew_and_what_was_before_a_budget_is_not() {
    let story = story().await;
    story.set(story.ada, false, None, "50.00").await;
    let dinner = Spending { date: "2026-11-02", category: "dining", currency: "EUR", shares: &[5_000, 0] };
    let before = story.fixture.spend(&story.group, &dinner).await;
    assert_eq!(story.told(story.ada).await, ["50.00 of 50.00 EUR in 2026-11 are spent"]);

    // The dinner is heard of once more after the limit was raised, as in a rebuild.
    story.fixture.subgraph.resources.clock.advance_ms(60_000);
    story.set(story.ada, false, None, "60.00").await;
    story.set(story.ada, false, Some("dining"), "50.00").await;
    assert_eq!(story.fixture.handle(&before).await, Handled::Done);
    assert_eq!(story.told(story.ada).await.len(), 1);

    let mut later = story.fixture.next(
        "expenses",
        story.group.group_id.0,
        story.group.members[0].user_id,
        Event::ExpenseCreated(expense(&story.group, &Spending { category: "travel", shares: &[1_000, 0], ..dinner })),
    );
    later.time = story.fixture.subgraph.resources.clock.now();
    assert_eq!(story.fixture.handle(&later).await, Handled::Done);
    let told = story.told(story.ada).await;
    assert_eq!(told, ["60.00 of 60.00 EUR in 2026-11 are spent", "50.00 of 50.00 EUR in 2026-11 are spent"]);
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_has_left_a_group_spends_and_hears_nothing_of_it() {
    let mut story = story().await;
    story.set(story.ben, false, None, "50.00").await;
    story.set(story.ada, true, None, "50.00").await;
    story.group.members[1].left = true;
    let change = MemberChange { group: facts(&story.group), member_id: story.group.members[1].member_id, claim: None };
    story.fixture.publish("groups", story.group.group_id.0, story.ben, Event::MemberLeft(change)).await;
    story.fixture.change(&story.group);
    story.spend("2026-11-02", "dining", &[1_000, 5_000]).await;

    assert_eq!(story.told(story.ben).await, Vec::<String>::new());
    assert_eq!(story.told(story.ada).await.len(), 1, "the budget of the group");
    let own = story.fixture.entity(story.ben, user_key(story.ben), BUDGETS).await;
    assert_eq!(own["budgets"][0]["spent"]["amount"], "0.00");
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_edit_can_reach_a_budget_and_the_notification_states_the_spending() {
    let story = story().await;
    story.set(story.ada, true, None, "60.00").await;
    let dinner = Spending { date: "2026-11-02", category: "dining", currency: "EUR", shares: &[1_000, 1_000] };
    let before = expense(&story.group, &dinner);
    let stream = story.group.group_id.0;
    story.fixture.publish("expenses", stream, story.ada, Event::ExpenseCreated(before.clone())).await;
    let mut after = expense(&story.group, &Spending { shares: &[3_000, 3_000], ..dinner });
    (after.expense_id, after.version) = (before.expense_id, 2);
    let change = ExpenseChange { before, after, by: story.group.members[1].member_id };
    story.fixture.publish("expenses", stream, story.ben, Event::ExpenseUpdated(change)).await;
    let told = story.fixture.subgraph.data(&person(story.ada), NOTIFICATIONS, json!({})).await;
    let edges = told["notifications"]["edges"].as_array().unwrap();
    let warning = edges.iter().map(|edge| &edge["node"]).find(|node| node["type"] == "budget.reached").unwrap();
    assert_eq!(
        warning["activity"]["budget"],
        json!({
            "category": null, "month": "2026-11", "limit": { "amount": "60.00" },
            "spent": { "amount": "60.00", "currency": "EUR" },
        })
    );
    assert_eq!(warning["group"]["id"], story.group.group_id.to_string());
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_and_owners_have_budgets() {
    let mut story = story().await;
    let eve = story.fixture.user("Eve").await;
    let of_group = story.set(story.ada, true, None, "60.00").await["id"].clone();
    let own = story.set(story.ada, false, None, "60.00").await["id"].clone();
    let subgraph = &story.fixture.subgraph;
    let limit = json!({ "amount": "1.00", "currency": "EUR" });
    let input = json!({ "input": { "groupId": story.group.group_id.to_string(), "limit": limit } });

    assert_eq!(subgraph.code(&Caller::anonymous(), SET, input.clone()).await, "UNAUTHENTICATED");
    assert_eq!(subgraph.code(&Caller::anonymous(), REMOVE, json!({ "id": own })).await, "UNAUTHENTICATED");
    assert_eq!(subgraph.code(&person(eve), SET, input.clone()).await, "GROUP_NOT_FOUND");
    for id in [&of_group, &own, &json!("group/1/EUR/*"), &json!("?")] {
        assert_eq!(subgraph.code(&person(eve), REMOVE, json!({ "id": id })).await, "BUDGET_NOT_FOUND");
    }
    assert_eq!(subgraph.code(&person(story.ben), REMOVE, json!({ "id": own })).await, "BUDGET_NOT_FOUND");

    story.group.members[1].left = true;
    story.fixture.change(&story.group);
    let subgraph = &story.fixture.subgraph;
    assert_eq!(subgraph.code(&person(story.ben), SET, input).await, "GROUP_NOT_FOUND");
    assert_eq!(subgraph.code(&person(story.ben), REMOVE, json!({ "id": of_group })).await, "BUDGET_NOT_FOUND");
    let of_ada = story.fixture.answer(&routed(story.ben), user_key(story.ada), BUDGETS).await;
    assert_eq!(of_ada["data"]["_entities"], json!([null]));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invalid_budget_is_refused_with_its_field() {
    let story = story().await;
    let subgraph = &story.fixture.subgraph;
    for (category, limit, currency, field) in [
        (json!("x".repeat(41)), "1.00", "EUR", "input.category"),
        (json!(""), "1.00", "EUR", "input.category"),
        (json!(null), "0", "EUR", "input.limit"),
        (json!(null), "-1.00", "EUR", "input.limit"),
        (json!(null), "1.005", "EUR", "input.limit.amount"),
        (json!(null), "1", "XXY", "input.limit.currency"),
    ] {
        let limit = json!({ "amount": limit, "currency": currency });
        let input = json!({ "input": { "category": category, "limit": limit } });
        let answer = subgraph.ask(&person(story.ada), SET, input).await;
        let refused = &answer["errors"][0]["extensions"];
        assert_eq!((&refused["code"], &refused["field"]), (&json!("VALIDATION"), &json!(field)), "{answer}");
    }
    for number in 0..50 {
        story.set(story.ada, false, Some(&format!("kind {number}")), "1.00").await;
    }
    let limit = json!({ "amount": "1.00", "currency": "EUR" });
    let input = json!({ "input": { "category": "one more", "limit": limit } });
    assert_eq!(subgraph.code(&person(story.ada), SET, input).await, "NOT_ALLOWED");
    // Replacing an existing budget is still possible.
    story.set(story.ada, false, Some("kind 7"), "2.00").await;
    story.fixture.subgraph.close().await;
}
