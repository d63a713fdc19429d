//! Running statements: on the readers, or inside a transaction.

use crate::{
    Arg, Db, arg, bounded,
    error::StorageResult,
    filter::Sql,
    row::{self, FromRow, Number, Row},
    writer::Turn,
};
use fail::fail_point;
use sqlx::{
    AssertSqlSafe, Executor, Postgres, Row as _, SqlSafeStr, SqlStr, Sqlite, Transaction, postgres::PgRow,
    sqlite::SqliteRow,
};
use std::pin::Pin;

/// Anything that statements run on: `&Db` reads outside a transaction, [`Tx`] reads and writes in one.
pub trait Session: Send {
    /// Whether it is SQLite, whose trigram indexes have to be asked by name.
    fn is_sqlite(&self) -> bool;

    /// Runs a statement that is put together, and reads its rows.
    fn run<T: FromRow>(
        &mut self,
        sql: Sql,
        args: Vec<Arg>,
    ) -> impl Future<Output = StorageResult<Vec<T>>> + Send;

    /// Runs a statement and reads its rows.
    fn rows<T: FromRow>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> impl Future<Output = StorageResult<Vec<T>>> + Send {
        self.run(sql.into(), args)
    }

    /// Runs a statement that gives at most one row.
    fn row<T: FromRow>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> impl Future<Output = StorageResult<Option<T>>> + Send {
        async move { Ok(self.rows(sql, args).await?.into_iter().next()) }
    }

    /// Runs a statement whose one row has one column, `n`.
    fn number(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> impl Future<Output = StorageResult<Option<i64>>> + Send {
        async move { Ok(self.row::<Number>(sql, args).await?.map(|row| row.n)) }
    }
}

impl Session for &Db {
    fn is_sqlite(&self) -> bool {
        matches!(self, Db::Sqlite { .. })
    }

    async fn run<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> StorageResult<Vec<T>> {
        self.fetch(sql, T::listed(), args).await?.records()
    }
}

/// A statement that runs. It is boxed so that an area that waits for it does not compile the drivers once more.
type Running<'a, T> = Pin<Box<dyn Future<Output = StorageResult<T>> + Send + 'a>>;

impl Db {
    fn fetch(&self, sql: Sql, listed: Option<&'static str>, args: Vec<Arg>) -> Running<'_, Fetched> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { read, .. } if sql.is_asked() => {
                    let Asked { sql, at_once } = Asked::of(sql.sqlite(), listed);
                    let rows = bounded::rows(read, (sql, arg::sqlite(args)?), bounded::LONGEST).await?;
                    Fetched::Sqlite { rows, at_once }
                }
                Self::Sqlite { read, .. } => on_sqlite(read, Asked::of(sql.sqlite(), listed), args).await?,
                Self::Postgres(pool) => on_postgres(pool, sql.postgres(), args).await?,
            })
        })
    }
}

