//! Rule: every list in the schemas of the subgraphs must be a page, or have a bound in `schema/lists.toml`, so that no
//! response grows without limit with the amount of data.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use federation_composition::graphql_core::{self, Definition, FieldDefinition};

use super::files::{self, File};
use crate::SUBGRAPHS;

const BOUNDS: &str = "schema/lists.toml";

/// The edges of a page, which the argument `first` bounds.
const EDGES: &str = "edges";

/// For each list, by type and field: its largest length, and the file that enforces it.
type Bounds = BTreeMap<String, BTreeMap<String, (u64, String)>>;

/// Returns the lists without a bound, and outdated bounds.
pub(super) fn findings(files: &[File]) -> Result<Vec<String>> {
    let bounds: Bounds = toml::from_str(files::text(files, BOUNDS)?).context(BOUNDS)?;
    let mut lists = Vec::new();
    for name in SUBGRAPHS {
        let path = format!("schema/{name}.graphql");
        lists.extend(lists_of(files::text(files, &path)?).context(path)?);
    }
    let mut findings = differences(&lists, &bounds);
    let enforcing = bounds.values().flat_map(BTreeMap::values).map(|(_, path)| path);
    let missing = enforcing.filter(|path| !files.iter().any(|file| file.path == **path));
    findings.extend(missing.map(|path| format!("there is no {path}")));
    Ok(findings.iter().map(|finding| format!("{BOUNDS}: {finding}")).collect())
}

/// Returns the lists that are not pages, by type and field.
fn lists_of(sdl: &str) -> Result<Vec<(String, String)>> {
    let mut lists = Vec::new();
    for definition in graphql_core::parse(sdl)?.definitions {
        let (name, fields) = match definition {
            Definition::ObjectTypeDefinition(object) => (object.name.value, object.fields),
            Definition::ObjectTypeExtension(object) => (object.name.value, object.fields),
            _ => continue,
        };
        let is_page = name.ends_with("Connection") && fields.iter().any(|field| field.name.value == "pageInfo");
        let unpaged = fields.iter().filter(|field| is_list(field) && !(is_page && field.name.value == EDGES));
        lists.extend(unpaged.map(|field| (name.clone(), field.name.value.clone())));
    }
    Ok(lists)
}

fn is_list(field: &FieldDefinition) -> bool {
    graphql_core::print(&field.ty).contains('[')
}

fn differences(lists: &[(String, String)], bounds: &Bounds) -> Vec<String> {
    let is_bounded = |(kind, field): &&(String, String)| bounds.get(kind).is_some_and(|of| of.contains_key(field));
    let unbounded = lists.iter().filter(|list| !is_bounded(list));
    let mut findings: Vec<String> =
        unbounded.map(|(kind, field)| format!("{kind}.{field} is neither a page nor bounded")).collect();
    for (kind, fields) in bounds {
        let gone = fields.keys().filter(|field| !lists.contains(&(kind.clone(), (*field).clone())));
        findings.extend(gone.map(|field| format!("{kind}.{field} is bounded but is no list")));
    }
    findings.sort_unstable();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "type Group { id: ID! members: [Member!]! expenses(first: Int): ExpenseConnection }
        type ExpenseConnection { pageInfo: PageInfo! edges: [Edge!]! } type Edge { edges: [Int!] } input I { a: [Int!] }";

    #[test]
    fn a_list_without_a_bound_and_a_bound_without_a_list_are_found() {
        let lists = lists_of(SDL).unwrap();
        let names: Vec<String> = lists.iter().map(|(kind, field)| format!("{kind}.{field}")).collect();
        assert_eq!(names, ["Group.members", "Edge.edges"]);
        let bounds = "[Group]\nmembers = [200, \"a.rs\"]\nid = [1, \"a.rs\"]";
        let found = differences(&lists, &toml::from_str(bounds).unwrap());
        assert_eq!(found, ["Edge.edges is neither a page nor bounded", "Group.id is bounded but is no list"]);
    }
}
