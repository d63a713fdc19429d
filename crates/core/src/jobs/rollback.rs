//! A clock that is behind what was known: it is wrong, or it was wrong before. What is right shows by lasting.

use g8_domain::Ts;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Behind by no more than this, it is nobody's concern.
const USUAL: i64 = 3600 * Ts::SECOND;
/// How long a clock must have been behind before waits are judged by it. Machines that start without a clock are set
/// right sooner.
const LASTS: Duration = Duration::from_secs(600);

/// Since when the clock has been behind, by the time that nobody sets.
#[derive(Debug, Default)]
pub(crate) struct Rollback(Mutex<Option<Duration>>);

impl Rollback {
    /// The time by which waits are judged, where the clock says `now` and `trusted` was known: the later of them, until
    /// the clock has been behind for a while.
    pub fn judge(&self, now: Ts, trusted: Ts, monotonic: Duration) -> Ts {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if trusted.0 - now.0 <= USUAL {
            *since = None;
            return now;
        }
        let behind = monotonic.saturating_sub(*since.get_or_insert(monotonic));
        if behind < LASTS { trusted } else { now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stays_behind_is_believed_and_one_that_is_set_right_never_was() {
        let (rollback, late, early) = (Rollback::default(), Ts(400 * Ts::DAY), Ts(Ts::DAY));
        let at = |now, seconds| rollback.judge(now, late, Duration::from_secs(seconds));
        assert_eq!(at(late, 0), late);
        assert_eq!(at(early, 10), late);
        assert_eq!(at(early, 500), late);
        assert_eq!(at(early, 611), early);
        assert_eq!(at(late, 620), late, "it was set right");
        assert_eq!(at(early, 630), late, "and is behind once more");
    }
}
