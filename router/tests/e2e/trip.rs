//! A group of people on a trip: the starting point of most tests.

use serde_json::{Value, json};

use crate::{
    installation::Installation,
    person::{GROUP, Person},
};

/// A group and its people, of whom the first has created it.
pub(crate) struct Trip {
    pub id: String,
    pub people: Vec<Person>,
    /// Their member ids, in the same order.
    pub members: Vec<String>,
}

impl Trip {
    /// Registers accounts, creates a group and lets all others join by one invitation.
    pub(crate) async fn of(quits: &Installation, names: &[&str]) -> Self {
        let mut people = Vec::new();
        for name in names {
            people.push(quits.register(name).await);
        }
        let create = "mutation { createGroup(input: {name: \"Trip\", currency: \"EUR\"}) { id viewerMember { id } } }";
        let group = people[0].data(create, json!({})).await["createGroup"].take();
        let id = group["id"].as_str().unwrap().to_owned();
        let mut members = vec![group["viewerMember"]["id"].as_str().unwrap().to_owned()];
        let invite = "mutation($id: ID!) { createInvite(groupId: $id) { token } }";
        let token = people[0].data(invite, json!({ "id": id })).await["createInvite"]["token"].take();
        for person in &people[1..] {
            let join = "mutation($token: String!) { joinGroup(token: $token) { id name } }";
            let member = person.data(join, json!({ "token": token })).await["joinGroup"].take();
            assert_eq!(member["name"], person.name);
            members.push(member["id"].as_str().unwrap().to_owned());
        }
        Self { id, people, members }
    }

    /// The input for an expense that one person paid and all share equally. Its category does not fit its description,
    /// so that there is advice for it.
    pub(crate) fn expense(&self, payer: usize, amount: &str, key: &str) -> Value {
        json!({
            "groupId": self.id,
            "description": "Dinner",
            "category": "other",
            "total": { "amount": amount, "currency": "EUR" },
            "payers": [{ "memberId": self.members[payer], "amount": amount }],
            "split": { "equal": self.members },
            "idempotencyKey": key,
        })
    }

    /// Creates such an expense. Returns the whole response, with the group after it.
    pub(crate) async fn spend(&self, payer: usize, amount: &str, key: &str) -> Value {
        let input = self.expense(payer, amount, key);
        self.people[payer].ask(&create_expense(), json!({ "input": input })).await
    }

    /// Returns the group as one of the people sees it.
    pub(crate) async fn group(&self, person: usize) -> Value {
        let query = format!("query($id: ID!) {{ group(id: $id) {{ {GROUP} }} }}");
        self.people[person].data(&query, json!({ "id": self.id })).await["group"].take()
    }
}

/// The mutation, with the fields that the app shows after it.
pub(crate) fn create_expense() -> String {
    format!(
        "mutation($input: CreateExpenseInput!) {{ createExpense(input: $input) {{
            id shares {{ member {{ id name }} amount {{ amount }} }} group {{ {GROUP} }} }} }}"
    )
}

/// Returns the balance of the member with this name, as a decimal such as `66.67`.
pub(crate) fn balance(group: &Value, name: &str) -> String {
    let rows = group["balances"].as_array().unwrap_or_else(|| panic!("no balances: {group:#}"));
    let row = rows.iter().find(|row| row["member"]["name"] == name);
    row.unwrap_or_else(|| panic!("no {name}: {group:#}"))["net"]["amount"].as_str().unwrap().to_owned()
}

/// Converts a decimal with two places to minor units.
pub(crate) fn minor(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// The sum of all balances in minor units.
pub(crate) fn sum(group: &Value) -> i64 {
    group["balances"].as_array().unwrap().iter().map(|row| minor(row["net"]["amount"].as_str().unwrap())).sum()
}
