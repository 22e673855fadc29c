//! Finds which modules of a crate use which others. A path is a use of the module that defines its target: re-exports
//! are followed and are not uses themselves. Test modules are ignored.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};
use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Item, ItemMod, ItemUse, UseTree, Visibility,
    visit::{self, Visit},
};

use super::rust::{Source, flat, is_for_tests};

/// The path of a module from the crate root, which is empty.
pub(super) type Module = Vec<String>;

/// The modules of one crate.
pub(super) struct Modules {
    /// The source folder of the crate, such as `subgraphs/users/src`.
    pub(super) folder: String,
    modules: BTreeMap<Module, Contents>,
}

/// The content of a module, including inline modules.
#[derive(Default)]
struct Contents {
    /// Imported names with their paths, and whether they are re-exported.
    imports: BTreeMap<String, Import>,
    /// The paths of `use a::*`.
    globs: Vec<Module>,
    /// All paths in the code, as written.
    paths: BTreeSet<Module>,
    /// The names of items defined here.
    items: BTreeSet<String>,
}

struct Import {
    path: Module,
    is_reexport: bool,
}

impl Modules {
    /// Reads the crate in this source folder.
    pub(super) fn read(folder: &str, sources: &[Source]) -> Self {
        let inside = |source: &&Source| {
            source.path.strip_prefix(folder).is_some_and(|path| path.starts_with('/') && path != "/main.rs")
        };
        let sources: Vec<&Source> = sources.iter().filter(inside).collect();
        let tests: Vec<Module> =
            sources.iter().flat_map(|source| test_modules(&module_of(folder, &source.path), source)).collect();
        let is_test = |module: &Module| tests.iter().any(|test| module.starts_with(test));
        let modules = sources
            .iter()
            .map(|source| (module_of(folder, &source.path), *source))
            .filter(|(module, _)| !is_test(module))
            .map(|(module, source)| (module, Contents::of(source)))
            .collect();
        Self { folder: folder.to_owned(), modules }
    }

    /// Iterates over all modules.
    pub(super) fn all(&self) -> impl Iterator<Item = &Module> {
        self.modules.keys()
    }

    /// Returns pairs of modules: the first uses the second.
    pub(super) fn uses(&self) -> BTreeSet<(Module, Module)> {
        let mut uses = BTreeSet::new();
        for (module, contents) in &self.modules {
            let private = contents.imports.values().filter(|import| !import.is_reexport).map(|import| &import.path);
            let defined = private.chain(&contents.paths).filter_map(|path| self.defining(module, path));
            let whole = contents.globs.iter().filter_map(|path| self.named(module, path, 0)).map(|named| named.module);
            let used = defined.chain(whole).filter(|used| used != module);
            uses.extend(used.map(|used| (module.clone(), used)));
        }
        uses
    }

    /// Returns the modules that name anything directly in the crate root, even what is only re-exported there.
    pub(super) fn users_of_lib(&self) -> impl Iterator<Item = &Module> {
        let is_of_lib = |module: &Module, path: &Module| match path.as_slice() {
            [first, name, ..] if first == "crate" || (first == "super" && module.len() == 1) => {
                !self.modules.contains_key(std::slice::from_ref(name))
            }
            _ => false,
        };
        let users = self.modules.iter().filter(move |(module, contents)| {
            let mut paths = contents.imports.values().map(|import| &import.path).chain(&contents.paths);
            !module.is_empty() && paths.any(|path| is_of_lib(module, path))
        });
        users.map(|(module, _)| module)
    }

    /// Returns the module that defines the target of a path, if it belongs to this crate. A path to a module itself is
    /// not a use; the paths that begin with it are.
    fn defining(&self, from: &Module, path: &[String]) -> Option<Module> {
        self.named(from, path, 0).filter(|named| named.is_inside).map(|named| named.module)
    }

