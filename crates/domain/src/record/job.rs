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

/// A job as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRow {
    pub id: i64,
    /// Whose data it is about; none for the installation's own.
    pub org_id: Option<Uuid>,
    /// Which kind of job.
    pub kind: String,
    /// What that kind needs to know.
    pub payload: Value,
    /// A name of which there is at most one unfinished job.
    pub only_one: Option<String>,
    /// Of jobs with the same key, its pool runs only so many at once.
    pub concurrency_key: Option<String>,
    /// The jobs that it waits with for its turn.
    pub pool: String,
    pub state: JobState,
    /// When it is to run; while it runs, when its lease ends.
    pub due_at: Ts,
    /// How many microseconds it was put off for; none for what is due at an instant.
    pub put_off_for: Option<i64>,
    /// Counts the claims.
    pub attempt: i64,
    /// Failures since it last got on.
    pub failures: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}
