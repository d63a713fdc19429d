//! An operation has its file: who looks for it finds it by name, with its input and its output.

use super::source::Crate;
use proc_macro2::LineColumn;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Item, ItemImpl, Type};

/// The types of a file's operations, in the order of the file.
type Operations = BTreeSet<(LineColumn, String)>;

pub fn faults(crates: &[Crate]) -> Vec<String> {
    let mut files: BTreeMap<&str, Operations> = BTreeMap::new();
    for module in crates.iter().flat_map(|source| &source.modules) {
        for item in &module.items {
            if let Item::Impl(item) = item
                && is_operation(item)
            {
                let place = item.impl_token.span.start();
                files.entry(&module.file).or_default().insert((place, of(&item.self_ty)));
            }
        }
    }
    files.retain(|_, operations| operations.len() > 1);
    files.iter().map(|(file, operations)| fault(file, operations)).collect()
}

fn fault(file: &str, operations: &Operations) -> String {
    let names: Vec<&str> = operations.iter().map(|(_, name)| name.as_str()).collect();
    format!("{file} holds {} operations, one a file: {}", names.len(), names.join(", "))
}

fn is_operation(item: &ItemImpl) -> bool {
    let last = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
    last.is_some_and(|last| last.ident == "Operation")
}

fn of(implementor: &Type) -> String {
    match implementor {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => "a type without a name".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::testing::tree;

    #[test]
    fn two_operations_in_a_file_are_told_with_their_types() {
        let tree = tree(&[
            ("lib.rs", "mod one; mod two;"),
            (
                "one.rs",
                "impl Operation for Get {} impl Display for Get {} impl Get {}
                 #[cfg(test)] mod tests { impl Operation for Fake {} }",
            ),
            (
                "two.rs",
                "impl Operation for Pick {} mod more { impl<T> spec::Operation for super::Eat<T> {} }",
            ),
        ]);
        assert_eq!(faults(&[tree]), ["two.rs holds 2 operations, one a file: Pick, Eat"]);
    }
}
