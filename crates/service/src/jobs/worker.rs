//! Claims jobs that are due and runs them.

use super::{
    Job, Jobs, Next, Run,
    ahead::pull_in,
    hints::hear,
    recurring::next,
    register,
    run::{heartbeat, lease},
};
use crate::App;
use fail::fail_point;
use g8_domain::{
    Error, Kind, Result, Ts,
    record::{self, Pool},
};
use g8_storage::{Tx, jobs};
use rand::RngExt;
use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;

/// Jobs of each pool that run at the same time.
const POOLS: [(Pool, usize); 3] = [(Pool::Network, 128), (Pool::Work, 4), (Pool::Files, 4)];
/// How long a worker sleeps when nobody wakes it.
const POLL: Duration = Duration::from_secs(1);
/// How often it looks for jobs that were put off while the clock was ahead.
const LOOK: i64 = 60 * Ts::SECOND;

type Runner = fn(Arc<Run>) -> Pin<Box<dyn Future<Output = Result<Next>> + Send>>;

type Ending<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// How jobs of one kind are run.
#[derive(Clone, Copy)]
struct How {
    run: Runner,
    buried: for<'a> fn(&'a record::Job, &'a App, &'a mut Tx) -> Ending<'a>,
    failures: i64,
    again: Option<&'static str>,
}

#[derive(Default)]
struct Kinds(HashMap<&'static str, How>);

impl Jobs for Kinds {
    fn add<J: Job>(&mut self) {
        let how = How { run: run_one::<J>, buried: bury_one::<J>, failures: J::FAILURES, again: J::AGAIN };
        self.0.insert(J::KIND, how);
    }
}

fn run_one<J: Job>(run: Arc<Run>) -> Pin<Box<dyn Future<Output = Result<Next>> + Send>> {
    Box::pin(async move {
        let job: J = serde_json::from_value(run.job.payload.clone())
            .map_err(|cause| Error::internal(format!("its payload is not understood: {cause}")))?;
        job.run(&run).await
    })
}

fn bury_one<'a, J: Job>(dead: &'a record::Job, app: &'a App, tx: &'a mut Tx) -> Ending<'a> {
    Box::pin(async move {
        // What is not understood cannot say who waits for it.
        let Ok(job) = serde_json::from_value::<J>(dead.payload.clone()) else { return Ok(()) };
        job.buried(app, tx, dead.org_id).await
    })
}

/// The jobs that this worker runs just now.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Pool>,
    counts: HashMap<&'static str, usize>,
}

impl Running {
    fn count(&self, pool: Pool) -> usize {
        self.counts.get(pool.word()).copied().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    fn start(&mut self, pool: Pool, job: impl Future<Output = ()> + Send + 'static) {
        *self.counts.entry(pool.word()).or_default() += 1;
        self.tasks.spawn(async move {
            job.await;
            pool
        });
    }

    /// Waits for one to end. A job's own panic is caught in [`Worker::attempt`].
    async fn ended(&mut self) {
        if let Some(Ok(pool)) = self.tasks.join_next().await {
            *self.counts.entry(pool.word()).or_default() -= 1;
        }
    }
}

/// Runs jobs. Any number of workers, in any number of programs, may share a database.
pub struct Worker {
    app: App,
    kinds: Kinds,
    stopping: Arc<AtomicBool>,
    /// When it last looked for what the clock has put off.
    looked: AtomicI64,
}

impl Worker {
    /// A worker for every kind of job.
    #[must_use]
    pub fn new(app: App) -> Self {
        let mut kinds = Kinds::default();
        register(&mut kinds);
        Self { app, kinds, stopping: Arc::default(), looked: AtomicI64::new(i64::MIN) }
    }

