//! The clock, which is passed to all code that needs the present time, so that tests can set it.

use chrono::Utc;
use contracts::Timestamp;

/// A source of the present time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    #[cfg(feature = "testing")]
    Set(std::sync::Arc<std::sync::Mutex<Timestamp>>),
}

impl Clock {
    /// Creates the clock of this machine.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// Returns the present time.
    #[expect(clippy::disallowed_methods, reason = "the only place that reads the system clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::from(Utc::now()),
            #[cfg(feature = "testing")]
            Source::Set(moment) => *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }
}

#[cfg(feature = "testing")]
impl Clock {
    /// Creates a clock that stands still; clones show the same time.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self(Source::Set(std::sync::Arc::new(std::sync::Mutex::new(moment))))
    }

    /// Advances a clock that stands still; has no effect on the system clock.
    pub fn advance_ms(&self, milliseconds: i64) {
        if let Source::Set(moment) = &self.0 {
            let mut moment = moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *moment = moment.plus_ms(milliseconds);
        }
    }
}
