//! What must be true after the harm.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Range,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    follower::Follower,
    insistent::{Insistent, Waits, row},
};
use crate::{
    drift::Ledger,
    percentile::percentile,
    person::Person,
    stack::{Stack, eventually},
};

type Changes = Ledger<Insistent>;

const JOURNALS: [&str; 4] = ["users", "groups", "expenses", "payments"];
/// No change may take longer until it is acknowledged.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// While nothing is down, 99 of 100 changes are shown to everybody within this time.
const SHOWN_WITHIN: Duration = Duration::from_secs(3);
/// How long nothing may move while events wait.
const PATIENCE: Duration = Duration::from_secs(90);
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The differences that were found.
#[derive(Default)]
pub(crate) struct Findings {
    differences: Vec<String>,
    checked: u64,
    pushes: u64,
    connections: u64,
    /// From answers to pushes.
    delays: Vec<Duration>,
}

impl Findings {
    pub(crate) fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Waits until everything has arrived, and compares.
    pub(crate) async fn look(&mut self, stack: &mut Stack, groups: &[Changes], followers: &[Follower]) {
        drained(stack).await;
        for changes in groups {
            self.compare_ledger(changes).await;
            self.compare_entries(changes).await;
            self.compare_feed(changes).await;
        }
        for follower in followers {
            self.compare_shown(groups, follower).await;
        }
        self.compare_with_a_rebuild(stack, groups).await;
        let dead: Vec<_> = stack.queue_lengths().await.into_iter().filter(|(_, length)| *length > 0).collect();
        self.equal("queues", &dead, &Vec::new());
        for name in JOURNALS {
            let (verified, said) = stack.verify(name).await;
            self.equal(&format!("verify of {name}, which says {said}"), &verified, &true);
        }
    }

    pub(crate) fn limit_waits(&mut self, waits: &Waits) {
        let longest = waits.longest();
        self.equal(&format!("the longest wait of {longest:?} is short"), &(longest <= LONGEST_WAIT), &true);
    }

    /// Compares how long it took from an answer to its push, while nothing was down, with what it may take.
    pub(crate) fn limit_pushes(&mut self, groups: &[Changes], followers: &[Follower], calm: &[Range<Instant>]) {
        let delays = followers
            .iter()
            .flat_map(|follower| follower.delays(&followed(groups, follower).way.moves(), calm, SHOWN_WITHIN));
        self.delays = delays.collect();
        self.delays.sort_unstable();
        let p99 = percentile(&self.delays, 99);
        self.equal(&format!("whether pushes arrive soon: {p99:?}"), &(p99 <= SHOWN_WITHIN), &true);
    }

    fn equal<T: PartialEq + fmt::Debug>(&mut self, what: &str, found: &T, expected: &T) {
        self.checked += 1;
        if found != expected {
            self.differences.push(format!("{what}: {found:?} instead of {expected:?}"));
        }
    }

    async fn compare_ledger(&mut self, changes: &Changes) {
        let not_zero = |mut nets: BTreeMap<String, i64>| {
            nets.retain(|_, net| *net != 0);
            nets
        };
        let shown = changes.shown().await;
        self.equal("the sum of the balances", &shown.values().sum(), &0);
        self.equal("the balances", &not_zero(shown), &not_zero(changes.expected()));
    }

    /// Every expense, payment and comment is there once, as it was last acknowledged.
    async fn compare_entries(&mut self, changes: &Changes) {
        let (person, id) = (&changes.trip.people[1], &changes.trip.id);
        let all = "expenses(first: 50, after: $after, filter: { includeDeleted: true })";
        let found = nodes(person, id, all, "id version comments { text }").await;
        self.equal("expenses", &versions(&found), &versions(&changes.expenses));
        self.equal("the number of expenses", &found.len(), &changes.expenses.len());
        for (text, expense) in &changes.comments {
            let expense = found.iter().find(|found| found["id"] == *expense);
            let texts = expense.and_then(|expense| expense["comments"].as_array());
            let times = texts.map_or(0, |texts| texts.iter().filter(|comment| comment["text"] == *text).count());
            // Without a key, a comment may be there twice if its first answer was lost.
            self.equal(&format!("whether {text} is there"), &(times > 0), &true);
        }
        let found = nodes(person, id, "payments(first: 50, after: $after)", "id version").await;
        self.equal("payments", &versions(&found), &versions(&changes.payments));
        self.equal("the number of payments", &found.len(), &changes.payments.len());
    }

