//! Where that which a path names lives: re-exports are followed to the module that declares it.

use super::scope::{Name, Scope, Source, scopes};
use crate::tidy::source::Module;
use std::collections::BTreeSet;

/// What a path leads to. A name may lead to several: a module and a function can be called the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// A module itself, by its number.
    Module(usize),
    /// Something declared in the module with this number.
    Item(usize),
    /// Something of another crate.
    Outside,
}

pub struct Resolver<'a> {
    modules: &'a [Module],
    scopes: Vec<Scope>,
}

/// The imports that are being followed, each by its module and its number there: none is followed within itself.
type Open = Vec<(usize, usize)>;

impl<'a> Resolver<'a> {
    pub fn new(modules: &'a [Module]) -> Self {
        Self { modules, scopes: scopes(modules) }
    }

    /// What a path leads to, as written in the module `from`.
    pub fn homes(&self, from: usize, path: &[String]) -> BTreeSet<Home> {
        self.walk(from, path, &mut Open::new())
    }

    /// Whether one module is the other or lies in it.
    pub fn within(&self, inner: usize, outer: usize) -> bool {
        self.modules[inner].path.starts_with(&self.modules[outer].path)
    }

    /// Whether a module declares anything of its own, by hand or by a macro.
    pub fn declares(&self, module: usize) -> bool {
        let scope = &self.scopes[module];
        let own = |name: &Name| matches!(name.source, Source::Item(home) if home == module);
        scope.names.iter().any(own) || !scope.perhaps.is_empty()
    }

    fn walk(&self, from: usize, path: &[String], open: &mut Open) -> BTreeSet<Home> {
        let Some((first, rest)) = path.split_first() else { return BTreeSet::new() };
        rest.iter().fold(self.first(from, first, open), |homes, name| {
            homes.into_iter().flat_map(|home| self.next(from, home, name, open)).collect()
        })
    }

    fn first(&self, from: usize, name: &str, open: &mut Open) -> BTreeSet<Home> {
        match name {
            "" => [Home::Outside].into(),
            "crate" => [Home::Module(0)].into(),
            "self" => [Home::Module(from)].into(),
            "Self" => [Home::Item(from)].into(),
            "super" => [self.parent(from)].into(),
            _ => {
                let found = self.lookup(from, name, from, open);
                if found.is_empty() { [self.unqualified_macro(from, name)].into() } else { found }
            }
        }
    }

    fn next(&self, from: usize, home: Home, name: &str, open: &mut Open) -> BTreeSet<Home> {
        match home {
            Home::Module(module) if name == "super" => [self.parent(module)].into(),
            Home::Module(module) => {
                let found = self.lookup(module, name, from, open);
                // A macro may have made it.
                if found.is_empty() { [Home::Item(module)].into() } else { found }
            }
            // A variant, or something associated.
            item_or_outside => [item_or_outside].into(),
        }
    }

    /// What a name of `module` means to `from`. Names of its own win over globs, and globs over guesses.
    fn lookup(&self, module: usize, name: &str, from: usize, open: &mut Open) -> BTreeSet<Home> {
        let scope = &self.scopes[module];
        let visible = |entry: &Name| !entry.is_private || self.within(from, module);
        let mut homes = BTreeSet::new();
        for (number, entry) in scope.names.iter().enumerate() {
            if entry.name.as_deref() == Some(name) && visible(entry) {
                homes.extend(self.follow(module, number, open, |homes, _| homes));
            }
        }
        if !homes.is_empty() {
            return homes;
        }
        for (number, entry) in scope.names.iter().enumerate() {
            if entry.name.is_none() && visible(entry) {
                homes.extend(self.follow(module, number, open, |targets, open| {
                    let target = |home| if let Home::Module(target) = home { Some(target) } else { None };
                    let targets = targets.into_iter().filter_map(target);
                    targets.flat_map(|target| self.lookup(target, name, module, open)).collect()
                }));
            }
        }
        if homes.is_empty() && scope.perhaps.contains(name) {
            homes.insert(Home::Item(module));
        }
        homes
    }

    /// What an entry of a module leads to, and `then` does with it while the entry is open.
    fn follow(
        &self,
        module: usize,
        number: usize,
        open: &mut Open,
        then: impl FnOnce(BTreeSet<Home>, &mut Open) -> BTreeSet<Home>,
    ) -> BTreeSet<Home> {
        match &self.scopes[module].names[number].source {
            Source::Item(home) => [Home::Item(*home)].into(),
            Source::Module(child) => [Home::Module(*child)].into(),
            Source::Path(_) if open.contains(&(module, number)) => BTreeSet::new(),
            Source::Path(path) => {
                open.push((module, number));
                let homes = self.walk(module, path, open);
                let homes = then(homes, open);
                open.pop();
                homes
            }
        }
    }

    fn parent(&self, module: usize) -> Home {
        self.modules[module].parent.map_or(Home::Outside, Home::Module)
    }

    /// A macro is known to the modules below it without a path; any other unknown name is of another crate.
    fn unqualified_macro(&self, from: usize, name: &str) -> Home {
        let ancestors = std::iter::successors(Some(from), |module| self.modules[*module].parent);
        let mut knowing = ancestors.filter(|module| self.scopes[*module].macros.contains(name));
        knowing.next().map_or(Home::Outside, Home::Item)
    }
}
