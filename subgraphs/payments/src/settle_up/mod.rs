//! Settles everything between two people at once, in all groups that they share.

mod operations;

pub(crate) use operations::{Expected, SettleUp, SettleUps};
