//! Claims of guests, after they were made or asked for. Their rules are those of a group's members.

pub(crate) mod operations;
