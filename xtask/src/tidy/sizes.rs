//! Small rooms: lines of files and of functions, tests left out.

use crate::{Result, run::root};
use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::{spanned::Spanned, visit::Visit};

/// The targets: median and ninth decile.
const FILES: (usize, usize) = (120, 300);
const FUNCTIONS: (usize, usize) = (10, 40);
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 100;

pub fn faults() -> Result<Vec<String>> {
    let mut sizes = Sizes::default();
    for folder in ["crates", "bins", "xtask", "examples", "bench", "chaos"] {
        walk(&root().join(folder), &mut sizes)?;
    }
    sizes.files.sort_by_key(|file| file.0);
    sizes.functions.sort_by_key(|function| function.0);
    let files: Vec<usize> = sizes.files.iter().map(|file| file.0).collect();
    let functions: Vec<usize> = sizes.functions.iter().map(|function| function.0).collect();
    println!(
        "{} files: median {}, p90 {}, longest {}",
        files.len(),
        at(&files, 50),
        at(&files, 90),
        at(&files, 100)
    );
    println!(
        "{} functions: median {}, p90 {}, longest {}",
        functions.len(),
        at(&functions, 50),
        at(&functions, 90),
        at(&functions, 100)
    );
    let mut faults = Vec::new();
    for (what, sizes, (median, p90)) in [("files", &files, FILES), ("functions", &functions, FUNCTIONS)] {
        if at(sizes, 50) > median || at(sizes, 90) > p90 {
            faults.push(format!("{what} are over the target of median {median} and p90 {p90} lines"));
        }
    }
    let long = |limit: usize| move |thing: &&(usize, String)| thing.0 > limit;
    faults.extend(
        sizes
            .files
            .iter()
            .filter(long(LONGEST_FILE))
            .map(|(lines, name)| format!("{name} has {lines} lines")),
    );
    faults.extend(
        sizes
            .functions
            .iter()
            .filter(long(LONGEST_FUNCTION))
            .map(|(lines, name)| format!("{name} has {lines} lines")),
    );
    Ok(faults)
}

fn at(sorted: &[usize], percent: usize) -> usize {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0)
}

#[derive(Default)]
struct Sizes {
    file: String,
    files: Vec<(usize, String)>,
    functions: Vec<(usize, String)>,
}

fn walk(folder: &Path, sizes: &mut Sizes) -> Result {
    let entries = fs::read_dir(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_test {
            walk(&path, sizes)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") && !is_test {
            measure(&path, sizes)?;
        }
    }
    Ok(())
}

fn measure(path: &Path, sizes: &mut Sizes) -> Result {
    let named = |cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    let text = fs::read_to_string(path).map_err(|cause| named(&cause))?;
    let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(&text);
    sizes.file = path.strip_prefix(root()).unwrap_or(path).display().to_string();
    sizes.files.push((code.lines().count(), sizes.file.clone()));
    sizes.visit_file(&syn::parse_file(&text).map_err(|cause| named(&cause))?);
    Ok(())
}

impl Sizes {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line.saturating_sub(signature.span().start().line) + 1;
        self.functions.push((lines, format!("{}: {}", self.file, signature.ident)));
    }
}

impl Visit<'_> for Sizes {
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.add(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_measured_however_deep_they_lie_and_tests_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("areas/orchard/src");
        fs::create_dir_all(source.join("tests")).unwrap();
        fs::write(source.join("lib.rs"), "fn pick() {\n    eat();\n}\n").unwrap();
        fs::write(source.join("tests/walk.rs"), "fn walk() {}\n").unwrap();
        let mut sizes = Sizes::default();
        walk(folder.path(), &mut sizes).unwrap();
        let lines = |things: &[(usize, String)]| things.iter().map(|thing| thing.0).collect::<Vec<_>>();
        assert_eq!((lines(&sizes.files), lines(&sizes.functions)), (vec![3], vec![3]));
    }
}
