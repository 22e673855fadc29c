//! Databases that a program must not use.

use crate::failure::Failure;

/// Why this program must not use this database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusableDatabase(pub(crate) String);

impl UnusableDatabase {
    /// Returns the reason, as a sentence for the operator.
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl From<UnusableDatabase> for Failure {
    fn from(UnusableDatabase(reason): UnusableDatabase) -> Self {
        Self::internal(reason)
    }
}
