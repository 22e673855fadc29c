//! Failures of reading by Gemini.

/// Why there is no reading. The messages are for the log: they contain neither the key nor the question or the answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeminiFailure {
    /// The timeout for one reading is exceeded.
    #[error("no answer in time")]
    TooLate,
    /// The connection failed or was closed early.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// Gemini is overloaded or has an internal error, and retrying did not help.
    #[error("busy: status {0}")]
    Busy(u16),
    /// Gemini refused the request, the key or the model.
    #[error("refused: status {0}")]
    Refused(u16),
    /// The answer is invalid. The reason is a constant of this crate, so that no part of an answer gets into the log.
    #[error("not usable: {0}")]
    Invalid(&'static str),
}

impl GeminiFailure {
    /// The code of the message.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLate => "GEMINI_TOO_LATE",
            Self::Unreachable(_) => "GEMINI_UNREACHABLE",
            Self::Busy(_) => "GEMINI_BUSY",
            Self::Refused(_) => "GEMINI_REFUSED",
            Self::Invalid(_) => "GEMINI_INVALID",
        }
    }

    /// The message for the person who asked.
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
