//! Who imports whom, and the circles in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry};

/// Modules by number, and for each import one place that makes it.
#[derive(Default)]
pub struct Graph {
    pub nodes: Vec<String>,
    edges: BTreeMap<(usize, usize), String>,
}

/// One import of a circle.
#[derive(Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: String,
    pub to: String,
    /// File, line and the path as written.
    pub place: String,
}

impl Graph {
    /// The number of a node, which is added if it is new.
    pub fn node(&mut self, name: &str) -> usize {
        let known = self.nodes.iter().position(|node| node == name);
        known.unwrap_or_else(|| {
            self.nodes.push(name.to_owned());
            self.nodes.len() - 1
        })
    }

    /// Adds an import; the first place that makes it is kept.
    pub fn edge(&mut self, from: usize, to: usize, place: impl FnOnce() -> String) {
        if from != to {
            self.edges.entry((from, to)).or_insert_with(place);
        }
    }

    /// The largest set of nodes each of which leads to all the others; of one node if nothing goes round.
    pub fn largest_circle(&self) -> BTreeSet<usize> {
        let reached: Vec<BTreeSet<usize>> = (0..self.nodes.len()).map(|node| self.reached(node)).collect();
        let circle = |node: usize| {
            let back = reached[node].iter().copied().filter(|other| reached[*other].contains(&node));
            back.chain([node]).collect::<BTreeSet<usize>>()
        };
        let circles = (0..self.nodes.len()).map(circle);
        circles.reduce(|best, next| if next.len() > best.len() { next } else { best }).unwrap_or_default()
    }

    /// The shortest way round within a circle: what to cut first. Empty for a single node.
    pub fn shortest_way_round(&self, circle: &BTreeSet<usize>) -> Vec<Edge> {
        let ways = circle.iter().filter_map(|start| self.way_round(*start, circle));
        let shortest = ways.min_by_key(Vec::len).unwrap_or_default();
        let around = shortest.iter().zip(shortest.iter().cycle().skip(1));
        around.map(|(from, to)| self.shown(*from, *to)).collect()
    }

    fn shown(&self, from: usize, to: usize) -> Edge {
        Edge {
            from: self.nodes[from].clone(),
            to: self.nodes[to].clone(),
            place: self.edges.get(&(from, to)).cloned().unwrap_or_default(),
        }
    }

    /// Every import.
    #[cfg(test)]
    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        self.edges.keys().map(|(from, to)| self.shown(*from, *to))
    }

    fn targets(&self, from: usize) -> impl Iterator<Item = usize> {
        self.edges.range((from, 0)..=(from, usize::MAX)).map(|((_, to), _)| *to)
    }

    fn reached(&self, start: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            waiting.extend(self.targets(node).filter(|to| reached.insert(*to)));
        }
        reached
    }

    /// The nodes from `start` back to it, without the last, by breadth first.
    fn way_round(&self, start: usize, circle: &BTreeSet<usize>) -> Option<Vec<usize>> {
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            for to in self.targets(node).filter(|to| circle.contains(to)) {
                if to == start {
                    let back = std::iter::successors(Some(node), |node| before.get(node).copied());
                    let mut way: Vec<usize> = back.collect();
                    way.reverse();
                    return Some(way);
                }
                if let Entry::Vacant(fresh) = before.entry(to) {
                    fresh.insert(node);
                    waiting.push_back(to);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in edges {
            let (from, to) = (graph.node(from), graph.node(to));
            graph.edge(from, to, || format!("{from}.rs:{to}"));
        }
        graph
    }

    fn names(graph: &Graph) -> Vec<&str> {
        graph.largest_circle().iter().map(|node| graph.nodes[*node].as_str()).collect()
    }

    #[test]
    fn the_largest_circle_is_found_among_several_and_no_circle_is_one_node() {
        let two = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "c"), ("e", "f")];
        assert_eq!(names(&graph(&two)), ["c", "d", "e"]);
        assert_eq!(names(&graph(&[("a", "b"), ("b", "c"), ("a", "c"), ("c", "c")])).len(), 1);
        assert!(graph(&[]).largest_circle().is_empty());
    }

    #[test]
    fn the_shortest_way_round_tells_each_import() {
        let graph = graph(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "c")]);
        let circle = graph.largest_circle();
        assert_eq!(circle.len(), 4);
        let way: Vec<(String, String, String)> = graph
            .shortest_way_round(&circle)
            .into_iter()
            .map(|edge| (edge.from, edge.to, edge.place))
            .collect();
        let edge = |from: &str, to: &str, place: &str| (from.to_owned(), to.to_owned(), place.to_owned());
        assert_eq!(way, [edge("c", "d", "2.rs:3"), edge("d", "c", "3.rs:2")]);
    }
}
