//! Determines the client's IP address. Behind trusted proxies it is the address that the first of them received the
//! request from.

use std::net::IpAddr;

use hive_router::{
    ntex::http::HeaderMap,
    plugins::{
        hooks::{
            on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{RouterPlugin, StartHookPayload},
    },
};

use crate::settings::Networks;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address, for the plugins that run after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClientAddress(pub(super) IpAddr);

/// Stores the client's address in the context of each request.
pub(super) struct NoteAddress {
    trusted: Networks,
}

impl RouterPlugin for NoteAddress {
    type Config = Networks;

    fn plugin_name() -> &'static str {
        "note_address"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let trusted = payload.config()?;
        payload.initialize_plugin(Self { trusted })
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        let request = &payload.router_http_request;
        if let Some(peer) = request.peer_addr() {
            payload.context.insert(ClientAddress(self.client(peer.ip(), request.headers())));
        }
        Box::pin(async move { payload.proceed() })
    }
}

impl NoteAddress {
    /// Returns the last address of the forwarding chain that is not a trusted proxy. The client may have forged the
    /// entries before it.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let values = headers.get_all(FORWARDED_FOR).filter_map(|value| value.to_str().ok());
        let forwarded: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut client = peer.to_canonical();
        for address in forwarded.iter().rev() {
            if !self.is_trusted(client) {
                break;
            }
            let Ok(before) = address.parse::<IpAddr>() else { break };
            client = before.to_canonical();
        }
        client
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use hive_router::ntex::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn client(peer: &str, forwarded: &[&'static str]) -> String {
        let trusted = Networks(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(HeaderName::from_static(FORWARDED_FOR), HeaderValue::from_static(value));
        }
        NoteAddress { trusted }.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_direct_client_cannot_forge_its_address() {
        assert_eq!(client("192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(client("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    }

    #[test]
    fn only_entries_of_trusted_proxies_are_believed() {
        assert_eq!(client("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(client("10.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("10.0.0.1", &["nonsense"]), "10.0.0.1");
    }
}
