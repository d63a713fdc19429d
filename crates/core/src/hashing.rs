//! Hashing passwords: slow on purpose, and so never more at once than leaves room for everything else.

use crate::Entropy;
use g8_auth::{hash_password, verify_password};
use g8_domain::{Error, ErrorKind, Result};
use std::{sync::Arc, thread::available_parallelism};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Those who may wait for their turn; the others hear 503 at once.
const WAITING: usize = 32;

/// Turns at hashing: one a core at most, and one core is left to the others where there are several.
pub struct Hashing {
    room: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let at_once = cores.saturating_sub(1).max(1);
        Self { room: Arc::new(Semaphore::new(at_once)), queue: Arc::new(Semaphore::new(at_once + WAITING)) }
    }
}

impl Hashing {
    async fn turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy =
            || Error::new(ErrorKind::Unavailable, "Too many people are signing in; try again in a moment.");
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| busy())?;
        let turn = Arc::clone(&self.room).acquire_owned().await.map_err(Error::internal)?;
        // The turn ends with the work, also where nobody waits for it any more.
        let held = move || {
            let done = work();
            drop((queued, turn));
            done
        };
        spawn_blocking(held).await.map_err(Error::internal)
    }
}

impl Hashing {
    /// The hash to store for a password.
    ///
    /// # Errors
    /// A password outside 8 to 256 characters; 503 when too many wait.
    pub async fn hash(&self, entropy: &Entropy, password: &str) -> Result<String> {
        let mut salt = [0; 16];
        entropy.with(|rng| rng.fill_bytes(&mut salt));
        let password = password.to_owned();
        self.turn(move || hash_password(&password, &salt)).await?
    }

    /// Whether it is the password that was hashed. Where there is none to compare with, it takes as long.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool> {
        // A password of this length is refused unread: nobody could have chosen it.
        if password.chars().count() > 256 {
            return Ok(false);
        }
        let password = password.to_owned();
        let compare = move || match stored {
            Some(stored) => verify_password(&password, &stored),
            None => {
                drop(hash_password("no such account", &[0; 16]));
                false
            }
        };
        self.turn(compare).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    };

    #[tokio::test]
    async fn some_hash_the_others_wait_and_too_many_are_sent_away() {
        let hashing = Arc::new(Hashing::default());
        let most = hashing.room.available_permits();
        let running = Arc::new(AtomicUsize::new(0));
        let (go, held) = mpsc::channel::<()>();
        let held = Arc::new(Mutex::new(held));
        let mut tasks = Vec::new();
        for _ in 0..most + WAITING + 5 {
            let (hashing, running, held) = (Arc::clone(&hashing), Arc::clone(&running), Arc::clone(&held));
            tasks.push(tokio::spawn(async move {
                let work = move || {
                    let at_once = running.fetch_add(1, Ordering::SeqCst) + 1;
                    // Ends when nobody can say go any more.
                    let _ = held.lock().unwrap().recv();
                    running.fetch_sub(1, Ordering::SeqCst);
                    at_once
                };
                hashing.turn(work).await
            }));
        }
        for task in tasks.split_off(most + WAITING) {
            assert_eq!(task.await.unwrap().unwrap_err().kind, ErrorKind::Unavailable);
        }
        drop(go);
        for task in tasks {
            assert!(task.await.unwrap().unwrap() <= most);
        }
    }
}
