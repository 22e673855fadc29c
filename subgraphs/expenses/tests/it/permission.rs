//! Whose expenses a member may change, by the setting of the group.

use contracts::roster::{ExpenseEditing, Roster};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const ADA: usize = 0;
const BEN: usize = 1;
const CLEO: usize = 2;

const EXPENSE: &str = "query($id: ID!) { expense(id: $id) { version editable } }";
const STEPS: [&str; 3] = [
    "mutation($id: ID!, $v: Int!) { updateExpense(input: {id: $id, expectedVersion: $v, notes: \"!\"}) { version } }",
    "mutation($id: ID!, $v: Int!) { deleteExpense(id: $id, expectedVersion: $v) { version } }",
    "mutation($id: ID!, $v: Int!) { restoreExpense(id: $id, expectedVersion: $v) { version } }",
];
const ADD_SCHEDULE: &str = "mutation($input: CreateScheduleInput!) { createSchedule(input: $input) { id version } }";
const SCHEDULE_STEPS: [&str; 4] = [
    "mutation($id: ID!, $v: Int!) { updateSchedule(input: {id: $id, expectedVersion: $v, notes: \"!\"}) { version } }",
    "mutation($id: ID!, $v: Int!) { pauseSchedule(id: $id, expectedVersion: $v) { version } }",
    "mutation($id: ID!, $v: Int!) { resumeSchedule(id: $id, expectedVersion: $v) { version } }",
    "mutation($id: ID!, $v: Int!) { deleteSchedule(id: $id, expectedVersion: $v) }",
];

/// The setting, whether Ada manages the group, and who may change what Ben entered and shares with Cleo: Ada, Ben, Cleo.
const TABLE: [(ExpenseEditing, bool, [bool; 3]); 6] = [
    (ExpenseEditing::All, false, [true, true, true]),
    (ExpenseEditing::All, true, [true, true, true]),
    (ExpenseEditing::Involved, false, [false, true, true]),
    (ExpenseEditing::Involved, true, [true, true, true]),
    (ExpenseEditing::Own, false, [false, true, false]),
    (ExpenseEditing::Own, true, [true, true, false]),
];

impl Fixture {
    fn set(&self, expense_editing: ExpenseEditing, is_managed: bool) {
        let managers = if is_managed { vec![self.member(ADA)] } else { Vec::new() };
        self.rosters.put(Roster { expense_editing, managers, ..self.group.clone() });
    }

    /// Returns what Ben enters, pays and shares with Cleo.
    fn bens(&self, key: &str, changes: &Value) -> Value {
        let [ben, cleo] = [BEN, CLEO].map(|place| self.member(place).to_string());
        let mut input = self.dinner_with(
            key,
            &json!({ "payers": [{ "memberId": ben, "amount": "100.00" }], "split": { "equal": [ben, cleo] } }),
        );
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        input
    }

    /// Takes steps as a person, each on the version that the one before made. Returns the codes of refused ones.
    async fn steps(&self, actor: usize, steps: &[&str], id: &Value, mut version: i64) -> Vec<String> {
        let mut refused = Vec::new();
        for step in steps {
            let variables = json!({ "id": id, "v": version });
            let answer = self.subgraph.ask(&self.caller(actor), step, variables).await;
            match answer["errors"][0]["extensions"]["code"].as_str() {
                Some(code) => refused.push(code.to_owned()),
                None => version += 1,
            }
        }
        refused
    }
}

fn expected(is_allowed: bool, steps: usize) -> Vec<String> {
    if is_allowed { Vec::new() } else { vec!["NOT_ALLOWED".to_owned(); steps] }
}

#[tokio::test]
async fn each_member_may_change_the_expenses_that_the_group_says() {
    let fixture = Fixture::open().await;
    for (case, (setting, is_managed, allowed)) in TABLE.into_iter().enumerate() {
        fixture.set(setting, is_managed);
        for (actor, is_allowed) in [ADA, BEN, CLEO].into_iter().zip(allowed) {
            let made = fixture.create(BEN, fixture.bens(&format!("{case} {actor}"), &json!({}))).await;
            let case = format!("{setting:?}, managed: {is_managed}, actor {actor}");

            let shown = fixture.subgraph.data(&fixture.caller(actor), EXPENSE, json!({ "id": made["id"] })).await;
            assert_eq!(shown["expense"]["editable"], is_allowed, "{case}");
            let refused = fixture.steps(actor, &STEPS, &made["id"], 1).await;
            assert_eq!(refused, expected(is_allowed, STEPS.len()), "{case}");
        }
    }
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_same_holds_for_recurring_expenses() {
    let fixture = Fixture::open_at("2026-01-01T12:00:00Z").await;
    for (case, (setting, is_managed, allowed)) in TABLE.into_iter().enumerate() {
        fixture.set(setting, is_managed);
        for (actor, is_allowed) in [ADA, BEN, CLEO].into_iter().zip(allowed) {
            let rhythm = json!({ "date": "2026-01-31", "frequency": "WEEKLY" });
            let input = fixture.bens(&format!("{case} {actor}"), &rhythm);
            let made = fixture.subgraph.data(&fixture.caller(BEN), ADD_SCHEDULE, json!({ "input": input })).await;

            let refused = fixture.steps(actor, &SCHEDULE_STEPS, &made["createSchedule"]["id"], 1).await;
            let case = format!("{setting:?}, managed: {is_managed}, actor {actor}");
            assert_eq!(refused, expected(is_allowed, SCHEDULE_STEPS.len()), "{case}");
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nothing_is_editable_in_an_archived_group() {
    let fixture = Fixture::open().await;
    let made = fixture.create(BEN, fixture.bens("archived", &json!({}))).await;
    fixture.rosters.put(Roster { archived: true, ..fixture.group.clone() });

    let shown = fixture.subgraph.data(&fixture.caller(BEN), EXPENSE, json!({ "id": made["id"] })).await;

    assert_eq!(shown["expense"]["editable"], false);
    fixture.subgraph.close().await;
}
