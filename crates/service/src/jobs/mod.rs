//! What happens after a change, outside its transaction: at least once, whatever dies in between.
//!
//! A [`Job`] is enqueued in the transaction of the change that causes it ([`enqueue`]) and run by a
//! [`Worker`] that has claimed it for a while. What it writes, it writes by [`Run::begin`], which fails
//! once the claim is lost: a worker that was thought dead cannot write over its successor.

mod ahead;
mod belief;
mod hints;
mod kinds;
mod recurring;
mod run;
mod sweep;
#[cfg(feature = "failpoints")]
mod trace;
mod worker;

pub(crate) use belief::believed;
#[cfg(any(test, feature = "testing"))]
pub(crate) use belief::trust;
pub use hints::tell;
pub(crate) use kinds::register;
pub use run::Run;
pub use sweep::Sweep;
pub use worker::Worker;

use crate::App;
use g8_domain::{
    Error, Result, Ts,
    record::{self, JobState, Pool},
};
use g8_storage::{Db, Tx, jobs};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Work of one kind. What it needs to know is in its fields; what it has done, in the database.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name in the table; never changes.
    const KIND: &'static str;
    /// Which jobs it waits with for its turn.
    const POOL: Pool = Pool::Work;
    /// Failures in a row after which it is dead.
    const FAILURES: i64 = 10;
    /// When it comes again, as a cron expression with seconds, in UTC: there is one such job in a cluster.
    const AGAIN: Option<&'static str> = None;
    /// Does it, or a part of it. It may be run again from the start: what is done twice must be as once.
    fn run(&self, run: &Run) -> impl Future<Output = Result<Next>> + Send;
    /// Ends what waits for it, in the transaction that buries it: nobody is to wait for what is dead.
    fn buried(
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
    /// It goes on at this time, as if new.
    At(Ts),
}

/// Takes in every kind of job.
pub trait Jobs {
    /// Takes in one kind.
    fn add<J: Job>(&mut self);
}

/// Puts a job into the transaction that causes it. Workers hear of it by [`App::wake`], or soon after.
///
/// # Errors
/// The database refused.
pub async fn enqueue<J: Job>(app: &App, tx: &mut Tx, org: Option<Uuid>, job: &J) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(Error::internal)?;
    put(tx, &fresh(J::KIND, J::POOL, (org, payload), app.clock.now())).await
}

/// What a server does before it works: sees to it that old things go, and on an embedded database, where
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

/// A job that is to be stored.
fn fresh(kind: &str, pool: Pool, (org, payload): (Option<Uuid>, serde_json::Value), due: Ts) -> record::Job {
    record::Job {
        id: 0,
        org_id: org,
        kind: kind.to_owned(),
        payload,
        only_one: None,
        pool,
        state: JobState::Ready,
        due_at: due,
        attempt: 0,
        failures: 0,
        last_error: None,
        created_at: due,
        finished_at: None,
    }
}

async fn put(tx: &mut Tx, job: &record::Job) -> Result<()> {
    jobs::insert(tx, job).await?;
    Ok(())
}

#[cfg(test)]
mod leaps;
#[cfg(test)]
mod tests;
