//! Telling the workers of other programs that there may be a job, and hearing of it.

use crate::App;
use std::time::Duration;

/// Notices that come within this time are one.
const TOGETHER: Duration = Duration::from_millis(5);
/// After a fault it is tried again after so long; meanwhile workers look by themselves.
const PAUSE: Duration = Duration::from_secs(5);

/// Tells others of what this program wakes its workers for. Runs until it is dropped.
pub async fn publish(app: App) {
    loop {
        app.work_for_others().await;
        if let Err(error) = app.db.hint().await {
            tracing::warn!(%error, "other programs could not be told of work");
        }
        pause(TOGETHER).await;
    }
}

/// Wakes this program's worker when others tell of work. Runs until it is dropped.
pub(super) async fn subscribe(app: App) {
    loop {
        match app.db.hints().await {
            Ok(None) => return std::future::pending().await,
            Ok(Some(mut hints)) => {
                while hints.next().await.is_ok() {
                    app.wake_own_workers();
                }
            }
            Err(error) => tracing::warn!(%error, "hints of work cannot be heard"),
        }
        pause(PAUSE).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "between programs, not between steps of one")]
async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
