//! A group of people on a trip: what most stories begin with.

use serde_json::{Value, json};

use crate::{
    installation::Installation,
    person::{GROUP, Person},
};

/// A group with its people; the first one made it.
pub struct Trip {
    pub id: String,
    pub people: Vec<Person>,
    /// Their member ids, in the same order.
    pub members: Vec<String>,
}

impl Trip {
    /// Opens accounts, makes a group and lets everyone join by one link.
    pub async fn of(quits: &Installation, names: &[&str]) -> Self {
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

    /// An expense that one paid and all share equally, of a category that does not fit, so that there is advice for it.
    pub fn expense(&self, payer: usize, amount: &str, key: &str) -> Value {
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

    /// Saves such an expense; gives the whole answer, with the group as it is then.
    pub async fn spend(&self, payer: usize, amount: &str, key: &str) -> Value {
        let input = self.expense(payer, amount, key);
        self.people[payer].ask(&create_expense(), json!({ "input": input })).await
    }

    /// The group as one of them sees it.
    pub async fn group(&self, person: usize) -> Value {
        let query = format!("query($id: ID!) {{ group(id: $id) {{ {GROUP} }} }}");
        self.people[person].data(&query, json!({ "id": self.id })).await["group"].take()
    }
}

/// The mutation with what the app shows after it.
pub fn create_expense() -> String {
    format!(
        "mutation($input: CreateExpenseInput!) {{ createExpense(input: $input) {{
            id shares {{ member {{ id name }} amount {{ amount }} }} group {{ {GROUP} }} }} }}"
    )
}

/// A balance by the name of its member, as text such as `66.67`.
pub fn balance(group: &Value, name: &str) -> String {
    let rows = group["balances"].as_array().unwrap_or_else(|| panic!("no balances: {group:#}"));
    let row = rows.iter().find(|row| row["member"]["name"] == name);
    row.unwrap_or_else(|| panic!("no {name}: {group:#}"))["net"]["amount"].as_str().unwrap().to_owned()
}

/// Whole minor units of a decimal with two places.
pub fn minor(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// The sum of all balances in minor units.
pub fn sum(group: &Value) -> i64 {
    group["balances"].as_array().unwrap().iter().map(|row| minor(row["net"]["amount"].as_str().unwrap())).sum()
}
