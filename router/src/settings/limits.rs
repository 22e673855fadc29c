//! Limits on the requests of one client.

use std::num::{NonZeroU32, NonZeroUsize};

use clap::{Args, value_parser};
use serde::{Deserialize, Serialize};

use super::values::{Networks, networks};

/// The limits on a client's requests. All but the first three count per person or address.
#[derive(Args, Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Limits {
    /// The maximum length of an operation's text, in bytes.
    #[arg(long, env = "QUITS_MAX_QUERY_BYTES", default_value_t = 32 * 1024)]
    pub(crate) max_query_bytes: usize,

    /// The maximum size of a request body, in bytes. With a photo or a file in its variables, it may have 6 MiB.
    #[arg(long, env = "QUITS_MAX_REQUEST_BYTES", default_value_t = 256 * 1024)]
    pub(crate) max_request_bytes: usize,

    /// The maximum number of fields in an operation; a field of a list counts once for each item of the list.
    #[arg(long, env = "QUITS_MAX_QUERY_COST", default_value_t = 50_000)]
    pub(crate) max_query_cost: u64,

    /// How many accounts an address may register per minute.
    #[arg(long, env = "QUITS_REGISTRATIONS_PER_MINUTE", default_value = "10")]
    pub(crate) registrations_per_minute: NonZeroU32,

    /// How many login attempts an address has per minute.
    #[arg(long, env = "QUITS_LOGINS_PER_MINUTE", default_value = "20")]
    pub(crate) logins_per_minute: NonZeroU32,

    /// How many times an address may request or complete a password reset per minute.
    #[arg(long, env = "QUITS_PASSWORD_RESETS_PER_MINUTE", default_value = "5")]
    pub(crate) password_resets_per_minute: NonZeroU32,

    /// How many invitations an address may view per minute.
    #[arg(long, env = "QUITS_INVITE_VIEWS_PER_MINUTE", default_value = "60")]
    pub(crate) invite_views_per_minute: NonZeroU32,

    /// How many WebSockets a person may have open.
    #[arg(long, env = "QUITS_SOCKETS_PER_PERSON", default_value = "10")]
    pub(crate) sockets_per_person: NonZeroUsize,

    /// How many subscriptions may run on one WebSocket.
    #[arg(long, env = "QUITS_SUBSCRIPTIONS_PER_SOCKET", default_value = "20")]
    pub(crate) subscriptions_per_socket: NonZeroUsize,

    /// After how many seconds a WebSocket without a valid token is closed.
    #[arg(long, env = "QUITS_ANONYMOUS_SOCKET_SECONDS", default_value_t = 10, value_parser = value_parser!(u64).range(1..))]
    pub(crate) anonymous_socket_seconds: u64,

    /// After how many seconds a WebSocket is closed whose client does not read what is sent to it.
    #[arg(long, env = "QUITS_STALLED_SOCKET_SECONDS", default_value_t = 30, value_parser = value_parser!(u64).range(1..))]
    pub(crate) stalled_socket_seconds: u64,

    /// The networks of proxies whose `X-Forwarded-For` is trusted, separated by commas: `10.0.0.0/8,fd00::/8`. If
    /// empty, all clients behind a proxy count as one address.
    #[arg(long, env = "QUITS_TRUSTED_PROXIES", default_value = "", hide_default_value = true, value_parser = networks)]
    pub(crate) trusted_proxies: Networks,
}
