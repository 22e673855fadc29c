//! Creates a demo group through the public API. It looks up everything before creating it, and money has fixed
//! idempotency keys, so that a repetition adds nothing.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{http, progress};

/// The password of every demo user.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// The names and mail addresses of the demo users; the first creates the group.
pub(crate) const PEOPLE: [(&str, &str); 3] =
    [("Ada", "ada@example.org"), ("Grace", "grace@example.org"), ("Linus", "linus@example.org")];
const GROUP: &str = "Weekend in Lisbon";
const GUESTS: [&str; 2] = ["Maya", "Noah"];

/// The expenses: description, category, total, payer and sharers; no sharers means everybody.
const EXPENSES: [(&str, &str, &str, &str, &[&str]); 6] = [
    ("Apartment, three nights", "travel", "486.00", "Ada", &[]),
    ("Train to Sintra", "transport", "23.50", "Grace", &[]),
    ("Dinner in Alfama", "dining", "131.80", "Linus", &[]),
    ("Groceries", "groceries", "47.35", "Ada", &[]),
    ("Museum tickets", "entertainment", "36.00", "Grace", &["Ada", "Grace", "Maya"]),
    ("Taxi to the airport", "transport", "28.90", "Linus", &["Linus", "Grace", "Noah"]),
];

/// Creates what is missing.
pub(crate) fn seed(router: &str) -> Result<()> {
    progress::step("Demo group", |_| {
        let people = PEOPLE.iter().map(|person| log_in(router, person)).collect::<Result<Vec<_>>>()?;
        let group = open_group(&people)?;
        spend(&people, &group)
    })
}

/// A demo user who is signed in.
struct Person<'a> {
    name: &'a str,
    router: &'a str,
    token: String,
}

fn log_in<'a>(router: &'a str, (name, email): &(&'a str, &'a str)) -> Result<Person<'a>> {
    let anybody = Person { name, router, token: String::new() };
    let login = "mutation($input: LoginInput!) { session: login(input: $input) { accessToken } }";
    let register = "mutation($input: RegisterInput!) { session: register(input: $input) { accessToken } }";
    let answer = anybody
        .ask(login, &json!({"input": {"email": email, "password": PASSWORD}}))
        .or_else(|_| anybody.ask(register, &json!({"input": {"name": name, "email": email, "password": PASSWORD}})))?;
    Ok(Person { token: text(&answer["session"]["accessToken"])?, ..anybody })
}

impl Person<'_> {
    fn ask(&self, query: &str, variables: &Value) -> Result<Value> {
        http::ask(self.router, &self.token, query, variables)
    }

    /// Returns the id of the demo group, if this person is a member.
    fn group(&self) -> Result<Option<String>> {
        let answer = self.ask("query { groups { edges { node { id name } } } }", &json!({}))?;
        let edges = answer["groups"]["edges"].as_array().context("no groups in the answer")?;
        let group = edges.iter().map(|edge| &edge["node"]).find(|node| node["name"] == GROUP);
        group.map(|node| text(&node["id"])).transpose()
    }

    fn create_group(&self) -> Result<String> {
        let input = json!({"name": GROUP, "kind": "TRIP", "currency": "EUR", "guests": GUESTS});
        let query = "mutation($input: CreateGroupInput!) { createGroup(input: $input) { id } }";
        text(&self.ask(query, &json!({"input": input}))?["createGroup"]["id"])
    }
}

/// Creates the group with all members; returns its id.
fn open_group(people: &[Person<'_>]) -> Result<String> {
    let owner = people.first().context("there are no demo users")?;
    let group = owner.group()?.map_or_else(|| owner.create_group(), Ok)?;
    let mut token = Value::Null;
    for person in people {
        if person.group()?.is_none() {
            if token.is_null() {
                let invite = "mutation($group: ID!) { createInvite(groupId: $group) { token } }";
                token = owner.ask(invite, &json!({"group": group}))?["createInvite"]["token"].take();
            }
            let join = "mutation($token: String!) { joinGroup(token: $token) { id } }";
            person.ask(join, &json!({"token": token}))?;
        }
    }
    Ok(group)
}

fn spend(people: &[Person<'_>], group: &str) -> Result<()> {
    let person = |name| people.iter().find(|person| person.name == name).context("no demo user has this name");
    let answer = people[0].ask("query($id: ID!) { group(id: $id) { members { id name } } }", &json!({"id": group}))?;
    let members = answer["group"]["members"].as_array().context("no members in the answer")?;
    let id = |name| members.iter().find(|member| member["name"] == name).map(|member| &member["id"]);
    for (number, (description, category, amount, payer, among)) in EXPENSES.into_iter().enumerate() {
        let shares = |name: &Value| among.is_empty() || among.iter().any(|sharer| name == sharer);
        let sharing = members.iter().filter(|member| shares(&member["name"])).map(|member| &member["id"]);
        let input = json!({
            "groupId": group,
            "description": description,
            "category": category,
            "total": {"amount": amount, "currency": "EUR"},
            "payers": [{"memberId": id(payer), "amount": amount}],
            "split": {"equal": sharing.collect::<Vec<_>>()},
            "idempotencyKey": format!("demo-{group}-expense-{number}"),
        });
        let create = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";
        person(payer)?.ask(create, &json!({"input": input}))?;
    }
    let input = json!({
        "groupId": group,
        "fromMemberId": id("Grace"),
        "toMemberId": id("Ada"),
        "amount": {"amount": "40.00", "currency": "EUR"},
        "note": "Cash at the airport",
        "idempotencyKey": format!("demo-{group}-payment"),
    });
    let record = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    person("Grace")?.ask(record, &json!({"input": input})).map(drop)
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).context("an answer without an id or a token")
}
