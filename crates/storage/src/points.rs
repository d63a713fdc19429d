//! Named places at which a test build of the server can be made to die, in the order in which a change and
//! what follows from it pass them.
//!
//! `cargo xtask chaos` builds the server with the feature `failpoints`, starts it with
//! `G8_FAILPOINT=NAME@N`, and at the N-th pass of that place the process kills itself. In any other build
//! `fail_point!` is nothing at all: not even these names are in the program.

/// A change has its transaction, and no statement has been sent.
pub const CHANGE_BEGUN: &str = "change.begun";
/// The `Idempotency-Key` of a request is claimed, and nothing is done yet.
pub const IDEMPOTENCY_CLAIMED: &str = "idempotency.claimed";
/// The events of a change are written, without their deliveries.
pub const EVENTS_WRITTEN: &str = "events.written";
/// The deliveries of events, and the jobs that make them, are written.
pub const DELIVERIES_WRITTEN: &str = "deliveries.written";
/// Everything is written; on SQLite, of all who share the commit.
pub const COMMIT_BEFORE: &str = "commit.before";
/// The database has it, and nobody has been told.
pub const COMMIT_AFTER: &str = "commit.after";
/// Jobs are claimed, and nobody works on them.
pub const JOB_CLAIMED: &str = "job.claimed";
/// The work on a job begins.
pub const JOB_BEGUN: &str = "job.begun";
/// A job's work is done, and its end is not noted.
pub const JOB_ENDING: &str = "job.ending";
/// A receiver has answered, and what it said is not noted.
pub const DELIVERY_SENT: &str = "delivery.sent";
/// What receivers said is written, and not committed.
pub const DELIVERY_NOTED: &str = "delivery.noted";
/// What receivers said is committed.
pub const DELIVERY_COMMITTED: &str = "delivery.committed";
/// A failed delivery has its next time, and that is not committed.
pub const RETRY_SCHEDULED: &str = "retry.scheduled";
/// A webhook is about to be paused.
pub const WEBHOOK_PAUSING: &str = "webhook.pausing";
/// A lane has nothing more to do, and is about to end.
pub const LANE_ENDING: &str = "lane.ending";
/// A lane has ended.
pub const LANE_ENDED: &str = "lane.ended";
/// A recurring job is about to be given its next time.
pub const RECURRING_AGAIN: &str = "recurring.again";
/// An operation is about to run. Here the program panics: it must answer 500, and live.
pub const HANDLER: &str = "handler";

#[cfg(feature = "failpoints")]
pub use armed::{KILLS, arm};

#[cfg(feature = "failpoints")]
mod armed {
    use super::*;
    use rustix::process::{Signal, getpid, kill_process};
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Every place at which the process kills itself; the suite asks the program for them.
    pub const KILLS: &[&str] = &[
        CHANGE_BEGUN,
        IDEMPOTENCY_CLAIMED,
        EVENTS_WRITTEN,
        DELIVERIES_WRITTEN,
        COMMIT_BEFORE,
        COMMIT_AFTER,
        JOB_CLAIMED,
        JOB_BEGUN,
        JOB_ENDING,
        DELIVERY_SENT,
        DELIVERY_NOTED,
        DELIVERY_COMMITTED,
        RETRY_SCHEDULED,
        WEBHOOK_PAUSING,
        LANE_ENDING,
        LANE_ENDED,
        RECURRING_AGAIN,
    ];

    /// Reads `G8_FAILPOINT`, and arms that place.
    ///
    /// # Errors
    /// It names no place, or no pass.
    pub fn arm() -> Result<(), String> {
        let Ok(asked) = std::env::var("G8_FAILPOINT") else { return Ok(()) };
        let (name, pass) = asked.split_once('@').ok_or("G8_FAILPOINT must be NAME@N")?;
        let pass: u64 = pass.parse().map_err(|_| "G8_FAILPOINT must be NAME@N")?;
        if name == HANDLER {
            return fail::cfg(name, &format!("{}*off->1*panic->off", pass.saturating_sub(1)));
        }
        let name =
            KILLS.iter().find(|known| **known == name).ok_or_else(|| format!("no failpoint {name}"))?;
        let passes = AtomicU64::new(0);
        fail::cfg_callback(*name, move || {
            if passes.fetch_add(1, Ordering::AcqRel) + 1 == pass {
                // As the kernel ends a process that has run out of memory: nothing is tidied up.
                let _ = kill_process(getpid(), Signal::KILL);
            }
        })
    }
}
