//! What expenses counts about itself.

use std::sync::LazyLock;

use kit::telemetry::metrics::Counter;

use crate::{advisors::Advisor, draft::Status};

static DRAFTS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_drafts_total", "Drafts, by who read them and what became of them.", &["advisor", "status"])
});

/// Counts a draft that was read.
pub(crate) fn count_reading(advisor: Advisor, status: Status) {
    let advisor = match advisor {
        Advisor::Rules => "rules",
        Advisor::Gemini => "gemini",
    };
    let status = if status == Status::Ready { "ready" } else { "failed" };
    DRAFTS.count(&[advisor, status]);
}
