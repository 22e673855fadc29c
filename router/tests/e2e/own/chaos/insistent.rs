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
    person::Person,
    trip::Trip,
};

const RETRY: Duration = Duration::from_millis(200);
/// After this a change is not answered at all.
const PATIENCE: Duration = Duration::from_mins(3);

/// How long changes took until they were acknowledged, by name, and how often they were sent again.
#[derive(Default)]
pub(crate) struct Waits {
    taken: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    repeated: Mutex<u64>,
}

/// Sends changes until they are acknowledged.
pub(crate) struct Insistent(Arc<Waits>);

impl Insistent {
    pub(crate) fn new(waits: &Arc<Waits>) -> Self {
        Self(Arc::clone(waits))
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
                self.0.taken.lock().unwrap().entry(change.name).or_default().push(started.elapsed());
                return made;
            }
            assert!(started.elapsed() < PATIENCE, "{} is not answered: {answer:#?}", change.name);
            *self.0.repeated.lock().unwrap() += 1;
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
        "addComment" => {
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
        for (name, mut times) in taken.iter().map(|(name, times)| (*name, times.clone())).chain([all]) {
            times.sort_unstable();
            let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
            let [p50, p99, max] =
                [at(50), at(99), times.last()].map(|time| time.copied().unwrap_or_default().as_millis());
            writeln!(f, "{name:<16} {:>6} {p50:>8} {p99:>8} {max:>8}", times.len())?;
        }
        write!(f, "{} sent again", self.repeated())
    }
}
