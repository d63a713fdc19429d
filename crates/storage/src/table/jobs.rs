//! Jobs: claimed by one statement under a lease, with the attempt as fencing number.

use crate::{
    Db, Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::{
    Ts,
    record::{JobRow, JobState},
};
use uuid::Uuid;

record!(JobRow =>
    id, org_id, kind, payload, only_one, concurrency_key, pool, state, due_at, put_off_for, attempt, failures,
    last_error, created_at, finished_at
);

/// Adds a job to the transaction that causes it; false when there may be one such and it is there.
pub async fn insert(tx: &mut Tx, job: &JobRow) -> StorageResult<bool> {
    let row = values!(job => org_id, kind, payload, only_one, concurrency_key, pool, state, due_at, put_off_for,
        created_at; attempt = 0_i64, failures = 0_i64);
    row.insert(tx, "jobs", "ON CONFLICT DO NOTHING").await
}

/// A pool, and what a worker can do of it.
#[derive(Debug, Clone)]
pub struct Lineup {
    /// The pool's name.
    pub pool: &'static str,
    /// The kinds that the worker knows, as [`known`] writes them.
    pub kinds: String,
    /// How many jobs with the same key run at once; 0 for any number.
    pub per_key: i64,
}

/// The names of kinds as the statements compare them: `,a,b,`.
#[must_use]
pub fn known<'a>(kinds: impl IntoIterator<Item = &'a str>) -> String {
    kinds.into_iter().fold(",".to_owned(), |all, kind| all + kind + ",")
}

/// When the next job is due, whatever its pool.
pub async fn first_due(on: &mut impl Session) -> StorageResult<Option<Ts>> {
    let sql = "SELECT MIN(due_at) AS n FROM jobs WHERE finished_at IS NULL HAVING COUNT(*) > 0";
    Ok(on.number(sql, args![]).await?.map(Ts))
}

/// When the next job of a pool that the worker knows is due, if any waits.
pub async fn next_due(on: &mut impl Session, lineup: &Lineup) -> StorageResult<Option<Ts>> {
    let sql = "SELECT due_at AS n FROM jobs WHERE pool = $1 AND finished_at IS NULL
               AND $2 LIKE '%,' || REPLACE(kind, '_', '\\_') || ',%' ESCAPE '\\' ORDER BY due_at LIMIT 1";
    Ok(on.number(sql, args![lineup.pool, &lineup.kinds]).await?.map(Ts))
}

/// Claims up to `limit` due jobs of a pool until `lease`: of kinds that the worker knows, and of those with the same
/// key the first alone, while fewer than the pool allows are running. Those whose lease has ended are due again.
pub async fn claim(
    db: &Db,
    lineup: &Lineup,
    (now, lease): (Ts, Ts),
    limit: i64,
) -> StorageResult<Vec<JobRow>> {
    // Two who claim at the same moment see the same first job of a key, and one of them finds it locked.
    let sql = "WITH due AS MATERIALIZED (
                   SELECT id FROM jobs WHERE pool = $4 AND finished_at IS NULL AND due_at <= $1
                   AND $5 LIKE '%,' || REPLACE(kind, '_', '\\_') || ',%' ESCAPE '\\'
                   AND (concurrency_key IS NULL OR $6 = 0 OR (
                       $6 > (SELECT COUNT(*) FROM jobs held WHERE held.pool = jobs.pool
                           AND held.concurrency_key = jobs.concurrency_key AND held.finished_at IS NULL
                           AND held.state = 'running' AND held.due_at > $1)
                       AND NOT EXISTS (SELECT 1 FROM jobs before WHERE before.pool = jobs.pool
                           AND before.concurrency_key = jobs.concurrency_key AND before.finished_at IS NULL
                           AND (before.due_at < jobs.due_at AND before.due_at <= $1
                                OR before.due_at = jobs.due_at AND before.id < jobs.id))))
                   ORDER BY due_at LIMIT $3 {skip}
               )
               UPDATE jobs SET state = 'running', attempt = attempt + 1, due_at = $2
               WHERE id IN (SELECT id FROM due) RETURNING *";
    let mut tx = db.begin().await?;
    let args = args![now, lease, limit, lineup.pool, &lineup.kinds, lineup.per_key];
    let claimed = tx.rows(sql, args).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Makes every claimed job due again: for a program that is alone and has just started. Whoever still
/// runs one has lost it.
pub async fn release(tx: &mut Tx, now: Ts) -> StorageResult<u64> {
    tx.change("UPDATE jobs SET state = 'ready', due_at = $1 WHERE state = 'running'", args![now]).await
}

/// The times by which waits are judged.
#[derive(Debug, Clone, Copy)]
pub struct JobTimes {
    /// What the clock says.
    pub now: Ts,
    /// What waits are judged by: later than `now` while the clock may be behind.
    pub judged_by: Ts,
    /// The end of a claim that is made now.
    pub lease: Ts,
}

/// How many jobs would wait longer than they were put off for, or are claimed for longer than a lease: they were
/// reckoned while the clock was ahead.
pub async fn overlong(on: &mut impl Session, times: JobTimes) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM jobs WHERE finished_at IS NULL AND due_at > $1
               AND (state = 'ready' AND due_at - put_off_for > $3 OR state = 'running' AND due_at > $2)";
    Ok(on.number(sql, args![times.now, times.lease, times.judged_by]).await?.unwrap_or_default())
}

