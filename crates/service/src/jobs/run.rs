//! What a job works with.

use crate::{App, Ctx, Origin};
use g8_auth::{Caller, Quota};
use g8_domain::{Error, Result, record};
use g8_storage::{Tx, jobs, keys, orgs};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

/// How long a claim lasts unless it is prolonged.
#[cfg(not(feature = "failpoints"))]
pub(super) fn lease() -> i64 {
    30 * g8_domain::Ts::SECOND
}

#[cfg(feature = "failpoints")]
pub(super) use super::trace::lease;

/// How often the claim of a running job is prolonged: twice may fail.
pub(super) fn heartbeat() -> Duration {
    Duration::from_micros(u64::try_from(lease() / 3).unwrap_or_default())
}

/// One run of one job by one worker.
pub struct Run {
    /// The product.
    pub app: App,
    pub(super) job: record::Job,
    pub(super) stopping: Arc<AtomicBool>,
}

impl Run {
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
    pub(crate) async fn ctx(&self, key: Uuid) -> Result<Ctx> {
        let gone = || Error::internal("the key that asked for the job is gone");
        let key = keys::any(&mut &self.app.db, key).await?.ok_or_else(gone)?;
        let org = orgs::get(&mut &self.app.db, key.org_id).await?.ok_or_else(gone)?;
        let caller = Caller { scopes: key.scopes.clone(), user: None, role: None, org, key };
        Ok(Ctx {
            app: self.app.clone(),
            caller: Arc::new(caller),
            quota: Quota { meters: Vec::new(), at: self.app.clock.now(), admitted: true },
            origin: Origin { request_id: format!("job_{}", self.job.id), door: "job", ..Origin::default() },
            operation: "job",
            at: self.app.clock.now(),
            once: None,
            incoming: Mutex::default(),
            outgoing: Mutex::default(),
            wakes: AtomicBool::default(),
        })
    }

    /// Begins a change that commits only while the claim lasts, and prolongs it.
    ///
    /// # Errors
    /// The claim is lost: another worker has the job.
    pub async fn begin(&self) -> Result<Tx> {
        let mut tx = self.app.db.begin().await?;
        self.hold(&mut tx).await?;
        Ok(tx)
    }

    pub(super) async fn hold(&self, tx: &mut Tx) -> Result<()> {
        #[cfg(feature = "failpoints")]
        let asked = super::trace::moment();
        let until = self.app.clock.now().plus(lease());
        if jobs::hold(tx, self.job.id, self.job.attempt, until).await? {
            #[cfg(feature = "failpoints")]
            super::trace::held(&self.job, asked);
            return Ok(());
        }
        Err(Error::conflict("Another worker has taken this job over."))
    }

    /// The job and the number of this claim.
    pub(crate) fn claim(&self) -> (i64, i64) {
        (self.job.id, self.job.attempt)
    }

    /// Whether the program is told to stop: a long job returns between two steps and goes on elsewhere.
    #[must_use]
    pub fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
