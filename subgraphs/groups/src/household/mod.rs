//! Households of a group. Their rules are those of the group.

pub(crate) mod operations;
