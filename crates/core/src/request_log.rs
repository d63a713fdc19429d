//! The log of requests: noted in memory while they are answered, written behind them in one go.
//!
//! A request never waits for it. When the database is slow, the oldest are dropped and counted.

use g8_domain::{Result, Ts};
use g8_storage::{
    Db,
    requests::{self, LoggedRequest},
};
use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Requests that wait to be written at most, and so are written at once.
const ROOM: usize = 4096;

/// A request that was answered. Its path holds patterns and ids, and never a query.
#[derive(Debug)]
pub struct Answered {
    /// As `GET`.
    pub method: &'static str,
    /// As `/api/v1/contacts/17`.
    pub path: String,
    /// The answer's.
    pub status: u16,
    /// When it began.
    pub begun: Ts,
}

/// What waits to be written.
#[derive(Debug, Default)]
pub struct RequestLog {
    waiting: Mutex<VecDeque<LoggedRequest>>,
    /// One writes at a time: who finds nothing waiting knows that all is written.
    writing: tokio::sync::Mutex<()>,
    dropped: AtomicU64,
}

impl RequestLog {
    /// How many were dropped since the start.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    pub(crate) fn put(&self, request: LoggedRequest) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= ROOM {
            waiting.pop_front();
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        waiting.push_back(request);
    }

    /// Writes what waits. What cannot be written is dropped and counted.
    ///
    /// # Errors
    /// The database refused.
    pub async fn flush(&self, db: &Db) -> Result<()> {
        let _turn = self.writing.lock().await;
        let taken = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.is_empty() {
            return Ok(());
        }
        let taken = Vec::from(taken);
        let written = write(db, &taken).await;
        if written.is_err() {
            self.dropped.fetch_add(taken.len() as u64, Ordering::Relaxed);
        }
        written
    }
}

async fn write(db: &Db, taken: &[LoggedRequest]) -> Result<()> {
    let mut tx = db.begin().await?;
    requests::insert(&mut tx, taken).await?;
    Ok(tx.commit().await?)
}
