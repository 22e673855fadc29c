//! What operations cost: calls of subgraphs and checks of access tokens. A number here may fall; a change that raises one
//! makes the operation slower for everybody.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{person::GROUP, stack::Stack, trip::Trip};

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
        // Groups is called again for the names of the members in the balances.
        (vec![("expenses", 1), ("groups", 2), ("payments", 1)], 0, 4),
        (vec![("expenses", 1), ("groups", 2), ("payments", 1)], 0, 5),
    ];
    assert_eq!(costs, expected);
}
