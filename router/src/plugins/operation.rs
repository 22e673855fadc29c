//! Helpers for plugins: what an operation contains, and how to refuse it.

use hive_router::{
    GraphQLError,
    executor::execution::client_request_details::JwtRequestDetails,
    http::StatusCode,
    plugins::{hooks::on_graphql_analysis::OnGraphqlAnalysisHookResult, plugin_trait::FromGraphQLErrorToResponse},
    query_planner::ast::{operation::OperationDefinition, selection_item::SelectionItem, selection_set::SelectionSet},
    sonic_rs::JsonValueTrait,
};

/// Returns the names of an operation's root fields. A field that is selected several times appears several times.
pub(super) fn root_fields(operation: &OperationDefinition) -> impl Iterator<Item = &str> {
    fields(&operation.selection_set).into_iter()
}

fn fields(selections: &SelectionSet) -> Vec<&str> {
    selections.items.iter().flat_map(names).collect()
}

fn names(item: &SelectionItem) -> Vec<&str> {
    match item {
        SelectionItem::Field(field) => vec![field.name.as_str()],
        SelectionItem::InlineFragment(fragment) => fields(&fragment.selections),
        SelectionItem::FragmentSpread(_) => Vec::new(),
    }
}

/// Returns the user id from the operation's valid token; `None` if it has none.
pub(super) fn person(token: &JwtRequestDetails) -> Option<String> {
    match token {
        JwtRequestDetails::Authenticated { claims, .. } => claims.get("sub")?.as_str().map(str::to_owned),
        JwtRequestDetails::Unauthenticated => None,
    }
}

/// Ends an operation with this error before it is planned.
pub(super) fn refuse(sentence: impl Into<String>, code: &str, status: StatusCode) -> OnGraphqlAnalysisHookResult {
    let refusal = GraphQLError::from_message_and_code(sentence, code);
    let response = FromGraphQLErrorToResponse::from_graphql_error_to_response(refusal, status);
    OnGraphqlAnalysisHookResult::EndWithResponse(response)
}
