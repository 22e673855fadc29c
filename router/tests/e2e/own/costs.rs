//! What operations cost: calls of subgraphs and checks of access tokens. A number here may fall; a change that raises one
//! makes the operation slower for everybody.

use std::collections::BTreeMap;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    person::{GROUP, Person},
    stack::Stack,
    trip::{Trip, minor},
};

const SUBGRAPHS: [&str; 5] = ["users", "groups", "expenses", "payments", "reports"];

/// What was counted since the start of the services.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// The requests of the router, by subgraph.
    calls: BTreeMap<&'static str, u64>,
    /// The tokens whose signature was verified, in all subgraphs.
    verified: u64,
    /// The tokens that were remembered, in all subgraphs.
    remembered: u64,
}

impl Counts {
    async fn of(stack: &Stack) -> Self {
        let mut counts = Self::default();
        for name in SUBGRAPHS {
            let metrics = stack.http().get(stack.url(name, "/metrics")).send().await.unwrap().text().await.unwrap();
            counts.calls.insert(name, value(&metrics, "quits_requests_total"));
            counts.verified += value(&metrics, "quits_tokens_total{check=\"verified\"}");
            counts.remembered += value(&metrics, "quits_tokens_total{check=\"remembered\"}");
        }
        counts
    }

    /// Returns the calls since then, without subgraphs that were not called, and the checks of tokens.
    fn since(&self, before: &Self) -> (Vec<(&'static str, u64)>, u64, u64) {
        let calls = self.calls.iter().map(|(name, calls)| (*name, calls - before.calls[name]));
        let calls = calls.filter(|(_, calls)| *calls > 0).collect();
        (calls, self.verified - before.verified, self.remembered - before.remembered)
    }
}

/// Adds up a metric, or its values with certain labels.
fn value(metrics: &str, metric: &str) -> u64 {
    let values = metrics.lines().filter(|line| line.starts_with(metric)).filter_map(|line| line.rsplit_once(' '));
    values.map(|(_, value)| value.parse::<u64>().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_cost_no_more_calls_and_no_signature_is_verified_twice() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let ada = &trip.people[0];
    let small = "query($id: ID!) { group(id: $id) { name } }";
    let page = format!(
        "query($id: ID!) {{ group(id: $id) {{ name members {{ id name }} {GROUP}
            expenses(first: 20) {{ edges {{ node {{ id description total {{ amount }} }} }} }} }} }}"
    );
    let ask = async |query: &str| ada.data(query, json!({ "id": trip.id })).await;
    // Every subgraph has seen Ada's token before.
    trip.spend(0, "30.00", "first").await;
    ask(&page).await;

    let before = Counts::of(&stack).await;
    ask(small).await;
    let after_small = Counts::of(&stack).await;
    ask(&page).await;
    let after_page = Counts::of(&stack).await;
    trip.spend(0, "30.00", "second").await;
    let after_expense = Counts::of(&stack).await;

    let costs = [after_small.since(&before), after_page.since(&after_small), after_expense.since(&after_page)];
    let expected = [
        (vec![("groups", 1)], 0, 1),
        (vec![("expenses", 1), ("groups", 1), ("payments", 1)], 0, 3),
        (vec![("expenses", 1), ("groups", 1), ("payments", 1)], 0, 4),
    ];
    assert_eq!(costs, expected);
}