    /// The feed tells each change once: an expense or a payment of version 3 was changed three times.
    async fn compare_feed(&mut self, changes: &Changes) {
        let found = feed(changes).await;
        let ids: BTreeSet<&str> = found.iter().filter_map(|activity| activity["id"].as_str()).collect();
        self.equal("activities with an id of their own", &ids.len(), &found.len());
        let told = |kinds: &[&str]| {
            let is_told = |activity: &&Value| kinds.iter().any(|kind| activity["type"].as_str() == Some(kind));
            u64::try_from(found.iter().filter(is_told).count()).unwrap()
        };
        let expenses = ["expense.created", "expense.updated", "expense.deleted", "expense.restored"];
        let expected = |entries: &[Value]| entries.iter().filter_map(|entry| entry["version"].as_u64()).sum::<u64>();
        self.equal("activities of expenses", &told(&expenses), &expected(&changes.expenses));
        let payments = ["payment.processed", "payment.voided"];
        self.equal("activities of payments", &told(&payments), &expected(&changes.payments));
    }

    /// Everybody was shown the last version, and never an older one after a newer one.
    async fn compare_shown(&mut self, groups: &[Changes], follower: &Follower) {
        let changes = followed(groups, follower);
        let group = changes.trip.group(0).await;
        eventually("the last push", async || {
            (follower.shown.lock().unwrap().group["ledgerVersion"] == group["ledgerVersion"]).then_some(())
        })
        .await;
        let shown = follower.shown.lock().unwrap();
        let moves = i64::try_from(changes.way.moves().len()).unwrap();
        self.equal("the version of the ledger", &shown.group["ledgerVersion"], &json!(moves));
        self.equal("what was pushed last", &shown.group["balances"], &group["balances"]);
        self.equal("pushes of an older version", &shown.backwards, &0);
        self.pushes += shown.pushes;
        self.connections += shown.connections;
    }

    /// What reports has collected is what it collects from the whole journals.
    async fn compare_with_a_rebuild(&mut self, stack: &mut Stack, groups: &[Changes]) {
        let before = collected(groups).await;
        stack.kill("collect").await;
        let rebuilt = stack.program("reports").arg("rebuild").output().await.unwrap();
        self.equal("whether the rebuild succeeds", &rebuilt.status.success(), &true);
        stack.restart("collect").await;
        drained(stack).await;
        let (mut after, mut since) = (collected(groups).await, Instant::now());
        // What follows from a whole journal takes as long as it takes: waits for as long as more of it is there.
        while after != before && since.elapsed() < PATIENCE {
            sleep(POLL_INTERVAL).await;
            let now = collected(groups).await;
            if now != after {
                (after, since) = (now, Instant::now());
            }
        }
        for (before, after) in before.iter().zip(&after) {
            self.equal("what follows from the journals", &differences(after, before), &Vec::new());
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", row("answer to push", self.delays.clone()))?;
        writeln!(f, "{} pushes over {} connections", self.pushes, self.connections)?;
        write!(f, "{} comparisons, {} differences", self.checked, self.differences.len())?;
        self.differences.iter().try_for_each(|difference| write!(f, "\n  {difference}"))
    }
}

fn followed<'a>(groups: &'a [Changes], follower: &Follower) -> &'a Changes {
    groups.iter().find(|changes| changes.trip.id == follower.group).expect("a group of the test")
}

