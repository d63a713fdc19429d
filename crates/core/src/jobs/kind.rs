//! A kind of job without its type: what the engine needs to know of it.

use super::{Job, Next, Pool, Run};
use crate::App;
use futures_util::future::BoxFuture;
use g8_domain::{Error, Result, record};
use g8_storage::Tx;
use std::{sync::Arc, time::Duration};

/// How jobs of one kind are run. An area makes its own in a `static`.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// Its name in the table.
    pub name: &'static str,
    /// Which jobs it waits with.
    pub pool: Pool,
    pub(super) max_attempts: i64,
    pub(super) schedule: Option<&'static str>,
    pub(super) longest_run: Duration,
    pub(super) run: fn(Arc<Run>) -> BoxFuture<'static, Result<Next>>,
    pub(super) on_dead: for<'a> fn(&'a record::JobRow, &'a App, &'a mut Tx) -> BoxFuture<'a, Result<()>>,
}

impl JobKind {
    /// That of a job.
    #[must_use]
    pub const fn of<J: Job>() -> Self {
        Self {
            name: J::KIND,
            pool: J::POOL,
            max_attempts: J::MAX_ATTEMPTS,
            schedule: J::SCHEDULE,
            longest_run: J::LONGEST_RUN,
            run: |run| Box::pin(run_one::<J>(run)),
            on_dead: |dead, app, tx| Box::pin(bury_one::<J>(dead, app, tx)),
        }
    }
}

async fn run_one<J: Job>(run: Arc<Run>) -> Result<Next> {
    let job: J = serde_json::from_value(run.job.payload.clone())
        .map_err(|cause| Error::internal(format!("its payload is not understood: {cause}")))?;
    job.run(&run).await
}

async fn bury_one<J: Job>(dead: &record::JobRow, app: &App, tx: &mut Tx) -> Result<()> {
    // What is not understood cannot say who waits for it.
    let Ok(job) = serde_json::from_value::<J>(dead.payload.clone()) else { return Ok(()) };
    job.on_dead(app, tx, dead.org_id).await
}
