//! The trusted time, for what cannot be taken back. A clock may leap and be set right again; what was deleted
//! meanwhile would stay deleted. So deletion by age follows a leap slowly, and a leap that did not last not at all.

use super::Run;
use crate::App;
use g8_domain::{Result, Ts};
use g8_storage::{
    audit,
    clock::{self, Seen},
};

/// Between two sweeps, ten minutes apart, the clock goes on by no more than this unless it leaps, or nobody swept.
const USUAL: i64 = 3600 * Ts::SECOND;
/// How far a sweep follows a leap that has lasted since the sweep before it: a day an hour.
const STEP: i64 = 4 * USUAL;

/// Notes what the clock says; gives the time that is trusted.
pub(super) async fn observe(run: &Run, now: Ts) -> Result<Ts> {
    let mut tx = run.begin().await?;
    let seen = match clock::get(&mut tx).await? {
        Some(seen) => seen,
        // Nobody has looked yet: the newest change tells when somebody was here.
        None => {
            let newest = audit::newest(&mut tx).await?.unwrap_or(now);
            Seen { seen_at: newest, believed: newest.min(now) }
        }
    };
    let believed = advance_trusted(seen, now);
    clock::put(&mut tx, Seen { seen_at: now, believed }).await?;
    tx.commit().await?;
    if believed < now {
        tracing::warn!(
            "the clock says {now}, and nobody was here since {believed}: old things go as of then, and a day more an \
             hour; set the clock if it is wrong"
        );
    }
    Ok(believed.min(now))
}

/// How far a clock is trusted that says `now`. What was trusted once stays so: a clock that starts in 1970 and
/// is set right has not leapt.
fn advance_trusted(Seen { seen_at, believed }: Seen, now: Ts) -> Ts {
    let goes_on = (0..=USUAL).contains(&(now.0 - seen_at.0));
    match now.0 - believed.0 {
        ahead if ahead <= USUAL => believed.max(now),
        _ if goes_on => believed.plus(STEP).min(now),
        _ => believed,
    }
}

/// The time that is trusted between two sweeps, for what takes something away.
///
/// # Errors
/// The database cannot be read.
pub async fn trusted_now(app: &App, now: Ts) -> Result<Ts> {
    let seen = clock::get(&mut &app.db).await?;
    Ok(seen.map_or(now, |seen| seen.believed.plus(USUAL).min(now)))
}

/// Time has passed as it does, whatever the clock of a test has been told.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn catch_up(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    clock::put(&mut tx, Seen { seen_at: now, believed: now }).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: i64 = 60 * Ts::SECOND;

    /// Sweeps every ten minutes of these times; the furthest that was believed.
    fn sweep(seen: &mut Seen, times: impl Iterator<Item = i64>) -> Ts {
        let mut furthest = Ts(0);
        for now in times.map(Ts) {
            *seen = Seen { seen_at: now, believed: advance_trusted(*seen, now) };
            furthest = furthest.max(seen.believed.min(now));
        }
        furthest
    }

    fn hours(from: i64, hours: i64) -> impl Iterator<Item = i64> {
        (1..=hours * 6).map(move |n| from + n * 10 * MINUTE)
    }

    proptest! {
        #[test]
        fn a_leap_is_followed_by_a_day_an_hour_and_a_pause_is_caught_up_with(
            leap in 2 * 60 * MINUTE..Ts::DAY * 1000, held in 0_i64..48,
        ) {
            let start = 400 * Ts::DAY;
            let mut seen = Seen { seen_at: Ts(start), believed: Ts(start) };
            prop_assert_eq!(sweep(&mut seen, hours(start, 3)), Ts(start + 180 * MINUTE), "a clock that goes is believed");
            let start = start + 180 * MINUTE;
            let furthest = sweep(&mut seen, hours(start + leap, held));
            prop_assert!(furthest.0 <= start + held * Ts::DAY);
            // Back again: nothing is ever behind the time.
            let furthest = sweep(&mut seen, hours(start + held * 60 * MINUTE, 3));
            prop_assert_eq!(furthest.0, start + (held + 3) * 60 * MINUTE);
            // A machine that was off for a while catches up.
            let off = start + 10 * Ts::DAY;
            prop_assert!(sweep(&mut seen, hours(off, 24)) == Ts(off + Ts::DAY));
        }
    }

    #[test]
    fn a_clock_that_starts_at_nothing_and_is_set_right_is_believed() {
        let start = 400 * Ts::DAY;
        let mut seen = Seen { seen_at: Ts(start), believed: Ts(start) };
        assert_eq!(sweep(&mut seen, hours(0, 1)), Ts(60 * MINUTE));
        assert_eq!(sweep(&mut seen, hours(start, 1)), Ts(start + 60 * MINUTE));
    }
}
