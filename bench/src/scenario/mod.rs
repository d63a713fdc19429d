//! What is measured, a file each. To add one: its file, its name in `args::Scenario`, its call in `flow`.

pub mod assistants;
pub mod beside;
pub mod creates;
pub mod deliveries;
pub mod filters;
pub mod import;
pub mod limits;
pub mod memory;
pub mod reads;
pub mod revocation;
pub mod rival;
pub mod starts;

use crate::{
    Result,
    args::{Engine, Run},
    http::Ask,
    load::{self, Load, Plan},
    report::{Figure, Line},
    server::{Running, ours::Installation},
};
use hyper::StatusCode;
use rival::Rival;

/// Connections of a load of reads, and of one of writes.
pub const READERS: usize = 16;
pub const WRITERS: usize = 64;

/// Our server on one engine, filled, and what PocketBase did with as many records.
pub struct Stage<'r> {
    pub run: &'r Run,
    pub engine: Engine,
    pub contacts: u64,
    pub installation: &'r Installation,
    pub server: &'r Running,
    pub rival: &'r Rival,
}

impl Stage<'_> {
    /// A line about this stage.
    pub fn line(&self, what: impl Into<String>, ours: Figure) -> Line {
        Line::new(what, ours).at(self.engine.name(), self.contacts)
    }

    /// A line about a load on this stage.
    pub fn rate(&self, what: impl Into<String>, load: Load) -> Line {
        Line::rate(what, load).at(self.engine.name(), self.contacts)
    }

    /// A load of reads on our server.
    pub async fn read(
        &self,
        connections: usize,
        ask: impl Fn(u64) -> Ask + Send + Sync + 'static,
    ) -> Result<Load> {
        load::run(&self.server.target(), reading(self.run, connections), ask).await
    }
}

/// A load of reads.
pub fn reading(run: &Run, connections: usize) -> Plan {
    Plan { connections, seconds: run.seconds, expected: StatusCode::OK }
}
