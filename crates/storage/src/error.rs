//! What can go wrong below the service, and what a caller hears of it.

use g8_domain as domain;

/// The result of a statement.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else stored the same unique value first.
    #[error("a unique value is taken")]
    Unique(#[source] sqlx::Error),
    /// No connection came free, or another process holds the file.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// A commit that several changes shared has failed; none of them was made.
    #[error("the commit failed")]
    Lost,
    /// A statement was stopped because it took too long.
    #[error("a statement took too long")]
    Slow(#[source] sqlx::Error),
    /// The disk has no room.
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
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

impl From<sqlx::Error> for Error {
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
            // SQLITE_FULL; PostgreSQL's disk_full.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| ["13", "53100"].contains(&code.as_ref())) =>
            {
                Self::Full(error)
            }
            _ => Self::Sql(error),
        }
    }
}

impl From<Error> for domain::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Unique(_) => {
                Self::conflict("Another request stored the same record first; read it and try again.")
            }
            Error::Busy(_) | Error::Lost => {
                let message = "The database is busy; try again in a moment.";
                Self { cause: Some(Box::new(error)), ..Self::new(domain::Kind::Unavailable, message) }
            }
            Error::Slow(_) => {
                let message = "This took the database too long and was stopped; ask for less, by fewer or other conditions.";
                Self { cause: Some(Box::new(error)), ..Self::new(domain::Kind::Unavailable, message) }
            }
            Error::Full(_) => {
                let message = "The server's disk is full: nothing was changed. Its operator must make room.";
                Self { cause: Some(Box::new(error)), ..Self::new(domain::Kind::Unavailable, message) }
            }
            other => Self::internal(other),
        }
    }
}
