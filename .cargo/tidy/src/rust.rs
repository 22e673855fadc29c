//! Parsed Rust sources, so that rules look at code and never at comments or strings.

use std::iter::once;

use anyhow::{Context, Result};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Lit};

use super::files::File;

/// A parsed source file.
pub(super) struct Source {
    /// The path relative to the root.
    pub(super) path: String,
    /// The syntax tree.
    pub(super) syntax: syn::File,
    /// The tokens, including those inside macros.
    tokens: TokenStream,
}

impl Source {
    /// Parses every Rust source among the files.
    pub(super) fn all(files: &[File]) -> Result<Vec<Self>> {
        files.iter().filter(|file| file.extension() == "rs").map(|file| Self::parse(&file.path, &file.text)).collect()
    }

    /// Parses one source.
    pub(super) fn parse(path: &str, text: &str) -> Result<Self> {
        let unread = || format!("{path} cannot be parsed");
        let syntax = syn::parse_file(text).with_context(unread)?;
        let tokens = text.parse().map_err(|error| anyhow::anyhow!("{path}: {error}"))?;
        Ok(Self { path: path.to_owned(), syntax, tokens })
    }

    /// Returns all tokens in order, including those inside brackets and macros.
    pub(super) fn tokens(&self) -> Vec<TokenTree> {
        flat(self.tokens.clone())
    }

    /// Returns all identifiers.
    pub(super) fn names(&self) -> impl Iterator<Item = Ident> {
        self.tokens().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name),
            _ => None,
        })
    }

    /// Returns the float literals, without fields of nested tuples (`pair.0.1`), which look the same.
    pub(super) fn float_literals(&self) -> Vec<String> {
        let tokens = self.tokens();
        let is_point = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .is_some_and(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '.'))
        };
        let is_field = |at: usize| is_point(at.checked_sub(1)) && !is_point(at.checked_sub(2));
        let literals = tokens.iter().enumerate().filter(|(at, _)| !is_field(*at));
        literals.filter_map(|(_, token)| float(token)).collect()
    }
}

/// Flattens a token stream: each group is followed by its content.
pub(super) fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    tokens
        .into_iter()
        .flat_map(|token| {
            let inside = if let TokenTree::Group(group) = &token { flat(group.stream()) } else { Vec::new() };
            once(token).chain(inside)
        })
        .collect()
}

/// Whether an item is compiled for tests only.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
    })
}

fn float(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    matches!(Lit::new(literal.clone()), Lit::Float(_)).then(|| literal.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::parse("a.rs", text).unwrap()
    }

    #[test]
    fn comments_and_strings_are_ignored() {
        let source = source("/// f64\nfn a() -> &'static str { /* f64 */ \"f64 0.5\" }");
        assert!(source.names().all(|name| name != "f64"));
        assert!(source.float_literals().is_empty());
    }

    #[test]
    fn floats_are_distinguished_from_fields_and_ranges() {
        assert!(source("fn a() { let b = pair.0.1; for _ in 1..2 {} }").float_literals().is_empty());
        assert_eq!(source("fn a() { b!(1.5); }").float_literals(), ["1.5"]);
    }

    #[test]
    fn invalid_rust_is_refused() {
        assert!(Source::parse("a.rs", "fn (").is_err());
    }
}
