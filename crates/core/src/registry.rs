//! All areas together: operations by name, kinds of events and jobs, and what is wrong with them.

#[cfg(test)]
mod tests;
mod undeclared;

pub use undeclared::undeclared;

use crate::{
    Action, Area, JobKind,
    area::PersonalData,
    events::{EventKind, Vocabulary},
};
use g8_domain::Scope;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the areas of a program bring together. Made once, when the program starts.
pub struct Registry {
    areas: Vec<&'static Area>,
    operations: Vec<Action>,
    by_name: HashMap<&'static str, usize>,
    vocabulary: Vocabulary,
    jobs: BTreeMap<&'static str, JobKind>,
}

impl Registry {
    /// The product made of these areas.
    #[must_use]
    pub fn new(areas: &[&'static Area]) -> Self {
        let areas = areas.to_vec();
        let order: HashMap<&str, u16> = areas.iter().flat_map(|area| area.order.iter().copied()).collect();
        let mut operations: Vec<Action> =
            areas.iter().flat_map(|area| area.operations.iter().copied()).collect();
        operations.sort_by_key(|action| order.get(action.spec.noun()).copied().unwrap_or(u16::MAX));
        let by_name = operations.iter().enumerate().map(|(at, action)| (action.spec.name, at)).collect();
        let events = areas.iter().flat_map(|area| area.events.iter()).collect();
        let jobs = areas.iter().flat_map(|area| area.jobs.iter().map(|kind| (kind.name, *kind))).collect();
        areas.iter().for_each(|area| g8_domain::scope::declare(area.scopes));
        Self { vocabulary: Vocabulary::new(events), areas, operations, by_name, jobs }
    }

    /// The areas, in their order.
    #[must_use]
    pub fn areas(&self) -> &[&'static Area] {
        &self.areas
    }

    /// The whole API, in the order in which it is shown.
    #[must_use]
    pub fn operations(&self) -> &[Action] {
        &self.operations
    }

    /// The operation of this name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<Action> {
        self.by_name.get(name).map(|at| self.operations[*at])
    }

    /// Every kind of event.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// A kind of job.
    #[must_use]
    pub fn job(&self, kind: &str) -> Option<&JobKind> {
        self.jobs.get(kind)
    }

    /// Every kind of job, in one order in every server: whoever writes a row of each waits for another, never
    /// both for each other.
    pub fn jobs(&self) -> impl Iterator<Item = &JobKind> {
        self.jobs.values()
    }

    /// The scopes any of which opens what events of a category say; none opens what nobody has named.
    #[must_use]
    pub fn readers(&self, category: &str) -> Vec<Scope> {
        let own = format!("{category}s:read");
        let named = self.areas.iter().flat_map(|area| area.readers).filter(|(known, _)| *known == category);
        let own = g8_domain::scope::all().into_iter().map(|(scope, _)| scope).filter(|scope| scope.0 == own);
        own.chain(named.map(|(_, scope)| *scope)).collect()
    }
}

/// What is wrong with areas: each in a sentence. A test of the product asks for none.
#[must_use]
pub fn faults(areas: &[&'static Area]) -> Vec<String> {
    let mut faults = Vec::new();
    let every = || areas.iter().copied();
    twice(&mut faults, "area", every().map(|area| (area.name, area.name)));
    let operations = || every().flat_map(|area| area.operations.iter().map(move |one| (one.spec, area.name)));
    twice(&mut faults, "operation", operations().map(|(spec, area)| (spec.name, area)));
    let served = operations().flat_map(|(spec, area)| {
        let paths = std::iter::once(&spec.path).chain(spec.aliases);
        paths.map(move |path| (format!("{} {path}", spec.verb.name()), area))
    });
    twice(&mut faults, "route", served);
    let tools = operations().flat_map(|(spec, area)| spec.tools.iter().map(move |tool| (*tool, area)));
    twice(&mut faults, "tool", tools);
    let commands = operations().flat_map(|(spec, area)| spec.commands.iter().map(move |one| (*one, area)));
    twice(&mut faults, "command", commands);
    let events = every().flat_map(|area| area.events.iter().map(move |kind| (kind, area.name)));
    let names = events.flat_map(|(kind, area)| kind.names().map(move |name| (name, area)));
    twice(&mut faults, "event", names);
    let jobs = every().flat_map(|area| area.jobs.iter().map(move |kind| (kind.name, area.name)));
    twice(&mut faults, "job kind", jobs);
    for area in every() {
        faults.extend(of_one(area));
    }
    faults
}

/// What is wrong with an area by itself.
fn of_one(area: &'static Area) -> Vec<String> {
    let mut faults = Vec::new();
    let known: HashSet<&str> =
        g8_domain::scope::CATALOGUE.iter().chain(area.scopes).map(|(scope, _)| scope.0).collect();
    for action in area.operations {
        let unknown = action.spec.scopes.iter().filter(|scope| !known.contains(scope.0));
        faults.extend(unknown.map(|scope| {
            format!("{} of the area {} asks for {}, which is no scope", action.spec.name, area.name, scope.0)
        }));
    }
    if let PersonalData::Kept(kept) = area.person
        && kept.tables.is_empty()
    {
        faults.push(format!(
            "the area {} keeps personal data in no table; declare PersonalData::None",
            area.name
        ));
    }
    faults
}

/// Notes every name that two say, with who they are.
fn twice<N: AsRef<str>>(
    faults: &mut Vec<String>,
    what: &str,
    names: impl Iterator<Item = (N, &'static str)>,
) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for (name, area) in names {
        if let Some(other) = first.insert(name.as_ref().to_owned(), area) {
            faults.push(format!("the {what} {} is declared twice: in {other} and in {area}", name.as_ref()));
        }
    }
}

impl EventKind {
    /// Every published name of it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}
