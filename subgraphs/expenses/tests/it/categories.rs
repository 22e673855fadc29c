//! Categories that a group adds to the built-in ones.

use contracts::{CategoryId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const CREATE: &str = "mutation($id: ID!, $input: CategoryInput!) { createCategory(groupId: $id, input: $input) {
    id key name icon colour } }";
const UPDATE: &str = "mutation($id: ID!, $input: CategoryInput!) { updateCategory(id: $id, input: $input) {
    id key name icon colour } }";
const DELETE: &str = "mutation($id: ID!) { deleteCategory(id: $id) }";
const LIST: &str = "query($id: [_Any!]!) { _entities(representations: $id) { ... on Group {
    categories { key name icon colour } } } }";

fn pets() -> Value {
    json!({ "name": " Pets ", "icon": "🐈", "colour": "#5B2A5f" })
}

impl Fixture {
    fn of_group(&self, input: &Value) -> Value {
        json!({ "id": self.group.group_id, "input": input })
    }

    async fn category(&self, input: &Value) -> Value {
        self.subgraph.data(&self.caller(1), CREATE, self.of_group(input)).await["createCategory"].take()
    }

    async fn categories(&self) -> Value {
        let group = json!({ "id": [{ "__typename": "Group", "id": self.group.group_id }] });
        let caller = kit::testing::through_router(self.caller(0));
        self.subgraph.data(&caller, LIST, group).await["_entities"][0]["categories"].take()
    }
}

#[tokio::test]
async fn expenses_keep_the_key_of_a_renamed_category() {
    let fixture = Fixture::open().await;
    let made = fixture.category(&pets()).await;
    assert_eq!((&made["key"], &made["name"], &made["colour"]), (&json!("pets"), &json!("Pets"), &json!("#5b2a5f")));
    let expense = fixture.create(0, fixture.dinner_with("k", &json!({ "category": "Pets" }))).await;
    assert_eq!(expense["category"], made["key"]);

    let other = json!({ "id": made["id"], "input": { "name": "Cats", "icon": "cat", "colour": "#000000" } });
    let updated = fixture.subgraph.data(&fixture.caller(2), UPDATE, other).await["updateCategory"].take();
    let expected = json!({ "id": made["id"], "key": "pets", "name": "Cats", "icon": "cat", "colour": "#000000" });
    assert_eq!(updated, expected);
    fixture.category(&json!({ "name": "Boats", "icon": "⛵", "colour": "#0000ff" })).await;
    let keys = |list: &Value| list.as_array().unwrap().iter().map(|one| one["key"].clone()).collect::<Vec<_>>();
    assert_eq!(keys(&fixture.categories().await), ["boats", "pets"]);

    let gone = json!({ "id": made["id"] });
    assert_eq!(fixture.subgraph.data(&fixture.caller(0), DELETE, gone.clone()).await["deleteCategory"], true);
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), DELETE, gone).await, "CATEGORY_NOT_FOUND");
    assert_eq!(keys(&fixture.categories().await), ["boats"]);
    assert_eq!(fixture.verified().await, 5);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_category_has_a_name_of_its_own_an_icon_and_a_colour() {
    let fixture = Fixture::open().await;
    fixture.category(&pets()).await;
    let caller = fixture.caller(0);
    for (field, wrong) in [
        ("name", json!("PETS")),
        ("name", json!("Groceries")),
        ("name", json!("other")),
        ("name", json!(" ")),
        ("name", json!("x".repeat(41))),
        ("icon", json!("")),
        ("icon", json!("x".repeat(33))),
        ("colour", json!("red")),
        ("colour", json!("#12345")),
        ("colour", json!("#12345g")),
    ] {
        let mut input = json!({ "name": "Boats", "icon": "⛵", "colour": "#0000ff" });
        input[field] = wrong.clone();
        let answer = fixture.subgraph.ask(&caller, CREATE, fixture.of_group(&input)).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!(
            (&extensions["code"], &extensions["field"]),
            (&json!("VALIDATION"), &json!(format!("input.{field}"))),
            "{wrong}"
        );
    }
    for number in 1..50 {
        fixture.category(&json!({ "name": number.to_string(), "icon": "x", "colour": "#0000ff" })).await;
    }
    let one_more = fixture.of_group(&json!({ "name": "50", "icon": "x", "colour": "#0000ff" }));
    assert_eq!(fixture.subgraph.code(&caller, CREATE, one_more).await, "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn names_that_read_the_same_are_one() {
    let fixture = Fixture::open().await;
    let named = |name: &str| json!({ "name": name, "icon": "x", "colour": "#0000ff" });
    let zoe = fixture.category(&named("Zoë's  Laden")).await;
    assert_eq!(zoe["key"], "zoë's laden");
    let pets = fixture.category(&pets()).await;
    let caller = fixture.caller(0);
    for taken in ["zoe\u{308}'s laden", "ＰＥＴＳ", "Dining"] {
        let code = fixture.subgraph.code(&caller, CREATE, fixture.of_group(&named(taken))).await;
        assert_eq!(code, "VALIDATION", "{taken}");
        let other = if taken == "ＰＥＴＳ" { &zoe } else { &pets };
        let renamed = json!({ "id": other["id"], "input": named(taken) });
        assert_eq!(fixture.subgraph.code(&caller, UPDATE, renamed).await, "VALIDATION", "{taken}");
    }
    let own = json!({ "id": pets["id"], "input": named("PETS") });
    assert_eq!(fixture.subgraph.data(&caller, UPDATE, own).await["updateCategory"]["name"], "PETS");

    let dinner = fixture.dinner_with("k", &json!({ "category": "Zoe\u{308}'s Laden" }));
    assert_eq!(fixture.create(0, dinner).await["category"], zoe["key"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_change_the_categories_of_a_group() {
    let mut fixture = Fixture::open().await;
    let id = fixture.category(&pets()).await["id"].take();
    fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND", "CATEGORY_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED", "NOT_ALLOWED"),
    ];
    for (caller, create, change) in cases {
        assert_eq!(fixture.subgraph.code(&caller, CREATE, fixture.of_group(&pets())).await, create);
        let update = json!({ "id": id, "input": pets() });
        assert_eq!(fixture.subgraph.code(&caller, UPDATE, update).await, change);
        assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": id })).await, change);
    }
    for unknown in [json!("none"), json!(CategoryId::new())] {
        assert_eq!(
            fixture.subgraph.code(&fixture.caller(0), DELETE, json!({ "id": unknown })).await,
            "CATEGORY_NOT_FOUND"
        );
    }
    assert_eq!(fixture.categories().await.as_array().unwrap().len(), 1);
    fixture.subgraph.close().await;
}
