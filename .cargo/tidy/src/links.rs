//! Rule: links in Markdown lead to existing files.

use std::path::Path;

use super::files::File;
use crate::root;

/// Returns all dead links of a page.
pub(super) fn findings(file: &File) -> Vec<String> {
    let page = Path::new(&file.path);
    if page.extension().is_none_or(|extension| extension != "md") {
        return Vec::new();
    }
    let here = root().join(page.parent().unwrap_or(page));
    let broken = targets(&file.text).filter(|target| !here.join(target).exists());
    broken.map(|target| format!("{}: links to {target}, which is not there", file.path)).collect()
}

/// Returns the targets of `[text](target)` that are files.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let page = "[a](README.md) ![b](schema) [c](#here) [d](README.md#there) [e](https://example.org)\n[f](lost.md)";
        assert_eq!(findings(&File::new("README.md", page)), ["README.md: links to lost.md, which is not there"]);
        assert!(findings(&File::new("schema/README.md", "[up](../README.md)")).is_empty());
        assert!(findings(&File::new("router/src/main.rs", "[a](lost.md)")).is_empty());
    }
}
