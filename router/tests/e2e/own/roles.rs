//! What each role in a group may do: tested for every root field, those that are added later included.

use std::collections::{BTreeMap, BTreeSet};

use kit::testing::access::{Call, FIELDS, calls};
use serde_json::{Value, json};
use uuid::Uuid;

use super::role_rows::{OF_NO_GROUP, ROWS};
use crate::{
    installation::Installation,
    person::Person,
    stack::{Stack, eventually},
};

/// The id that stands for another one in a generated call.
const ANY: &str = "0199f0c2-0000-7000-8000-000000000000";

/// Who calls, in the order of the columns of the table. Whoever is `creator` is a plain member too, and has made what
/// the call is about.
const ROLES: [&str; 4] = ["member", "creator", "admin", "owner"];

/// The ids of what is in a group, by name.
type Ids = BTreeMap<&'static str, Value>;

#[tokio::test]
async fn each_role_is_answered_as_its_row_says() {
    let stack = Stack::start().await;
    let cast = Cast::of(&stack).await;
    let schema = cast.people["owner"].data(FIELDS, json!({})).await["__schema"].take();
    let calls: BTreeMap<String, Call> =
        calls(&schema, ANY).into_iter().map(|call| (call.field.clone(), call)).collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|(field, ..)| *field).chain(OF_NO_GROUP.iter().copied()).collect();
    let fields: BTreeSet<&str> = calls.keys().map(String::as_str).collect();
    assert_eq!(rows, fields, "every root field needs a row, and every row a field");

    let mut differences = Vec::new();
    for (field, subject, expected) in ROWS {
        let call = &calls[*field];
        let mut group = None;
        for (role, expected) in ROLES.into_iter().zip(expected) {
            let ids = match group.take() {
                Some(ids) => ids,
                None => cast.group_with(subject, call).await,
            };
            let found = code(&cast.people[role], call, filled(&call.variables, "", &ids, subject)).await;
            // What was refused has changed nothing, so that the next one can try it in the same group.
            if found != "OK" || !field.starts_with("mutation") {
                group = Some(ids);
            }
            if found != *expected {
                differences.push(format!("{field} by {role}: {found} instead of {expected}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

/// Calls a field; returns the code of the answer, or `OK`.
async fn code(person: &Person, call: &Call, variables: Value) -> String {
    let answer = if call.is_subscription {
        let message = person.subscribe(&call.query, variables).await.message().await;
        match message["type"].as_str() {
            Some("error") => json!({ "errors": message["payload"] }),
            _ => message["payload"].clone(),
        }
    } else {
        person.ask(&call.query, variables).await
    };
    match &answer["errors"][0] {
        Value::Null => "OK".to_owned(),
        error => error["extensions"]["code"].as_str().unwrap_or("no code").to_owned(),
    }
}

/// Puts ids of the group into generated variables, `subject` where nothing else is named, and valid texts.
fn filled(value: &Value, name: &str, ids: &Ids, subject: &str) -> Value {
    match (value, name) {
        (Value::Object(fields), _) => {
            fields.iter().map(|(name, value)| (name.clone(), filled(value, name, ids, subject))).collect()
        }
        (_, "memberIds" | "equal") => json!([ids["member"], ids["creator"]]),
        (Value::Array(items), _) => items.iter().map(|item| filled(item, name, ids, subject)).collect(),
        (_, "idempotencyKey") => json!(Uuid::new_v4().to_string()),
        (_, "token") => ids["token"].clone(),
        (_, "month") => json!("2026-01"),
        (_, "colour") => json!("#1f6f8b"),
        (_, "icon") => json!("🏄"),
        (Value::String(id), _) if id == ANY => match name {
            "groupId" => ids["group"].clone(),
            "expenseId" => ids["expense"].clone(),
            "toMemberId" => ids["owner"].clone(),
            "fromMemberId" => ids["creator"].clone(),
            "userId" => ids["joiner"].clone(),
            _ => ids[subject].clone(),
        },
        (other, _) => other.clone(),
    }
}

/// The people in all groups of this test, by role; `joiner` is in none of them at first.
struct Cast {
    people: BTreeMap<&'static str, Person>,
    joiner: Value,
}

impl Cast {
    async fn of(quits: &Installation) -> Self {
        let mut people = BTreeMap::new();
        for role in ["member", "creator", "admin", "owner", "joiner"] {
            people.insert(role, quits.register(role).await);
        }
        let joiner = people["joiner"].data("{ me { id } }", json!({})).await["me"]["id"].take();
        Self { people, joiner }
    }

    /// Sends a mutation of one root field; returns what it answers.
    async fn make(&self, role: &str, field: &str, query: &str, variables: Value) -> Value {
        self.people[role].data(query, variables).await[field].take()
    }

    /// A new group with what a call is about.
    async fn group_with(&self, subject: &'static str, call: &Call) -> Ids {
        let mut ids = self.group().await;
        let needs_expense = call.variables.get("expenseId").is_some();
        if needs_expense || ["expense", "deleted expense", "comment"].contains(&subject) {
            let id = self.expense(&ids).await;
            ids.insert("expense", id);
        }
        if ["guest", "claimed", "claim request"].contains(&subject) {
            let query = "mutation($id: ID!) { addGuest(groupId: $id, name: \"Guest\") { id } }";
            let guest = self.make("creator", "addGuest", query, json!({ "id": ids["group"] })).await;
            ids.insert("guest", guest["id"].clone());
        }
        if subject == "budget" || call.field == "query groupStatement" {
            self.until_reported(&ids).await;
        }
        if !ids.contains_key(subject) {
            let id = self.subject(&ids, subject).await;
            ids.insert(subject, id);
        }
        if subject == "draft" {
            self.until_read(&ids["draft"]).await;
        }
        ids
    }

    async fn group(&self) -> Ids {
        let create =
            "mutation { createGroup(input: {name: \"Trip\", currency: \"EUR\"}) { id createdAt viewerMember { id } } }";
        let group = self.make("owner", "createGroup", create, json!({})).await;
        let id = &group["id"];
        let invite = "mutation($id: ID!) { createInvite(groupId: $id) { token } }";
        let invite = self.make("owner", "createInvite", invite, json!({ "id": id })).await;
        let token = &invite["token"];
        let mut ids = Ids::from([
            ("group", id.clone()),
            ("token", token.clone()),
            ("owner", group["viewerMember"]["id"].clone()),
            ("joiner", self.joiner.clone()),
            ("created", group["createdAt"].clone()),
        ]);
        for role in ["admin", "member", "creator"] {
            let join = "mutation($token: String!) { joinGroup(token: $token) { id } }";
            let member = self.make(role, "joinGroup", join, json!({ "token": token })).await;
            ids.insert(role, member["id"].clone());
        }
        let promote = "mutation($id: ID!) { changeRole(memberId: $id, role: ADMIN) { id } }";
        self.make("owner", "changeRole", promote, json!({ "id": ids["admin"] })).await;
        ids
    }

    /// Waits until reports, which follows what happens, knows a group and who joined last.
    async fn until_reported(&self, ids: &Ids) {
        let look = "query($id: ID!) { groupStatement(groupId: $id, month: \"2026-01\") { __typename } }";
        eventually("reports knows the group", async || {
            let answer = self.people["creator"].ask(look, json!({ "id": ids["group"] })).await;
            answer["errors"].is_null().then_some(())
        })
        .await;
    }

    /// Waits until a draft has been read: before, it cannot be confirmed.
    async fn until_read(&self, draft: &Value) {
        let look = "query($id: ID!) { draft(id: $id) { status } }";
        eventually("the draft is read", async || {
            let seen = self.people["creator"].data(look, json!({ "id": draft })).await;
            (seen["draft"]["status"] == "READY").then_some(())
        })
        .await;
    }

    async fn expense(&self, ids: &Ids) -> Value {
        let input = json!({ "groupId": ids["group"], "description": "Something", "category": "other",
            "total": euro("30.00"), "payers": [{ "memberId": ids["creator"], "amount": "30.00" }],
            "split": { "equal": [ids["member"], ids["creator"]] }, "idempotencyKey": ids["group"] });
        let create = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";
        self.make("creator", "createExpense", create, json!({ "input": input })).await["id"].take()
    }

    /// Makes something in a group; returns its id.
    async fn subject(&self, ids: &Ids, subject: &str) -> Value {
        let (group, both) = (&ids["group"], json!([ids["member"], ids["creator"]]));
        let (field, query, variables) = match subject {
            "payment" => {
                let input = json!({ "groupId": group, "fromMemberId": ids["creator"], "toMemberId": ids["owner"],
                    "amount": euro("1.00"), "idempotencyKey": ids["group"] });
                let query = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
                ("recordPayment", query, json!({ "input": input }))
            }
            "schedule" => {
                let input = json!({ "groupId": group, "description": "Rent", "total": euro("30.00"),
                    "payers": [{ "memberId": ids["creator"], "amount": "30.00" }], "split": { "equal": both },
                    "date": next_year(&ids["created"]), "frequency": "MONTHLY", "idempotencyKey": ids["group"] });
                let query = "mutation($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }";
                ("createSchedule", query, json!({ "input": input }))
            }
            "preset" => {
                let input = json!({ "name": "Half", "split": { "equal": both } });
                let query =
                    "mutation($id: ID!, $input: PresetInput!) { createPreset(groupId: $id, input: $input) { id } }";
                ("createPreset", query, json!({ "id": group, "input": input }))
            }
            "household" => return self.household(group, &both).await,
            "claim request" => return self.claim_request(ids).await,
            "claimed" => {
                let query =
                    "mutation($token: String!, $guest: ID!) { joinGroup(token: $token, claimMemberId: $guest) { id } }";
                let claim = json!({ "token": ids["token"], "guest": ids["guest"] });
                return self.make("joiner", "joinGroup", query, claim).await["id"].take();
            }
            _ => return self.simple_subject(ids, subject).await,
        };
        self.make("creator", field, query, variables).await["id"].take()
    }

    /// Makes what takes no more than the id of the group or of the expense.
    async fn simple_subject(&self, ids: &Ids, subject: &str) -> Value {
        let (of, field, arguments) = match subject {
            "deleted expense" => ("expense", "deleteExpense", "id: $id, expectedVersion: 1"),
            "comment" => ("expense", "addComment", "expenseId: $id, text: \"Nice\""),
            "invitation" => ("group", "createInvite", "groupId: $id"),
            "draft" => ("group", "draftExpense", "groupId: $id, text: \"Dinner 30\""),
            "category" => {
                let arguments = "groupId: $id, input: {name: \"Surfing\", icon: \"🏄\", colour: \"#1f6f8b\"}";
                ("group", "createCategory", arguments)
            }
            "budget" => {
                let arguments = "input: {groupId: $id, limit: {amount: \"10.00\", currency: \"EUR\"}}";
                ("group", "setBudget", arguments)
            }
            other => panic!("nothing makes a {other}"),
        };
        let query = format!("mutation($id: ID!) {{ {field}({arguments}) {{ id }} }}");
        self.make("creator", field, &query, json!({ "id": ids[of] })).await["id"].take()
    }

    async fn household(&self, group: &Value, members: &Value) -> Value {
        let query = "mutation($id: ID!, $members: [ID!]!) {
            createHousehold(groupId: $id, name: \"Two\", memberIds: $members) { households { id } } }";
        let variables = json!({ "id": group, "members": members });
        self.make("creator", "createHousehold", query, variables).await["households"][0]["id"].take()
    }

    async fn claim_request(&self, ids: &Ids) -> Value {
        let ask = "mutation($token: String!, $guest: ID!) { requestClaim(token: $token, memberId: $guest) }";
        self.make("joiner", "requestClaim", ask, json!({ "token": ids["token"], "guest": ids["guest"] })).await;
        let list = "query($id: ID!) { group(id: $id) { claimRequests { id } } }";
        self.make("owner", "group", list, json!({ "id": ids["group"] })).await["claimRequests"][0]["id"].take()
    }
}

fn euro(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

/// The first day of the year after a time.
fn next_year(time: &Value) -> String {
    let (year, _) = time.as_str().unwrap().split_once('-').unwrap();
    format!("{}-01-01", year.parse::<u32>().unwrap() + 1)
}
