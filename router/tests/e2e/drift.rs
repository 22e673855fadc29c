//! Makes many random changes and checks that each balance equals their sum.

use std::collections::BTreeMap;

use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use crate::{
    installation::Installation,
    trip::{Trip, minor},
};

const GROUPS: u64 = 8;

const EXPENSE: &str =
    "id version deletedAt payers { member { id } amount { amount } } shares { member { id } amount { amount } }";

/// The expected ledger of one group, computed from the responses alone.
struct Ledger<F> {
    /// Returns the URL to which a subgraph's mutations are sent.
    api_of: F,
    trip: Trip,
    chance: StdRng,
    expenses: Vec<Value>,
    paid: BTreeMap<String, i64>,
}

impl<F: Fn(&str) -> String> Ledger<F> {
    async fn change(&mut self, number: usize) {
        match self.chance.random_range(0..10) {
            0..4 => self.create(number).await,
            4..6 => self.edit().await,
            6..8 => self.delete_or_restore().await,
            _ => self.pay(number).await,
        }
    }

    async fn create(&mut self, number: usize) {
        let cents = self.cents();
        let amount = decimal(cents);
        let mut input = self.trip.expense(self.chance.random_range(0..3), &amount, &number.to_string());
        input["split"] = self.split(cents);
        // A description that gets no advice.
        input["description"] = json!("Things");
        let query = format!("mutation($input: CreateExpenseInput!) {{ createExpense(input: $input) {{ {EXPENSE} }} }}");
        let made = self.ask("expenses", &query, json!({ "input": input })).await["createExpense"].take();
        self.expenses.push(made);
    }

    async fn edit(&mut self) {
        let Some(place) = self.some_expense(false) else { return };
        let cents = self.cents();
        let split = self.split(cents);
        let (id, version) = (&self.expenses[place]["id"], &self.expenses[place]["version"]);
        let total = json!({ "amount": decimal(cents), "currency": "EUR" });
        let input = json!({ "id": id, "expectedVersion": version, "total": total, "split": split });
        let query = format!("mutation($input: UpdateExpenseInput!) {{ updateExpense(input: $input) {{ {EXPENSE} }} }}");
        self.expenses[place] = self.ask("expenses", &query, json!({ "input": input })).await["updateExpense"].take();
    }

    async fn delete_or_restore(&mut self) {
        let deleted = self.chance.random_bool(0.5);
        let Some(place) = self.some_expense(deleted) else { return };
        let name = if deleted { "restoreExpense" } else { "deleteExpense" };
        let seen = json!({ "id": self.expenses[place]["id"], "v": self.expenses[place]["version"] });
        let query = format!("mutation($id: ID!, $v: Int!) {{ {name}(id: $id, expectedVersion: $v) {{ {EXPENSE} }} }}");
        self.expenses[place] = self.ask("expenses", &query, seen).await[name].take();
    }

    async fn pay(&mut self, number: usize) {
        let (from, cents) = (self.chance.random_range(0..3), self.chance.random_range(1..100_000));
        let to = (from + self.chance.random_range(1..3)) % 3;
        let input = json!({
            "groupId": self.trip.id,
            "fromMemberId": self.trip.members[from],
            "toMemberId": self.trip.members[to],
            "amount": { "amount": decimal(cents), "currency": "EUR" },
            "idempotencyKey": number.to_string(),
        });
        let query = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
        self.ask("payments", query, json!({ "input": input })).await;
        *self.paid.entry(self.trip.members[from].clone()).or_default() += cents;
        *self.paid.entry(self.trip.members[to].clone()).or_default() -= cents;
    }

    /// A random split: equal among all, equal among two, by weights or by exact amounts.
    fn split(&mut self, cents: i64) -> Value {
        let members = self.trip.members.clone();
        match self.chance.random_range(0..4) {
            0 => json!({ "equal": members }),
            1 => json!({ "equal": [members[0], members[2]] }),
            2 => {
                let weights = members
                    .iter()
                    .map(|id| json!({ "memberId": id, "weight": self.chance.random_range(1..9).to_string() }));
                json!({ "weights": weights.collect::<Vec<_>>() })
            }
            _ => {
                let first = self.chance.random_range(0..=cents.abs()) * cents.signum();
                let share = |id: &String, cents| json!({ "memberId": id, "amount": decimal(cents) });
                json!({ "exact": [share(&members[1], first), share(&members[2], cents - first)] })
            }
        }
    }

    /// A random total: positive, or with a chance of 1 in 10 negative (a refund).
    fn cents(&mut self) -> i64 {
        let cents = self.chance.random_range(1..1_000_000);
        if self.chance.random_ratio(1, 10) { -cents } else { cents }
    }

    fn some_expense(&mut self, deleted: bool) -> Option<usize> {
        let matching: Vec<usize> =
            (0..self.expenses.len()).filter(|place| self.expenses[*place]["deletedAt"].is_null() != deleted).collect();
        (!matching.is_empty()).then(|| matching[self.chance.random_range(0..matching.len())])
    }

    async fn ask(&self, subgraph: &str, query: &str, variables: Value) -> Value {
        let url = (self.api_of)(subgraph);
        let mut answer = self.trip.people[0].ask_subgraph(&url, query, variables, &[]).await;
        assert!(answer["errors"].is_null(), "{answer:#}");
        answer["data"].take()
    }

    /// The balances that follow from the responses.
    fn expected(&self) -> BTreeMap<String, i64> {
        let mut nets = self.paid.clone();
        for expense in self.expenses.iter().filter(|expense| expense["deletedAt"].is_null()) {
            for (field, sign) in [("payers", 1), ("shares", -1)] {
                for part in expense[field].as_array().unwrap() {
                    let member = part["member"]["id"].as_str().unwrap().to_owned();
                    *nets.entry(member).or_default() += sign * minor(part["amount"]["amount"].as_str().unwrap());
                }
            }
        }
        nets
    }

    async fn shown(&self) -> BTreeMap<String, i64> {
        let group = self.trip.group(1).await;
        let row = |row: &Value| {
            let member = row["member"]["id"].as_str().unwrap().to_owned();
            (member, minor(row["net"]["amount"].as_str().unwrap()))
        };
        group["balances"].as_array().unwrap().iter().map(row).collect()
    }
}

/// Formats cents as a decimal with two places.
fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// Makes `changes` random changes in each group, sequentially within a group and concurrently across groups, and then
/// compares the balances with the expected ones.
pub async fn by_chance(quits: &Installation, changes: usize, api_of: impl Fn(&str) -> String + Copy) {
    let groups = (0..GROUPS).map(async |seed| {
        let trip = Trip::of(quits, &["Ada", "Ben", "Cleo"]).await;
        let chance = StdRng::seed_from_u64(seed);
        let mut ledger = Ledger { api_of, trip, chance, expenses: Vec::new(), paid: BTreeMap::new() };
        for number in 0..changes {
            ledger.change(number).await;
        }
        let shown = ledger.shown().await;
        assert_eq!(shown, ledger.expected());
        assert_eq!(shown.values().sum::<i64>(), 0);
    });
    join_all(groups).await;
}
