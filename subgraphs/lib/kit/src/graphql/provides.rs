//! The federation directive `@provides` for fields of subscriptions, which async-graphql's macro does not offer.

use std::borrow::Cow;

use async_graphql::{
    TypeDirective, Value,
    indexmap::IndexMap,
    registry::{MetaDirectiveInvocation, Registry, location_traits::Directive_At_FIELD_DEFINITION},
};

/// `@provides`: the field resolves fields of other subgraphs, so that the router need not ask for them.
pub struct Provides;

impl Provides {
    /// Returns the directive for these fields.
    pub fn apply(fields: &str) -> MetaDirectiveInvocation {
        let args = IndexMap::from([("fields".to_owned(), Value::from(fields))]);
        MetaDirectiveInvocation { name: Provides.name().into_owned(), args }
    }
}

impl TypeDirective for Provides {
    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("provides")
    }

    // Federation defines it: the SDL only imports it.
    fn register(&self, _: &mut Registry) {}
}

impl Directive_At_FIELD_DEFINITION for Provides {}