    fn named(&self, from: &Module, path: &[String], depth: usize) -> Option<Named> {
        // A longer chain of re-exports is a cycle.
        if depth > 16 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(from.clone(), rest, depth),
            "super" => self.walk(from[..from.len().checked_sub(1)?].to_vec(), rest, depth),
            name => {
                let child = [from.as_slice(), &[name.to_owned()]].concat();
                if self.modules.contains_key(&child) {
                    return self.walk(child, rest, depth);
                }
                let import = self.modules.get(from)?.imports.get(name)?;
                let whole = [import.path.as_slice(), rest].concat();
                // `use serde;` refers to itself.
                if import.path.first() == Some(first) { None } else { self.named(from, &whole, depth + 1) }
            }
        }
    }

    fn walk(&self, mut module: Module, path: &[String], depth: usize) -> Option<Named> {
        for (at, name) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            if name == "super" {
                module.pop();
            } else if self.modules.contains_key(&child) {
                module = child;
            } else {
                return self.inside(module, &path[at..], depth);
            }
        }
        Some(Named { module, is_inside: false })
    }

    /// Resolves the rest of a path inside a module: an item or an import.
    fn inside(&self, module: Module, path: &[String], depth: usize) -> Option<Named> {
        let (name, rest) = path.split_first()?;
        let contents = self.modules.get(&module)?;
        if let Some(import) = contents.imports.get(name) {
            return self.named(&module, &[import.path.as_slice(), rest].concat(), depth + 1);
        }
        let defines = |module: &Module| self.modules.get(module).is_some_and(|known| known.items.contains(name));
        let globs = contents.globs.iter().filter_map(|glob| self.named(&module, glob, depth + 1));
        let through_glob = globs.map(|named| named.module).find(|target| !defines(&module) && defines(target));
        Some(Named { module: through_glob.unwrap_or(module), is_inside: true })
    }
}

/// A module, and whether the path leads to an item in it.
struct Named {
    module: Module,
    is_inside: bool,
}

impl Contents {
    fn of(source: &Source) -> Self {
        let mut contents = Self::default();
        contents.visit_file(&source.syntax);
        contents
    }

    fn import(&mut self, tree: &UseTree, path: &[String], is_reexport: bool) {
        let with = |name: &dyn ToString| [path, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(tree) => self.import(&tree.tree, &with(&tree.ident), is_reexport),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, path, is_reexport)),
            UseTree::Glob(_) => self.globs.push(path.to_vec()),
            UseTree::Name(name) if name.ident == "self" => {
                let known = path.last().cloned().unwrap_or_default();
                self.imports.insert(known, Import { path: path.to_vec(), is_reexport });
            }
            UseTree::Name(name) => {
                self.imports.insert(name.ident.to_string(), Import { path: with(&name.ident), is_reexport });
            }
            UseTree::Rename(tree) => {
                self.imports.insert(tree.rename.to_string(), Import { path: with(&tree.ident), is_reexport });
            }
        }
    }

    /// Collects the paths in macro arguments, and in strings of attributes such as `#[serde(with = "crate::time")]`.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Module::new();
        let mut marks = 0;
        for token in flat(tokens) {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => marks += 1,
                TokenTree::Ident(name) if marks == 2 && !path.is_empty() => {
                    path.push(name.to_string());
                    marks = 0;
                }
                token => {
                    self.paths.insert(std::mem::take(&mut path));
                    marks = 0;
                    match token {
                        TokenTree::Ident(name) => path.push(name.to_string()),
                        TokenTree::Literal(literal) => self.text(&literal.to_string()),
                        _ => {}
                    }
                }
            }
        }
        self.paths.insert(path);
    }

    fn text(&mut self, literal: &str) {
        let text = literal.trim_matches('"');
        if text.starts_with("crate::") || text.starts_with("super::") {
            self.paths.insert(text.split("::").map(str::to_owned).collect());
        }
    }
}

impl<'a> Visit<'a> for Contents {
    fn visit_item(&mut self, item: &'a Item) {
        let (attributes, name) = head(item);
        if is_for_tests(attributes) {
            return;
        }
        self.items.extend(name);
        visit::visit_item(self, item);
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        visit::visit_path(self, &called.path);
        self.tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if let Ok(list) = attribute.meta.require_list() {
            self.tokens(list.tokens.clone());
        }
    }
}

fn head(item: &Item) -> (&[Attribute], Option<String>) {
    let (attributes, name) = match item {
        Item::Const(item) => (&item.attrs, Some(&item.ident)),
        Item::Enum(item) => (&item.attrs, Some(&item.ident)),
        Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
        Item::Impl(item) => (&item.attrs, None),
        Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
        Item::Mod(item) => (&item.attrs, Some(&item.ident)),
        Item::Static(item) => (&item.attrs, Some(&item.ident)),
        Item::Struct(item) => (&item.attrs, Some(&item.ident)),
        Item::Trait(item) => (&item.attrs, Some(&item.ident)),
        Item::Type(item) => (&item.attrs, Some(&item.ident)),
        Item::Use(item) => (&item.attrs, None),
        _ => return (&[], None),
    };
    (attributes, name.map(ToString::to_string))
}

