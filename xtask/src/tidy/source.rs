//! The crates of the product as trees of modules, read as the compiler reads them, without their tests.

mod attributes;
#[cfg(test)]
pub mod testing;

pub use attributes::is_test;

use super::{is_area, lies_in, members, name};
use crate::Result;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    slice,
};
use syn::{Item, ItemMod, Visibility, ext::IdentExt};

/// One library or program.
pub struct Crate {
    pub package: String,
    pub is_area: bool,
    /// The root comes first, and a parent before its children.
    pub modules: Vec<Module>,
}

/// One module, whether it has a file of its own or not.
pub struct Module {
    /// The names from the root of the crate; empty for the root.
    pub path: Vec<String>,
    /// Where the parent is among the modules of the crate.
    pub parent: Option<usize>,
    /// Whether only the parent and its descendants may name it.
    pub is_private: bool,
    /// From the root of the repository.
    pub file: String,
    /// What it declares, without the modules in it and without tests.
    pub items: Vec<Item>,
}

/// Every library and program below crates and bins. The message names what cannot be read or parsed.
pub fn crates(metadata: &Value) -> Result<Vec<Crate>> {
    let root = Path::new(metadata["workspace_root"].as_str().unwrap_or_default());
    let mut crates = Vec::new();
    for package in members(metadata) {
        if !lies_in(metadata, package, "crates") && !lies_in(metadata, package, "bins") {
            continue;
        }
        for file in built(package) {
            crates.push(read(root, name(package), is_area(metadata, package), &file)?);
        }
    }
    Ok(crates)
}

/// The root files of a package's targets, apart from tests, examples, benchmarks and build scripts.
fn built(package: &Value) -> impl Iterator<Item = PathBuf> {
    const OTHERS: [&str; 4] = ["test", "example", "bench", "custom-build"];
    let targets = package["targets"].as_array().into_iter().flatten();
    let kind = |target: &Value| target["kind"][0].as_str().unwrap_or_default().to_owned();
    targets
        .filter(move |target| !OTHERS.contains(&kind(target).as_str()))
        .filter_map(|target| target["src_path"].as_str().map(PathBuf::from))
}

/// Reads a crate from its root file. Paths are told from `repository`.
pub fn read(repository: &Path, package: &str, is_area: bool, file: &Path) -> Result<Crate> {
    let mut reader = Reader { repository, modules: Vec::new() };
    let root = Place { path: Vec::new(), parent: None, is_private: false };
    reader.file(file, file.parent().unwrap_or(repository), root)?;
    Ok(Crate { package: package.to_owned(), is_area, modules: reader.modules })
}

struct Reader<'a> {
    repository: &'a Path,
    modules: Vec<Module>,
}

/// Where a module stands in its crate.
struct Place {
    path: Vec<String>,
    parent: Option<usize>,
    is_private: bool,
}

impl Reader<'_> {
    /// Reads a module that has a file; its children's files are in `folder`.
    fn file(&mut self, file: &Path, folder: &Path, place: Place) -> Result {
        let told = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
        let text = fs::read_to_string(file).map_err(|cause| told(&cause))?;
        let parsed = syn::parse_file(&text).map_err(|cause| told(&cause))?;
        self.module(parsed.items, file, folder, place)
    }

    fn module(&mut self, items: Vec<Item>, file: &Path, folder: &Path, place: Place) -> Result {
        let here = self.modules.len();
        let path = place.path.clone();
        self.modules.push(Module {
            path: place.path,
            parent: place.parent,
            is_private: place.is_private,
            file: file.strip_prefix(self.repository).unwrap_or(file).display().to_string(),
            items: Vec::new(),
        });
        let (children, items): (Vec<Item>, Vec<Item>) = items
            .into_iter()
            .filter(|item| !is_test(attributes::of(item)))
            .partition(|item| matches!(item, Item::Mod(_)));
        self.modules[here].items = items;
        for child in children {
            if let Item::Mod(child) = child
                && child.ident != "tests"
            {
                self.child(child, file, folder, (here, &path))?;
            }
        }
        Ok(())
    }

    fn child(&mut self, child: ItemMod, file: &Path, folder: &Path, parent: (usize, &[String])) -> Result {
        let name = child.ident.unraw().to_string();
        let inner = folder.join(&name);
        let place = Place {
            path: [parent.1, slice::from_ref(&name)].concat(),
            parent: Some(parent.0),
            is_private: matches!(child.vis, Visibility::Inherited),
        };
        if let Some((_, items)) = child.content {
            return self.module(items, file, &inner, place);
        }
        let candidates = [folder.join(format!("{name}.rs")), inner.join("mod.rs")];
        match candidates.iter().find(|candidate| candidate.is_file()) {
            Some(found) => self.file(found, &inner, place),
            None => Err(format!("{}: the file of `mod {name}` is not where its name says", file.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::tree;

    #[test]
    fn modules_are_found_in_files_folders_and_braces_and_tests_are_left_out() {
        let tree = tree(&[
            (
                "lib.rs",
                "mod a; pub mod b; mod c { pub mod d; fn f() {} }
                 #[cfg(test)] mod hostile; mod tests; #[cfg(all(test, unix))] fn g() {}",
            ),
            ("a.rs", "mod inner; #[cfg(test)] struct Fake;"),
            ("a/inner.rs", ""),
            ("b/mod.rs", "mod inner;"),
            ("b/inner.rs", "struct Real;"),
            ("c/d.rs", ""),
        ]);
        let shown: Vec<(String, &str, usize)> = tree
            .modules
            .iter()
            .map(|module| (module.path.join("::"), module.file.as_str(), module.items.len()))
            .collect();
        assert_eq!(
            shown,
            [
                (String::new(), "lib.rs", 0),
                ("a".to_owned(), "a.rs", 0),
                ("a::inner".to_owned(), "a/inner.rs", 0),
                ("b".to_owned(), "b/mod.rs", 0),
                ("b::inner".to_owned(), "b/inner.rs", 1),
                ("c".to_owned(), "lib.rs", 1),
                ("c::d".to_owned(), "c/d.rs", 0),
            ]
        );
    }
}
