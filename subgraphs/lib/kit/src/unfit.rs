//! Databases that a program must not use.

use crate::failure::Failure;

/// Why this program must not use this database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(pub(crate) String);

impl Unfit {
    /// Returns the reason, as a sentence for the operator.
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl From<Unfit> for Failure {
    fn from(Unfit(reason): Unfit) -> Self {
        Self::internal(reason)
    }
}
