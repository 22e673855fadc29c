//! The two kinds of failures: a *refusal* has a sentence for the client; an *internal* failure is logged once, and the
//! client sees `SERVICE_UNAVAILABLE` if a retry may succeed, and `INTERNAL` otherwise.
//!
//! `Failure` is deliberately not `Display`: async-graphql sends everything that is `Display` to the client.

use std::error::Error as StdError;

use async_graphql::{ErrorExtensionValues, Value};
use contracts::ask::{Denied, Unavailable};
pub use contracts::refusal::{Code, Refusal};
use mongodb::error::{
    ErrorKind, RETRYABLE_WRITE_ERROR, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT,
};

/// The code of an internal failure after which the same request may succeed.
pub(crate) const UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";
/// The code of every other internal failure.
pub(crate) const INTERNAL: &str = "INTERNAL";

/// The result of an operation.
pub type Outcome<T> = Result<T, Failure>;

/// Why an operation failed.
#[derive(Debug, Clone)]
pub enum Failure {
    /// A refusal, which the client may read.
    Refused(Box<Refusal>),
    /// An internal failure.
    Internal(Internal),
}

/// The cause of an internal failure. Its text is for the log only.
#[derive(Debug, Clone)]
pub enum Internal {
    /// The driver's original error: its labels decide whether a transaction is retried.
    Mongo(mongodb::error::Error),
    /// A dependency, such as another subgraph or the broker, is unavailable.
    Unavailable(String),
    /// Any other cause.
    Other(String),
}

impl Failure {
    /// Creates an internal failure; the text is for the log.
    #[allow(clippy::needless_pass_by_value, reason = "map_err passes the error by value")]
    pub fn internal(reason: impl ToString) -> Self {
        Self::Internal(Internal::Other(reason.to_string()))
    }

    /// The refusal of an anonymous caller.
    pub fn unauthenticated() -> Self {
        Refusal::new(Code::Unauthenticated, "Please sign in.").into()
    }

    /// Returns the text for the log, which must not be sent to clients.
    pub fn log_text(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("{}: {}", refusal.code.as_str(), refusal.message),
            Self::Internal(Internal::Mongo(error)) => format!("MongoDB: {error}"),
            Self::Internal(Internal::Unavailable(reason) | Internal::Other(reason)) => reason.clone(),
        }
    }

    /// Whether a dependency is unavailable, so that a retry may succeed.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Internal(Internal::Mongo(error)) => is_away(error),
            Self::Internal(Internal::Unavailable(_)) => true,
            Self::Internal(Internal::Other(_)) => false,
            Self::Refused(refusal) => refusal.code == Code::Overloaded,
        }
    }

    /// Whether this is a refusal with this code.
    pub fn is(&self, code: Code) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.code == code)
    }

    /// Replaces a refusal with this code by `refusal`. For objects inside of something that the caller may not see: the
    /// response is the same as if they did not exist.
    #[must_use]
    pub fn hidden_as(self, code: Code, refusal: impl Into<Self>) -> Self {
        if self.is(code) { refusal.into() } else { self }
    }
}

/// The server's codes for commands that it ended because they took too long: `MaxTimeMSExpired`, `ExceededTimeLimit` and
/// `TransactionExceededLifetimeLimitSeconds`
/// (<https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml>).
const TOO_SLOW: [i32; 3] = [50, 262, 290];

/// Whether the database is unreachable, or cannot do this at the moment.
fn is_away(error: &mongodb::error::Error) -> bool {
    let unreachable = match &*error.kind {
        ErrorKind::Io(_) | ErrorKind::ServerSelection { .. } | ErrorKind::ConnectionPoolCleared { .. } => true,
        ErrorKind::Command(command) => TOO_SLOW.contains(&command.code),
        _ => false,
    };
    let passing = [TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT, RETRYABLE_WRITE_ERROR];
    unreachable || passing.iter().any(|label| error.contains_label(label))
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<mongodb::error::Error> for Failure {
    fn from(error: mongodb::error::Error) -> Self {
        // A refusal that was passed through a transaction as a custom error is unwrapped.
        match error.get_custom::<Failure>() {
            Some(failure) => failure.clone(),
            None => Self::Internal(Internal::Mongo(error)),
        }
    }
}

impl From<Failure> for mongodb::error::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Internal(Internal::Mongo(error)) => error,
            other => Self::custom(other),
        }
    }
}

