//! Somebody who watches a group, and connects again whenever the connection or the subscription ends.

use std::{
    ops::Range,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::sleep};

use crate::person::{GROUP, Person};

const RETRY: Duration = Duration::from_millis(200);

/// What somebody was shown.
#[derive(Default)]
pub(crate) struct Shown {
    /// The last push without a missing field.
    pub group: Value,
    pub pushes: u64,
    pub connections: u64,
    /// How often a push was older than the one before it, on one connection.
    pub backwards: u64,
    /// Each version of the ledger that was newer than all before, and when it was shown.
    reached: Vec<(i64, Instant)>,
}

/// Somebody who watches a group until this is dropped.
pub(crate) struct Follower {
    pub group: String,
    pub shown: Arc<Mutex<Shown>>,
    task: JoinHandle<()>,
}

impl Follower {
    pub(crate) fn start(person: &Person, group: &str) -> Self {
        let shown = Arc::new(Mutex::new(Shown::default()));
        let task = tokio::spawn(follow(person.clone(), group.to_owned(), Arc::clone(&shown)));
        Self { group: group.to_owned(), shown, task }
    }

    /// How long it took from each acknowledgement until its version, or a newer one, was shown. Counts those after
    /// which nothing was harmed for `undisturbed`.
    pub(crate) fn delays(&self, moves: &[Instant], calm: &[Range<Instant>], undisturbed: Duration) -> Vec<Duration> {
        let shown = self.shown.lock().unwrap();
        let is_calm = |moved: &Instant| calm.iter().any(|calm| calm.start <= *moved && *moved + undisturbed < calm.end);
        let delay = |(version, moved): (i64, &Instant)| {
            let at = shown.reached.partition_point(|(reached, _)| *reached < version);
            shown.reached.get(at).map_or(Duration::MAX, |(_, shown)| shown.saturating_duration_since(*moved))
        };
        (1..).zip(moves).filter(|(_, moved)| is_calm(moved)).map(delay).collect()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow(person: Person, group: String, shown: Arc<Mutex<Shown>>) {
    let query = format!("subscription($id: ID!) {{ groupMoved(groupId: $id) {{ {GROUP} }} }}");
    loop {
        if let Some(mut live) = person.try_connect().await {
            live.subscribe("1", &query, json!({ "id": group })).await;
            shown.lock().unwrap().connections += 1;
            let mut last = 0;
            loop {
                let message = live.next().await;
                if message["type"] != "next" {
                    break;
                }
                see(&shown, &message["payload"]["data"]["groupMoved"], &mut last);
            }
        }
        sleep(RETRY).await;
    }
}

fn see(shown: &Mutex<Shown>, group: &Value, last: &mut i64) {
    let mut shown = shown.lock().unwrap();
    shown.pushes += 1;
    // A push while a part is away has no balances; a whole one must follow.
    if let Some(version) = group["ledgerVersion"].as_i64() {
        shown.backwards += u64::from(version < *last);
        *last = version;
        if shown.reached.last().is_none_or(|(reached, _)| *reached < version) {
            shown.reached.push((version, Instant::now()));
        }
        shown.group = group.clone();
    }
}
