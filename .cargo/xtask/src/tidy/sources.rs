//! Rules for one file at a time.

use std::path::Path;

use super::{File, words::words};

const LONGEST_SOURCE: usize = 400;
const LONGEST_README: usize = 200;
/// Prometheus counts seconds in binary fractions; nothing comes back from there.
const METRICS: &str = "subgraphs/lib/kit/src/telemetry/metrics.rs";

/// Every rule that this file breaks.
pub(super) fn findings(file: &File) -> Vec<String> {
    let rules = [length, floats, database, skipped_tests, money_in_the_browser, registry_addresses];
    rules.iter().filter_map(|rule| rule(file)).map(|finding| format!("{}: {finding}", file.path)).collect()
}

fn is_rust(file: &File) -> bool {
    extension(file) == Some("rs")
}

fn is_typescript(file: &File) -> bool {
    matches!(extension(file), Some("ts" | "tsx"))
}

fn extension(file: &File) -> Option<&str> {
    Path::new(&file.path).extension()?.to_str()
}

/// Rules are written here, so what they forbid is named here.
fn is_this_tool(file: &File) -> bool {
    file.path.starts_with(".cargo/xtask/")
}

fn length(file: &File) -> Option<String> {
    let limit = match file {
        file if is_rust(file) || is_typescript(file) => LONGEST_SOURCE,
        file if file.path.ends_with("README.md") => LONGEST_README,
        _ => return None,
    };
    let lines = file.text.lines().count();
    (lines > limit).then(|| format!("{lines} lines, and {limit} are the limit"))
}

/// No binary fraction anywhere: a type, a function that has one in its name, or a literal. Tests may write a literal:
/// how often a generated case is to occur is a probability.
fn floats(file: &File) -> Option<String> {
    let is_float = |word: &&str| {
        let is_type = word.split('_').any(|part| part == "f32" || part == "f64");
        is_type
            || (!file.path.contains("/tests/") && word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
    };
    let found = words(&file.text).into_iter().find(is_float);
    found
        .filter(|_| is_rust(file) && !is_this_tool(file) && file.path != METRICS)
        .map(|word| format!("`{word}` is a float"))
}

/// A subgraph meets its database in its store alone.
fn database(file: &File) -> Option<String> {
    let inside = file.path.strip_prefix("subgraphs/")?;
    let (crate_name, path) = inside.split_once("/src/")?;
    let may = crate_name == "lib/kit" || path == "store.rs" || path.starts_with("store/");
    let names_it = is_rust(file) && words(&file.text).contains(&"mongodb");
    (names_it && !may).then(|| "`mongodb` is named outside the store".to_owned())
}

/// A test that does not run proves nothing.
fn skipped_tests(file: &File) -> Option<String> {
    if is_this_tool(file) {
        return None;
    }
    let forbidden: &[&[&str]] = if is_rust(file) {
        &[&["#", "[", "ignore"], &["todo", "!"], &["unimplemented", "!"]]
    } else if is_typescript(file) {
        &[&[".", "skip", "("], &[".", "only", "("], &[".", "todo", "("], &[".", "fixme", "("]]
    } else {
        return None;
    };
    let words = words(&file.text);
    let found = forbidden.iter().find(|row| words.windows(row.len()).any(|window| window == **row));
    found.map(|row| format!("`{}` leaves something out", row.concat()))
}

/// Amounts are texts in the browser too: what makes a number of a text makes a float.
fn money_in_the_browser(file: &File) -> Option<String> {
    if !file.path.starts_with("frontend/src/") || !is_typescript(file) {
        return None;
    }
    let words = words(&file.text);
    let called = words.windows(2).any(|pair| pair == ["Number", "("]).then_some("Number(");
    let named = ["parseFloat", "toFixed"].into_iter().find(|word| words.contains(word));
    called.or(named).map(|word| format!("`{word}` makes a float"))
}

/// A lockfile that names hosts binds everybody to them.
fn registry_addresses(file: &File) -> Option<String> {
    let names_host = file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\": \"http");
    names_host.then(|| "names a registry; npm's `omit-lockfile-registry-resolved` leaves it out".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(path: &str, text: &str) -> bool {
        !findings(&File::new(path, text)).is_empty()
    }

    #[test]
    fn long_files_are_found() {
        assert!(broken("router/src/main.rs", &"\n".repeat(401)));
        assert!(!broken("router/src/main.rs", &"\n".repeat(400)));
        assert!(broken("README.md", &"\n".repeat(201)));
    }

    #[test]
    fn floats_are_found() {
        assert!(broken("router/src/main.rs", "let x: f64;"));
        assert!(broken("router/src/main.rs", "let x = 0.5;"));
        assert!(broken("router/src/main.rs", "Duration::from_secs_f32(x)"));
        assert!(broken("router/tests/e2e.rs", "let x: f64;"));
        assert!(!broken("router/tests/e2e.rs", "weighted(0.8)"));
        assert!(
            broken("subgraphs/lib/kit/src/turns.rs", "took.as_secs_f64()") && !broken(METRICS, "took.as_secs_f64()")
        );
        assert!(!broken("router/src/main.rs", "let x = pair.0.1; // not 0.5, not f64"));
    }

    #[test]
    fn the_database_outside_a_store_is_found() {
        assert!(broken("subgraphs/users/src/operations.rs", "use mongodb::Client;"));
        assert!(!broken("subgraphs/users/src/store.rs", "use mongodb::Client;"));
        assert!(!broken("subgraphs/users/src/store/sessions.rs", "use mongodb::Client;"));
        assert!(!broken("subgraphs/lib/kit/src/mongo.rs", "use mongodb::Client;"));
        assert!(broken("subgraphs/lib/contracts/src/lib.rs", "use mongodb::Client;"));
    }

    #[test]
    fn tests_that_do_not_run_are_found() {
        assert!(broken("router/tests/e2e.rs", "#[ignore = \"slow\"]"));
        assert!(broken("router/src/main.rs", "todo!()"));
        assert!(broken("frontend/src/a.test.ts", "it.skip('x', () => {})"));
        assert!(broken("frontend/e2e/a.spec.ts", "test.only('x', () => {})"));
        assert!(!broken("router/src/main.rs", "rows.iter().skip(1)"));
    }

    #[test]
    fn floats_in_the_browser_are_found() {
        assert!(broken("frontend/src/money.ts", "const x = parseFloat(text)"));
        assert!(broken("frontend/src/money.ts", "const x = Number(text)"));
        assert!(broken("frontend/src/money.ts", "const x = y.toFixed(2)"));
        assert!(!broken("frontend/src/money.ts", "const x: Number = BigInt(text)"));
    }

    #[test]
    fn registries_in_lockfiles_are_found() {
        assert!(broken("frontend/package-lock.json", "\"resolved\": \"https://example.org/a.tgz\""));
        assert!(!broken("frontend/package-lock.json", "\"version\": \"1.0.0\""));
    }
}
