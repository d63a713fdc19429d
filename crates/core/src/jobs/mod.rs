//! What happens after a change, outside its transaction: at least once, whatever dies in between.
//!
//! A [`Job`] is enqueued in the transaction of the change that causes it ([`enqueue`]) and run by a [`Worker`] that
//! has claimed it for a while. What it writes, it writes by [`Run::begin`], which fails once the claim is lost: a
//! worker that was thought dead cannot write over its successor.
//!
//! The engine knows no job: kinds are data that areas bring ([`JobKind`]), and a worker claims only those that its
//! program has.

mod clock_guard;
mod kind;
mod notifier;
mod pool;
mod recurring;
mod retention;
mod rollback;
mod run;
#[cfg(feature = "failpoints")]
mod trace;
mod worker;

#[cfg(any(test, feature = "testing"))]
pub(crate) use clock_guard::catch_up;
pub use clock_guard::trusted_now;
pub use kind::JobKind;
pub use notifier::publish;
pub use pool::Pool;
pub use retention::Sweep;
pub(crate) use rollback::Rollback;
pub use run::Run;
pub use worker::Worker;

use crate::App;
use g8_domain::{
    Error, Result, Ts,
    record::{self, JobState},
};
use g8_storage::{Db, Tx, jobs};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;
use uuid::Uuid;

/// Work of one kind. What it needs to know is in its fields; what it has done, in the database.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name in the table; never changes.
    const KIND: &'static str;
    /// Which jobs it waits with for its turn.
    const POOL: Pool = Pool::WORK;
    /// Failures in a row after which it is dead.
    const MAX_ATTEMPTS: i64 = 10;
    /// When it comes again, as a cron expression with seconds, in UTC: there is one such job in a cluster.
    const SCHEDULE: Option<&'static str> = None;
    /// The longest that one run may take. Then it has failed: its claim is not renewed, and others may take it over.
    const LONGEST_RUN: Duration = Duration::from_secs(3600);
    /// What it shares with other jobs of its pool that bears only so many at once: a mailbox, a vendor's connection
    /// (see [`Pool::per_key`]).
    fn key(&self) -> Option<String> {
        None
    }
    /// Does it, or a part of it. It may be run again from the start: what is done twice must be as once.
    fn run(&self, run: &Run) -> impl Future<Output = Result<Next>> + Send;
    /// Ends what waits for it, in the transaction that buries it: nobody is to wait for what is dead.
    fn on_dead(
        &self,
        _app: &App,
        _tx: &mut Tx,
        _org: Option<Uuid>,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// How a job goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is done.
    Done,
    /// It goes on, as if new.
    Again(Due),
}

/// When a job is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// As soon as somebody has time.
    Now,
    /// After so many microseconds. If the clock turns out to have been ahead, it waits no longer than that.
    In(i64),
    /// At an instant, days ahead too, whatever the clock says now.
    At(Ts),
}

impl Due {
    /// When that is, and what it was put off for.
    fn reckon(self, now: Ts) -> (Ts, Option<i64>) {
        match self {
            Self::Now => (now, Some(0)),
            Self::In(micros) => (now.plus(micros), Some(micros)),
            Self::At(at) => (at, None),
        }
    }
}

/// Puts a job into the transaction that causes it. Workers hear of it by [`App::wake`], or soon after.
///
/// # Errors
/// The database refused.
pub async fn enqueue<J: Job>(app: &App, tx: &mut Tx, org: Option<Uuid>, job: &J) -> Result<()> {
    enqueue_due(app, tx, (org, Due::Now), job).await
}

/// The same for a job that is to wait.
///
/// # Errors
/// The database refused.
pub async fn enqueue_due<J: Job>(
    app: &App,
    tx: &mut Tx,
    (org, due): (Option<Uuid>, Due),
    job: &J,
) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(Error::internal)?;
    let now = app.clock.now();
    let (due_at, put_off_for) = due.reckon(now);
    let row = new_row(J::KIND, J::POOL, (org, payload), now);
    jobs::insert(tx, &record::JobRow { due_at, put_off_for, concurrency_key: job.key(), ..row }).await?;
    Ok(())
}

/// What a server does before it works: sees to it that what comes again is there, and on an embedded database, where
/// it is alone, takes over what a killed predecessor had claimed.
///
/// # Errors
/// The database refused.
pub async fn begin(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if matches!(app.db, Db::Sqlite { .. }) {
        jobs::release(&mut tx, app.clock.now()).await?;
    }
    recurring::begin(app, &mut tx).await?;
    Ok(tx.commit().await?)
}

/// A job of a kind that is due at once, as it is stored.
#[must_use]
pub fn new_row(
    kind: &str,
    pool: Pool,
    (org, payload): (Option<Uuid>, serde_json::Value),
    now: Ts,
) -> record::JobRow {
    record::JobRow {
        id: 0,
        org_id: org,
        kind: kind.to_owned(),
        payload,
        only_one: None,
        concurrency_key: None,
        pool: pool.name.to_owned(),
        state: JobState::Ready,
        due_at: now,
        put_off_for: Some(0),
        attempt: 0,
        failures: 0,
        last_error: None,
        created_at: now,
        finished_at: None,
    }
}

#[cfg(test)]
mod tests;
