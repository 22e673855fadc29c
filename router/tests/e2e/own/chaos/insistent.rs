//! A client that sends a change again until it is answered, as the app does, and measures how long that took.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    drift::{Change, EXPENSE, PAYMENT, Way},
    percentile::percentile,
    person::Person,
    trip::Trip,
};

const RETRY: Duration = Duration::from_millis(200);
/// After this a change is not answered at all.
const PATIENCE: Duration = Duration::from_mins(3);
/// The change that does not move the ledger.
const COMMENT: &str = "addComment";

/// How long changes took until they were acknowledged, by name, and how often they were sent again.
#[derive(Default)]
pub(crate) struct Waits {
    taken: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    repeated: Mutex<u64>,
}

/// Sends the changes of one group until they are acknowledged.
pub(crate) struct Insistent {
    waits: Arc<Waits>,
    moves: Mutex<Vec<Instant>>,
}

impl Insistent {
    pub(crate) fn new(waits: &Arc<Waits>) -> Self {
        Self { waits: Arc::clone(waits), moves: Mutex::default() }
    }

    /// When each change that moves the ledger was acknowledged: the first made version 1 of the ledger, and so on.
    pub(crate) fn moves(&self) -> Vec<Instant> {
        self.moves.lock().unwrap().clone()
    }

    fn acknowledged(&self, name: &'static str, sent: Instant) {
        let now = Instant::now();
        self.waits.taken.lock().unwrap().entry(name).or_default().push(now - sent);
        if name != COMMENT {
            self.moves.lock().unwrap().push(now);
        }
    }
}

impl Way for Insistent {
    async fn make(&self, trip: &Trip, change: Change<'_>) -> Value {
        let (person, started) = (&trip.people[0], Instant::now());
        loop {
            let answer = person.attempt(&change.query, &change.variables).await;
            let made = answer.as_ref().map(|answer| answer["data"][change.name].clone()).filter(|made| !made.is_null());
            let made = match made {
                Some(made) => Some(made),
                None => found(person, &change).await,
            };
            if let Some(made) = made {
                self.acknowledged(change.name, started);
                return made;
            }
            assert!(started.elapsed() < PATIENCE, "{} is not answered: {answer:#?}", change.name);
            *self.waits.repeated.lock().unwrap() += 1;
            sleep(RETRY).await;
        }
    }
}

/// Looks whether a change without an idempotency key, whose answer was lost, was made.
async fn found(person: &Person, change: &Change<'_>) -> Option<Value> {
    let before = change.before?;
    let id = json!({ "id": before["id"] });
    let (field, selected) = match change.name {
        "voidPayment" => ("payment", PAYMENT.to_owned()),
        _ => ("expense", format!("{EXPENSE} comments {{ text }}")),
    };
    let query = format!("query($id: ID!) {{ {field}(id: $id) {{ {selected} }} }}");
    let present = person.attempt(&query, &id).await?["data"][field].take();
    let is_made = match change.name {
        "voidPayment" => present["status"] == "VOIDED",
        COMMENT => {
            let comments = present["comments"].as_array()?;
            comments.iter().any(|comment| comment["text"] == change.variables["text"])
        }
        // Nobody else changes this expense.
        _ => present["version"].as_i64()? > before["version"].as_i64()?,
    };
    is_made.then_some(present)
}

impl Waits {
    /// How often a change was sent again.
    pub(crate) fn repeated(&self) -> u64 {
        *self.repeated.lock().unwrap()
    }

    /// The longest wait.
    pub(crate) fn longest(&self) -> Duration {
        self.taken.lock().unwrap().values().flatten().copied().max().unwrap_or_default()
    }
}

impl fmt::Display for Waits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16} {:>6} {:>8} {:>8} {:>8}", "acknowledged", "number", "p50 ms", "p99 ms", "max ms")?;
        let taken = self.taken.lock().unwrap();
        let all = ("all", taken.values().flatten().copied().collect::<Vec<_>>());
        for (name, times) in taken.iter().map(|(name, times)| (*name, times.clone())).chain([all]) {
            writeln!(f, "{}", row(name, times))?;
        }
        write!(f, "{} sent again", self.repeated())
    }
}

/// A row of the table: how many times there are, their median, their 99th percentile and the longest.
pub(super) fn row(name: &str, mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let [p50, p99, max] = [50, 99, 100].map(|percent| percentile(&times, percent).as_millis());
    format!("{name:<16} {:>6} {p50:>8} {p99:>8} {max:>8}", times.len())
}
