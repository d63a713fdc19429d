//! Opening a database, and the one place that begins a transaction.

use crate::{
    Arg, Session as _, StorageError, Tx, arg,
    error::StorageResult,
    migrate,
    sql::Sql,
    sqlite::{Readers, Writer, file_of, on_thread},
};
use sqlx::{
    Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{fmt::Display, str::FromStr, time::Duration};
use tokio::task::JoinHandle;

/// The database, on either engine. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file, one writer, several readers.
    Sqlite {
        /// Readers, which cannot write.
        read: Readers,
        /// The one writer.
        write: Writer,
    },
    /// A server, shared by any number of nodes.
    Postgres(PgPool),
}

/// How busy a database is.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Connections of the pool; on SQLite, readers.
    pub connections: i64,
    /// Those that nobody uses just now.
    pub idle: i64,
    /// On SQLite: commits so far, and the changes in them.
    pub commits: Option<(u64, u64)>,
}

impl Db {
    /// Opens and migrates the database that `url` names; `sqlite:` makes the file and its folder.
    ///
    /// # Errors
    /// One line that says what to do: an unknown scheme, an unreadable folder, no server, a database
    /// that a newer release has migrated.
    pub async fn open(url: &str) -> StorageResult<Self> {
        match url.split(':').next() {
            Some("sqlite") => Self::sqlite(url).await,
            Some("postgres" | "postgresql") => Self::postgres(url).await,
            _ => Err(StorageError::Open("DATABASE_URL must begin with sqlite: or postgres:".to_owned())),
        }
    }

    async fn sqlite(url: &str) -> StorageResult<Self> {
        let file = file_of(url)?;
        let unusable = |cause: &dyn Display| {
            StorageError::Open(format!(
                "cannot open the database file {}: {cause}; check that the folder exists and is yours to write",
                file.display()
            ))
        };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|cause| unusable(&cause))?;
        }
        // Programs that start at once open and migrate one after the other.
        let _alone = migrate::lock(&file).await?;
        let path = file.clone();
        let write = on_thread(move || Writer::open(&path)).await.map_err(|cause| unusable(&cause))?;
        let db = Self::Sqlite { read: Readers::new(&file), write };
        migrate::run(&db).await?;
        Ok(db)
    }

    async fn postgres(url: &str) -> StorageResult<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|cause| StorageError::Open(format!("DATABASE_URL is not understood: {cause}")))?
            .application_name("g8")
            .options([
                ("statement_timeout", "30s"),
                ("idle_in_transaction_session_timeout", "60s"),
                ("lock_timeout", "10s"),
            ]);
        let place = format!("{}:{}", options.get_host(), options.get_port());
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
            .map_err(|cause| {
                StorageError::Open(format!(
                    "cannot reach PostgreSQL at {place}: {cause}; start it or correct DATABASE_URL"
                ))
            })?;
        let db = Self::Postgres(pool);
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// No connection came free in time.
    pub async fn begin(&self) -> StorageResult<Tx> {
        match self {
            Self::Sqlite { write, .. } => write.turn().await.map(Tx::Sqlite),
            Self::Postgres(pool) => {
                let begun = Self::begin_apart(pool.clone()).await;
                begun.map_err(|cause| {
                    StorageError::Open(format!("the task that begins transactions died: {cause}"))
                })?
            }
        }
    }

    /// It begins in a task of its own: sqlx 0.9.0 hands a connection whose `begin` was cancelled back
    /// to the pool inside an open transaction (transact-rs/sqlx #4385), and callers do go away.
    fn begin_apart(pool: PgPool) -> JoinHandle<StorageResult<Tx>> {
        tokio::spawn(async move { Ok(Tx::Postgres(pool.begin().await?)) })
    }

    /// Runs one statement that is a transaction of its own; says how many rows it changed. For what is
    /// nobody's change, as counting requests: a caller's changes go through [`Db::begin`].
    ///
    /// # Errors
    /// The database refused.
    pub async fn execute_autocommit(&self, sql: &'static str, args: Vec<Arg>) -> StorageResult<u64> {
        match self {
            Self::Sqlite { .. } => {
                let mut tx = self.begin().await?;
                let changed = tx.change(sql, args).await?;
                tx.commit().await?;
                Ok(changed)
            }
            Self::Postgres(pool) => {
                let sql = Sql::from(sql).postgres();
                Ok(sqlx::query_with(sql, arg::postgres(args)?).execute(pool).await?.rows_affected())
            }
        }
    }

    /// The same for a statement that gives at most one row of one column, `n`.
    ///
    /// # Errors
    /// The database refused.
    pub async fn number_autocommit(&self, sql: &'static str, args: Vec<Arg>) -> StorageResult<Option<i64>> {
        match self {
            Self::Sqlite { .. } => {
                let mut tx = self.begin().await?;
                let number = tx.number(sql, args).await?;
                tx.commit().await?;
                Ok(number)
            }
            Self::Postgres(_) => (&mut &*self).number(sql, args).await,
        }
    }

    /// Puts what was committed into its final place, so that what was deleted is nowhere any more.
    ///
    /// # Errors
    /// The database refused.
    pub async fn checkpoint(&self) -> StorageResult<()> {
        if let Self::Sqlite { write, .. } = self {
            write.truncate_log().await?;
        }
        Ok(())
    }

    /// Has PostgreSQL look at the records anew where `added` are many more than it knows of: it plans for what it knows,
    /// and would look for those that it does not by reading all of an organization. SQLite plans by the statement alone.
    ///
    /// # Errors
    /// The database refused.
    pub async fn analyze_after(&self, added: i64) -> StorageResult<()> {
        let Self::Postgres(pool) = self else { return Ok(()) };
        let sql =
            "SELECT CAST(reltuples AS BIGINT) AS n FROM pg_class WHERE oid = CAST('contacts' AS REGCLASS)";
        let known = (&mut &*self).number(sql, Vec::new()).await?.unwrap_or_default();
        if added > 4 * known {
            sqlx::query("ANALYZE contacts, companies, events, event_links").execute(pool).await?;
        }
        Ok(())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> StorageResult<()> {
        match self {
            Self::Sqlite { .. } => drop((&mut &*self).number("SELECT 1 AS n", Vec::new()).await?),
            Self::Postgres(pool) => pool.acquire().await?.ping().await?,
        }
        Ok(())
    }

    /// How busy it is.
    #[must_use]
    pub fn load(&self) -> Load {
        let (size, idle, commits) = match self {
            Self::Sqlite { read, write } => {
                let (size, idle) = read.load();
                (size, idle, Some(write.commits()))
            }
            Self::Postgres(pool) => {
                (pool.size(), u32::try_from(pool.num_idle()).unwrap_or(pool.size()), None)
            }
        };
        Load { connections: size.into(), idle: idle.into(), commits }
    }

    /// Closes every connection once the work on it is done.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                // The writer closes when its last user drops it; until then nobody is in the middle.
                let tidied = "PRAGMA analysis_limit = 400; PRAGMA optimize";
                let _ = write.alone(move |on| Ok(on.execute_batch(tidied)?)).await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
