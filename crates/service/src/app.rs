//! What every request shares.

use crate::{
    Clock, Entropy,
    callers::Callers,
    limiter::{Failures, Limiter},
};
use g8_auth::Pepper;
use g8_config::{Keep, Limits, Settings};
use g8_domain::Plans;
use g8_storage::Db;
use std::{ops::Deref, sync::Arc};
use tokio::sync::Notify;

/// The product, opened: database, time, randomness and secret. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Randomness and ids.
    pub entropy: Entropy,
    /// The secret under which digests and cursors are made.
    pub pepper: Pepper,
    /// What the operator has set.
    pub tuning: Tuning,
    pub(crate) callers: Callers,
    pub(crate) limiter: Limiter,
    pub(crate) failures: Failures,
    wake: Notify,
}

/// What the operator has set of the service's own limits.
#[derive(Debug, Clone, Default)]
pub struct Tuning {
    /// The rate-limit plans.
    pub plans: Plans,
    /// What the server bears at once.
    pub limits: Limits,
    /// How long things are kept.
    pub keep: Keep,
}

impl From<&Settings> for Tuning {
    fn from(settings: &Settings) -> Self {
        Self { plans: settings.plans.clone(), limits: settings.limits, keep: settings.keep }
    }
}

impl App {
    /// An app of these parts.
    #[must_use]
    pub fn new(
        (db, clock, entropy, pepper): (Db, Clock, Entropy, Pepper),
        tuning: Tuning,
        limiter: Limiter,
    ) -> Self {
        let (callers, failures) = (Callers::default(), Failures::default());
        let wake = Notify::new();
        Self(Arc::new(Parts { db, clock, entropy, pepper, tuning, callers, limiter, failures, wake }))
    }
}

impl App {
    /// Tells the worker of this program that there may be a job.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
