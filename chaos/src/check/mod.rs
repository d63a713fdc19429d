//! The judgement: what was acknowledged, against what is there and what was told.

mod deliveries;
mod effects;
mod jobs;

use crate::{Result, http::Ask, world::World};
use serde_json::Value;
use std::collections::HashMap;

/// What is counted without being a fault.
#[derive(Debug, Default)]
pub struct Counts {
    pub acknowledged: usize,
    pub events: usize,
    pub deliveries: usize,
    pub duplicates: usize,
    pub refused: usize,
    pub claims: usize,
    pub holds: usize,
    /// The kinds of faults and how many there are of each: all must be 0.
    pub faults: Vec<(&'static str, usize)>,
}

/// Faults of one kind, the first of which are shown.
struct Faults<'w> {
    world: &'w World,
    kind: &'static str,
    count: usize,
}

impl<'w> Faults<'w> {
    fn of(world: &'w World, kind: &'static str) -> Self {
        Self { world, kind, count: 0 }
    }

    fn add(&mut self, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.count <= 3 {
            self.world.fault(format!("{}: {}", self.kind, what()));
        }
    }

    fn add_if(&mut self, wrong: bool, what: impl FnOnce() -> String) {
        if wrong {
            self.add(what);
        }
    }

    fn counted(self) -> (&'static str, usize) {
        (self.kind, self.count)
    }
}

/// Everything that happened, by id.
type Events = HashMap<String, Value>;

/// Reads the interface and the receiver's file; the server runs and nothing is pending.
pub async fn check(world: &World) -> Result<Counts> {
    let mut counts = Counts { acknowledged: world.ledger.all().len(), ..Counts::default() };
    let events: Events = all(world, "/events?")
        .await?
        .into_iter()
        .map(|event| (event["id"].as_str().unwrap_or_default().to_owned(), event))
        .collect();
    counts.events = events.len();
    effects::check(world, &events, &mut counts).await?;
    deliveries::check(world, &events, &mut counts).await?;
    jobs::check(world, &mut counts)?;
    Ok(counts)
}

/// What is looked at once nothing runs: dead jobs, and the database itself.
pub fn at_rest(world: &World) -> Result {
    let dead: Value = serde_json::from_str(&world.admin(&["jobs", "list", "--state", "dead", "--json"])?)?;
    if dead.as_array().is_none_or(|dead| !dead.is_empty()) {
        world.fault(format!("jobs are dead: {dead}"));
    }
    let found: Value = serde_json::from_str(&world.admin(&["doctor", "--json"])?)?;
    for finding in found.as_array().into_iter().flatten() {
        let about_data =
            ["database", "migrations", "dead jobs"].contains(&finding["check"].as_str().unwrap_or(""));
        if about_data && finding["verdict"] != "ok" {
            world.fault(format!("doctor: {finding}"));
        }
    }
    Ok(())
}

/// Every row of a list; `path` ends where a query goes on.
async fn all(world: &World, path: &str) -> Result<Vec<Value>> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let mut page = world.ask(Ask::get(format!("{path}limit=200{cursor}"))).await?;
        if let Some(data) = page["data"].as_array_mut() {
            rows.append(data);
        }
        match page["pagination"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(rows),
        }
    }
}
