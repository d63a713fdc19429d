//! What a `use` brings in, one name at a time.

use syn::{ItemUse, UseTree, ext::IdentExt, spanned::Spanned};

/// One name of a `use`.
pub struct Leaf {
    /// The path as written. An empty first name stands for a leading `::`, which leaves the crate.
    pub path: Vec<String>,
    /// What it is called here; nothing for a glob and for `as _`.
    pub name: Option<String>,
    pub is_glob: bool,
    pub line: usize,
}

pub fn leaves(item: &ItemUse) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let start = item.leading_colon.map(|_| String::new()).into_iter().collect();
    add(&item.tree, start, &mut leaves);
    leaves
}

fn add(tree: &UseTree, before: Vec<String>, leaves: &mut Vec<Leaf>) {
    let line = tree.span().start().line;
    match tree {
        UseTree::Path(path) => add(&path.tree, then(before, &path.ident), leaves),
        UseTree::Group(group) => group.items.iter().for_each(|tree| add(tree, before.clone(), leaves)),
        UseTree::Glob(_) => leaves.push(Leaf { path: before, name: None, is_glob: true, line }),
        UseTree::Name(name) => {
            let path = then(before, &name.ident);
            leaves.push(Leaf { name: path.last().cloned(), path, is_glob: false, line });
        }
        UseTree::Rename(rename) => {
            let name = Some(rename.rename.unraw().to_string()).filter(|name| name != "_");
            leaves.push(Leaf { path: then(before, &rename.ident), name, is_glob: false, line });
        }
    }
}

/// `{self}` is the module before it.
fn then(mut path: Vec<String>, ident: &proc_macro2::Ident) -> Vec<String> {
    if ident != "self" || path.is_empty() {
        path.push(ident.unraw().to_string());
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_renames_globs_and_self_are_told_apart() {
        let item = syn::parse_str("use crate::a::{self, b::C as D,\n e::*, F as _, self as g};").unwrap();
        let shown: Vec<(String, Option<String>, bool, usize)> = leaves(&item)
            .into_iter()
            .map(|leaf| (leaf.path.join("::"), leaf.name, leaf.is_glob, leaf.line))
            .collect();
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            shown,
            [
                ("crate::a".to_owned(), named("a"), false, 1),
                ("crate::a::b::C".to_owned(), named("D"), false, 1),
                ("crate::a::e".to_owned(), None, true, 2),
                ("crate::a::F".to_owned(), None, false, 2),
                ("crate::a".to_owned(), named("g"), false, 2),
            ]
        );
    }

    #[test]
    fn a_leading_colon_leaves_the_crate() {
        let item = syn::parse_str("use ::a::B;").unwrap();
        assert_eq!(leaves(&item)[0].path, ["", "a", "B"]);
    }
}
