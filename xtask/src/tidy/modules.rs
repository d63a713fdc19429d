//! Modules of a crate stand on each other: how many import each other in a circle has a limit.

mod graph;
mod imports;
mod mentions;
mod resolve;
mod scope;
#[cfg(test)]
mod tests;
mod tokens;
mod use_tree;

use super::source::Crate;
use graph::Edge;

/// The most modules in a circle, by package. A number here only goes down.
const CIRCLES: &[(&str, usize)] = &[("g8-core", 13)];
/// The modules of an area stand in line.
const IN_AREAS: usize = 1;
const ELSEWHERE: usize = 5;

/// The modules of one crate.
pub struct Figures {
    pub package: String,
    /// The modules right below the root, and the root.
    pub modules: usize,
    /// The most of them that import each other in a circle; a single one if none do.
    pub circle: Vec<String>,
    /// The shortest way round in that circle; empty if there is none.
    pub shortest: Vec<Edge>,
    /// The most modules that a circle may have.
    pub limit: usize,
}

/// How the modules of each crate hang together, in the order of the crates.
pub fn figures(crates: &[Crate]) -> Vec<Figures> {
    crates.iter().map(of).collect()
}

fn of(source: &Crate) -> Figures {
    let graph = imports::graph(source);
    let circle = graph.largest_circle();
    Figures {
        package: source.package.clone(),
        modules: graph.nodes.len(),
        circle: circle.iter().map(|node| graph.nodes[*node].clone()).collect(),
        shortest: graph.shortest_way_round(&circle),
        limit: limit(source),
    }
}

fn limit(source: &Crate) -> usize {
    let otherwise = if source.is_area { IN_AREAS } else { ELSEWHERE };
    CIRCLES.iter().find(|(package, _)| *package == source.package).map_or(otherwise, |(_, limit)| *limit)
}

pub fn faults(crates: &[Crate]) -> Vec<String> {
    let figures = figures(crates);
    for of in figures.iter().filter(|of| of.circle.len() > 1) {
        println!("{}: {} modules, largest circle of imports {}", of.package, of.modules, of.circle.len());
    }
    let largest = figures.iter().max_by_key(|of| of.circle.len()).filter(|of| of.circle.len() > 1);
    if let Some(largest) = largest {
        println!("largest circle of imports, in {}: {}", largest.package, largest.circle.join(", "));
    }
    figures.iter().filter(|of| of.circle.len() > of.limit).map(fault).collect()
}

/// Names the shortest way round with a line for each import, so that a reader can cut one.
fn fault(of: &Figures) -> String {
    let edge = |edge: &Edge| format!("\n  {} imports {}: {}", edge.from, edge.to, edge.place);
    let edges: String = of.shortest.iter().map(edge).collect();
    format!(
        "{}: {} modules import each other in a circle, at most {} may ({}); the shortest way round:{edges}",
        of.package,
        of.circle.len(),
        of.limit,
        of.circle.join(", "),
    )
}
