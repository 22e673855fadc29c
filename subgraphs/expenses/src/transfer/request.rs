//! A file to import.

use kit::digest;
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
    /// The name of the importing person in the file.
    pub(crate) me: Option<String>,
    /// The lines of the chosen entries; `None` for all.
    pub(crate) lines: Option<Vec<usize>>,
    pub(crate) dry_run: bool,
    pub(crate) idempotency_key: String,
}

impl ImportRequest {
    /// Returns a digest of all that decides what is imported.
    pub(crate) fn digest(&self) -> String {
        let Self { format, bytes, currency, group_name, me, lines, .. } = self;
        digest(format!("{format:?} {} {group_name:?} {me:?} {lines:?} {}", currency.code(), digest(bytes)).as_bytes())
    }
}
