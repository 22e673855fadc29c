//! Mail about notifications: what waits together becomes one mail.

mod address;
mod http;
mod letter;
mod operations;

pub(crate) use http::routes;
pub(crate) use operations::MailChannel;
