//! How much one client may ask for.

use std::num::{NonZeroU32, NonZeroUsize};

use clap::{Args, value_parser};
use serde::{Deserialize, Serialize};

use super::values::{Networks, networks};

/// The limits on what a client may ask for. All but the first three count per person or address.
#[derive(Args, Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Limits {
    /// The longest text of an operation, in bytes.
    #[arg(long, env = "QUITS_MAX_QUERY_BYTES", default_value_t = 32 * 1024)]
    pub(crate) max_query_bytes: usize,

    /// The largest request, in bytes. One that carries a photo or a file in its variables may have 6 MiB.
    #[arg(long, env = "QUITS_MAX_REQUEST_BYTES", default_value_t = 256 * 1024)]
    pub(crate) max_request_bytes: usize,

    /// How many fields an operation may ask for, where each field of a list counts as often as the list has items.
    #[arg(long, env = "QUITS_MAX_QUERY_COST", default_value_t = 50_000)]
    pub(crate) max_query_cost: u64,

    /// How many accounts an address may register in a minute.
    #[arg(long, env = "QUITS_REGISTRATIONS_PER_MINUTE", default_value = "10")]
    pub(crate) registrations_per_minute: NonZeroU32,

    /// How often an address may try to log in in a minute.
    #[arg(long, env = "QUITS_LOGINS_PER_MINUTE", default_value = "20")]
    pub(crate) logins_per_minute: NonZeroU32,

    /// How often an address may ask for or do a password reset in a minute.
    #[arg(long, env = "QUITS_PASSWORD_RESETS_PER_MINUTE", default_value = "5")]
    pub(crate) password_resets_per_minute: NonZeroU32,

    /// How many invitations an address may look at in a minute.
    #[arg(long, env = "QUITS_INVITE_VIEWS_PER_MINUTE", default_value = "60")]
    pub(crate) invite_views_per_minute: NonZeroU32,

    /// How many sockets a person may have open.
    #[arg(long, env = "QUITS_SOCKETS_PER_PERSON", default_value = "10")]
    pub(crate) sockets_per_person: NonZeroUsize,

    /// How many subscriptions may run on one socket.
    #[arg(long, env = "QUITS_SUBSCRIPTIONS_PER_SOCKET", default_value = "20")]
    pub(crate) subscriptions_per_socket: NonZeroUsize,

    /// After how many seconds a socket is closed on which nobody has shown a valid token.
    #[arg(long, env = "QUITS_ANONYMOUS_SOCKET_SECONDS", default_value_t = 10, value_parser = value_parser!(u64).range(1..))]
    pub(crate) anonymous_socket_seconds: u64,

    /// The networks of proxies whose `X-Forwarded-For` is believed, separated by commas: `10.0.0.0/8,fd00::/8`. Without
    /// it every client behind a proxy counts as one address.
    #[arg(long, env = "QUITS_TRUSTED_PROXIES", default_value = "", hide_default_value = true, value_parser = networks)]
    pub(crate) trusted_proxies: Networks,
}
