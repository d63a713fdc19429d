//! Running statements: on the readers, or inside a transaction.

use crate::{
    Arg, Db, arg,
    error::StorageResult,
    row::{Fetched, FromRow, Number},
    sql::Sql,
    sqlite::{LONGEST, Question, Turn},
};
use fail::fail_point;
use sqlx::{Executor, Postgres, SqlStr, Transaction};
use std::pin::Pin;
use uuid::Uuid;

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
        self.fetch(sql, args, columns::<T>()).await?.records()
    }
}

fn columns<T: FromRow>() -> Vec<&'static str> {
    let mut all = Vec::new();
    T::columns(&mut all);
    all
}

/// A statement that runs. It is boxed so that an area that waits for it does not compile the drivers once more.
type Running<'a, T> = Pin<Box<dyn Future<Output = StorageResult<T>> + Send + 'a>>;

impl Db {
    fn fetch(&self, sql: Sql, args: Vec<Arg>, columns: Vec<&'static str>) -> Running<'_, Fetched> {
        Box::pin(async move {
            match self {
                Self::Sqlite { read, .. } => {
                    let (long, sql) = (sql.is_long(), sql.sqlite());
                    let asked = Question { sql, args, columns };
                    let rows = if long { read.long(asked, LONGEST).await } else { read.short(asked).await };
                    rows.map(Fetched::Sqlite)
                }
                Self::Postgres(pool) => on_postgres(pool, sql.postgres(), args).await,
            }
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
        self.fetch(sql, args, columns::<T>()).await?.records()
    }
}

impl Tx {
    fn fetch(&mut self, sql: Sql, args: Vec<Arg>, columns: Vec<&'static str>) -> Running<'_, Fetched> {
        Box::pin(async move {
            match self {
                Self::Sqlite(turn) => {
                    let (long, sql) = (sql.is_long(), sql.sqlite());
                    turn.fetch(Question { sql, args, columns }, long).await.map(Fetched::Sqlite)
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
            match self {
                Self::Sqlite(turn) => {
                    let long = sql.is_long();
                    turn.change(Question::change(sql.sqlite(), args), long).await
                }
                Self::Postgres(tx) => {
                    let done = sqlx::query_with(sql.postgres(), arg::postgres(args)?);
                    Ok(done.execute(&mut **tx).await?.rows_affected())
                }
            }
        })
    }

    /// Waits until no other transaction is open that has taken this organization's turn: batches that write the same
    /// records, each in its order, come one after the other and find what the other wrote. SQLite's writer is alone
    /// anyway.
    ///
    /// # Errors
    /// The others took too long.
    pub async fn take_turn(&mut self, org: Uuid) -> StorageResult<()> {
        if let Self::Postgres(tx) = self {
            let turn = sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
            turn.bind(format!("batch:{org}")).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// Says that it has much to do: its statements leave the threads of the runtime to others.
    pub fn set_apart(&mut self) {
        if let Self::Sqlite(turn) = self {
            turn.set_apart();
        }
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

async fn on_postgres<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: SqlStr,
    args: Vec<Arg>,
) -> StorageResult<Fetched> {
    Ok(Fetched::Postgres(sqlx::query_with(sql, arg::postgres(args)?).fetch_all(on).await?))
}