/// Cuts such waits to what they were meant to be.
pub async fn shorten(tx: &mut Tx, times: JobTimes) -> StorageResult<u64> {
    let sql = "UPDATE jobs SET due_at = CASE WHEN state = 'running' THEN $2 ELSE $1 + put_off_for END
               WHERE finished_at IS NULL AND due_at > $1
               AND (state = 'ready' AND due_at - put_off_for > $3 OR state = 'running' AND due_at > $2)";
    tx.change(sql, args![times.now, times.lease, times.judged_by]).await
}

/// Prolongs the lease of a claim; false when it is lost.
pub async fn renew_lease(tx: &mut Tx, id: i64, attempt: i64, lease: Ts) -> StorageResult<bool> {
    let sql = "UPDATE jobs SET due_at = $3 WHERE id = $1 AND attempt = $2 AND state = 'running'";
    Ok(tx.change(sql, args![id, attempt, lease]).await? > 0)
}

/// Ends a claim: the job is done.
pub async fn finish(tx: &mut Tx, id: i64, attempt: i64, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE jobs SET state = 'done', finished_at = $3, last_error = NULL
               WHERE id = $1 AND attempt = $2 AND state = 'running'";
    Ok(tx.change(sql, args![id, attempt, at]).await? > 0)
}

/// Ends a claim: the job goes on at `due`, with or without a fault. `put_off_for` is how long it was meant to wait; none
/// for what is due at an instant.
pub async fn postpone(
    tx: &mut Tx,
    (id, attempt): (i64, i64),
    (due, put_off_for): (Ts, Option<i64>),
    fault: Option<&str>,
) -> StorageResult<bool> {
    let sql = "UPDATE jobs SET state = 'ready', due_at = $3, put_off_for = $6, last_error = $4,
               failures = CASE WHEN $5 = 1 THEN failures + 1 ELSE 0 END
               WHERE id = $1 AND attempt = $2 AND state = 'running'";
    let failed = i64::from(fault.is_some());
    Ok(tx.change(sql, args![id, attempt, due, fault, failed, put_off_for]).await? > 0)
}

/// Ends a claim: the job has failed for the last time, and is kept to be looked at.
pub async fn bury(tx: &mut Tx, (id, attempt): (i64, i64), fault: &str, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE jobs SET state = 'dead', finished_at = $4, last_error = $3, failures = failures + 1
               WHERE id = $1 AND attempt = $2 AND state = 'running'";
    Ok(tx.change(sql, args![id, attempt, fault, at]).await? > 0)
}

/// Forgets jobs that were done before `before`; dead ones are kept.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM jobs WHERE id IN (
                   SELECT id FROM jobs WHERE finished_at < $1 AND state = 'done' ORDER BY finished_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}

/// Which jobs.
#[derive(Debug, Default)]
pub struct JobFilter {
    /// Of this organisation; every one when none.
    pub org: Option<Uuid>,
    /// That stand so.
    pub state: Option<JobState>,
    /// Of this kind.
    pub kind: Option<String>,
}

/// Jobs, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    filter: JobFilter,
    slice: &Slice,
) -> StorageResult<(Vec<JobRow>, RowCount)> {
    Filter::new("0 < ", 1_i64)
        .compare("org_id = ", filter.org)
        .compare("state = ", filter.state.map(JobState::word))
        .compare("kind = ", filter.kind)
        .page(on, Rows::of("SELECT *", "FROM jobs", "id"), slice)
        .await
}

/// One job.
pub async fn get(on: &mut impl Session, id: i64) -> StorageResult<Option<JobRow>> {
    on.row("SELECT * FROM jobs WHERE id = $1", args![id]).await
}

/// Makes a dead job due again, as if it had never failed; false when another of its name waits.
pub async fn revive(tx: &mut Tx, id: i64, now: Ts) -> StorageResult<bool> {
    let sql =
        "UPDATE jobs SET state = 'ready', due_at = $2, put_off_for = 0, failures = 0, finished_at = NULL
               WHERE id = $1 AND state = 'dead' AND NOT EXISTS (SELECT 1 FROM jobs other
                   WHERE other.only_one = jobs.only_one AND other.finished_at IS NULL)";
    Ok(tx.change(sql, args![id, now]).await? > 0)
}

/// Forgets a dead job.
pub async fn discard(tx: &mut Tx, id: i64) -> StorageResult<()> {
    tx.change("DELETE FROM jobs WHERE id = $1 AND state = 'dead'", args![id]).await.map(drop)
}

/// How many jobs there are in each state.
pub async fn tally(on: &mut impl Session) -> StorageResult<Vec<Tally>> {
    on.rows("SELECT state, COUNT(*) AS n FROM jobs GROUP BY state ORDER BY state", args![]).await
}

/// The number of jobs in a state.
#[derive(Debug)]
pub struct Tally {
    /// ready, running, done or dead.
    pub state: String,
    /// How many.
    pub n: i64,
}
record!(Tally => state, n);
