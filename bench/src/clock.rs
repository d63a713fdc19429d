//! The machine's clock.

use std::time::{Duration, Instant};

/// This moment.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the machine's clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits, where a program that was started gives no other sign.
#[expect(clippy::disallowed_methods, reason = "a benchmark waits for programs that others wrote")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}
