//! Refuses requests with an invalid token, over HTTP and for each operation over WebSocket; hive-router treats them
//! like requests without a token. While the signing keys are not known, no token can be validated, and the router is
//! not ready.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use hive_router::{
    GraphQLError, async_trait,
    executor::execution::client_request_details::JwtRequestDetails,
    http::StatusCode,
    ntex::http::{HeaderMap, header},
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{RouterPlugin, StartHookPayload},
    },
    sonic_rs::JsonValueTrait,
};

use super::operation::refuse;

const UNAVAILABLE: &str = "Nobody can be recognised at the moment. Try again soon.";

/// Whether the router has fetched the JWKS of users at least once.
static KEYS_KNOWN: AtomicBool = AtomicBool::new(false);

/// Records that tokens can be validated from now on.
pub(crate) fn keys_are_known() {
    KEYS_KNOWN.store(true, Ordering::Relaxed);
}

/// The path of the readiness check.
const READINESS: &str = "/readiness";

/// Refuses requests whose `authorization` header is not exactly one valid access token.
#[derive(Default)]
pub(super) struct NoBadToken;

#[async_trait]
impl RouterPlugin for NoBadToken {
    type Config = ();

    fn plugin_name() -> &'static str {
        "no_bad_token"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin_with_defaults()
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        let asks_for_readiness = payload.router_http_request.path() == READINESS;
        Box::pin(async move {
            if !asks_for_readiness || KEYS_KNOWN.load(Ordering::Relaxed) {
                return payload.proceed();
            }
            let refusal = GraphQLError::from_message_and_code(UNAVAILABLE, "SERVICE_UNAVAILABLE");
            payload.end_with_graphql_error(refusal, StatusCode::SERVICE_UNAVAILABLE)
        })
    }

    // The first hook after the token was validated, and the last one before the operation is planned and executed.
    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let request = &payload.client_request_details;
        if is_acceptable(&request.headers, is_valid(&request.jwt)) {
            return OnGraphqlAnalysisHookResult::Proceed;
        }
        if !KEYS_KNOWN.load(Ordering::Relaxed) {
            return refuse(UNAVAILABLE, "SERVICE_UNAVAILABLE", StatusCode::SERVICE_UNAVAILABLE);
        }
        refuse("Your access token is not valid. Log in again.", "UNAUTHENTICATED", StatusCode::UNAUTHORIZED)
    }
}

/// Whether the library found the token valid and it has not expired since. On a WebSocket the library validates the
/// token once and keeps the result.
#[expect(clippy::disallowed_methods, reason = "the router does not depend on kit and its clock")]
fn is_valid(token: &JwtRequestDetails) -> bool {
    let JwtRequestDetails::Authenticated { claims, .. } = token else { return false };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |since| since.as_secs());
    claims.get("exp").and_then(JsonValueTrait::as_u64).is_some_and(|expiry| now < expiry)
}

fn is_acceptable(headers: &HeaderMap, found_valid: bool) -> bool {
    match headers.get_all(header::AUTHORIZATION).count() {
        0 => true,
        1 => found_valid,
        // Ambiguous: a subgraph might read another one than the router has validated.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use hive_router::ntex::http::header::HeaderValue;

    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_validated_token_expires() {
        let with_expiry = |expiry: u64| JwtRequestDetails::Authenticated {
            token: String::new(),
            prefix: None,
            claims: hive_router::sonic_rs::json!({ "exp": expiry }),
            scopes: None,
        };
        assert!(is_valid(&with_expiry(u64::from(u32::MAX))));
        assert!(!is_valid(&with_expiry(1)) && !is_valid(&JwtRequestDetails::Unauthenticated));
    }

    #[test]
    fn a_request_without_a_token_is_accepted() {
        assert!(is_acceptable(&headers(&[]), false));
    }

    #[test]
    fn an_invalid_token_is_refused() {
        for value in ["", "Bearer", "bearer x.y.z", "Bearer x.y.z", "Basic dTpw", "x.y.z"] {
            assert!(!is_acceptable(&headers(&[value]), false), "{value}");
        }
    }

    #[test]
    fn a_valid_token_must_be_the_only_one() {
        assert!(is_acceptable(&headers(&["Bearer good"]), true));
        assert!(!is_acceptable(&headers(&["Bearer good", "Bearer other"]), true));
    }
}
