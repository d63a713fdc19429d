//! What can go wrong below the service, and what a caller hears of it.

use g8_domain as domain;
use rusqlite::ffi;
use std::sync::Arc;

/// The result of a statement.
pub type StorageResult<T, E = StorageError> = Result<T, E>;

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else stored the same unique value first.
    #[error("a unique value is taken")]
    Unique(#[source] Cause),
    /// No connection came free, or another process holds the file.
    #[error("the database is busy")]
    Busy(#[source] Cause),
    /// Whoever was to commit is gone; nothing was changed.
    #[error("the commit failed")]
    Lost,
    /// A statement was stopped because it took too long.
    #[error("a statement took too long")]
    Slow(#[source] Cause),
    /// Several changes shared a transaction that failed by this; none of them was made.
    #[error("{0}")]
    Shared(Arc<StorageError>),
    /// The disk has no room.
    #[error("the disk is full")]
    Full(#[source] Cause),
    /// The disk does not take what is written: a quota is used up, or it fails.
    #[error("the disk takes nothing: {0}")]
    Disk(#[source] Cause),
    /// A newer release has been here.
    #[error("the database is newer than this program (it has migration {0}); run the newer release")]
    Newer(i64),
    /// A migration failed.
    #[error("the database could not be migrated: {0}")]
    Migrate(String),
    /// The database could not be opened.
    #[error("{0}")]
    Open(String),
    /// A copy of the database could not be made, or put back.
    #[error("{0}")]
    Copy(String),
    /// Anything else: a fault of ours or of the engine.
    #[error("{0}")]
    Sql(Cause),
}

/// What a driver says.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => return Self::Unique(error.into()),
            sqlx::Error::Database(cause) => cause.code().unwrap_or_default().into_owned(),
            sqlx::Error::PoolTimedOut => return Self::Busy(error.into()),
            _ => String::new(),
        };
        match code.as_str() {
            // Serialization failure, deadlock, lock timeout.
            "40001" | "40P01" | "55P03" => Self::Busy(error.into()),
            // query_canceled, which is what a timeout is.
            "57014" => Self::Slow(error.into()),
            // disk_full, which it says of quotas, too.
            "53100" => Self::Full(error.into()),
            // io_error
            "58030" => Self::Disk(error.into()),
            _ => Self::Sql(error.into()),
        }
    }
}

/// By the extended result codes: <https://www.sqlite.org/rescode.html>
impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error().map(|failure| failure.extended_code) {
            Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                Self::Unique(error.into())
            }
            Some(ffi::SQLITE_BUSY | ffi::SQLITE_BUSY_RECOVERY | ffi::SQLITE_BUSY_SNAPSHOT) => {
                Self::Busy(error.into())
            }
            Some(ffi::SQLITE_INTERRUPT) => Self::Slow(error.into()),
            Some(ffi::SQLITE_FULL) => Self::Full(error.into()),
            Some(
                ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_FSYNC
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_SHMSIZE
                | ffi::SQLITE_IOERR_SHMMAP,
            ) => Self::Disk(error.into()),
            _ => Self::Sql(error.into()),
        }
    }
}

impl StorageError {
    /// Whether the disk is at fault: what is only read can still be answered.
    #[must_use]
    pub fn is_disk(&self) -> bool {
        match self {
            Self::Full(_) | Self::Disk(_) => true,
            Self::Shared(error) => error.is_disk(),
            _ => false,
        }
    }

    /// The sentence for whoever may try again later; none for what is nobody's business.
    fn unavailable(&self) -> Option<&'static str> {
        match self {
            Self::Busy(_) | Self::Lost => Some("The database is busy; try again in a moment."),
            Self::Slow(_) => Some(
                "This took the database too long and was stopped; ask for less, by fewer or other conditions.",
            ),
            Self::Full(_) => {
                Some("The server's disk is full: nothing was changed. Its operator must make room.")
            }
            Self::Disk(_) => Some(
                "The server's disk takes nothing, as if it were full or failing: nothing was changed. Its operator \
                 must look at it.",
            ),
            Self::Shared(error) => error.unavailable(),
            _ => None,
        }
    }
}

impl From<StorageError> for domain::Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Unique(_) => {
                Self::conflict("Another request stored the same record first; read it and try again.")
            }
            error => match error.unavailable() {
                Some(message) => Self::new(domain::ErrorKind::Unavailable, message).because(error),
                None => Self::internal(error),
            },
        }
    }
}
