//! What a server does beside its requests: what was noted in memory is written once a second.

use crate::{App, Caller, Origin, Stream, request_log::Answered};
use g8_domain::Result;
use g8_storage::requests::LoggedRequest;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

/// How often that is written.
const PAUSE: Duration = Duration::from_secs(1);

impl App {
    /// Notes a request of this caller in the organization's log.
    pub fn note_request(&self, caller: &Caller, origin: &Origin, answered: Answered) {
        self.requests.put(LoggedRequest {
            id: self.entropy.id(answered.begun),
            org_id: caller.org.id,
            request_id: origin.request_id.clone(),
            door: origin.door,
            method: answered.method,
            path: answered.path,
            status: answered.status.into(),
            key_id: caller.key.id,
            at: answered.begun,
            duration_us: (self.clock.now().0 - answered.begun.0).max(0),
        });
    }

    /// Writes what was counted of keys' requests since the last time.
    ///
    /// # Errors
    /// The database refused; it is written the next time.
    pub async fn keep_counts(&self) -> Result<()> {
        self.limiter.keep(&self.db, &self.clock).await
    }

    /// Opens a stream for a key.
    ///
    /// # Errors
    /// 429 where the key has as many as it may.
    pub fn open_stream(&self, key: Uuid) -> Result<Stream> {
        self.streams.open(key, self.config.limits.streams_per_key)
    }
}

/// Writes the log of requests once a second. Runs until it is dropped.
pub async fn keep_requests(app: App) {
    loop {
        if let Err(error) = app.requests.flush(&app.db).await {
            tracing::warn!(%error, "the log of requests could not be written");
        }
        pause().await;
    }
}

/// Writes the counts of keys' requests once a second. Runs until it is dropped.
pub async fn keep_counts(app: App) {
    loop {
        if let Err(error) = app.keep_counts().await {
            tracing::warn!(%error, "the counts of requests could not be written; they will be");
        }
        pause().await;
    }
}

/// Nothing comes: it is the time that is waited for.
async fn pause() {
    drop(timeout(PAUSE, std::future::pending::<()>()).await);
}
