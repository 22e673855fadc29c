//! Recovery: what the owner of a mail address may do by proving to be it, such as choosing a new password, and how they
//! prove it.

pub(crate) mod operations;
