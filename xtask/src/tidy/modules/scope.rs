//! The names that a module has, and where each comes from.

use super::use_tree::leaves;
use crate::tidy::source::Module;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::{Attribute, Item, ItemMacro, Signature, Visibility, ext::IdentExt};

/// The names of one module.
#[derive(Default)]
pub struct Scope {
    pub names: Vec<Name>,
    /// `macro_rules!` of this module, which the modules in it know without a path.
    pub macros: BTreeSet<String>,
    /// Words that a macro of another place is given here: it may make things with these names.
    pub perhaps: BTreeSet<String>,
}

pub struct Name {
    /// Nothing for a glob.
    pub name: Option<String>,
    /// Whether only this module and those in it know the name.
    pub is_private: bool,
    pub source: Source,
}

pub enum Source {
    /// Declared in the module with this number.
    Item(usize),
    /// A module of this crate, by its number.
    Module(usize),
    /// Imported from a path.
    Path(Vec<String>),
}

/// The names of every module of a crate, in the order of the modules.
pub fn scopes(modules: &[Module]) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = modules.iter().enumerate().map(|(here, module)| own(here, module)).collect();
    for (number, module) in modules.iter().enumerate() {
        if let (Some(parent), Some(name)) = (module.parent, module.path.last()) {
            scopes[parent].add(name.clone(), module.is_private, Source::Module(number));
        }
        for name in module.items.iter().filter_map(exported_macro) {
            scopes[0].add(name, false, Source::Item(number));
        }
    }
    scopes
}

fn own(here: usize, module: &Module) -> Scope {
    let mut scope = Scope::default();
    for item in &module.items {
        match item {
            Item::Use(item) => {
                let is_private = is_private(&item.vis);
                scope.names.extend(
                    leaves(item)
                        .into_iter()
                        .filter(|leaf| leaf.is_glob || leaf.name.is_some())
                        .map(|leaf| Name { name: leaf.name, is_private, source: Source::Path(leaf.path) }),
                );
            }
            Item::Macro(item) => scope.add_macro(here, item),
            other => {
                if let Some((visibility, name)) = declared(other) {
                    scope.add(name.unraw().to_string(), is_private(visibility), Source::Item(here));
                }
            }
        }
    }
    scope
}

impl Scope {
    fn add(&mut self, name: String, is_private: bool, source: Source) {
        self.names.push(Name { name: Some(name), is_private, source });
    }

    /// A macro is private by its word and public by its `use`; only the latter would compile from outside.
    fn add_macro(&mut self, here: usize, item: &ItemMacro) {
        match &item.ident {
            Some(name) => {
                self.macros.insert(name.to_string());
                self.add(name.to_string(), false, Source::Item(here));
            }
            None => words(item.mac.tokens.clone(), &mut self.perhaps),
        }
    }
}

fn declared(item: &Item) -> Option<(&Visibility, &proc_macro2::Ident)> {
    Some(match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(syn::ItemFn { vis, sig: Signature { ident, .. }, .. }) => (vis, ident),
        Item::Static(item) => (&item.vis, &item.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::TraitAlias(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Union(item) => (&item.vis, &item.ident),
        _ => return None,
    })
}

fn is_private(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Inherited)
}

/// `#[macro_export]` puts a macro in the root, wherever it is written.
fn exported_macro(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else { return None };
    let exports = |attribute: &Attribute| attribute.path().is_ident("macro_export");
    item.ident.as_ref().filter(|_| item.attrs.iter().any(exports)).map(ToString::to_string)
}

fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => {
                found.insert(ident.unraw().to_string());
            }
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
