//! Hashing passwords: slow on purpose, and so never more at once than leaves room for everything else.

use crate::App;
use g8_auth::{hash_password, verify_password};
use g8_domain::{Error, Kind, Result};
use std::thread::available_parallelism;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Those who may wait for their turn; the others hear 503 at once.
const WAITING: usize = 32;

/// Turns at hashing: one a core at most, and one core is left to the others where there are several.
pub(crate) struct Hashing {
    room: Semaphore,
    queue: Semaphore,
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let at_once = cores.saturating_sub(1).max(1);
        Self { room: Semaphore::new(at_once), queue: Semaphore::new(at_once + WAITING) }
    }
}

impl Hashing {
    async fn turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy = || Error::new(Kind::Unavailable, "Too many people are signing in; try again in a moment.");
        let _queued = self.queue.try_acquire().map_err(|_| busy())?;
        let _turn = self.room.acquire().await.map_err(Error::internal)?;
        spawn_blocking(work).await.map_err(Error::internal)
    }
}

/// The hash to store for a password.
///
/// # Errors
/// A password outside 8 to 256 characters; 503 when too many wait.
pub(crate) async fn hash(app: &App, password: &str) -> Result<String> {
    let mut salt = [0; 16];
    app.entropy.with(|rng| rng.fill_bytes(&mut salt));
    let password = password.to_owned();
    app.hashing.turn(move || hash_password(&password, &salt)).await?
}

/// Whether it is the password that was hashed. Where there is none to compare with, it takes as long.
pub(crate) async fn verify(app: &App, password: &str, stored: Option<String>) -> Result<bool> {
    // A password of this length is refused unread: nobody could have chosen it.
    if password.chars().count() > 256 {
        return Ok(false);
    }
    let password = password.to_owned();
    app.hashing
        .turn(move || match stored {
            Some(stored) => verify_password(&password, &stored),
            None => {
                drop(hash_password("no such account", &[0; 16]));
                false
            }
        })
        .await
}
