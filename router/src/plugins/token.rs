//! hive-router takes a request with a bad token for one without a token. Here it is refused, over HTTP
//! and for every operation over WebSocket.

use hive_router::{
    GraphQLError, async_trait,
    executor::execution::client_request_details::JwtRequestDetails,
    http::StatusCode,
    ntex::http::{HeaderMap, header},
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{FromGraphQLErrorToResponse, RouterPlugin},
    },
};

/// Refuses whatever stands in `authorization` and is not one valid access token.
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

    // The first hook after the token was checked, and the last before anything is planned or run.
    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let request = &payload.client_request_details;
        let found_valid = matches!(*request.jwt, JwtRequestDetails::Authenticated { .. });
        if is_acceptable(&request.headers, found_valid) {
            return OnGraphqlAnalysisHookResult::Proceed;
        }
        let refusal =
            GraphQLError::from_message_and_code("Your access token is not valid. Log in again.", "UNAUTHENTICATED");
        OnGraphqlAnalysisHookResult::EndWithResponse(FromGraphQLErrorToResponse::from_graphql_error_to_response(
            refusal,
            StatusCode::UNAUTHORIZED,
        ))
    }
}

fn is_acceptable(headers: &HeaderMap, found_valid: bool) -> bool {
    match headers.get_all(header::AUTHORIZATION).count() {
        0 => true,
        1 => found_valid,
        // Which of them would a subgraph read?
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
    fn no_token_is_no_bad_token() {
        assert!(is_acceptable(&headers(&[]), false));
    }

    #[test]
    fn anything_that_was_not_found_valid_is_refused() {
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
