//! Presets: templates for the expenses of a group.

use contracts::{PresetId, UserId};
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const CREATE: &str = "mutation($id: ID!, $input: PresetInput!) { createPreset(groupId: $id, input: $input) { id } }";
const UPDATE: &str = "mutation($id: ID!, $input: PresetInput!) { updatePreset(id: $id, input: $input) { id name } }";
const DELETE: &str = "mutation($id: ID!) { deletePreset(id: $id) }";
const LIST: &str = "query($id: [_Any!]!) { _entities(representations: $id) { ... on Group { presets {
    name category isDefault splitMode payer { id }
    splitInput { equal percent { memberId percent } weights { memberId weight } } } } } }";

impl Fixture {
    /// Groceries, 60 percent for Ada and 40 for Ben.
    fn groceries(&self) -> Value {
        let [ada, ben] = [0, 1].map(|place| self.member(place));
        json!({ "name": "Groceries", "category": "Groceries", "payerId": ada, "isDefault": true,
            "split": { "percent": [{ "memberId": ada, "percent": "60" }, { "memberId": ben, "percent": "40" }] } })
    }

    fn groceries_with(&self, changes: &Value) -> Value {
        let mut input = self.groceries();
        for (field, value) in changes.as_object().unwrap() {
            input[field] = value.clone();
        }
        input
    }

    fn preset_of_group(&self, input: &Value) -> Value {
        json!({ "id": self.group.group_id, "input": input })
    }

    async fn preset(&self, input: &Value) -> Value {
        self.subgraph.data(&self.caller(1), CREATE, self.preset_of_group(input)).await["createPreset"]["id"].take()
    }

    async fn presets(&self) -> Vec<Value> {
        let group = json!({ "id": [{ "__typename": "Group", "id": self.group.group_id }] });
        let mut answer = self.subgraph.data(&through_router(self.caller(0)), LIST, group).await;
        answer["_entities"][0]["presets"].as_array_mut().unwrap().drain(..).collect()
    }
}

#[tokio::test]
async fn presets_are_added_changed_and_removed_and_one_is_the_default() {
    let fixture = Fixture::open().await;
    let id = fixture.preset(&fixture.groceries()).await;
    let [ada, ben] = [0, 1].map(|place| json!(fixture.member(place)));
    let groceries = json!({
        "name": "Groceries", "category": "groceries", "isDefault": true, "splitMode": "PERCENT", "payer": { "id": ada },
        "splitInput": { "equal": null, "weights": null,
            "percent": [{ "memberId": ada, "percent": "60" }, { "memberId": ben, "percent": "40" }] },
    });
    assert_eq!(fixture.presets().await, [groceries]);

    let bus = json!({ "name": "Bus", "isDefault": true, "split": { "equal": [ada, ben] } });
    let bus = fixture.preset(&bus).await;
    let defaults = |presets: &[Value]| -> Vec<(Value, Value)> {
        presets.iter().map(|preset| (preset["name"].clone(), preset["isDefault"].clone())).collect()
    };
    assert_eq!(defaults(&fixture.presets().await), [(json!("Bus"), json!(true)), (json!("Groceries"), json!(false))]);
    assert_eq!(fixture.presets().await[0]["payer"], Value::Null, "whoever enters it");

    let update = json!({ "id": id, "input": fixture.groceries_with(&json!({ "name": "Food", "category": null })) });
    fixture.subgraph.data(&fixture.caller(2), UPDATE, update).await;
    assert_eq!(defaults(&fixture.presets().await), [(json!("Bus"), json!(false)), (json!("Food"), json!(true))]);
    assert_eq!(fixture.presets().await[1]["category"], Value::Null);

    let gone = json!({ "id": bus });
    assert_eq!(fixture.subgraph.data(&fixture.caller(0), DELETE, gone.clone()).await["deletePreset"], true);
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), DELETE, gone).await, "PRESET_NOT_FOUND");
    assert_eq!(fixture.presets().await.len(), 1);
    assert_eq!(fixture.verified().await, 4);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_presets_are_refused() {
    let mut fixture = Fixture::open().await;
    fixture.preset(&fixture.groceries()).await;
    fixture.leave(2);
    let [ada, cleo] = [0, 2].map(|place| json!(fixture.member(place)));
    let cases = [
        (json!({ "name": "" }), "input.name"),
        (json!({ "name": "GROCERIES" }), "input.name"),
        (json!({ "category": "x".repeat(41) }), "input.category"),
        (json!({ "payerId": "nobody" }), "input.payerId"),
        (json!({ "payerId": cleo }), "input.payerId"),
        (json!({ "split": { "equal": [cleo] } }), "input.split"),
        (json!({ "split": { "equal": [] } }), "input.split"),
        (json!({ "split": { "percent": [{ "memberId": ada, "percent": "99" }] } }), "input.split"),
        (json!({ "split": { "exact": [{ "memberId": ada, "amount": "1.00" }] } }), "input.split"),
        (json!({ "split": { "adjustments": [{ "memberId": ada, "amount": "1.00" }] } }), "input.split"),
    ];
    for (changes, field) in cases {
        let mut input = fixture.groceries_with(&json!({ "name": "Other" }));
        for (name, value) in changes.as_object().unwrap() {
            input[name] = value.clone();
        }
        let answer = fixture.subgraph.ask(&fixture.caller(0), CREATE, fixture.preset_of_group(&input)).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{changes}: {answer:#}");
    }
    for number in 1..50 {
        fixture.preset(&fixture.groceries_with(&json!({ "name": number.to_string() }))).await;
    }
    let one_more = fixture.preset_of_group(&fixture.groceries_with(&json!({ "name": "50" })));
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), CREATE, one_more).await, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_change_the_presets_of_a_group() {
    let mut fixture = Fixture::open().await;
    let id = fixture.preset(&fixture.groceries()).await;
    fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND", "PRESET_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED", "NOT_ALLOWED"),
    ];
    for (caller, create, change) in cases {
        let input = fixture.groceries();
        assert_eq!(fixture.subgraph.code(&caller, CREATE, fixture.preset_of_group(&input)).await, create);
        assert_eq!(fixture.subgraph.code(&caller, UPDATE, json!({ "id": id, "input": input })).await, change);
        assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": id })).await, change);
    }
    for unknown in [json!("none"), json!(PresetId::new())] {
        assert_eq!(
            fixture.subgraph.code(&fixture.caller(0), DELETE, json!({ "id": unknown })).await,
            "PRESET_NOT_FOUND"
        );
    }
    assert_eq!(fixture.presets().await.len(), 1);
    fixture.subgraph.close().await;
}
