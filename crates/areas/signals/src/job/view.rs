//! A background job as callers see it.

use g8_domain::{
    Ts,
    record::{JobRow, JobState},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Work that goes on behind the answers. What it works on is not shown.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct JobView {
    pub id: i64,
    pub kind: String,
    /// ready, running, done, or dead: has failed too often
    pub state: JobState,
    /// When it runs next; while it runs, until when it is reserved
    pub due_at: Ts,
    /// How often it was begun
    pub attempt: i64,
    /// Failures since it last got on
    pub failures: i64,
    pub last_error: Option<String>,
    pub created_at: Ts,
    pub finished_at: Option<Ts>,
}

impl JobView {
    /// A job as its organisation sees it: what failed inside the server is the operator's to read.
    pub(super) fn of_org(job: JobRow) -> Self {
        let last_error =
            job.last_error.as_ref().map(|_| "It failed; g8-server jobs list says why.".to_owned());
        Self { last_error, ..Self::from(job) }
    }
}

impl From<JobRow> for JobView {
    fn from(job: JobRow) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state,
            due_at: job.due_at,
            attempt: job.attempt,
            failures: job.failures,
            last_error: job.last_error,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}
