//! Households: members who settle together.

use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::{Fixture, code, id};

const HOUSEHOLDS: &str = "households { id name members { name } }";

fn create() -> String {
    format!(
        "mutation ($group: ID!, $name: String!, $members: [ID!]!) {{
            createHousehold(groupId: $group, name: $name, memberIds: $members) {{ {HOUSEHOLDS} }} }}"
    )
}

fn update() -> String {
    format!(
        "mutation ($group: ID!, $id: ID!, $name: String!, $members: [ID!]!) {{
            updateHousehold(groupId: $group, id: $id, name: $name, memberIds: $members) {{ {HOUSEHOLDS} }} }}"
    )
}

fn delete() -> String {
    format!("mutation ($group: ID!, $id: ID!) {{ deleteHousehold(groupId: $group, id: $id) {{ {HOUSEHOLDS} }} }}")
}

/// A group of Ada and Ben with two guests, and the ids of all four members.
struct Story {
    fixture: Fixture,
    ada: Caller,
    ben: Caller,
    group: String,
    members: [String; 4],
}

impl Story {
    async fn begin() -> Self {
        let fixture = Fixture::open().await;
        let (ada, ben) = (fixture.person("Ada"), fixture.person("Ben"));
        let group = fixture.pair(&ada, &ben).await;
        let (cleo, dan) = (fixture.guest(&ada, &group, "Cleo").await, fixture.guest(&ada, &group, "Dan").await);
        let own = [fixture.own_member(&ada, &group).await, fixture.own_member(&ben, &group).await];
        let [first, second] = own;
        Self { members: [first, second, id(&cleo), id(&dan)], fixture, ada, ben, group }
    }

    async fn create(&self, by: &Caller, name: &str, members: &[&str]) -> Value {
        let variables = json!({ "group": self.group, "name": name, "members": members });
        self.fixture.subgraph.ask(by, &create(), variables).await
    }

    async fn created(&self, by: &Caller, name: &str, members: &[&str]) -> String {
        let answer = self.create(by, name, members).await;
        let households = answer["data"]["createHousehold"]["households"].as_array().expect("households");
        id(households.last().expect("a household"))
    }

    /// The names of the households, each with the names of its members.
    async fn households(&self, by: &Caller) -> Value {
        let query = format!("query ($id: ID!) {{ group(id: $id) {{ {HOUSEHOLDS} }} }}");
        let group = self.fixture.subgraph.data(by, &query, json!({ "id": self.group })).await;
        let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
        let members =
            |household: &Value| household["members"].as_array().expect("members").iter().map(name).collect::<Vec<_>>();
        let households = group["group"]["households"].as_array().expect("households");
        households.iter().map(|household| json!([name(household), members(household)])).collect()
    }
}

#[tokio::test]
async fn every_member_makes_changes_and_deletes_households() {
    let story = Story::begin().await;
    let [ada, ben, cleo, dan] = story.members.each_ref().map(String::as_str);
    let home = story.created(&story.ada, " Home ", &[ada, cleo]).await;
    story.created(&story.ben, "Family", &[ben, dan]).await;
    assert_eq!(story.households(&story.ada).await, json!([["Home", ["Ada", "Cleo"]], ["Family", ["Ben", "Dan"]]]));

    let variables = json!({ "group": story.group, "id": home, "name": "Flat", "members": [cleo, ada] });
    story.fixture.subgraph.data(&story.ben, &update(), variables).await;
    assert_eq!(story.households(&story.ben).await, json!([["Flat", ["Cleo", "Ada"]], ["Family", ["Ben", "Dan"]]]));

    story.fixture.subgraph.data(&story.ben, &delete(), json!({ "group": story.group, "id": home })).await;
    assert_eq!(story.households(&story.ada).await, json!([["Family", ["Ben", "Dan"]]]));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_household_of_impossible_members_is_refused_with_the_field() {
    let story = Story::begin().await;
    let [ada, ben, cleo, dan] = story.members.each_ref().map(String::as_str);
    story.created(&story.ada, "Home", &[ada, cleo]).await;
    let elsewhere = story.fixture.own_member(&story.ben, &story.fixture.group(&story.ben).await).await;
    for (name, members, field) in [
        (" ", vec![ben, dan], "name"),
        ("Alone", vec![ben], "memberIds"),
        ("Nobody", vec![], "memberIds"),
        ("Twice", vec![ben, ben], "memberIds"),
        ("Stranger", vec![ben, &elsewhere], "memberIds"),
        ("Malformed", vec![ben, "?"], "memberIds"),
        ("Both", vec![ben, cleo], "memberIds"),
    ] {
        let answer = story.create(&story.ada, name, &members).await;
        assert_eq!(code(&answer), "VALIDATION", "{name}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{name}");
    }
    let unknown = json!({ "group": story.group, "id": story.group, "name": "X", "members": [ben, dan] });
    for operation in [update(), delete()] {
        let answer = story.fixture.subgraph.ask(&story.ada, &operation, unknown.clone()).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "id", "{answer:#}");
    }
    assert_eq!(story.households(&story.ada).await, json!([["Home", ["Ada", "Cleo"]]]));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_leaves_stays_in_the_household_and_cannot_change_it() {
    let story = Story::begin().await;
    let [ada, ben, cleo, _] = story.members.each_ref().map(String::as_str);
    let home = story.created(&story.ben, "Home", &[ada, ben]).await;
    story.fixture.leave(&story.ben, &story.group).await;
    assert_eq!(story.households(&story.ada).await, json!([["Home", ["Ada", "Ben"]]]));

    let change = |members: &[&str]| json!({ "group": story.group, "id": home, "name": "Home", "members": members });
    let answer = story.fixture.subgraph.ask(&story.ben, &update(), change(&[ada, ben])).await;
    assert_eq!(code(&answer), "GROUP_NOT_FOUND");
    // A former member may stay, but cannot be added.
    story.fixture.subgraph.data(&story.ada, &update(), change(&[ada, ben, cleo])).await;
    story.fixture.subgraph.data(&story.ada, &update(), change(&[ada, cleo])).await;
    let answer = story.fixture.subgraph.ask(&story.ada, &update(), change(&[ada, cleo, ben])).await;
    assert_eq!(code(&answer), "VALIDATION");
    story.fixture.subgraph.close().await;
}
