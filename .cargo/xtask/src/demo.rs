//! Creates a demo group through the public API. It looks up everything before creating it, and money has fixed
//! idempotency keys, so that a repetition adds nothing.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{http::Client, progress};

/// The credentials of a demo user.
pub(crate) struct Login {
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
}

const PASSWORD: &str = "correct horse battery staple";
const PEOPLE: [(&str, &str); 3] =
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

/// Creates what is missing; returns a login.
pub(crate) fn seed(router: &str) -> Result<Login> {
    let step = progress::step("Demo group");
    let people = PEOPLE.iter().map(|(name, email)| log_in(router, name, email)).collect::<Result<_>>()?;
    Demo::open(people)?.spend()?;
    step.done();
    Ok(Login { email: PEOPLE[0].1, password: PASSWORD })
}

/// A demo user with an authenticated client.
struct Person {
    name: &'static str,
    client: Client,
}

fn log_in(router: &str, name: &'static str, email: &str) -> Result<Person> {
    let anyone = Client::new(router);
    let login = "mutation($input: LoginInput!) { session: login(input: $input) { accessToken } }";
    let register = "mutation($input: RegisterInput!) { session: register(input: $input) { accessToken } }";
    let answer = anyone
        .ask(login, &json!({"input": {"email": email, "password": PASSWORD}}))
        .or_else(|_| anyone.ask(register, &json!({"input": {"name": name, "email": email, "password": PASSWORD}})))?;
    Ok(Person { name, client: anyone.with_token(&text(&answer["session"]["accessToken"])?) })
}

impl Person {
    /// Returns the id of the demo group, if this person is a member.
    fn group(&self) -> Result<Option<String>> {
        let answer = self.client.ask("query { groups { edges { node { id name } } } }", &json!({}))?;
        let edges = answer["groups"]["edges"].as_array().context("no groups in the answer")?;
        let group = edges.iter().map(|edge| &edge["node"]).find(|node| node["name"] == GROUP);
        group.map(|node| text(&node["id"])).transpose()
    }

    fn create_group(&self) -> Result<String> {
        let input = json!({"name": GROUP, "kind": "TRIP", "currency": "EUR", "guests": GUESTS});
        let query = "mutation($input: CreateGroupInput!) { createGroup(input: $input) { id } }";
        text(&self.client.ask(query, &json!({"input": input}))?["createGroup"]["id"])
    }

    fn invite(&self, group: &str) -> Result<String> {
        let query = "mutation($group: ID!) { createInvite(groupId: $group) { token } }";
        text(&self.client.ask(query, &json!({"group": group}))?["createInvite"]["token"])
    }

    fn join(&self, token: &str) -> Result<()> {
        let query = "mutation($token: String!) { joinGroup(token: $token) { id } }";
        self.client.ask(query, &json!({"token": token})).map(drop)
    }

    /// Returns names and ids of the members.
    fn members(&self, group: &str) -> Result<Vec<(String, String)>> {
        let query = "query($id: ID!) { group(id: $id) { members { id name } } }";
        let answer = self.client.ask(query, &json!({"id": group}))?;
        let members = answer["group"]["members"].as_array().context("no members in the answer")?;
        members.iter().map(|member| Ok((text(&member["name"])?, text(&member["id"])?))).collect()
    }
}

struct Demo {
    people: Vec<Person>,
    group: String,
    members: Vec<(String, String)>,
}

impl Demo {
    /// Creates the group with all members.
    fn open(people: Vec<Person>) -> Result<Self> {
        let owner = people.first().context("there are no demo users")?;
        let group = owner.group()?.map_or_else(|| owner.create_group(), Ok)?;
        let mut invite = None;
        for person in &people {
            if person.group()?.is_none() {
                let token = invite.take().map_or_else(|| owner.invite(&group), Ok)?;
                person.join(&token)?;
                invite = Some(token);
            }
        }
        let members = owner.members(&group)?;
        Ok(Self { people, group, members })
    }

    fn spend(&self) -> Result<()> {
        for (number, (description, category, amount, payer, among)) in EXPENSES.into_iter().enumerate() {
            let shares = |name: &str| among.is_empty() || among.contains(&name);
            let sharing: Vec<&str> =
                self.members.iter().filter(|(name, _)| shares(name)).map(|(_, id)| id.as_str()).collect();
            let input = json!({
                "groupId": self.group,
                "description": description,
                "category": category,
                "total": {"amount": amount, "currency": "EUR"},
                "payers": [{"memberId": self.member(payer)?, "amount": amount}],
                "split": {"equal": sharing},
                "idempotencyKey": format!("demo-{}-expense-{number}", self.group),
            });
            self.ask(payer, "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }", &input)?;
        }
        let input = json!({
            "groupId": self.group,
            "fromMemberId": self.member("Grace")?,
            "toMemberId": self.member("Ada")?,
            "amount": {"amount": "40.00", "currency": "EUR"},
            "note": "Cash at the airport",
            "idempotencyKey": format!("demo-{}-payment", self.group),
        });
        self.ask("Grace", "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }", &input)
    }

    fn member(&self, name: &str) -> Result<&str> {
        let found = self.members.iter().find(|(member, _)| member == name);
        found.map(|(_, id)| id.as_str()).with_context(|| format!("{name} is not in the demo group"))
    }

    fn ask(&self, name: &str, query: &str, input: &Value) -> Result<()> {
        let person = self.people.iter().find(|person| person.name == name);
        person.context("no demo user has this name")?.client.ask(query, &json!({"input": input})).map(drop)
    }
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).context("an answer without an id or a token")
}