/// How many requests come at once to a service that has just started.
const AT_ONCE: u64 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_wait_for_the_signing_key_do_not_each_verify_their_token() {
    let mut stack = Stack::start().await;
    let ada = stack.register("Ada").await;
    stack.kill("reports").await;
    stack.restart("reports").await;
    let (url, query) = (stack.url("reports", "/graphql"), "{ notifications(first: 1) { totalCount } }");
    let answers = join_all((0..AT_ONCE).map(|_| ada.ask_subgraph(&url, query, json!({}), &[]))).await;
    // A slow machine refuses some as too many, but only after it has accepted their token.
    let is_overloaded = |answer: &Value| answer["errors"][0]["extensions"]["code"] == "OVERLOADED";
    let is_fit = |answer: &Value| answer["data"]["notifications"]["totalCount"] == 0 || is_overloaded(answer);
    assert!(answers.iter().all(is_fit), "{answers:#?}");

    let metrics = stack.http().get(stack.url("reports", "/metrics")).send().await.unwrap().text().await.unwrap();
    let verified = value(&metrics, "quits_tokens_total{check=\"verified\"}");
    let remembered = value(&metrics, "quits_tokens_total{check=\"remembered\"}");
    assert_eq!(verified + remembered, AT_ONCE);
    let processors = std::thread::available_parallelism().unwrap().get();
    assert!(verified <= u64::try_from(processors).unwrap(), "{verified} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_costs_no_call() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let (ada, ben) = (&trip.people[0], &trip.people[1]);
    let mut live = ben.watch(&trip.id).await;
    live.group_at(0).await;
    let spend = async |key: &str| {
        let input = trip.expense(0, "30.00", key);
        let create = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";
        ada.data(create, json!({ "input": input })).await;
    };
    spend("first").await;
    live.group_at(1).await;

    let before = Counts::of(&stack).await;
    spend("second").await;
    live.group_at(2).await;
    let (calls, verified, _) = Counts::of(&stack).await.since(&before);
    assert_eq!((calls, verified), (vec![("expenses", 1)], 0), "the change alone");
}

/// The larger of the two numbers of groups that are compared.
const MANY_GROUPS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn the_totals_of_many_groups_cost_as_many_calls_as_those_of_a_few_and_are_their_sums() {
    let stack = Stack::start().await;
    let ada = stack.register("Ada").await;
    let mut calls = Vec::new();
    for range in [0..2, 2..MANY_GROUPS] {
        for some in range.collect::<Vec<_>>().chunks(8) {
            join_all(some.iter().map(|number| spend_in_a_new_group(&ada, *number))).await;
        }
        let totals = "{ me { balances { amount currency } friendBalances { user { id } balances { amount } } } }";
        // Every subgraph has seen the token before, and knows the groups.
        let home = ada.data(totals, json!({})).await["me"].take();
        let before = Counts::of(&stack).await;
        assert_eq!(ada.data(totals, json!({})).await["me"], home);
        calls.push(Counts::of(&stack).await.since(&before).0);
        let total: i64 = home["balances"].as_array().unwrap().iter().map(|total| minor(text(&total["amount"]))).sum();
        assert_eq!(total, sum_of_groups(&ada).await);
    }
    assert_eq!(calls[1], calls[0], "for many as for a few");
    assert_eq!(calls[0], [("expenses", 1), ("groups", 1), ("payments", 1), ("users", 1)]);
}

/// Creates a group with a guest who owes something that is another amount in each group.
async fn spend_in_a_new_group(person: &Person, number: usize) {
    let create = "mutation { createGroup(input: {name: \"Trip\", currency: \"EUR\", guests: [\"Guest\"]}) {
        id members { id } } }";
    let group = person.data(create, json!({})).await["createGroup"].take();
    let amount = format!("{number}.10");
    let input = json!({ "groupId": group["id"], "description": "Dinner", "total": { "amount": amount, "currency": "EUR" },
        "payers": [{ "memberId": group["members"][0]["id"], "amount": amount }],
        "split": { "equal": [group["members"][1]["id"]] }, "idempotencyKey": group["id"] });
    let spend = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";
    person.data(spend, json!({ "input": input })).await;
}

/// Adds up the person's balances of the group pages.
async fn sum_of_groups(person: &Person) -> i64 {
    let query = "query($after: String) { groups(first: 50, after: $after) { pageInfo { hasNextPage endCursor }
        edges { node { viewerMember { id } balances { member { id } net { amount } } } } } }";
    let (mut sum, mut after) = (0, Value::Null);
    loop {
        let page = person.data(query, json!({ "after": after })).await["groups"].take();
        for edge in page["edges"].as_array().unwrap() {
            let own = &edge["node"]["viewerMember"]["id"];
            let rows = edge["node"]["balances"].as_array().unwrap().iter().filter(|row| row["member"]["id"] == *own);
            sum += rows.map(|row| minor(text(&row["net"]["amount"]))).sum::<i64>();
        }
        if page["pageInfo"]["hasNextPage"] == false {
            return sum;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
