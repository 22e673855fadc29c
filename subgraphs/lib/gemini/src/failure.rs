//! Why Gemini has not read something.

/// Why there is no reading. The text of each is for the log: it has neither the key, nor what was asked or answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeminiFailure {
    /// The time for one reading is over.
    #[error("no answer in time")]
    TooLate,
    /// There is no connection, or it broke.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// It has too much to do, or a fault of its own, and asking again did not help.
    #[error("busy: status {0}")]
    Busy(u16),
    /// It does not want this question, this key or this model.
    #[error("refused: status {0}")]
    Refused(u16),
    /// The answer cannot be used. Why is one of our own sentences, so that nothing of an answer gets into the log.
    #[error("not usable: {0}")]
    Invalid(&'static str),
}

impl GeminiFailure {
    /// What the person is told.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::TooLate => "Gemini did not answer in time.",
            Self::Unreachable(_) => "Gemini could not be reached.",
            Self::Busy(_) => "Gemini has too much to do at the moment.",
            Self::Refused(_) => "Gemini did not accept the question.",
            Self::Invalid(_) => "Gemini gave an answer that cannot be used.",
        }
    }
}
