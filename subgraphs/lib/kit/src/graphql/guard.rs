//! Only the router may query entities, because it is the only one that builds their representations from checked data.

use std::sync::Arc;

use async_graphql::{
    ServerError, ServerResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery},
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::{auth::Caller, failure::Failure};

/// Refuses `_entities` and `_service` to everyone except the router.
pub struct EntityGuard;

impl ExtensionFactory for EntityGuard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for EntityGuard {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        let is_router = ctx.data_opt::<Caller>().is_some_and(|caller| caller.is_router);
        if !is_router && asks_for_entities(&document) {
            let error: async_graphql::Error = Failure::unauthenticated().into();
            return Err(ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) });
        }
        Ok(document)
    }
}

/// Also checks fragments, because a fragment can be spread at the root.
fn asks_for_entities(document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(names_entities)
}

fn names_entities(selections: &SelectionSet) -> bool {
    selections.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => matches!(field.node.name.node.as_str(), "_entities" | "_service"),
        Selection::InlineFragment(fragment) => names_entities(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_found_anywhere_in_the_document() {
        let asks = |query: &str| asks_for_entities(&async_graphql::parser::parse_query(query).unwrap());
        assert!(asks("{ _entities(representations: []) { __typename } }"));
        assert!(asks("{ a: _entities(representations: []) { __typename } }"));
        assert!(asks("{ ... on Query { ... { _service { sdl } } } }"));
        assert!(asks("{ ...f } fragment f on Query { _entities(representations: []) { __typename } }"));
        assert!(!asks("{ me { id } }"));
    }
}
