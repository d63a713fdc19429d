//! What is read when somebody asks: the database, the jobs, the process.

use g8_core::Vitals;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};
use std::fs;

/// States that are shown from the start, so that a first dead job is a change.
const STATES: [&str; 4] = ["ready", "running", "done", "dead"];

type States = Family<[(&'static str, &'static str); 1], Gauge>;

/// The numbers that are set before they are shown.
#[derive(Default)]
pub struct Measures {
    connections: Gauge,
    database_answers: Gauge,
    pool: States,
    commits: Counter,
    changes: Counter,
    jobs: States,
    overdue: Gauge,
    memory: Gauge,
    dropped: Counter,
}

impl Measures {
    pub fn register(registry: &mut Registry) -> Self {
        let made = Self::default();
        registry.register("http_connections", "Connections that are open", made.connections.clone());
        registry.register("database_up", "1 if the database answers", made.database_answers.clone());
        let help = "Connections to the database (SQLite: readers) by use";
        registry.register("database_connections", help, made.pool.clone());
        registry.register("sqlite_commits", "Commits that changes shared", made.commits.clone());
        registry.register("sqlite_changes", "Changes in those commits", made.changes.clone());
        registry.register("jobs", "Jobs by state", made.jobs.clone());
        let help = "How long the oldest unfinished job has been due";
        registry.register_with_unit("jobs_overdue", help, Unit::Seconds, made.overdue.clone());
        let help = "Requests that are missing in the log of requests";
        registry.register("request_log_dropped", help, made.dropped.clone());
        let help = "Memory of the process";
        registry.register_with_unit("process_resident_memory", help, Unit::Bytes, made.memory.clone());
        made
    }

    /// Takes the numbers of now; without the database's, its last ones stay and say that they are old.
    pub fn set(&self, vitals: Option<&Vitals>, connections: usize) {
        self.connections.set(i64::try_from(connections).unwrap_or(i64::MAX));
        self.memory.set(resident_bytes().unwrap_or_default());
        self.database_answers.set(vitals.is_some().into());
        if let Some(vitals) = vitals {
            self.set_database(vitals);
        }
    }

    /// Takes how many requests the log of requests has lost since the start.
    pub fn set_dropped(&self, dropped: u64) {
        self.dropped.inc_by(dropped.saturating_sub(self.dropped.get()));
    }

    fn set_database(&self, vitals: &Vitals) {
        let load = vitals.load;
        self.pool.get_or_create(&[("state", "idle")]).set(load.idle);
        self.pool.get_or_create(&[("state", "used")]).set(load.connections - load.idle);
        if let Some((commits, changes)) = load.commits {
            self.commits.inc_by(commits.saturating_sub(self.commits.get()));
            self.changes.inc_by(changes.saturating_sub(self.changes.get()));
        }
        for state in STATES {
            let count = vitals.jobs.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
            self.jobs.get_or_create(&[("state", state)]).set(count);
        }
        self.overdue.set(vitals.overdue_seconds);
    }
}

/// Where the system tells (Linux).
fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}
