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

pub(crate) const EXPENSE: &str =
    "id version deletedAt payers { member { id } amount { amount } } shares { member { id } amount { amount } }";

pub(crate) const PAYMENT: &str = "id version status from { id } to { id } amount { amount }";

/// A mutation of one of the subgraphs.
pub(crate) struct Change<'a> {
    pub subgraph: &'static str,
    /// The field of the answer.
    pub name: &'static str,
    pub query: String,
    pub variables: Value,
    /// The expense or payment that it changes, as it was before; `None` if it has an idempotency key.
    pub before: Option<&'a Value>,
}

/// How changes reach the API.
pub(crate) trait Way: Sync {
    /// Makes the change; returns the value of the mutation's field.
    fn make(&self, trip: &Trip, change: Change<'_>) -> impl Future<Output = Value> + Send;
}

/// The expected ledger of one group, computed from the responses alone.
pub(crate) struct Ledger<W> {
    pub way: W,
    pub trip: Trip,
    pub chance: StdRng,
    pub expenses: Vec<Value>,
    pub payments: Vec<Value>,
    /// The ids of the expenses that were commented on, by text.
    pub comments: BTreeMap<String, Value>,
}

impl<W: Way> Ledger<W> {
    pub(crate) fn new(way: W, trip: Trip, seed: u64) -> Self {
        let chance = StdRng::seed_from_u64(seed);
        Self { way, trip, chance, expenses: Vec::new(), payments: Vec::new(), comments: BTreeMap::new() }
    }

    pub(crate) async fn change(&mut self, number: usize) {
        match self.chance.random_range(0..12) {
            0..4 => self.create(number).await,
            4..6 => self.edit().await,
            6..8 => self.delete_or_restore().await,
            8..10 => self.pay(number).await,
            10 => self.void().await,
            _ => self.comment(number).await,
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
        let made = self.make("expenses", "createExpense", query, json!({ "input": input }), None).await;
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
        let before = Some(&self.expenses[place]);
        self.expenses[place] = self.make("expenses", "updateExpense", query, json!({ "input": input }), before).await;
    }

    async fn delete_or_restore(&mut self) {
        let deleted = self.chance.random_bool(0.5);
        let Some(place) = self.some_expense(deleted) else { return };
        let name = if deleted { "restoreExpense" } else { "deleteExpense" };
        let seen = json!({ "id": self.expenses[place]["id"], "v": self.expenses[place]["version"] });
        let query = format!("mutation($id: ID!, $v: Int!) {{ {name}(id: $id, expectedVersion: $v) {{ {EXPENSE} }} }}");
        self.expenses[place] = self.make("expenses", name, query, seen, Some(&self.expenses[place])).await;
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
        let query = format!("mutation($input: RecordPaymentInput!) {{ recordPayment(input: $input) {{ {PAYMENT} }} }}");
        let made = self.make("payments", "recordPayment", query, json!({ "input": input }), None).await;
        self.payments.push(made);
    }

    async fn void(&mut self) {
        let Some(place) =
            self.some(&self.payments.iter().map(|payment| payment["status"] != "VOIDED").collect::<Vec<_>>())
        else {
            return;
        };
        let query = format!("mutation($id: ID!) {{ voidPayment(id: $id) {{ {PAYMENT} }} }}");
        let before = &self.payments[place];
        self.payments[place] =
            self.make("payments", "voidPayment", query, json!({ "id": before["id"] }), Some(before)).await;
    }

    async fn comment(&mut self, number: usize) {
        let Some(place) = self.some_expense(false) else { return };
        let (before, text) = (&self.expenses[place], format!("Comment {number}"));
        let query = "mutation($id: ID!, $text: String!) { addComment(expenseId: $id, text: $text) { id } }".to_owned();
        let variables = json!({ "id": before["id"], "text": text });
        self.make("expenses", "addComment", query, variables, Some(before)).await;
        let id = before["id"].clone();
        self.comments.insert(text, id);
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
        self.some(&self.expenses.iter().map(|expense| expense["deletedAt"].is_null() != deleted).collect::<Vec<_>>())
    }

    /// Chooses one of the places that match.
    fn some(&mut self, matches: &[bool]) -> Option<usize> {
        let matching: Vec<usize> = (0..matches.len()).filter(|place| matches[*place]).collect();
        (!matching.is_empty()).then(|| matching[self.chance.random_range(0..matching.len())])
    }

    async fn make(
        &self,
        subgraph: &'static str,
        name: &'static str,
        query: String,
        variables: Value,
        before: Option<&Value>,
    ) -> Value {
        self.way.make(&self.trip, Change { subgraph, name, query, variables, before }).await
    }

    /// The balances that follow from the responses.
    pub(crate) fn expected(&self) -> BTreeMap<String, i64> {
        let mut nets = BTreeMap::new();
        // A member with a voided payment has a row too.
        for payment in &self.payments {
            let counts = i64::from(payment["status"] != "VOIDED");
            for (field, sign) in [("from", 1), ("to", -1)] {
                let member = payment[field]["id"].as_str().unwrap().to_owned();
                *nets.entry(member).or_default() +=
                    counts * sign * minor(payment["amount"]["amount"].as_str().unwrap());
            }
        }
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

    pub(crate) async fn shown(&self) -> BTreeMap<String, i64> {
        let group = self.trip.group(1).await;
        let row = |row: &Value| {
            let member = row["member"]["id"].as_str().unwrap().to_owned();
            (member, minor(row["net"]["amount"].as_str().unwrap()))
        };
        group["balances"].as_array().unwrap().iter().map(row).collect()
    }
}

/// Sends each change once, to the URL of its subgraph.
struct Direct<F>(F);

impl<F: Fn(&str) -> String + Sync> Way for Direct<F> {
    async fn make(&self, trip: &Trip, change: Change<'_>) -> Value {
        let url = (self.0)(change.subgraph);
        let mut answer = trip.people[0].ask_subgraph(&url, &change.query, change.variables, &[]).await;
        assert!(answer["errors"].is_null(), "{answer:#}");
        answer["data"][change.name].take()
    }
}

/// Formats cents as a decimal with two places.
fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// Makes `changes` random changes in each group, sequentially within a group and concurrently across groups, and then
/// compares the balances with the expected ones.
pub(crate) async fn by_chance(quits: &Installation, changes: usize, api_of: impl Fn(&str) -> String + Copy + Sync) {
    let groups = (0..GROUPS).map(async |seed| {
        let trip = Trip::of(quits, &["Ada", "Ben", "Cleo"]).await;
        let mut ledger = Ledger::new(Direct(api_of), trip, seed);
        for number in 0..changes {
            ledger.change(number).await;
        }
        let shown = ledger.shown().await;
        assert_eq!(shown, ledger.expected());
        assert_eq!(shown.values().sum::<i64>(), 0);
    });
    join_all(groups).await;
}
