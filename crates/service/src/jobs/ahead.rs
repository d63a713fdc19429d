//! Jobs that are due later than anything is put off: it was done while the clock was ahead, and they would wait
//! until it says so again.

use super::{recurring::next, run::lease};
use crate::App;
use g8_domain::{
    Result, Ts,
    record::{self, JobState, Pool},
};
use g8_storage::jobs;

/// The longest that anything is put off: an hour and a fifth after failures, and some for clocks that differ.
const LONGEST: i64 = 2 * 3600 * Ts::SECOND;
/// Jobs that are looked at in one go.
const AT_ONCE: i64 = 1000;

/// Brings such jobs of a pool back; `again` says when a kind comes again by itself.
pub(super) async fn pull_in(
    app: &App,
    pool: Pool,
    now: Ts,
    again: impl Fn(&str) -> Option<&'static str>,
) -> Result<()> {
    loop {
        let mut wrong = Vec::new();
        for job in jobs::ahead(&mut &app.db, pool, now, AT_ONCE).await? {
            let (latest, instead) = bounds(&job, again(&job.kind), now)?;
            if job.due_at > latest {
                wrong.push((job, instead));
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        tracing::warn!(
            jobs = wrong.len(),
            "the clock was ahead: jobs that would have waited for it are due now"
        );
        let mut tx = app.db.begin().await?;
        for (job, due) in wrong {
            jobs::pull_in(&mut tx, (job.id, job.due_at), due).await?;
        }
        tx.commit().await?;
    }
}

/// When a job is due at the latest, and when instead where it is later than that.
fn bounds(job: &record::Job, again: Option<&str>, now: Ts) -> Result<(Ts, Ts)> {
    Ok(match again {
        // Whoever runs it prolongs its claim long before.
        _ if job.state == JobState::Running => (now.plus(lease()), now.plus(lease())),
        Some(again) if job.failures == 0 => {
            let next = next(again, now)?;
            (next, next)
        }
        _ => (now.plus(LONGEST), now),
    })
}
