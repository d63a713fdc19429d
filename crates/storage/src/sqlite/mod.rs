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
use tokio::task::spawn_blocking;

/// Runs on a thread that may wait.
pub(crate) async fn on_thread<R: Send + 'static>(
    work: impl FnOnce() -> StorageResult<R> + Send + 'static,
) -> StorageResult<R> {
    spawn_blocking(work)
        .await
        .map_err(|cause| StorageError::Open(format!("a thread of the database died: {cause}")))?
}
