//! The machine's clock.

use std::time::{Duration, Instant};

/// This moment.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the machine's clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// How long this thread has had a core; nothing where the kernel does not say.
pub fn on_core() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

/// Waits, where a program that was started gives no other sign.
#[expect(clippy::disallowed_methods, reason = "a benchmark waits for programs that others wrote")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}
