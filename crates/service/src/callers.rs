//! Callers that were let in a moment ago, so that not every request asks the database who it is.

use g8_auth::Caller;
use g8_domain::Ts;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// How long a caller is believed unread. A key that is revoked on another node lives on no longer than
/// this; on this node it ends at once, by [`Callers::forget`].
pub const FRESH: i64 = Ts::SECOND / 2;
const MOST: usize = 10_000;

type Digest = [u8; 32];

/// Callers by the digest of their key.
#[derive(Default)]
pub struct Callers {
    known: Mutex<HashMap<Digest, (Ts, Arc<Caller>)>>,
    forgotten: AtomicU64,
}

impl Callers {
    fn known(&self) -> MutexGuard<'_, HashMap<Digest, (Ts, Arc<Caller>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The caller of this key, read less than [`FRESH`] ago. A clock that was set back ends it, too.
    pub fn get(&self, digest: &Digest, now: Ts) -> Option<Arc<Caller>> {
        let known = self.known();
        let (read, caller) = known.get(digest)?;
        let fresh = (0..FRESH).contains(&(now.0 - read.0));
        let lives = caller.key.expires_at.is_none_or(|end| end > now);
        (fresh && lives).then(|| Arc::clone(caller))
    }

    /// The number of times everything was forgotten; what was read before the last does not count.
    pub fn generation(&self) -> u64 {
        self.forgotten.load(Ordering::Acquire)
    }

    /// Remembers a caller that was read in this generation.
    pub fn put(&self, digest: Digest, caller: Arc<Caller>, now: Ts, generation: u64) {
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        if self.generation() == generation {
            known.insert(digest, (now, caller));
        }
    }

    /// Forgets everybody: after any change to keys, memberships or plans.
    pub fn forget(&self) {
        let mut known = self.known();
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        known.clear();
    }
}