/// A transaction on either engine. Dropped without [`Tx::commit`], it never was.
pub enum Tx {
    /// A turn on the one writing connection.
    Sqlite(Turn),
    /// On a connection of the pool.
    Postgres(Transaction<'static, Postgres>),
}

impl Session for Tx {
    fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    async fn run<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> StorageResult<Vec<T>> {
        self.fetch(sql, T::listed(), args).await?.records()
    }
}

impl Tx {
    fn fetch(&mut self, sql: Sql, listed: Option<&'static str>, args: Vec<Arg>) -> Running<'_, Fetched> {
        Box::pin(async move {
            match self {
                Self::Sqlite(turn) => {
                    let Asked { sql, at_once } = Asked::of(sql.sqlite(), listed);
                    // Values without names are counted from the first of them; they go alone.
                    if sql.as_str().contains('?') {
                        turn.catch_up().await?;
                    }
                    let (sql, args) = turn.with_later(sql, args);
                    let done = on_sqlite(turn.connection()?, Asked { sql, at_once }, args).await;
                    done.map_err(|error| turn.failed(error))
                }
                Self::Postgres(tx) => on_postgres(&mut **tx, sql.postgres(), args).await,
            }
        })
    }

    /// Runs a statement that gives no rows; says how many it changed.
    pub async fn change(&mut self, sql: impl Into<Sql> + Send, args: Vec<Arg>) -> StorageResult<u64> {
        self.run_change(sql.into(), args).await
    }

    fn run_change(&mut self, sql: Sql, args: Vec<Arg>) -> Running<'_, u64> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite(turn) => {
                    // How many rows are counted is of this statement alone.
                    turn.catch_up().await?;
                    let done = sqlx::query_with(sql.sqlite(), arg::sqlite(args)?);
                    let done = done.execute(turn.connection()?).await;
                    done.map_err(|error| turn.failed(error.into()))?.rows_affected()
                }
                Self::Postgres(tx) => sqlx::query_with(sql.postgres(), arg::postgres(args)?)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected(),
            })
        })
    }

    /// Runs a statement whose result nobody waits for: on SQLite it goes to the engine with the next one.
    pub async fn note(&mut self, sql: impl Into<Sql> + Send, args: Vec<Arg>) -> StorageResult<()> {
        match self {
            Self::Sqlite(turn) => turn.later(sql.into().sqlite().as_str(), args),
            Self::Postgres(_) => drop(self.run_change(sql.into(), args).await?),
        }
        Ok(())
    }

    /// Makes it last. On SQLite the disk has it when this returns.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub async fn commit(self) -> StorageResult<()> {
        self.run_commit().await
    }

    fn run_commit(self) -> Running<'static, ()> {
        Box::pin(async move {
            match self {
                Self::Sqlite(turn) => turn.commit().await?,
                Self::Postgres(tx) => {
                    fail_point!(crate::points::COMMIT_BEFORE);
                    tx.commit().await?;
                    fail_point!(crate::points::COMMIT_AFTER);
                }
            }
            Ok(())
        })
    }
}

/// A statement as SQLite is asked.
struct Asked {
    sql: SqlStr,
    /// Whether all rows come as one JSON text.
    at_once: bool,
}

impl Asked {
    fn of(sql: SqlStr, listed: Option<&'static str>) -> Self {
        // What changes something and returns rows cannot stand inside another statement.
        match listed.filter(|listed| listed.contains(',') && sql.as_str().starts_with("SELECT")) {
            Some(listed) => {
                let sql = AssertSqlSafe(row::at_once(sql.as_str(), listed)).into_sql_str();
                Self { sql, at_once: true }
            }
            None => Self { sql, at_once: false },
        }
    }
}

/// Rows as a driver gives them.
enum Fetched {
    Sqlite { rows: Vec<SqliteRow>, at_once: bool },
    Postgres(Vec<PgRow>),
}

impl Fetched {
    fn records<T: FromRow>(self) -> StorageResult<Vec<T>> {
        match self {
            Self::Sqlite { rows, at_once: true } => {
                let text: Option<&str> = rows.first().map(|row| row.try_get(0)).transpose()?;
                Ok(row::all(text.unwrap_or("[]"))?)
            }
            Self::Sqlite { rows, .. } => {
                rows.into_iter().map(|row| Ok(T::from_row(&mut Row::Sqlite(row))?)).collect()
            }
            Self::Postgres(rows) => {
                rows.into_iter().map(|row| Ok(T::from_row(&mut Row::Postgres(row))?)).collect()
            }
        }
    }
}

async fn on_sqlite<'e>(
    on: impl Executor<'e, Database = Sqlite>,
    Asked { sql, at_once }: Asked,
    args: Vec<Arg>,
) -> StorageResult<Fetched> {
    let rows = sqlx::query_with(sql, arg::sqlite(args)?).fetch_all(on).await?;
    Ok(Fetched::Sqlite { rows, at_once })
}

async fn on_postgres<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: SqlStr,
    args: Vec<Arg>,
) -> StorageResult<Fetched> {
    Ok(Fetched::Postgres(sqlx::query_with(sql, arg::postgres(args)?).fetch_all(on).await?))
}
