//! For the suite that kills servers: a shorter lease, and a record of who claimed a job and who held it.
//!
//! A line is `claim` or `hold`, the job, the attempt, the process, and a moment on the clock that all
//! processes of the machine share: of a claim, after it had committed; of a hold, before it was asked for.
//! A hold that is later than the claim of a newer attempt is a worker that wrote over its successor.

use g8_domain::{Ts, record::JobRow};
use rustix::time::{ClockId, clock_gettime};
use std::{
    fs::{File, OpenOptions},
    io::Write,
    sync::LazyLock,
};

static SECONDS: LazyLock<i64> =
    LazyLock::new(|| std::env::var("G8_LEASE_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30));

static RECORD: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = std::env::var_os("G8_TRACE_JOBS")?;
    OpenOptions::new().create(true).append(true).open(path).ok()
});

/// How long a claim lasts unless it is prolonged.
pub fn lease() -> i64 {
    *SECONDS * Ts::SECOND
}

/// Microseconds since the machine started.
pub fn moment() -> i64 {
    let now = clock_gettime(ClockId::Monotonic);
    now.tv_sec * Ts::SECOND + now.tv_nsec / 1000
}

/// These were claimed, and that has committed.
pub fn claimed(jobs: &[JobRow]) {
    let now = moment();
    jobs.iter().for_each(|job| note("claim", job, now));
}

/// This was found to be held, by a statement that was sent after `asked`.
pub fn held(job: &JobRow, asked: i64) {
    note("hold", job, asked);
}

fn note(what: &str, job: &JobRow, at: i64) {
    if let Some(mut record) = RECORD.as_ref() {
        // One write, which the system appends whole.
        let line = format!("{what} {} {} {} {at}\n", job.id, job.attempt, std::process::id());
        let _ = record.write_all(line.as_bytes());
    }
}