    /// Works until `stop` ends; then finishes the steps that are running.
    pub async fn work(self: Arc<Self>, stop: impl Future<Output = ()>) {
        let mut running = Running::default();
        let hints = hear(self.app.clone());
        tokio::pin!(stop, hints);
        loop {
            if let Err(error) = self.start_due(&mut running).await {
                tracing::warn!(%error, "jobs could not be claimed");
            }
            tokio::select! {
                () = &mut stop => break,
                () = running.ended(), if !running.is_empty() => {}
                _ = tokio::time::timeout(POLL, self.app.woken()) => {}
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
    pub async fn drain(self: &Arc<Self>) -> Result<usize> {
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

    /// Mends what the clock has put off, now and then, and at once where it was set back.
    async fn mend(&self) -> Result<()> {
        let now = self.app.clock.now();
        let looked = self.looked.load(Ordering::Relaxed);
        if (0..LOOK).contains(&now.0.saturating_sub(looked)) {
            return Ok(());
        }
        for (pool, _) in POOLS {
            pull_in(&self.app, pool, now, |kind| self.kinds.0.get(kind).and_then(|how| how.again)).await?;
        }
        self.looked.store(now.0, Ordering::Relaxed);
        Ok(())
    }

    async fn start_due(self: &Arc<Self>, running: &mut Running) -> Result<usize> {
        self.mend().await?;
        let mut started = 0;
        for (pool, most) in POOLS {
            let room = most.saturating_sub(running.count(pool));
            let now = self.app.clock.now();
            // Asking costs nobody the writer's turn.
            let due = jobs::next_due(&mut &self.app.db, pool).await?.is_some_and(|due| due <= now);
            if room == 0 || !due {
                continue;
            }
            let room = i64::try_from(room).unwrap_or(1);
            let claimed = jobs::claim(&self.app.db, pool, (now, now.plus(lease())), room).await?;
            #[cfg(feature = "failpoints")]
            super::trace::claimed(&claimed);
            if !claimed.is_empty() {
                fail_point!(g8_storage::points::JOB_CLAIMED);
            }
            for job in claimed {
                running.start(pool, Arc::clone(self).run(job));
                started += 1;
            }
        }
        Ok(started)
    }

    async fn run(self: Arc<Self>, job: record::Job) {
        let run = Arc::new(Run { app: self.app.clone(), job, stopping: Arc::clone(&self.stopping) });
        fail_point!(g8_storage::points::JOB_BEGUN);
        let done = self.attempt(&run).await;
        fail_point!(g8_storage::points::JOB_ENDING);
        let ended = async {
            let mut tx = self.app.db.begin().await?;
            self.end(&mut tx, &run.job, done).await?;
            Ok::<_, Error>(tx.commit().await?)
        };
        if let Err(error) = ended.await {
            // Its lease ends, and it is run again.
            tracing::warn!(job = %run.job.id, %error, "the end of a job could not be noted");
        }
    }

    /// Runs a job in a task of its own, so that a panic is a failure, and keeps its lease alive.
    async fn attempt(&self, run: &Arc<Run>) -> Result<Next> {
        let Some(how) = self.kinds.0.get(run.job.kind.as_str()) else {
            return Err(Error::internal(format!("this program knows no job of the kind {}", run.job.kind)));
        };
        let mut task = tokio::spawn((how.run)(Arc::clone(run)));
        loop {
            match tokio::time::timeout(heartbeat(), &mut task).await {
                Ok(Ok(done)) => return done,
                Ok(Err(panic)) => return Err(Error::internal(format!("it panicked: {panic}"))),
                Err(_) => {}
            }
            let held = async { Ok::<_, Error>(run.begin().await?.commit().await?) };
            match held.await {
                // A database that is slow to answer is asked again: whoever has lost the claim writes nothing.
                Ok(()) | Err(Error { kind: Kind::Internal | Kind::Unavailable, .. }) => {}
                Err(lost) => {
                    task.abort();
                    return Err(lost);
                }
            }
        }
    }

    async fn end(&self, tx: &mut Tx, job: &record::Job, done: Result<Next>) -> Result<()> {
        let now = self.app.clock.now();
        let claim = (job.id, job.attempt);
        match done {
            Ok(Next::Done) => match self.kinds.0.get(job.kind.as_str()).and_then(|how| how.again) {
                Some(again) => {
                    fail_point!(g8_storage::points::RECURRING_AGAIN);
                    jobs::postpone(tx, claim, next(again, now)?, None).await?;
                }
                None => drop(jobs::finish(tx, job.id, job.attempt, now).await?),
            },
            Ok(Next::At(due)) => drop(jobs::postpone(tx, claim, due, None).await?),
            Err(error) => {
                let fault = fault(&error);
                let how = self.kinds.0.get(job.kind.as_str());
                let most = how.map_or(1, |how| how.failures);
                let dead = job.failures + 1 >= most;
                tracing::warn!(job = %job.id, kind = job.kind, fault, dead, "a job failed");
                if dead {
                    if let (true, Some(how)) = (jobs::bury(tx, claim, &fault, now).await?, how) {
                        (how.buried)(job, &self.app, tx).await?;
                    }
                } else {
                    jobs::postpone(tx, claim, now.plus(self.backoff(job.failures)), Some(&fault)).await?;
                }
            }
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

/// What is kept of an error: for the operator, not for callers.
fn fault(error: &Error) -> String {
    match (&error.cause, error.kind) {
        (Some(cause), Kind::Internal | Kind::Unavailable) => cause.to_string(),
        _ => error.message.clone(),
    }
}
