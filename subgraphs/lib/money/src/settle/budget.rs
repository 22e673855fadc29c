//! How much may be searched. It is counted and not timed, so that every machine finds the same plan.

/// How many subsets may be looked at for one step of a plan; twenty people with different balances need `1 << 20`.
const STEP: usize = 1 << 23;

/// How many subsets may be looked at for all currencies together: enough for twenty people in each of twenty.
const TOTAL: usize = 1 << 26;

/// What is left of the search over all currencies.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: TOTAL }
    }

    /// How many subsets the next step may look at.
    pub(super) fn limit(&self) -> usize {
        self.left.min(STEP)
    }

    /// Counts subsets that are looked at.
    pub(super) fn spend(&mut self, subsets: usize) {
        self.left = self.left.saturating_sub(subsets);
    }
}
