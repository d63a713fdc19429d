//! Claims jobs that are due and runs them.

use super::{
    JobKind, Next, Pool, Run,
    notifier::subscribe,
    recurring::next,
    run::{heartbeat, lease},
};
use crate::{App, jobs::Due};
use fail::fail_point;
use g8_domain::{Error, ErrorKind, Result, Ts, record};
use g8_storage::{
    Tx, clock,
    jobs::{self, JobTimes, Lineup},
};
use rand::RngExt;
use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;

/// How long a worker sleeps when nobody wakes it.
const POLL: Duration = Duration::from_secs(1);
/// How often it looks for jobs that were put off while the clock was ahead.
const LOOK: i64 = 60 * Ts::SECOND;

/// The jobs that this worker runs just now.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Pool>,
    counts: HashMap<&'static str, usize>,
}

impl Running {
    fn count(&self, pool: &str) -> usize {
        self.counts.get(pool).copied().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    fn start(&mut self, pool: Pool, job: impl Future<Output = ()> + Send + 'static) {
        *self.counts.entry(pool.name).or_default() += 1;
        self.tasks.spawn(async move {
            job.await;
            pool
        });
    }

    /// Waits for one to end. A job's own panic is caught in [`Worker::attempt`].
    async fn ended(&mut self) {
        if let Some(Ok(pool)) = self.tasks.join_next().await {
            *self.counts.entry(pool.name).or_default() -= 1;
        }
    }
}

/// Runs jobs. Any number of workers, in any number of programs of any release, may share a database.
pub struct Worker {
    app: App,
    pools: Vec<(Pool, Lineup)>,
    /// Whether the steps that run are to end.
    pub(crate) stopping: Arc<AtomicBool>,
    /// When it last looked for what the clock has put off.
    looked: AtomicI64,
}

impl Worker {
    /// A worker for every kind of job that this program has.
    #[must_use]
    pub fn new(app: App) -> Self {
        let mut kinds: BTreeMap<&str, (Pool, Vec<&str>)> = BTreeMap::new();
        for kind in app.registry.jobs() {
            kinds.entry(kind.pool.name).or_insert((kind.pool, Vec::new())).1.push(kind.name);
        }
        let lineup = |(pool, kinds): (Pool, Vec<&str>)| {
            let per_key = pool.per_key.map_or(0, |most| i64::try_from(most).unwrap_or(i64::MAX));
            (pool, Lineup { pool: pool.name, kinds: jobs::known(kinds), per_key })
        };
        let pools = kinds.into_values().map(lineup).collect();
        Self { app, pools, stopping: Arc::default(), looked: AtomicI64::new(i64::MIN) }
    }

    /// Works until `stop` ends; then finishes the steps that are running.
    pub async fn work(self: Arc<Self>, stop: impl Future<Output = ()>) {
        let mut running = Running::default();
        let hints = subscribe(self.app.clone());
        tokio::pin!(stop, hints);
        loop {
            if let Err(error) = self.start_due(&mut running).await {
                tracing::warn!(%error, "jobs could not be claimed");
            }
            tokio::select! {
                () = &mut stop => break,
                () = running.ended(), if !running.is_empty() => {}
                _ = tokio::time::timeout(POLL, self.app.work_announced()) => {}
                () = &mut hints => {}
            }
        }
        self.stopping.store(true, Ordering::Relaxed);
        while !running.is_empty() {
            running.ended().await;
        }
    }

    /// Runs everything that is due now, and what that makes due now; for tests and single programs.
    ///
    /// # Errors
    /// The database fails.
    pub async fn run_pending(self: &Arc<Self>) -> Result<usize> {
        let (mut running, mut done) = (Running::default(), 0);
        loop {
            let started = self.start_due(&mut running).await?;
            if running.is_empty() && started == 0 {
                return Ok(done);
            }
            while !running.is_empty() {
                running.ended().await;
                done += 1;
            }
        }
    }

    /// Cuts waits that were reckoned while the clock was ahead: now and then, and at once where it was set back.
    async fn reschedule_after_clock_rollback(&self) -> Result<()> {
        let now = self.app.clock.now();
        let looked = self.looked.load(Ordering::Relaxed);
        if (0..LOOK).contains(&now.0.saturating_sub(looked)) {
            return Ok(());
        }
        let trusted = clock::get(&mut &self.app.db).await?.map_or(now, |seen| seen.believed);
        let judged_by = self.app.rollback.judge(now, trusted, self.app.clock.monotonic());
        let times = JobTimes { now, judged_by, lease: now.plus(lease()) };
        let wrong = jobs::overlong(&mut &self.app.db, times).await?;
        if wrong > 0 {
            tracing::warn!(
                jobs = wrong,
                "the clock was ahead: jobs that would have waited for it are due sooner"
            );
            let mut tx = self.app.db.begin().await?;
            jobs::shorten(&mut tx, times).await?;
            tx.commit().await?;
        }
        self.looked.store(now.0, Ordering::Relaxed);
        Ok(())
    }

    async fn start_due(self: &Arc<Self>, running: &mut Running) -> Result<usize> {
        self.reschedule_after_clock_rollback().await?;
        let mut started = 0;
        for (pool, lineup) in &self.pools {
            loop {
                let claimed = self.claim(running, *pool, lineup).await?;
                started += claimed;
                // Of jobs with the same key a claim takes one, so that others may be free.
                if claimed == 0 || pool.per_key.is_none() {
                    break;
                }
            }
        }
        Ok(started)
    }

