//! Retention: what has been kept long enough goes, a little at a time.

use super::{Job, Next, Run};
use crate::idempotency::KEPT;
use g8_domain::{Result, Ts};
use g8_storage::{idempotency, jobs, windows};
use serde::{Deserialize, Serialize};

/// Rows that one transaction deletes at most: nobody waits long for it.
const AT_ONCE: i64 = 1000;
const EVERY: i64 = 600 * Ts::SECOND;

/// Deletes what the settings say is not to be kept. Runs for good, every ten minutes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const FAILURES: i64 = i64::MAX;

    async fn run(&self, run: &Run) -> Result<Next> {
        let now = run.app.clock.now();
        let keep = run.app.tuning.keep;
        loop {
            let mut tx = run.begin().await?;
            let mut gone = idempotency::forget(&mut tx, now.plus(-KEPT), AT_ONCE).await?;
            if let Some(before) = before(now, keep.jobs) {
                gone += jobs::forget(&mut tx, before, AT_ONCE).await?;
            }
            tx.commit().await?;
            if gone == 0 || run.stopping() {
                break;
            }
        }
        windows::forget(&run.app.db, now.plus(-2 * Ts::DAY)).await?;
        Ok(Next::At(now.plus(EVERY)))
    }
}

/// The end of what is kept for so many days; none for what is kept for good.
fn before(now: Ts, days: i64) -> Option<Ts> {
    (days > 0).then(|| now.plus(-days.saturating_mul(Ts::DAY)))
}
