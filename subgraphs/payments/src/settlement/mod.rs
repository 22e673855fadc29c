//! Settlements: who should pay whom so that every balance is zero. The plan itself is `money`'s.

pub(crate) mod operations;

pub(crate) use operations::Settlements;
