//! What every request shares.

use crate::{Clock, Entropy};
use g8_auth::Pepper;
use g8_storage::Db;
use std::{ops::Deref, sync::Arc};

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
}

impl App {
    /// An app of these parts.
    #[must_use]
    pub fn new(db: Db, clock: Clock, entropy: Entropy, pepper: Pepper) -> Self {
        Self(Arc::new(Parts { db, clock, entropy, pepper }))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