/// Waits until no journal has anything to publish and no queue has anything to handle, for as long as it gets less.
pub(crate) async fn drained(stack: &Stack) {
    let (mut least, mut since) = (u64::MAX, Instant::now());
    loop {
        let waiting = waiting(stack).await;
        if waiting == Some(0) {
            return;
        }
        if let Some(waiting) = waiting.filter(|waiting| *waiting < least) {
            (least, since) = (waiting, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "{least} events wait, and it gets no less");
        sleep(POLL_INTERVAL).await;
    }
}

/// The number of events that wait in journals and queues; `None` if a service does not answer.
async fn waiting(stack: &Stack) -> Option<u64> {
    let mut waiting = 0;
    for name in JOURNALS {
        let metrics = stack.http().get(stack.url(name, "/metrics")).send().await.ok()?.text().await.ok()?;
        let of_journal = metrics.lines().find_map(|line| line.strip_prefix("quits_outbox_waiting "))?;
        waiting += of_journal.parse::<u64>().ok()?;
    }
    let queues = stack.queue_lengths().await.into_iter().filter(|(name, _)| !name.contains(".dead"));
    Some(waiting + queues.map(|(_, length)| u64::from(length)).sum::<u64>())
}

fn versions(entries: &[Value]) -> BTreeMap<String, i64> {
    let version = |entry: &Value| Some((entry["id"].as_str()?.to_owned(), entry["version"].as_i64()?));
    entries.iter().filter_map(version).collect()
}

/// Returns all nodes of a list of the group.
async fn nodes(person: &Person, group: &str, list: &str, selected: &str) -> Vec<Value> {
    let query = format!(
        "query($id: ID!, $after: String) {{ group(id: $id) {{
            list: {list} {{ edges {{ node {{ {selected} }} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
    );
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut list = person.data(&query, json!({ "id": group, "after": after })).await["group"]["list"].take();
        found.extend(list["edges"].as_array_mut().unwrap().iter_mut().map(|edge| edge["node"].take()));
        if list["pageInfo"]["hasNextPage"] != true {
            return found;
        }
        after = list["pageInfo"]["endCursor"].take();
    }
}

async fn feed(changes: &Changes) -> Vec<Value> {
    nodes(&changes.trip.people[1], &changes.trip.id, "activity(first: 50, after: $after)", "id type summary").await
}

/// Returns the places where two answers differ, each with the found and the expected value.
fn differences(found: &Value, expected: &Value) -> Vec<String> {
    let below = |pairs: Vec<(String, &Value, &Value)>| {
        let deeper = |(place, found, expected): (String, &Value, &Value)| {
            differences(found, expected).into_iter().map(move |one| format!("{place}{one}")).collect::<Vec<_>>()
        };
        pairs.into_iter().flat_map(deeper).collect()
    };
    match (found, expected) {
        _ if found == expected => Vec::new(),
        (Value::Object(found), Value::Object(expected)) if found.keys().eq(expected.keys()) => {
            below(found.iter().map(|(name, value)| (format!("/{name}"), value, &expected[name])).collect())
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let pairs = found.iter().zip(expected).enumerate();
            below(pairs.map(|(place, (found, expected))| (format!("/{place}"), found, expected)).collect())
        }
        _ => vec![format!(": {} instead of {}", shortened(found), shortened(expected))],
    }
}

/// The beginning of a value, or how many it has.
fn shortened(value: &Value) -> String {
    match value {
        Value::Array(entries) => format!("{} entries", entries.len()),
        _ => value.to_string().chars().take(200).collect(),
    }
}

/// Returns the report, the feed and the notifications of each group.
async fn collected(groups: &[Changes]) -> Vec<Value> {
    let query = "query($id: ID!) { group(id: $id) { report { upToVersion total { amount currency }
        byCategory { category total { amount } } byMonth { month total { amount } } } }
        notifications(first: 50) { edges { node { id type summary } } } }";
    let mut found = Vec::new();
    for changes in groups {
        let seen = changes.trip.people[1].data(query, json!({ "id": changes.trip.id })).await;
        found.push(json!({ "seen": seen, "feed": feed(changes).await }));
    }
    found
}
