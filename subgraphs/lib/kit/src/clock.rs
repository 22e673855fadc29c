//! The clock. Whoever needs the present moment is given one, so that a test can set it.

use chrono::Utc;
use contracts::Timestamp;

/// Tells the present moment.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    #[cfg(feature = "testing")]
    Set(std::sync::Arc<std::sync::Mutex<Timestamp>>),
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The present moment.
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
    /// A clock that stands still at this moment; its clones stand there too.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self(Source::Set(std::sync::Arc::new(std::sync::Mutex::new(moment))))
    }

    /// Moves a clock that stands still; the clock of the machine goes its own way.
    pub fn advance_ms(&self, milliseconds: i64) {
        if let Source::Set(moment) = &self.0 {
            let mut moment = moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *moment = moment.plus_ms(milliseconds);
        }
    }
}
