//! Hints between programs on one PostgreSQL that there may be work: heard at once, and missed without harm,
//! because everybody looks again by themselves.

use crate::{Db, error::StorageResult};
use sqlx::postgres::PgListener;

const CHANNEL: &str = "g8_jobs";

/// Hears the hints of other programs.
pub struct Hints(PgListener);

impl Db {
    /// Tells the other programs. On SQLite there are none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hint(&self) -> StorageResult<()> {
        if let Self::Postgres(pool) = self {
            // A notification costs a lock over all that notify: it never belongs to a change.
            sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(pool).await?;
        }
        Ok(())
    }

    /// Listens for hints; nothing on SQLite.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hints(&self) -> StorageResult<Option<Hints>> {
        let Self::Postgres(pool) = self else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Hints(listener)))
    }
}

impl Hints {
    /// Waits for one; connects again where the connection was lost.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn next(&mut self) -> StorageResult<()> {
        self.0.recv().await?;
        Ok(())
    }
}
