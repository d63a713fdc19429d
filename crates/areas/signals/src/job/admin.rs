//! Background jobs of the whole installation, for its operator; and what operations on jobs share with that.

use g8_core::App;
use g8_domain::{
    Error, Result, Ts,
    page::MAX_LIMIT,
    record::{JobRow, JobState},
};
use g8_storage::{
    Slice, Tx,
    jobs::{self, JobFilter},
};
use uuid::Uuid;

/// The newest jobs that stand so.
///
/// # Errors
/// The database fails.
pub async fn list_jobs(app: &App, state: Option<JobState>, kind: Option<String>) -> Result<Vec<JobRow>> {
    let slice = Slice { after: None, offset: 0, limit: MAX_LIMIT };
    Ok(jobs::page(&mut &app.db, JobFilter { org: None, state, kind }, &slice).await?.0)
}

/// Has a dead job tried again, whosever it is.
///
/// # Errors
/// 404 when it is not there; 422 when it is not dead.
pub async fn retry_job(app: &App, id: i64) -> Result<()> {
    let mut tx = app.db.begin().await?;
    revive_job(&mut tx, None, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(app.db.hint().await?)
}

/// Gives a dead job up, whosever it is.
///
/// # Errors
/// 404 when it is not there; 422 when it is not dead.
pub async fn drop_job(app: &App, id: i64) -> Result<()> {
    let mut tx = app.db.begin().await?;
    discard_job(&mut tx, None, id).await?;
    Ok(tx.commit().await?)
}

/// Has a dead job tried again.
///
/// # Errors
/// 404 when it is not there, or another organisation's; 422 when it is not dead.
pub(crate) async fn revive_job(tx: &mut Tx, org: Option<Uuid>, id: i64, now: Ts) -> Result<JobRow> {
    let job = dead(tx, org, id).await?;
    // Another of its name may be there by now.
    if !jobs::revive(tx, id, now).await? {
        return Err(Error::conflict(format!("A job like {id} waits already; discard this one.")));
    }
    Ok(JobRow { state: JobState::Ready, failures: 0, due_at: now, finished_at: None, ..job })
}

/// Gives a dead job up.
///
/// # Errors
/// 404 when it is not there, or another organisation's; 422 when it is not dead.
pub(crate) async fn discard_job(tx: &mut Tx, org: Option<Uuid>, id: i64) -> Result<()> {
    dead(tx, org, id).await?;
    Ok(jobs::discard(tx, id).await?)
}

async fn dead(tx: &mut Tx, org: Option<Uuid>, id: i64) -> Result<JobRow> {
    let job = jobs::get(tx, id).await?.filter(|job| org.is_none() || job.org_id == org);
    let job = job.ok_or_else(|| Error::not_found("job", id))?;
    if job.state != JobState::Dead {
        return Err(Error::rule(format!(
            "Job {id} is {}; only dead ones are tried again or discarded.",
            job.state.word()
        )));
    }
    Ok(job)
}
