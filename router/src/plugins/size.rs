//! Limits the size of a request. The library caches parsed operations in memory, so their text is bounded; only a
//! request with a photo or a file may have a large body.

use hive_router::{
    GraphQLError, async_trait,
    http::StatusCode,
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_graphql_params::{OnGraphQLParamsStartHookPayload, OnGraphQLParamsStartHookResult},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{EndHookPayload, RouterPlugin, StartHookPayload},
    },
};

use super::operation::{refuse, root_fields};
use crate::settings::Limits;

/// The mutations whose variables carry a photo or a file.
const WITH_FILES: [&str; 3] = ["addAttachment", "draftReceipt", "importLedger"];

/// The size of the request body in bytes, for the later hook that knows the root fields.
struct RequestBytes(usize);

/// Refuses an operation with a long text before it is parsed, and a request with a large body before it is planned.
pub(super) struct BoundedSize {
    limits: Limits,
}

#[async_trait]
impl RouterPlugin for BoundedSize {
    type Config = Limits;

    fn plugin_name() -> &'static str {
        "bounded_size"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let limits = payload.config()?;
        payload.initialize_plugin(Self { limits })
    }

    async fn on_graphql_params<'exec>(
        &'exec self,
        payload: OnGraphQLParamsStartHookPayload<'exec>,
    ) -> OnGraphQLParamsStartHookResult<'exec> {
        payload.context.insert(RequestBytes(payload.body.len()));
        payload.on_end(|payload| {
            let length = payload.graphql_params.query.as_ref().map_or(0, String::len);
            if length <= self.limits.max_query_bytes {
                return payload.proceed();
            }
            let sentence = format!("An operation may have {} bytes of text.", self.limits.max_query_bytes);
            payload.end_with_graphql_error(
                GraphQLError::from_message_and_code(sentence, "VALIDATION"),
                StatusCode::PAYLOAD_TOO_LARGE,
            )
        })
    }

    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let bytes = payload.context.get_ref::<RequestBytes>().map_or(0, |bytes| bytes.0);
        let carries_file = || root_fields(payload.filtered_operation_for_plan).any(|field| WITH_FILES.contains(&field));
        if bytes <= self.limits.max_request_bytes || carries_file() {
            return OnGraphqlAnalysisHookResult::Proceed;
        }
        let sentence = format!("A request without a photo or a file may have {} bytes.", self.limits.max_request_bytes);
        refuse(sentence, "VALIDATION", StatusCode::PAYLOAD_TOO_LARGE)
    }
}
