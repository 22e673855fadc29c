//! Account recovery: resetting a password and verifying an email address, by links in mails.

pub(crate) mod operations;
