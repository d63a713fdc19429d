//! SQLite, driven where it is asked: short statements in the caller's thread, and what may take long on a thread that may wait.

mod open;
mod readers;
mod statement;
mod writer;

pub(crate) use open::{file_of, open_file};
pub(crate) use readers::LONGEST;
pub use readers::Readers;
pub(crate) use statement::Question;
#[cfg(test)]
pub(crate) use writer::PATIENCE;
pub(crate) use writer::Turn;
pub use writer::Writer;

use crate::{StorageError, StorageResult};
use rusqlite::Connection;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// Does something for which others who are at the file may be waited for so long.
fn patiently<R>(
    on: &Connection,
    patience: Duration,
    work: impl FnOnce(&Connection) -> StorageResult<R>,
) -> StorageResult<R> {
    on.busy_timeout(patience)?;
    let done = work(on);
    on.busy_timeout(Duration::ZERO)?;
    done
}

/// Runs on a thread that may wait.
pub(crate) async fn on_thread<R: Send + 'static>(
    work: impl FnOnce() -> StorageResult<R> + Send + 'static,
) -> StorageResult<R> {
    spawn_blocking(work)
        .await
        .map_err(|cause| StorageError::Open(format!("a thread of the database died: {cause}")))?
}
