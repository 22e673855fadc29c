//! Rules for single files.

use proc_macro2::TokenTree;

use super::{files::File, rust::Source};

const LONGEST_SOURCE: usize = 400;
const LONGEST_README: usize = 200;
/// Exempt from the rule on floats: Prometheus records seconds as floats, and nothing reads them back; places on a page
/// of a PDF are floats.
const FLOATS: [&str; 2] = ["subgraphs/lib/kit/src/telemetry/metrics.rs", "subgraphs/reports/src/statement/paper.rs"];

/// Returns all rules that the text of a file breaks.
pub(super) fn findings(file: &File) -> Vec<String> {
    let findings = [length(file), registry_addresses(file)].into_iter().flatten();
    findings.map(|finding| format!("{}: {finding}", file.path)).collect()
}

/// Returns all rules that the code of a Rust source breaks.
pub(super) fn rust_findings(source: &Source) -> Vec<String> {
    let findings = [floats(source), database(source), ignored(source)].into_iter().flatten();
    findings.map(|finding| format!("{}: {finding}", source.path)).collect()
}

fn length(file: &File) -> Option<String> {
    let limit = match file.extension() {
        "rs" | "ts" | "tsx" => LONGEST_SOURCE,
        _ if file.path.ends_with("README.md") => LONGEST_README,
        _ => return None,
    };
    let lines = file.text.lines().count();
    (lines > limit).then(|| format!("{lines} lines; the limit is {limit}"))
}

/// No floats: neither types, nor functions named after them, nor literals. Tests may use literals, for the probability
/// of generated cases.
fn floats(source: &Source) -> Option<String> {
    if FLOATS.contains(&source.path.as_str()) {
        return None;
    }
    let is_float = |name: &String| name.split('_').any(|part| part == "f32" || part == "f64");
    let named = source.names().map(|name| name.to_string()).find(is_float);
    let literal = || source.float_literals().into_iter().next().filter(|_| !source.path.contains("/tests/"));
    named.or_else(literal).map(|float| format!("`{float}` is a float"))
}

/// A subgraph may use the database driver only in its stores and in the migrations of their documents.
fn database(source: &Source) -> Option<String> {
    let inside = source.path.strip_prefix("subgraphs/")?;
    let (crate_name, path) = inside.split_once("/src/")?;
    let file = path.rsplit('/').next();
    let is_store = matches!(file, Some("store.rs" | "migrations.rs")) || path.contains("store/");
    let names_it = source.names().any(|name| name == "mongodb");
    (names_it && !is_store && crate_name != "lib/kit").then(|| "`mongodb` is named outside a store".to_owned())
}

/// A test that is not run proves nothing, whatever the reason.
fn ignored(source: &Source) -> Option<String> {
    let is_ignored = source.tokens().windows(3).any(|row| {
        matches!(row, [TokenTree::Punct(mark), TokenTree::Group(_), TokenTree::Ident(name)]
            if mark.as_char() == '#' && name == "ignore")
    });
    is_ignored.then(|| "a test is ignored".to_owned())
}

/// A lock file with host names would bind everybody to these hosts.
fn registry_addresses(file: &File) -> Option<String> {
    let names_host = file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\": \"http");
    names_host.then(|| "names a registry; npm's `omit-lockfile-registry-resolved` leaves it out".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(path: &str, text: &str) -> bool {
        let file = File::new(path, text);
        let source = (file.extension() == "rs").then(|| Source::parse(path, text).unwrap());
        !findings(&file).is_empty() || source.is_some_and(|source| !rust_findings(&source).is_empty())
    }

    #[test]
    fn long_files_are_found() {
        assert!(breaks("router/src/main.rs", &"\n".repeat(401)));
        assert!(!breaks("router/src/main.rs", &"\n".repeat(400)));
        assert!(breaks("README.md", &"\n".repeat(201)));
    }

    #[test]
    fn floats_are_found() {
        assert!(breaks("router/src/main.rs", "fn a(x: f64) {}"));
        assert!(breaks("router/src/main.rs", "const X: Y = 0.5;"));
        assert!(breaks("router/src/main.rs", "fn a() { b!(0.5) }"));
        assert!(breaks("router/src/main.rs", "fn a() { Duration::from_secs_f32(x) }"));
        assert!(breaks("router/tests/e2e.rs", "fn a(x: f64) {}"));
        assert!(!breaks("router/tests/e2e.rs", "fn a() { weighted(0.8) }"));
        assert!(!breaks(FLOATS[0], "fn a() { took.as_secs_f64() }"));
        assert!(!breaks("router/src/main.rs", "fn a() { pair.0.1; } // not 0.5, not f64"));
    }

    #[test]
    fn the_database_outside_a_store_is_found() {
        assert!(breaks("subgraphs/users/src/account/operations.rs", "use mongodb::Client;"));
        assert!(!breaks("subgraphs/users/src/account/store.rs", "use mongodb::Client;"));
        assert!(!breaks("subgraphs/users/src/account/store/sessions.rs", "use mongodb::Client;"));
        assert!(!breaks("subgraphs/lib/kit/src/mongo.rs", "use mongodb::Client;"));
        assert!(breaks("subgraphs/lib/contracts/src/lib.rs", "use mongodb::Client;"));
    }

    #[test]
    fn ignored_tests_are_found() {
        assert!(breaks("router/tests/e2e.rs", "#[ignore = \"slow\"]\nfn a() {}"));
        assert!(!breaks("router/src/main.rs", "fn a() { ignore(b) }"));
    }

    #[test]
    fn registries_in_lockfiles_are_found() {
        assert!(breaks("frontend/package-lock.json", "\"resolved\": \"https://example.org/a.tgz\""));
        assert!(!breaks("frontend/package-lock.json", "\"version\": \"1.0.0\""));
    }
}
