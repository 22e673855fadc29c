//! Limits the cost of an operation. Each field costs 1; the fields of a list are multiplied by the number of its items.
//! For a page that is its argument `first`.

use std::{collections::HashMap, fs, path::PathBuf};

use hive_router::{
    BoxError, async_trait,
    graphql_tools::{
        parser::schema::parse_schema,
        static_graphql::schema::{Definition, Document, Field, Type, TypeDefinition, Value as Default},
    },
    http::StatusCode,
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::RouterPlugin,
    },
    query_planner::{
        ast::{
            selection_item::SelectionItem,
            selection_set::{FieldSelection, SelectionSet},
            value::Value,
        },
        state::supergraph_state::OperationKind,
    },
    sonic_rs::JsonValueTrait,
};
use serde::Deserialize;

use super::operation::refuse;

/// The assumed size of a list that is not paged. Such lists have a bound of their own and mostly few items.
const ITEMS_OF_A_LIST: u64 = 10;

/// The argument with the size of a page.
const FIRST: &str = "first";

/// The field of a page with its items.
const EDGES: &str = "edges";

/// The plugin's configuration.
#[derive(Deserialize)]
pub(super) struct Config {
    pub(super) supergraph: PathBuf,
    pub(super) max_query_cost: u64,
}

/// Refuses an operation that is too expensive, before it is planned.
pub(super) struct BoundedCost {
    fields: Fields,
    max: u64,
}

/// The result type of each field, by the name of its parent type and its own name.
type Fields = HashMap<String, HashMap<String, Leads>>;

/// The result type of a field.
struct Leads {
    to: String,
    is_list: bool,
    /// The default page size; `None` if the field takes no `first`.
    page: Option<u64>,
}

#[async_trait]
impl RouterPlugin for BoundedCost {
    type Config = Config;

    fn plugin_name() -> &'static str {
        "bounded_cost"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let Config { supergraph, max_query_cost } = payload.config()?;
        let schema = parse_schema(&fs::read_to_string(supergraph)?).map_err(BoxError::from)?.into_static();
        payload.initialize_plugin(Self { fields: fields(&schema), max: max_query_cost })
    }

    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let operation = payload.filtered_operation_for_plan;
        let root = match operation.operation_kind {
            None | Some(OperationKind::Query) => "Query",
            Some(OperationKind::Mutation) => "Mutation",
            Some(OperationKind::Subscription) => "Subscription",
        };
        let variable = |name: &str| payload.coerced_variable(name).and_then(JsonValueTrait::as_u64);
        let cost = Counting { fields: &self.fields, variable: &variable }.cost(&operation.selection_set, root, 1);
        if cost <= self.max {
            return OnGraphqlAnalysisHookResult::Proceed;
        }
        let sentence = format!("This asks for about {cost} fields at once, and {} are the limit.", self.max);
        refuse(sentence, "VALIDATION", StatusCode::BAD_REQUEST)
    }
}

/// Computes the cost of one operation.
struct Counting<'a> {
    fields: &'a Fields,
    variable: &'a dyn Fn(&str) -> Option<u64>,
}

impl Counting<'_> {
    /// The cost of a selection on the type `on`; `edges` is its number of items if it is a page.
    fn cost(&self, selections: &SelectionSet, on: &str, edges: u64) -> u64 {
        let costs = selections.items.iter().map(|item| match item {
            SelectionItem::Field(field) => self.field(field, on, edges),
            SelectionItem::InlineFragment(fragment) => self.cost(&fragment.selections, &fragment.type_condition, edges),
            SelectionItem::FragmentSpread(_) => 0,
        });
        costs.fold(0, u64::saturating_add)
    }

    fn field(&self, field: &FieldSelection, on: &str, edges: u64) -> u64 {
        let Some(leads) = self.fields.get(on).and_then(|fields| fields.get(&field.name)) else { return 1 };
        let items = match leads.is_list {
            true if field.name == EDGES => edges,
            true => ITEMS_OF_A_LIST,
            false => 1,
        };
        let page = leads.page.map_or(1, |usual| self.first(field).unwrap_or(usual));
        self.cost(&field.selections, &leads.to, page).saturating_mul(items).saturating_add(1)
    }

    fn first(&self, field: &FieldSelection) -> Option<u64> {
        match field.arguments.as_ref()?.get_argument(FIRST)? {
            Value::Int(number) => u64::try_from(*number).ok(),
            Value::Variable(name) => (self.variable)(name),
            _ => None,
        }
    }
}

fn fields(schema: &Document) -> Fields {
    let objects = schema.definitions.iter().filter_map(|definition| match definition {
        Definition::TypeDefinition(TypeDefinition::Object(object)) => Some((&object.name, &object.fields)),
        Definition::TypeDefinition(TypeDefinition::Interface(interface)) => Some((&interface.name, &interface.fields)),
        _ => None,
    });
    let leads = |fields: &Vec<Field>| fields.iter().map(|field| (field.name.clone(), leads(field))).collect();
    objects.map(|(name, fields)| (name.clone(), leads(fields))).collect()
}

fn leads(field: &Field) -> Leads {
    let first = field.arguments.iter().find(|argument| argument.name == FIRST);
    let page = first.map(|argument| match &argument.default_value {
        Some(Default::Int(number)) => number.as_i64().and_then(|number| u64::try_from(number).ok()),
        _ => None,
    });
    let (to, is_list) = named(&field.field_type);
    Leads { to: to.to_owned(), is_list, page: page.map(|usual| usual.unwrap_or(ITEMS_OF_A_LIST)) }
}

/// Returns the named type inside the wrappers, and whether it is in a list.
fn named(of: &Type) -> (&str, bool) {
    match of {
        Type::NamedType(name) => (name, false),
        Type::NonNullType(inner) => named(inner),
        Type::ListType(inner) => (named(inner).0, true),
    }
}

#[cfg(test)]
mod tests {
    use hive_router::graphql_tools::parser::query::{Definition as Asked, OperationDefinition, parse_query};

    use super::*;

    fn cost(query: &str) -> u64 {
        let schema = parse_schema(include_str!("../../../schema/supergraph.graphql")).unwrap().into_static();
        let document = parse_query::<String>(query).unwrap();
        let Some(Asked::Operation(OperationDefinition::Query(query))) = document.definitions.into_iter().next() else {
            panic!("no query")
        };
        let variable = |name: &str| (name == "hundred").then_some(100);
        Counting { fields: &fields(&schema), variable: &variable }.cost(&query.selection_set.into(), "Query", 1)
    }

    #[test]
    fn a_page_costs_as_much_as_it_has_items() {
        let of = |first: &str| cost(&format!("query A {{ groups{first} {{ edges {{ node {{ id name }} }} }} }}"));
        assert_eq!(of("(first: 10)"), 2 + 10 * 3);
        assert_eq!(of(""), 2 + 50 * 3);
        assert_eq!(of("(first: $hundred)"), 2 + 100 * 3);
    }

    #[test]
    fn nested_lists_and_pages_multiply() {
        let shares = "shares { amount { amount } }";
        let expenses = format!("expenses(first: 100) {{ edges {{ node {{ {shares} }} }} }}");
        let nested = format!("query A {{ groups(first: 100) {{ edges {{ node {{ {expenses} }} }} }} }}");
        let page = 2 + 100 * (1 + 1 + ITEMS_OF_A_LIST * 2);
        assert_eq!(cost(&nested), 2 + 100 * (1 + page));
    }

    #[test]
    fn aliases_do_not_lower_the_cost() {
        assert_eq!(cost("query A { a: me { b: id } c: me { id } }"), 4);
    }
}
