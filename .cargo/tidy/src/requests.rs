//! Rule: the request collection has a request for every operation of the API.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use federation_composition::graphql_core::{self, Definition, Selection};
use serde_json::Value;

use super::files::{self, File};

const COLLECTION: &str = "schema/postman_collection.json";
const API: &str = "schema/api.graphql";

/// Pairs of a root type and one of its fields.
type Operations = BTreeSet<(String, String)>;

/// Returns the operations of the API that are missing in the collection.
pub(super) fn findings(files: &[File]) -> Result<Vec<String>> {
    let collection = serde_json::from_str(files::text(files, COLLECTION)?).context(COLLECTION)?;
    let missing = missing(files::text(files, API)?, &collection)?;
    Ok(missing.iter().map(|operation| format!("{COLLECTION}: has no request for {operation}")).collect())
}

fn missing(api: &str, collection: &Value) -> Result<Vec<String>> {
    let mut asked = Operations::new();
    for query in queries(collection) {
        asked.extend(operations(query).with_context(|| format!("a request of {COLLECTION}:\n{query}"))?);
    }
    let offered = offered(api)?;
    Ok(offered.difference(&asked).map(|(kind, name)| format!("{kind}.{name}")).collect())
}

fn offered(api: &str) -> Result<Operations> {
    let mut offered = Operations::new();
    for definition in graphql_core::parse(api).context(API)?.definitions {
        if let Definition::ObjectTypeDefinition(object) = definition
            && ["Query", "Mutation"].contains(&object.name.value.as_str())
        {
            offered.extend(object.fields.into_iter().map(|field| (object.name.value.clone(), field.name.value)));
        }
    }
    Ok(offered)
}

/// Returns the root fields of a request.
fn operations(query: &str) -> Result<Operations> {
    let mut asked = Operations::new();
    for definition in graphql_core::parse(query)?.definitions {
        let Definition::OperationDefinition(operation) = definition else { continue };
        let kind = if operation.operation.as_str() == "mutation" { "Mutation" } else { "Query" };
        for selection in operation.selection_set.selections {
            if let Selection::Field(field) = selection {
                asked.insert((kind.to_owned(), field.name.value));
            }
        }
    }
    Ok(asked)
}

/// Returns the queries in a folder, recursively.
fn queries(folder: &Value) -> Vec<&str> {
    let items = folder["item"].as_array().into_iter().flatten();
    items
        .flat_map(|item| item["request"]["body"]["graphql"]["query"].as_str().into_iter().chain(queries(item)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_without_a_request_is_found() {
        let api = "type Query { me: User group(id: ID!): Group } type Mutation { join: Boolean } type User { id: ID! }";
        let request = |query: &str| json!({ "request": { "body": { "graphql": { "query": query } } } });
        let collection = json!({ "item": [{ "item": [request("{ me { group } }")] }, request("query A { join }")] });
        assert_eq!(missing(api, &collection).unwrap(), ["Mutation.join", "Query.group"]);
        assert!(missing(api, &json!({ "item": [request("{ me ")] })).is_err());
    }
}
