//! Composes the SDL of the subgraphs into the supergraph and the public API, and generates the currencies of the app. The
//! output depends on the code only.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context, Result, bail};
use federation_composition::{
    CompositionSuccess, ServiceDefinition, compose_services,
    graphql_core::{self, Definition, Document},
};

use crate::{
    currencies,
    ports::DEFAULT_BASE,
    services::{SUBGRAPHS, binary_path},
};

/// Returns the texts of the generated files by their paths.
pub(crate) fn files() -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut services = Vec::new();
    for (name, offset) in SUBGRAPHS {
        let sdl = export(name)?;
        let document = graphql_core::parse(&sdl).with_context(|| format!("the SDL of {name}"))?;
        services.push(
            ServiceDefinition::new(name, document)
                .with_url(format!("http://127.0.0.1:{}/graphql", DEFAULT_BASE + offset)),
        );
        files.insert(format!("schema/{name}.graphql"), sdl);
    }
    let documents: Vec<(&str, &Document)> =
        services.iter().map(|service| (service.name.as_str(), &service.type_defs)).collect();
    let differences = differing_inputs(&documents);
    if !differences.is_empty() {
        bail!("subgraphs disagree about what they share:\n{}", differences.join("\n"));
    }
    let composed = compose(&services)?;
    files.insert("schema/supergraph.graphql".to_owned(), with_end(composed.supergraph_sdl()));
    files.insert("schema/api.graphql".to_owned(), with_end(composed.public_sdl()?));
    files.insert(currencies::FILE.to_owned(), currencies::table());
    Ok(files)
}

fn export(name: &str) -> Result<String> {
    let output = Command::new(binary_path(name)?).arg("schema").output()?;
    if !output.status.success() {
        bail!("`{name} schema` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(with_end(&String::from_utf8(output.stdout)?))
}

fn with_end(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

fn compose(services: &[ServiceDefinition]) -> Result<CompositionSuccess> {
    let composed = compose_services(services)?.into_result();
    composed.map_err(|failure| {
        let errors =
            failure.errors().iter().map(|error| format!("  {}: {}", error.code().unwrap_or("ERROR"), error.message));
        anyhow::anyhow!("the subgraphs do not compose:\n{}", errors.collect::<Vec<_>>().join("\n"))
    })
}

/// Returns the inputs, enums and scalars that two subgraphs define differently. Composition would merge them, and a
/// subgraph would then receive values that it does not know.
fn differing_inputs(documents: &[(&str, &Document)]) -> Vec<String> {
    let mut first: BTreeMap<String, (&str, String)> = BTreeMap::new();
    let mut differences = Vec::new();
    for (subgraph, document) in documents {
        for (name, text) in inputs(document) {
            let (owner, original) = first.entry(name.clone()).or_insert_with(|| (subgraph, text.clone()));
            if *original != text {
                differences.push(format!("  {name}, in {owner}:\n{original}\n  and in {subgraph}:\n{text}"));
            }
        }
    }
    differences
}

fn inputs(document: &Document) -> impl Iterator<Item = (String, String)> {
    document.definitions.iter().filter_map(|definition| match definition {
        Definition::InputObjectTypeDefinition(input) => Some((input.name.value.clone(), graphql_core::print(input))),
        Definition::EnumTypeDefinition(one) => Some((one.name.value.clone(), graphql_core::print(one))),
        Definition::ScalarTypeDefinition(scalar) => Some((scalar.name.value.clone(), graphql_core::print(scalar))),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incompatible_subgraphs_are_refused_with_the_reason() {
        let link = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@shareable"])"#;
        let services = [("a", "Int"), ("b", "String")].map(|(name, scalar)| {
            let sdl = format!("{link}\ntype Query {{ x: {scalar} }}");
            ServiceDefinition::new(name, graphql_core::parse(&sdl).unwrap())
        });
        let refusal = compose(&services).unwrap_err().to_string();
        assert!(refusal.contains("FIELD_TYPE_MISMATCH"), "{refusal}");
    }

    #[test]
    fn shared_inputs_must_be_equal() {
        let a = graphql_core::parse("input Money { amount: Int! } type A { x: Int }").unwrap();
        let b = graphql_core::parse("input Money { amount: Int } type A { y: Int }").unwrap();
        assert!(differing_inputs(&[("a", &a), ("b", &a)]).is_empty());
        assert_eq!(differing_inputs(&[("a", &a), ("b", &b)]).len(), 1);
    }
}
