//! Backups: one file that holds a whole database, and that can be trusted before it is needed.
//!
//! The file is a tar of a [`Manifest`] and of the database's copy. The secret key is never in it: who
//! steals a backup has no keys, and who loses the secret key has a backup whose API keys open nothing.

mod archive;
mod make;
mod manifest;
mod restore;

pub use make::{Made, make};
pub use manifest::Manifest;
pub use restore::{Restored, restore};

use std::{io, path::Path};

/// Why a backup was not made, or not put back; one line that says what to do. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be used.
    #[error("cannot use {path}: {cause}; correct its folder, owner or mode, or make room")]
    File {
        /// Which.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// It stands in the way, or it is not what it should be.
    #[error("{0}")]
    Refused(String),
    /// The database, or another server at it.
    #[error(transparent)]
    Start(#[from] g8_core::StartError),
    /// The database.
    #[error(transparent)]
    Database(#[from] g8_storage::StorageError),
}

type Result<T, E = BackupError> = std::result::Result<T, E>;

fn refused<T>(why: impl Into<String>) -> Result<T> {
    Err(BackupError::Refused(why.into()))
}

/// Names the file that an error is about.
fn at(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    move |cause| BackupError::File { path: path.display().to_string(), cause }
}

/// Runs what waits for the disk where it holds nobody up.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|cause| refused(format!("the work was cut off: {cause}")))
}

#[cfg(test)]
mod tests;
