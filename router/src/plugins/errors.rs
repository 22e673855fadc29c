//! Hides the details of internal errors from clients.

use hive_router::{
    GraphQLError,
    plugins::{
        hooks::{
            on_graphql_error::{OnGraphQLErrorHookPayload, OnGraphQLErrorHookResult},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::RouterPlugin,
    },
};
use tracing::warn;

/// The message for a subgraph that does not respond.
pub(crate) const UNAVAILABLE: &str = "This part of Quits does not answer at the moment. Try again soon.";

const BROKEN: &str = "Something went wrong on our side.";

/// Passes refusals of the subgraphs through unchanged and replaces the library's own errors.
///
/// The library runs no plugin for the events of a subscription. There its error masking replaces every subgraph's
/// message with [`UNAVAILABLE`]; the codes stay.
#[derive(Default)]
pub(super) struct SafeErrors;

impl RouterPlugin for SafeErrors {
    type Config = ();

    fn plugin_name() -> &'static str {
        "safe_errors"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin_with_defaults()
    }

    fn on_graphql_error<'req>(
        &'req self,
        mut payload: OnGraphQLErrorHookPayload<'req>,
    ) -> OnGraphQLErrorHookResult<'req> {
        make_safe(&mut payload.error);
        payload.proceed()
    }
}

fn make_safe(error: &mut GraphQLError) {
    // The library masks errors that name a subgraph. Without the name, it leaves this error as it is.
    let subgraph = error.extensions.service_name.take();
    let Some((code, message)) = replacement(error.extensions.code.as_deref()) else {
        return;
    };
    warn!(
        subgraph,
        code = error.extensions.code,
        error = error.message,
        "an internal error was hidden from the client"
    );
    error.extensions.code = Some(code.to_owned());
    error.extensions.extensions.clear();
    message.clone_into(&mut error.message);
}

/// Returns the code and message that replace an error with `code`, or `None` if the client may see it.
fn replacement(code: Option<&str>) -> Option<(&'static str, &'static str)> {
    match code? {
        // The library's code for a subgraph error that has none. Refusals always have a code.
        "DOWNSTREAM_SERVICE_ERROR" => Some(("INTERNAL", BROKEN)),
        code if code.starts_with("SUBGRAPH_") || code.starts_with("SUBREQUEST_") => {
            Some(("SUBGRAPH_UNAVAILABLE", UNAVAILABLE))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_passes_unchanged() {
        let mut error = GraphQLError::from_message_and_code("There is no such group.", "GROUP_NOT_FOUND")
            .add_subgraph_name("groups");
        make_safe(&mut error);
        assert_eq!(error.message, "There is no such group.");
        assert_eq!(error.extensions.code.as_deref(), Some("GROUP_NOT_FOUND"));
        assert_eq!(error.extensions.service_name, None);
    }

    #[test]
    fn the_address_of_a_subgraph_is_hidden() {
        let mut error = GraphQLError::from_message_and_code(
            "Failed to read response body from subgraph \"http://10.0.0.7:4002/graphql\"",
            "SUBGRAPH_RESPONSE_BODY_READ_FAILURE",
        );
        make_safe(&mut error);
        assert_eq!(error.message, UNAVAILABLE);
        assert_eq!(error.extensions.code.as_deref(), Some("SUBGRAPH_UNAVAILABLE"));
    }

    #[test]
    fn an_error_without_a_code_is_internal() {
        let mut error = GraphQLError::from("E11000 duplicate key").add_subgraph_name("users");
        make_safe(&mut error);
        assert_eq!(error.message, BROKEN);
        assert_eq!(error.extensions.code.as_deref(), Some("INTERNAL"));
    }
}
