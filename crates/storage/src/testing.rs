//! Throw-away databases: every storage test runs on both engines from one body.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database has failed")]

mod statements;
mod tables;

pub use statements::statements;

use crate::{Db, StorageResult};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The variable that names the test server, as `postgres://user@127.0.0.1:5432`.
pub const SERVER: &str = "G8_TEST_POSTGRES";

/// A migrated, empty database.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Its URL, to open it a second time.
    pub url: String,
    /// A folder of the test's own.
    pub folder: TempDir,
}

impl TestDb {
    /// A new SQLite file.
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("g8.db").display());
        Self { db: Db::open(&url).await.expect("an empty SQLite database"), url, folder }
    }

    /// A new database on the test server, copied from one that was migrated once.
    ///
    /// # Panics
    /// Without a test server: `cargo xtask test` starts one.
    pub async fn postgres() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let (name, url) = create("").await;
                Db::open(&url).await.expect("a migrated template").close().await;
                format!("TEMPLATE {name}")
            })
            .await;
        let (_, url) = create(template).await;
        let folder = TempDir::new().expect("a temporary folder");
        Self { db: Db::open(&url).await.expect("a PostgreSQL database"), url, folder }
    }
}

/// The URL of a new database on the test server with nothing in it.
#[cfg(test)]
pub(crate) async fn empty_postgres() -> String {
    create("").await.1
}

async fn create(template: &str) -> (String, String) {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} is not set; run the tests by `cargo xtask test`, which starts PostgreSQL")
    });
    let name = format!("g8_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut server_connection =
        PgConnection::connect(&format!("{server}/postgres")).await.expect("the test PostgreSQL answers");
    let sql = format!("CREATE DATABASE {name} {template}");
    server_connection.execute(AssertSqlSafe(sql)).await.expect("a new test database");
    let url = format!("{server}/{name}");
    (name, url)
}

/// Makes two tests of each body, `sqlite` and `postgres`, in a module of the test's name.
#[macro_export]
macro_rules! on_both {
    ($($(#[$about:meta])* async fn $name:ident($db:ident) $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            use super::*;
            async fn on_one_engine($db: $crate::testing::TestDb) $body
            #[tokio::test]
            async fn sqlite() { on_one_engine($crate::testing::TestDb::sqlite().await).await }
            #[tokio::test]
            async fn postgres() { on_one_engine($crate::testing::TestDb::postgres().await).await }
        }
    )+};
}

impl Db {
    /// Every row of every table as text, to look for what must not be there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn dump(&self) -> StorageResult<String> {
        Ok(self.tables().await?.into_iter().map(|(_, rows)| rows).collect())
    }

    /// Every table by its name, with all its rows as text.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tables(&self) -> StorageResult<Vec<(String, String)>> {
        let mut tables = Vec::new();
        match self {
            Self::Sqlite { write, .. } => tables = write.alone(sqlite_tables).await?,
            Self::Postgres(pool) => {
                let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
                for (name,) in sqlx::query_as::<_, (String,)>(names).fetch_all(pool).await? {
                    let rows = postgres_rows(pool, &name).await?;
                    tables.push((name, rows));
                }
            }
        }
        Ok(tables)
    }
}

fn sqlite_tables(on: &rusqlite::Connection) -> StorageResult<Vec<(String, String)>> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_index%'";
    let mut tables = Vec::new();
    for name in texts(on, names)? {
        let columns = texts(on, &format!("SELECT name FROM pragma_table_info('{name}')"))?;
        let cell = |column: &String| format!("COALESCE(CAST(\"{column}\" AS TEXT), '')");
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let rows = texts(on, &format!("SELECT CAST({} AS BLOB) FROM \"{name}\"", cells.join(" || '|' || ")))?;
        tables.push((name, rows.into_iter().map(|row| row + "\n").collect()));
    }
    Ok(tables)
}

/// The first column of each row, as text.
fn texts(on: &rusqlite::Connection, sql: &str) -> StorageResult<Vec<String>> {
    let mut statement = on.prepare(sql)?;
    let text =
        |row: &rusqlite::Row<'_>| Ok(String::from_utf8_lossy(row.get_ref(0)?.as_bytes()?).into_owned());
    let rows = statement.query_map([], text)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

async fn postgres_rows(pool: &PgPool, table: &str) -> StorageResult<String> {
    if table == "file_pieces" {
        // As text it would be in hexadecimal.
        let pieces: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT bytes FROM file_pieces").fetch_all(pool).await?;
        return Ok(pieces.iter().map(|(bytes,)| String::from_utf8_lossy(bytes).into_owned()).collect());
    }
    let rows = format!("SELECT CAST(t AS TEXT) FROM \"{table}\" t");
    let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(rows)).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(row,)| row + "\n").collect())
}
