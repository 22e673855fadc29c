//! Databases that a program must not work on.

use crate::failure::Failure;

/// Why this program must not work on this database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(pub(crate) String);

impl Unfit {
    /// The reason, in a sentence for who runs it.
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl From<Unfit> for Failure {
    fn from(Unfit(reason): Unfit) -> Self {
        Self::internal(reason)
    }
}
