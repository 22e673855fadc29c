//! Rule: dashboards and alerts use existing metrics only, because a misspelt name would show nothing and never alert.

use super::files::File;

const OBSERVE: &str = "kubernetes/components/observe/";
const PREFIX: &str = "quits_";
/// The suffixes that Prometheus appends to the name of a histogram.
const SUFFIXES: [&str; 3] = ["_bucket", "_count", "_sum"];

/// Returns all metrics of ours that are used but not defined.
pub(super) fn findings(files: &[File]) -> Vec<String> {
    let measured = |name: &str| {
        let literal = format!("\"{name}\"");
        files.iter().any(|file| is_source(file) && file.text.contains(&literal))
    };
    let looked_at = files.iter().filter(|file| file.path.starts_with(OBSERVE));
    let unknown = looked_at.flat_map(|file| names(&file.text).into_iter().map(move |name| (file, name)));
    let unknown = unknown.filter(|(_, name)| {
        !measured(name) && !SUFFIXES.iter().any(|suffix| name.strip_suffix(suffix).is_some_and(measured))
    });
    unknown.map(|(file, name)| format!("{}: `{name}` is measured nowhere", file.path)).collect()
}

fn is_source(file: &File) -> bool {
    file.path.starts_with("subgraphs/") && file.path.contains("/src/")
}

/// Returns the metrics in a text, without duplicates.
fn names(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let mut names: Vec<&str> = words.filter(|word| word.starts_with(PREFIX)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_metric_is_found() {
        let source = File::new("subgraphs/lib/kit/src/a.rs", "Timing::new(\"quits_a_seconds\", \"A.\", &[])");
        let alerts = |text| File::new("kubernetes/components/observe/alerts.yaml", text);
        let found = |text| findings(&[File::new(&source.path, &source.text), alerts(text)]);
        assert!(found("rate(quits_a_seconds_bucket[5m]) / quits_a_seconds_count{job=\"x\"}").is_empty());
        assert_eq!(found("sum(quits_b_total) + quits_b_total").len(), 1);
    }
}
