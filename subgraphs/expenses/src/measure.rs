//! What expenses counts about itself.

use std::sync::LazyLock;

use kit::telemetry::metrics::Counter;

static DRAFTS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_drafts_total", "Drafts, by who read them and what became of them.", &["advisor", "status"])
});

/// Counts a draft that has reached this status, by the advisor that read it. Both are names of ours, never texts.
pub fn drafted(advisor: &str, status: &str) {
    DRAFTS.count(&[advisor, status]);
}
