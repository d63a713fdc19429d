//! Callers that were let in a moment ago, so that not every request asks the database who it is; and keys that
//! have ended, so that none of their requests does.

use g8_auth::{BearerError, Caller};
use g8_domain::Ts;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// How long a caller is believed unread. A key that is revoked on another node lives on no longer than
/// this; on this node it ends at once, by [`Callers::forget`].
pub const FRESH: i64 = Ts::SECOND / 2;
/// How long a key that has ended is refused unread.
const ENDED: i64 = 60 * Ts::SECOND;
const MOST: usize = 10_000;
/// Keys that are remembered as good ones.
const MOST_GOOD: usize = 100_000;

type Digest = [u8; 32];

/// Callers by the digest of their key.
#[derive(Default)]
pub struct Callers {
    known: Mutex<HashMap<Digest, (Ts, Arc<Caller>)>>,
    forgotten: AtomicU64,
    good: Mutex<HashSet<Digest>>,
    ended: Mutex<HashMap<Digest, (Ts, BearerError)>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Callers {
    /// The caller of this key, read less than [`FRESH`] ago. A clock that was set back ends it, too.
    pub fn get(&self, digest: &Digest, now: Ts) -> Option<Arc<Caller>> {
        let known = locked(&self.known);
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
        let mut known = locked(&self.known);
        if known.len() >= MOST {
            known.clear();
        }
        if self.generation() == generation {
            known.insert(digest, (now, caller));
        }
        drop(known);
        let mut good = locked(&self.good);
        if good.len() >= MOST_GOOD {
            good.clear();
        }
        good.insert(digest);
    }

    /// Forgets everybody: after any change to keys, memberships or plans.
    pub fn forget(&self) {
        let mut known = locked(&self.known);
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        known.clear();
        locked(&self.ended).clear();
    }

    /// Whether this key let somebody in the last time it was read: whoever shows it does not guess.
    pub fn was_good(&self, digest: &Digest) -> bool {
        locked(&self.good).contains(digest)
    }

    /// Remembers that a key of ours opens nothing any more. Who left an organization may come back to it.
    pub fn end(&self, digest: Digest, refusal: BearerError, now: Ts) {
        locked(&self.good).remove(&digest);
        if !matches!(refusal, BearerError::Expired | BearerError::Revoked) {
            return;
        }
        let mut ended = locked(&self.ended);
        if ended.len() >= MOST {
            ended.clear();
        }
        ended.insert(digest, (now, refusal));
    }

    /// Why a key that was read within a minute opens nothing any more.
    pub fn ended(&self, digest: &Digest, now: Ts) -> Option<BearerError> {
        let ended = locked(&self.ended);
        let (read, refusal) = ended.get(digest)?;
        (0..ENDED).contains(&(now.0 - read.0)).then_some(*refusal)
    }
}
