//! A public type's name says which type is meant, wherever it is read: no two share one.

use super::source::{Crate, Module};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::{Item, Visibility};

/// What an operation takes and gives; the operation's name stands before it.
const SHARED: [&str; 2] = ["Input", "Output"];

/// The places of each name, by crate and module: a module's alternatives for other platforms are one type.
type Places<'a> = BTreeMap<(&'a str, &'a [String]), BTreeSet<(&'a str, usize)>>;

pub fn faults(crates: &[Crate]) -> Vec<String> {
    let mut names: BTreeMap<String, Places<'_>> = BTreeMap::new();
    for source in crates {
        for module in &source.modules {
            for ident in public_types(module) {
                let places = names.entry(ident.to_string()).or_default();
                let declared = places.entry((&source.package, &module.path)).or_default();
                declared.insert((&module.file, ident.span().start().line));
            }
        }
    }
    let shared = names.iter().filter(|(name, places)| places.len() > 1 && !SHARED.contains(&name.as_str()));
    shared.map(|(name, places)| fault(name, places)).collect()
}

fn fault(name: &str, places: &Places<'_>) -> String {
    let all: BTreeSet<_> = places.values().flatten().collect();
    let all: Vec<String> = all.into_iter().map(|(file, line)| format!("{file}:{line}")).collect();
    format!("{name} names {} public types: {}", places.len(), all.join(", "))
}

fn public_types(module: &Module) -> Vec<Ident> {
    module.items.iter().flat_map(declared).collect()
}

fn declared(item: &Item) -> Vec<Ident> {
    let (visibility, ident) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::TraitAlias(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Union(item) => (&item.vis, &item.ident),
        Item::Macro(item) if item.ident.is_none() => return made(&item.mac),
        _ => return Vec::new(),
    };
    if matches!(visibility, Visibility::Public(_)) { vec![ident.clone()] } else { Vec::new() }
}

/// The public types that the product's own macros make, which only their tokens tell.
fn made(made_by: &syn::Macro) -> Vec<Ident> {
    let tokens = made_by.tokens.clone();
    match made_by.path.segments.last().map(|last| last.ident.to_string()).as_deref() {
        Some("events") => groups(&tokens).flat_map(events).collect(),
        Some("words") => words(tokens),
        _ => written(tokens),
    }
}

fn groups(tokens: &TokenStream) -> impl Iterator<Item = TokenStream> {
    tokens.clone().into_iter().filter_map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    })
}

/// `Name = "published.name": "what happened";` is a struct.
fn events(tokens: TokenStream) -> Vec<Ident> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let name = |three: &[TokenTree]| match three {
        [TokenTree::Ident(name), TokenTree::Punct(equals), TokenTree::Literal(_)]
            if equals.as_char() == '=' =>
        {
            Some(name.clone())
        }
        _ => None,
    };
    trees.windows(3).filter_map(name).collect()
}

/// `Name { Variant = "word" }` is an enum.
fn words(tokens: TokenStream) -> Vec<Ident> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let name = |two: &[TokenTree]| match two {
        [TokenTree::Ident(name), TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
            Some(name.clone())
        }
        _ => None,
    };
    trees.windows(2).filter_map(name).collect()
}

/// Types that are passed to a macro whole, as `pub struct Name`.
fn written(tokens: TokenStream) -> Vec<Ident> {
    const KINDS: [&str; 5] = ["struct", "enum", "trait", "type", "union"];
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let name = |three: &[TokenTree]| match three {
        [TokenTree::Ident(public), TokenTree::Ident(kind), TokenTree::Ident(name)]
            if public == "pub" && KINDS.iter().any(|known| kind == known) =>
        {
            Some(name.clone())
        }
        _ => None,
    };
    trees.windows(3).filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::testing::{package, tree};

    #[test]
    fn a_shared_name_is_told_with_every_place() {
        let one = package("g8-one", false, &[("lib.rs", "\npub struct Plum; pub enum Fig { A }")]);
        let two = package("g8-two", true, &[("main.rs", "mod a;"), ("a.rs", "pub type Plum = u8;")]);
        assert_eq!(faults(&[one, two]), ["Plum names 2 public types: a.rs:1, lib.rs:2"]);
    }

    #[test]
    fn inputs_outputs_tests_private_and_associated_types_may_share() {
        let declares = "pub struct Input; pub struct Output; struct Own; pub(crate) struct Ours; \
                        impl Has for Own { type It = u8; } #[cfg(test)] pub struct Fake; pub fn plum() {} \
                        pub fn f() { pub struct Local; }";
        let tree = tree(&[("lib.rs", "mod a; mod b;"), ("a.rs", declares), ("b.rs", declares)]);
        assert_eq!(faults(&[tree]), Vec::<String>::new());
    }

    #[test]
    fn alternatives_for_platforms_are_one_type() {
        let tree = tree(&[("lib.rs", "#[cfg(unix)] pub struct Disk; #[cfg(not(unix))] pub struct Disk;")]);
        assert_eq!(faults(&[tree]), Vec::<String>::new());
    }

    #[test]
    fn types_made_by_macros_count() {
        let tree = tree(&[
            ("lib.rs", "mod a; mod b; macro_rules! given { ($it:item) => { pub struct Macro; $it } }"),
            (
                "a.rs",
                "pub struct PlumPicked; pub enum Ripe { Yes } pub struct Given; pub struct Plum; pub struct Macro;",
            ),
            (
                "b.rs",
                "events! { Plum, about, example => { PlumPicked = \"plum.picked\" or \"picked\": \"Picked\"; } } \
                 words! { /// How ripe.\nRipe { Yes = \"yes\" } } given! { pub struct Given; }",
            ),
        ]);
        let names: Vec<String> =
            faults(&[tree]).iter().map(|fault| fault.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(names, ["Given", "PlumPicked", "Ripe"]);
    }
}
