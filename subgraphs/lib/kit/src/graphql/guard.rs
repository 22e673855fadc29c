//! What only the router may query: entities, because it is the only one that builds their representations from checked
//! data, and the fields that subgraphs have for each other.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    ServerError, ServerResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery},
    parser::types::{ExecutableDocument, Selection, SelectionSet},
    registry::{MetaField, MetaType, MetaTypeName, Registry},
};

use crate::{auth::Caller, failure::Failure};

/// Refuses `_entities`, `_service` and all `@inaccessible` fields to everyone except the router.
#[derive(Clone, Default)]
pub struct RouterGuard {
    names: Arc<OnceLock<BTreeSet<String>>>,
}

impl ExtensionFactory for RouterGuard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for RouterGuard {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        let is_router = ctx.data_opt::<Caller>().is_some_and(|caller| caller.is_router);
        let names = self.names.get_or_init(|| names_for_the_router(&ctx.schema_env.registry));
        if !is_router && asks_for(names, &document) {
            let error: async_graphql::Error = Failure::unauthenticated().into();
            return Err(ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) });
        }
        Ok(document)
    }
}

fn names_for_the_router(registry: &Registry) -> BTreeSet<String> {
    let objects = registry.types.values().filter_map(|meta| match meta {
        MetaType::Object { fields, .. } => Some(fields.values()),
        _ => None,
    });
    // A field of another subgraph cannot be declared inaccessible here, but its type can.
    let has_inaccessible_type = |field: &MetaField| {
        let named = registry.types.get(MetaTypeName::concrete_typename(&field.ty));
        matches!(named, Some(MetaType::Object { inaccessible: true, .. }))
    };
    let inaccessible = objects.flatten().filter(|field| field.inaccessible || has_inaccessible_type(field));
    let names = inaccessible.map(|field| field.name.clone());
    names.chain(["_entities", "_service"].map(str::to_owned)).collect()
}

/// Also checks fragments, because a fragment can be spread anywhere.
fn asks_for(names: &BTreeSet<String>, document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(|selections| selects(names, selections))
}

fn selects(names: &BTreeSet<String>, selections: &SelectionSet) -> bool {
    selections.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => {
            names.contains(field.node.name.node.as_str()) || selects(names, &field.node.selection_set.node)
        }
        Selection::InlineFragment(fragment) => selects(names, &fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_the_router_is_found_anywhere_in_the_document() {
        let names = ["_entities", "_service", "own"].map(str::to_owned).into_iter().collect();
        let asks = |query: &str| asks_for(&names, &async_graphql::parser::parse_query(query).unwrap());
        assert!(asks("{ _entities(representations: []) { __typename } }"));
        assert!(asks("{ a: _entities(representations: []) { __typename } }"));
        assert!(asks("{ ... on Query { ... { _service { sdl } } } }"));
        assert!(asks("{ ...f } fragment f on Query { _entities(representations: []) { __typename } }"));
        assert!(asks("{ me { name: own } }"));
        assert!(asks("{ me { ...f } } fragment f on User { own }"));
        assert!(!asks("{ me { id own: name } }"));
    }
}
