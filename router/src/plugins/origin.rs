//! Restricts which web pages may call the API. CORS alone is not enough: browsers do not apply it to WebSockets.

use std::collections::HashSet;

use hive_router::{
    GraphQLError,
    http::StatusCode,
    ntex::http::{HeaderMap, header},
    plugins::{
        hooks::{
            on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{RouterPlugin, StartHookPayload},
    },
};
use serde::Deserialize;

/// Refuses requests of pages from other origins.
#[derive(Deserialize)]
pub(super) struct AllowedOrigins {
    allowed: HashSet<String>,
}

impl RouterPlugin for AllowedOrigins {
    type Config = Self;

    fn plugin_name() -> &'static str {
        "allowed_origins"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin(payload.config()?)
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        let refused = self.refuses(payload.router_http_request.headers());
        Box::pin(async move {
            if !refused {
                return payload.proceed();
            }
            payload.end_with_graphql_error(
                GraphQLError::from_message_and_code("Pages of this origin may not call.", "NOT_ALLOWED"),
                StatusCode::FORBIDDEN,
            )
        })
    }
}

impl AllowedOrigins {
    // Programs other than browsers send no `Origin`, and could forge it. For a page, the browser always sends the true
    // one.
    fn refuses(&self, headers: &HeaderMap) -> bool {
        headers.get_all(header::ORIGIN).any(|origin| !origin.to_str().is_ok_and(|origin| self.allowed.contains(origin)))
    }
}

#[cfg(test)]
mod tests {
    use hive_router::ntex::http::header::HeaderValue;

    use super::*;

    fn refuses(origins: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for origin in origins {
            headers.append(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let allowed = HashSet::from(["https://quits.example".to_owned()]);
        AllowedOrigins { allowed }.refuses(&headers)
    }

    #[test]
    fn the_app_and_programs_may_call() {
        assert!(!refuses(&["https://quits.example"]));
        assert!(!refuses(&[]));
    }

    #[test]
    fn other_pages_may_not() {
        assert!(refuses(&["https://evil.example"]));
        assert!(refuses(&["https://quits.example.evil.example"]));
        assert!(refuses(&["http://quits.example"]));
        assert!(refuses(&["null"]));
        assert!(refuses(&["https://quits.example", "https://evil.example"]));
    }
}
