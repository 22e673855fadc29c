//! The events that wait in a delay queue, as far as this process knows: a second copy of one of them need not wait too.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use uuid::Uuid;

/// The size at which the past is removed.
const CAPACITY: usize = 4_096;
/// How soon the same stream is replayed again: every event after a gap asks for the same part.
const REPLAY_INTERVAL: Duration = Duration::from_secs(5);

/// Without it, a part that a publisher sends again, and that has to wait once more, would fill the queue with copies.
#[derive(Default)]
pub(super) struct Parked {
    /// When the copy in the delay queue returns at the earliest, by the id of its message.
    returns: Mutex<HashMap<String, Instant>>,
    /// When a replay of a stream may be requested again.
    replays: Mutex<HashMap<Uuid, Instant>>,
}

impl Parked {
    /// Whether a copy of this message waits already.
    pub(super) fn holds(&self, message_id: &str) -> bool {
        locked(&self.returns).get(message_id).is_some_and(|returns| *returns > Instant::now())
    }

    /// Records a copy that was sent to a delay queue after `since`.
    pub(super) fn park(&self, message_id: &str, since: Instant, pause: Duration) {
        record(&self.returns, message_id.to_owned(), since + pause);
    }

    /// Whether a replay of this stream may be requested now; then not for a while.
    pub(super) fn may_request_replay(&self, stream: Uuid) -> bool {
        let now = Instant::now();
        let may = locked(&self.replays).get(&stream).is_none_or(|next| *next <= now);
        if may {
            record(&self.replays, stream, now + REPLAY_INTERVAL);
        }
        may
    }
}

fn record<K: Eq + Hash>(times: &Mutex<HashMap<K, Instant>>, key: K, time: Instant) {
    let mut times = locked(times);
    if times.len() >= CAPACITY {
        let now = Instant::now();
        times.retain(|_, time| *time > now);
    }
    times.insert(key, time);
}

fn locked<K>(times: &Mutex<HashMap<K, Instant>>) -> MutexGuard<'_, HashMap<K, Instant>> {
    times.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_held_until_its_copy_may_return() {
        let (parked, now) = (Parked::default(), Instant::now());
        parked.park("a", now, Duration::from_mins(1));
        parked.park("b", now, Duration::ZERO);
        assert!(parked.holds("a") && !parked.holds("b") && !parked.holds("c"));
    }

    #[test]
    fn a_stream_is_replayed_once_for_all_events_after_a_gap() {
        let (parked, stream) = (Parked::default(), Uuid::from_u128(1));
        assert!(parked.may_request_replay(stream));
        assert!(!parked.may_request_replay(stream));
        assert!(parked.may_request_replay(Uuid::from_u128(2)));
    }
}
