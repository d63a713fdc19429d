//! Reads that callers put together, and that are ended when they take too long: a few of them would keep every
//! reader of an embedded database busy. PostgreSQL ends statements by itself.

use crate::error::StorageResult;
use sqlx::{
    SqlStr, SqlitePool,
    sqlite::{SqliteArguments, SqliteRow},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// How long one may take.
pub(crate) const LONGEST: Duration = Duration::from_secs(20);
/// Steps of the engine after which it asks whether to go on: some hundred microseconds.
const STEPS: i32 = 20_000;

/// The rows of a statement, or [`crate::StorageError::Slow`].
///
/// It runs in a task of its own: whoever goes away leaves no connection behind that would stop another's read.
pub(crate) async fn rows(
    read: &SqlitePool,
    (sql, args): (SqlStr, SqliteArguments),
    longest: Duration,
) -> StorageResult<Vec<SqliteRow>> {
    let read = read.clone();
    let task = tokio::spawn(async move {
        let mut on = read.acquire().await?;
        let over = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&over);
        on.lock_handle().await?.set_progress_handler(STEPS, move || !asked.load(Ordering::Relaxed));
        let mut query = Box::pin(sqlx::query_with(sql, args).fetch_all(&mut *on));
        let rows = match timeout(longest, &mut query).await {
            Ok(rows) => rows,
            Err(_) => {
                over.store(true, Ordering::Relaxed);
                query.as_mut().await
            }
        };
        drop(query);
        on.lock_handle().await?.remove_progress_handler();
        Ok(rows?)
    });
    task.await.map_err(|cause| crate::StorageError::Open(format!("a task that reads died: {cause}")))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Session, StorageError, Tx, arg::args, testing::TestDb};
    use g8_domain as domain;
    use sqlx::SqlSafeStr;

    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    fn sentence(error: StorageError) -> String {
        domain::Error::from(error).message
    }

    #[tokio::test]
    async fn an_endless_read_is_stopped_and_its_reader_reads_again() {
        let test = TestDb::sqlite().await;
        let Db::Sqlite { read, .. } = &test.db else { unreachable!("it is SQLite") };
        for _ in 0..8 {
            let asked = (ENDLESS.into_sql_str(), SqliteArguments::default());
            let stopped = rows(read, asked, Duration::from_millis(20)).await.err().unwrap();
            assert!(matches!(stopped, StorageError::Slow(_)), "{stopped:?}");
            assert!(sentence(stopped).contains("took the database too long"));
        }
        let n = (&mut &test.db).number("SELECT COUNT(*) AS n FROM organizations", args![]).await.unwrap();
        assert_eq!(n, Some(0));
    }

    #[tokio::test]
    async fn postgres_stops_it_by_itself() {
        let test = TestDb::postgres().await;
        let mut tx: Tx = test.db.begin().await.unwrap();
        tx.change("SET LOCAL statement_timeout = 20", args![]).await.unwrap();
        let stopped = tx.change("SELECT pg_sleep(60)", args![]).await.unwrap_err();
        assert!(sentence(stopped).contains("took the database too long"));
    }
}
