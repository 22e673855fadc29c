//! The search budget. It counts subsets instead of measuring time, so that all machines find the same plan.

/// The maximum number of subsets to visit for one step of a plan. Twenty people with different balances need `1 << 20`.
const STEP: usize = 1 << 23;

/// The maximum number of subsets to visit for all currencies together: enough for twenty currencies with twenty people.
const TOTAL: usize = 1 << 26;

/// The remaining budget for all currencies.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: TOTAL }
    }

    /// The maximum number of subsets that the next step may visit.
    pub(super) fn limit(&self) -> usize {
        self.left.min(STEP)
    }

    /// Subtracts visited subsets from the budget.
    pub(super) fn spend(&mut self, subsets: usize) {
        self.left = self.left.saturating_sub(subsets);
    }
}
