//! What a job works with.

use super::JobKind;
use crate::{App, Ctx, Origin};
use g8_auth::{Caller, Quota};
use g8_domain::{Error, Result, record};
use g8_storage::{Tx, jobs, keys, orgs};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

/// How long a claim lasts unless it is renewed.
#[cfg(not(feature = "failpoints"))]
pub(super) fn lease() -> i64 {
    30 * g8_domain::Ts::SECOND
}

#[cfg(feature = "failpoints")]
pub(super) use super::trace::lease;

/// How often the claim of a running job is renewed: twice may fail.
pub(super) fn heartbeat() -> Duration {
    Duration::from_micros(u64::try_from(lease() / 3).unwrap_or_default())
}

/// One run of one job by one worker.
pub struct Run {
    /// The product.
    pub app: App,
    pub(super) job: record::JobRow,
    stopping: Arc<AtomicBool>,
    begun: Duration,
    longest: Duration,
    large: bool,
}

impl Run {
    pub(super) fn new(app: App, job: record::JobRow, kind: &JobKind, stopping: Arc<AtomicBool>) -> Self {
        let begun = app.clock.monotonic();
        Self { app, job, stopping, begun, longest: kind.longest_run, large: kind.pool.large }
    }

    /// The organization whose data it is about.
    ///
    /// # Errors
    /// The job is the installation's own.
    pub fn org(&self) -> Result<Uuid> {
        self.job.org_id.ok_or_else(|| Error::internal("the job names no organization"))
    }

    /// What a job works with that does what the holder of a key asked for. The key's scopes were
    /// checked when it was asked.
    ///
    /// # Errors
    /// The key or its organization is gone.
    pub async fn ctx(&self, key: Uuid) -> Result<Ctx> {
        let gone = || Error::internal("the key that asked for the job is gone");
        let key = keys::any(&mut &self.app.db, key).await?.ok_or_else(gone)?;
        let org = orgs::get(&mut &self.app.db, key.org_id).await?.ok_or_else(gone)?;
        let caller = Caller { scopes: key.scopes.clone(), user: None, role: None, org, key };
        let quota = Quota { meters: Vec::new(), at: self.app.clock.now(), admitted: true };
        let origin = Origin { request_id: format!("job_{}", self.job.id), door: "job", ..Origin::default() };
        Ok(Ctx::new(self.app.clone(), (Arc::new(caller), quota, origin), "job", None, None))
    }

    /// Begins a change that commits only while the claim lasts, and renews it.
    ///
    /// # Errors
    /// The claim is lost: another worker has the job, or it has run for longer than its kind may.
    pub async fn begin(&self) -> Result<Tx> {
        if let Some(late) = self.is_late() {
            return Err(late);
        }
        let mut tx = self.app.db.begin().await?;
        if self.large {
            tx.set_apart();
        }
        self.renew_lease(&mut tx).await?;
        Ok(tx)
    }

    async fn renew_lease(&self, tx: &mut Tx) -> Result<()> {
        #[cfg(feature = "failpoints")]
        let asked = super::trace::moment();
        let until = self.app.clock.now().plus(lease());
        if jobs::renew_lease(tx, self.job.id, self.job.attempt, until).await? {
            #[cfg(feature = "failpoints")]
            super::trace::held(&self.job, asked);
            return Ok(());
        }
        Err(Error::conflict("Another worker has taken this job over."))
    }

    /// What is wrong when it has run for longer than its kind may, by a clock that nobody sets.
    pub(super) fn is_late(&self) -> Option<Error> {
        let ran = self.app.clock.monotonic().saturating_sub(self.begun);
        let late = || Error::conflict(format!("It ran for longer than {} s.", self.longest.as_secs()));
        (ran > self.longest).then(late)
    }

    /// The job and the number of this claim.
    #[must_use]
    pub fn claim(&self) -> (i64, i64) {
        (self.job.id, self.job.attempt)
    }

    /// Whether the program is told to stop: a long job returns between two steps and goes on elsewhere.
    #[must_use]
    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
