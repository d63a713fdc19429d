//! The graph of a crate's modules, by what their code names.

use super::{
    graph::Graph,
    mentions::{Kind, Mention, mentions},
    resolve::{Home, Resolver},
};
use crate::tidy::source::{Crate, Module};
use std::collections::BTreeSet;

/// The root of a crate among its modules.
const ROOT: &str = "crate root";

/// The graph of the modules right below the root, and the root: what lies deeper belongs to them.
pub fn graph(source: &Crate) -> Graph {
    let resolver = Resolver::new(&source.modules);
    let mut graph = Graph::default();
    let nodes: Vec<usize> = source.modules.iter().map(|module| graph.node(top(module))).collect();
    for (from, module) in source.modules.iter().enumerate() {
        for mention in mentions(module) {
            for to in named(&resolver, from, &mention) {
                graph.edge(nodes[from], nodes[to], || place(module, &mention));
            }
        }
    }
    graph
}

fn top(module: &Module) -> &str {
    module.path.first().map_or(ROOT, String::as_str)
}

fn place(module: &Module, mention: &Mention) -> String {
    let glob = if mention.kind == Kind::Glob { "::*" } else { "" };
    format!("{}:{} {}{glob}", module.file, mention.line, mention.path.join("::"))
}

/// The modules in which that lives which a module names.
fn named(resolver: &Resolver<'_>, from: usize, mention: &Mention) -> BTreeSet<usize> {
    let homes = resolver.homes(from, &mention.path);
    let items = homes.iter().any(|home| matches!(home, Home::Item(_)));
    let kept = |home: Home| match (home, mention.kind) {
        (Home::Outside, _) => None,
        // What a module shows of those in it is a declaration.
        (Home::Item(to) | Home::Module(to), Kind::Export) => {
            Some(to).filter(|to| !resolver.within(*to, from) && !passes_below(resolver, from, &mention.path))
        }
        // Nothing lives in a module that only passes names on: each counts where it is used.
        (Home::Module(to), Kind::Glob) => Some(to).filter(|to| resolver.declares(*to)),
        (Home::Module(_), Kind::Code) if items || mention.path.len() == 1 => None,
        (Home::Item(to) | Home::Module(to), _) => Some(to),
    };
    homes.into_iter().filter_map(kept).collect()
}

/// Whether a path leads through a module below this one.
fn passes_below(resolver: &Resolver<'_>, from: usize, path: &[String]) -> bool {
    let leads_below = |length: usize| {
        let below =
            |home: &Home| matches!(home, Home::Module(to) if *to != from && resolver.within(*to, from));
        resolver.homes(from, &path[..length]).iter().any(below)
    };
    (1..path.len()).any(leads_below)
}
