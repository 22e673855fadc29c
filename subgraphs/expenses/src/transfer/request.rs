//! A file to import.

use money::Currency;

use super::Format;

/// A file to import.
#[derive(Clone)]
pub(crate) struct ImportRequest {
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
    /// The currency of amounts without one.
    pub(crate) currency: Currency,
    pub(crate) group_name: Option<String>,
    pub(crate) dry_run: bool,
    pub(crate) idempotency_key: String,
}
