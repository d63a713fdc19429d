//! Where the requests of keys are counted: in this process, or in the database for several of them.

mod failures;
mod own;
mod shared;

pub(crate) use failures::Windows;
pub use failures::{Failures, network};

use crate::Clock;
use g8_auth::{Quota, Window};
use g8_domain::{Plan, Result};
use g8_storage::{Db, windows};
use own::Own;
use shared::Shared;
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Counts requests against plans.
pub enum Limiter {
    /// In this process, which alone serves; the database hears of it once a second.
    Local(Own),
    /// In the database, for all that open it: one statement for the requests of a key that come together, none for a
    /// refusal.
    Shared(Shared),
}

impl Limiter {
    /// Counts in this process, and keeps the count in the database.
    #[must_use]
    pub fn local() -> Self {
        Self::Local(Own::default())
    }

    /// Counts in the database.
    #[must_use]
    pub fn shared() -> Self {
        Self::Shared(Shared::default())
    }

    /// Counts a request of a key if its plan has room, and says what is left.
    ///
    /// # Errors
    /// The database fails, where the count is there.
    pub async fn admit(&self, db: &Db, key: Uuid, plan: Plan, clock: &Clock) -> Result<Quota> {
        match self {
            _ if plan == Plan::UNLIMITED => Ok(Quota { meters: Vec::new(), at: clock.now(), admitted: true }),
            Self::Local(own) => own.admit(db, key, plan, clock.now()).await,
            Self::Shared(shared) => shared.admit(db, (key, plan), clock).await,
        }
    }

    /// Writes into the database what was counted since the last time, and reads what others counted.
    ///
    /// # Errors
    /// The database refused; it is written the next time.
    pub async fn keep(&self, db: &Db, clock: &Clock) -> Result<()> {
        match self {
            Self::Local(own) => own.keep(db, clock.now()).await,
            Self::Shared(_) => Ok(()),
        }
    }
}

/// The window that was stored.
fn window(stored: windows::StoredWindow) -> Window {
    let mut window = stored.state.map(|state| Window::from_bytes(&state)).unwrap_or_default();
    stored.at.into_iter().for_each(|at| window.settle(at));
    window
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