/// Converts a path to a module: `subgraphs/users/src/account/store.rs` is `account::store` of the crate in
/// `subgraphs/users/src`.
fn module_of(folder: &str, path: &str) -> Module {
    let inside = path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/').trim_end_matches(".rs");
    let mut module: Module = inside.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

fn test_modules(module: &Module, source: &Source) -> Vec<Module> {
    let modules = source.syntax.items.iter().filter_map(|item| match item {
        Item::Mod(ItemMod { attrs, ident, .. }) if is_for_tests(attrs) => Some(ident),
        _ => None,
    });
    modules.map(|name| [module.as_slice(), &[name.to_string()]].concat()).collect()
}

/// Returns all sets of modules that use each other, directly or in a cycle, sorted.
pub(super) fn cycles(uses: &BTreeSet<(Module, Module)>) -> BTreeSet<BTreeSet<Module>> {
    let graph: DiGraphMap<&Module, ()> = uses.iter().map(|(from, to)| (from, to)).collect();
    let sets = tarjan_scc(&graph).into_iter().filter(|set| set.len() > 1);
    sets.map(|set| set.into_iter().cloned().collect()).collect()
}

/// Formats a module as in Rust code.
pub(super) fn name(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

#[cfg(test)]
pub(super) fn crate_of(files: &[(&str, &str)]) -> Modules {
    let sources: Vec<Source> =
        files.iter().map(|(path, text)| Source::parse(&format!("subgraphs/users/src/{path}"), text).unwrap()).collect();
    Modules::read("subgraphs/users/src", &sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(files: &[(&str, &str)]) -> Vec<String> {
        let uses = crate_of(files).uses();
        uses.iter().map(|(from, to)| format!("{} -> {}", name(from), name(to))).collect()
    }

    #[test]
    fn a_path_leads_to_where_its_name_is_defined() {
        let lib = ("lib.rs", "mod a; mod b;");
        assert_eq!(uses(&[lib, ("a.rs", "use crate::b::B;"), ("b.rs", "pub struct B;")]), ["a -> b"]);
        assert_eq!(uses(&[lib, ("a.rs", "fn a() { super::b::b() }"), ("b.rs", "pub fn b() {}")]), ["a -> b"]);
        assert_eq!(uses(&[lib, ("a.rs", "use crate::b; fn a(_: b::B) {}"), ("b.rs", "pub struct B;")]), ["a -> b"]);
        assert_eq!(uses(&[lib, ("a.rs", "fn a() { x!(crate::b::B) }"), ("b.rs", "pub struct B;")]), ["a -> b"]);
        let named = "#[serde(with = \"crate::b\")] struct A { #[serde(with = \"crate::b::B\")] a: u8 }";
        assert_eq!(uses(&[lib, ("a.rs", named), ("b.rs", "pub struct B;")]), ["a -> b"]);
    }

    #[test]
    fn a_reexport_is_followed_and_is_no_use() {
        let b = [("b/mod.rs", "mod c; pub use c::C; pub struct B;"), ("b/c.rs", "use super::B; pub struct C;")];
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::C;"), b[0], b[1]];
        assert_eq!(uses(&files), ["a -> b::c", "b::c -> b"]);
    }

    #[test]
    fn test_modules_are_ignored() {
        let a = "#[cfg(test)] mod tests { use crate::b::B; } #[cfg(test)] use crate::b::B;";
        assert!(uses(&[("lib.rs", ""), ("a.rs", a), ("b.rs", "pub struct B;")]).is_empty());
        let files = [("a.rs", "#[cfg(test)] mod tests;"), ("a/tests.rs", "use crate::b::B;"), ("b.rs", "struct B;")];
        assert!(uses(&files).is_empty());
    }

    #[test]
    fn cycles_are_found_once() {
        let files = [("a.rs", "use crate::b::B; struct A;"), ("b.rs", "use crate::c::C; struct B;")];
        let cycle = [files[0], files[1], ("c.rs", "use crate::a::A; struct C;")];
        let found = cycles(&crate_of(&[&cycle[..], &[("lib.rs", "use a::A;")]].concat()).uses());
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().unwrap().len(), 3);
        assert!(cycles(&crate_of(&files).uses()).is_empty());
    }
}