    /// Claims jobs of a pool as far as there is room, and starts them; says how many.
    async fn claim(self: &Arc<Self>, running: &mut Running, pool: Pool, lineup: &Lineup) -> Result<usize> {
        let room = pool.at_once.saturating_sub(running.count(pool.name));
        let now = self.app.clock.now();
        // Asking costs nobody the writer's turn.
        let due = jobs::next_due(&mut &self.app.db, lineup).await?.is_some_and(|due| due <= now);
        if room == 0 || !due {
            return Ok(0);
        }
        let room = i64::try_from(room).unwrap_or(1);
        let claimed = jobs::claim(&self.app.db, lineup, (now, now.plus(lease())), room).await?;
        #[cfg(feature = "failpoints")]
        super::trace::claimed(&claimed);
        if !claimed.is_empty() {
            fail_point!(g8_storage::points::JOB_CLAIMED);
        }
        let started = claimed.len();
        for job in claimed {
            running.start(pool, Arc::clone(self).run(job));
        }
        Ok(started)
    }

    async fn run(self: Arc<Self>, job: record::JobRow) {
        let Some(kind) = self.app.registry.job(&job.kind).copied() else {
            tracing::error!(kind = job.kind, "a job of a kind was claimed that this program does not know");
            return;
        };
        let run = Arc::new(Run::new(self.app.clone(), job, &kind, Arc::clone(&self.stopping)));
        fail_point!(g8_storage::points::JOB_BEGUN);
        let done = attempt(kind, &run).await;
        fail_point!(g8_storage::points::JOB_ENDING);
        let ended = async {
            let mut tx = self.app.db.begin().await?;
            self.end(&mut tx, kind, &run.job, done).await?;
            Ok::<_, Error>(tx.commit().await?)
        };
        if let Err(error) = ended.await {
            // Its lease ends, and it is run again.
            tracing::warn!(job = %run.job.id, %error, "the end of a job could not be noted");
        }
    }

    async fn end(&self, tx: &mut Tx, kind: JobKind, job: &record::JobRow, done: Result<Next>) -> Result<()> {
        let now = self.app.clock.now();
        let claim = (job.id, job.attempt);
        let again = match done {
            Ok(Next::Again(due)) => due,
            Ok(Next::Done) => match kind.schedule {
                Some(schedule) => {
                    fail_point!(g8_storage::points::RECURRING_AGAIN);
                    next(schedule, now)?
                }
                None => {
                    jobs::finish(tx, job.id, job.attempt, now).await?;
                    return Ok(());
                }
            },
            Err(error) => return self.fail(tx, kind, job, &error).await,
        };
        jobs::postpone(tx, claim, again.reckon(now), None).await?;
        Ok(())
    }

    /// Puts a failed job off, or buries it.
    async fn fail(&self, tx: &mut Tx, kind: JobKind, job: &record::JobRow, error: &Error) -> Result<()> {
        let (now, claim, fault) = (self.app.clock.now(), (job.id, job.attempt), fault(error));
        let dead = job.failures + 1 >= kind.max_attempts;
        tracing::warn!(job = %job.id, kind = job.kind, fault, dead, "a job failed");
        if !dead {
            let wait = Due::In(self.backoff(job.failures)).reckon(now);
            jobs::postpone(tx, claim, wait, Some(&fault)).await?;
        } else if jobs::bury(tx, claim, &fault, now).await? {
            (kind.on_dead)(job, &self.app, tx).await?;
        }
        Ok(())
    }

    /// 2, 4, 8 … seconds, at most an hour, a fifth of it by chance, so that what failed together does
    /// not come back together.
    fn backoff(&self, failures: i64) -> i64 {
        let seconds = 2_i64.saturating_pow(u32::try_from(failures + 1).unwrap_or(12).min(12)).min(3600);
        let jitter = self.app.entropy.with(|rng| rng.random_range(0..=seconds * Ts::SECOND / 5));
        seconds * Ts::SECOND + jitter
    }
}

/// Runs a job in a task of its own, so that a panic is a failure, and keeps its claim alive while it may run.
async fn attempt(kind: JobKind, run: &Arc<Run>) -> Result<Next> {
    let mut task = tokio::spawn((kind.run)(Arc::clone(run)));
    loop {
        match tokio::time::timeout(heartbeat(), &mut task).await {
            Ok(Ok(done)) => return done,
            Ok(Err(panic)) => return Err(Error::internal(format!("it panicked: {panic}"))),
            Err(_) => {}
        }
        if let Some(late) = run.is_late() {
            task.abort();
            return Err(late);
        }
        let held = async { Ok::<_, Error>(run.begin().await?.commit().await?) };
        match held.await {
            // A database that is slow to answer is asked again: whoever has lost the claim writes nothing.
            Ok(()) | Err(Error { kind: ErrorKind::Internal | ErrorKind::Unavailable, .. }) => {}
            Err(lost) => {
                task.abort();
                return Err(lost);
            }
        }
    }
}

/// What is kept of an error: for the operator, not for callers.
fn fault(error: &Error) -> String {
    match (&error.cause, error.kind) {
        (Some(cause), ErrorKind::Internal | ErrorKind::Unavailable) => cause.to_string(),
        _ => error.message.clone(),
    }
}
