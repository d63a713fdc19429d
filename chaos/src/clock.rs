//! The machine's clock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Between two looks at something that gives no sign.
pub const BEAT: Duration = Duration::from_millis(15);

/// This moment.
#[expect(clippy::disallowed_methods, reason = "what is killed runs on the machine's clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// A number that is another at every run.
#[expect(clippy::disallowed_methods, reason = "a run without a seed chooses one, and prints it")]
pub fn any_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_nanos()) ^ since.as_secs()
}

/// Waits.
#[expect(clippy::disallowed_methods, reason = "servers are killed after a while, and give no other sign")]
pub async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
