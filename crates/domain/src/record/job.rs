//! Work that a change has caused.

use super::words;
use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

words! {
    /// Where a job stands.
    JobState {
        /// Waits for its time.
        Ready = "ready",
        /// Somebody has it, until the lease ends.
        Running = "running",
        /// Done.
        Done = "done",
        /// Has failed too often; kept to be looked at.
        Dead = "dead",
    }
}

words! {
    /// Which jobs a job waits with for its turn.
    Pool {
        /// Those that compute and write.
        Work = "work",
        /// Those that read or write whole files: others are not to wait behind them.
        Files = "files",
        /// Those that mostly wait for somebody else's server.
        Network = "network",
    }
}

/// A job as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: i64,
    /// Whose data it is about; none for the installation's own.
    pub org_id: Option<Uuid>,
    /// Which kind of job.
    pub kind: String,
    /// What that kind needs to know.
    pub payload: Value,
    /// A name of which there is at most one unfinished job.
    pub only_one: Option<String>,
    pub pool: Pool,
    pub state: JobState,
    /// When it is to run; while it runs, when its lease ends.
    pub due_at: Ts,
    /// Counts the claims.
    pub attempt: i64,
    /// Failures since it last got on.
    pub failures: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}