impl From<mongodb::bson::error::Error> for Failure {
    fn from(error: mongodb::bson::error::Error) -> Self {
        Self::internal(format!("BSON: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format!("JSON: {error}"))
    }
}

impl From<lapin::Error> for Failure {
    fn from(error: lapin::Error) -> Self {
        Self::Internal(Internal::Unavailable(format!("RabbitMQ: {error}")))
    }
}

impl From<Unavailable> for Failure {
    fn from(error: Unavailable) -> Self {
        Self::Internal(Internal::Unavailable(error.to_string()))
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Refused(refusal) => Self::Refused(refusal),
            Denied::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

/// Converts errors of the standard library and other crates.
pub fn internal(error: impl StdError) -> Failure {
    Failure::internal(error)
}

impl From<Failure> for async_graphql::Error {
    fn from(failure: Failure) -> Self {
        let refusal = match failure {
            Failure::Refused(refusal) => *refusal,
            Failure::Internal(_) => {
                tracing::error!(reason = failure.log_text(), "internal error");
                let code = if failure.is_unavailable() { UNAVAILABLE } else { INTERNAL };
                let mut error =
                    Self::new("Something went wrong on our side. Nothing was saved halfway; please try again.");
                error.extensions.get_or_insert_default().set("code", code);
                return error;
            }
        };
        let mut error = Self::new(refusal.message);
        let extensions: &mut ErrorExtensionValues = error.extensions.get_or_insert_default();
        extensions.set("code", refusal.code.as_str());
        if let Some(field) = refusal.field {
            extensions.set("field", field);
        }
        for (name, fact) in refusal.facts {
            extensions.set(name, Value::String(fact));
        }
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_see_refusals_but_not_internal_failures() {
        let refused: async_graphql::Error = Failure::from(Refusal::invalid("input.name", "A name is needed.")).into();
        assert_eq!(refused.message, "A name is needed.");
        let extensions = refused.extensions.unwrap();
        assert_eq!(extensions.get("code"), Some(&Value::from("VALIDATION")));
        assert_eq!(extensions.get("field"), Some(&Value::from("input.name")));

        let broken: async_graphql::Error = Failure::internal("mongodb://root:secret@10.0.0.1").into();
        assert!(!broken.message.contains("secret"));
        assert_eq!(broken.extensions.unwrap().get("code"), Some(&Value::from("INTERNAL")));
        let away = Unavailable { owner: "notes", reason: "10.0.0.1 does not answer".to_owned() };
        let away: async_graphql::Error = Failure::from(away).into();
        assert!(!away.message.contains("10.0.0.1"));
        assert_eq!(away.extensions.unwrap().get("code"), Some(&Value::from("SERVICE_UNAVAILABLE")));
    }

    #[test]
    fn unavailability_is_distinguished_from_other_failures() {
        let away = Unavailable { owner: "notes", reason: "nobody answers".to_owned() };
        assert!(Failure::from(away).is_unavailable());
        let io = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "nobody listens");
        assert!(Failure::from(mongodb::error::Error::from(io)).is_unavailable());
        assert!(!Failure::internal("a bug").is_unavailable());
        assert!(!Failure::unauthenticated().is_unavailable());
    }

    #[test]
    fn a_refusal_survives_a_transaction() {
        let refusal = Failure::from(Refusal::new(Code::StaleVersion, "Too late."));
        let back = Failure::from(mongodb::error::Error::from(refusal));
        assert!(back.is(Code::StaleVersion));
    }
}
