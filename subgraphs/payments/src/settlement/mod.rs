//! Settlements: the transfers that make every balance zero. Computed by `money`.

pub(crate) mod operations;

pub(crate) use operations::{Mode, Settlements};
