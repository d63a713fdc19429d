//! What can go wrong below the service, and what a caller hears of it.

use g8_domain as domain;
use std::sync::Arc;

/// The result of a statement.
pub type StorageResult<T, E = StorageError> = Result<T, E>;

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else stored the same unique value first.
    #[error("a unique value is taken")]
    Unique(#[source] sqlx::Error),
    /// No connection came free, or another process holds the file.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// Whoever was to commit is gone; nothing was changed.
    #[error("the commit failed")]
    Lost,
    /// A statement was stopped because it took too long.
    #[error("a statement took too long")]
    Slow(#[source] sqlx::Error),
    /// Several changes shared a transaction that failed by this; none of them was made.
    #[error("{0}")]
    Shared(Arc<StorageError>),
    /// The disk has no room.
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
    /// The disk does not take what is written: a quota is used up, or it fails.
    #[error("the disk takes nothing: {0}")]
    Disk(#[source] sqlx::Error),
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
    #[error(transparent)]
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Unique(error),
            // SQLITE_BUSY and its kin; PostgreSQL's serialization failure, deadlock, lock timeout.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| {
                    ["5", "261", "517", "40001", "40P01", "55P03"].contains(&code.as_ref())
                }) =>
            {
                Self::Busy(error)
            }
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            // SQLITE_INTERRUPT; PostgreSQL's query_canceled, which is what a timeout is.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| ["9", "57014"].contains(&code.as_ref())) =>
            {
                Self::Slow(error)
            }
            // SQLITE_FULL; PostgreSQL's disk_full, which it says of quotas, too.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| ["13", "53100"].contains(&code.as_ref())) =>
            {
                Self::Full(error)
            }
            // SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE, _SHMSIZE and _SHMMAP; PostgreSQL's io_error.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| {
                    ["778", "1034", "1546", "4874", "5386", "58030"].contains(&code.as_ref())
                }) =>
            {
                Self::Disk(error)
            }
            _ => Self::Sql(error),
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
