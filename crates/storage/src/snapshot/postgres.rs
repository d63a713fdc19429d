//! Copies of a database on a server.

use super::{
    Content, DatabaseState, NEWEST, NOTES, failed,
    programs::{lines, run},
    same,
};
use crate::{StorageError, StorageResult};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions};
use std::{collections::BTreeMap, ffi::OsStr, path::Path, str::FromStr};

const TABLES: &str = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema()";

/// Servers call themselves so; see `Db`.
const SERVERS: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'g8' AND pid <> pg_backend_pid()";

fn options(url: &str) -> StorageResult<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url);
    let options =
        options.map_err(|cause| StorageError::Open(format!("DATABASE_URL is not understood: {cause}")))?;
    Ok(options.application_name("g8 backup"))
}

async fn connect(options: &PgConnectOptions) -> StorageResult<PgConnection> {
    let place = format!("{}:{}", options.get_host(), options.get_port());
    let connection = PgConnection::connect_with(options).await;
    connection.map_err(|cause| {
        StorageError::Open(format!(
            "cannot reach PostgreSQL at {place}: {cause}; start it or correct DATABASE_URL"
        ))
    })
}

/// The counts and the dump see the same moment: one transaction lends its snapshot to the other.
pub async fn take(url: &str, into: &Path) -> StorageResult<Content> {
    let options = options(url)?;
    let mut counting = connect(&options).await?;
    counting.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let snapshot: String = sqlx::query_scalar("SELECT pg_export_snapshot()").fetch_one(&mut counting).await?;
    let content = count(&mut counting).await?;
    if content.migration == 0 {
        return Err(failed("there is no g8 in this database; correct DATABASE_URL"));
    }
    let snapshot = format!("--snapshot={snapshot}");
    let args = [OsStr::new("-Fc"), OsStr::new(&snapshot), OsStr::new("-f"), into.as_os_str()];
    run("pg_dump", url, &options, &args).await?;
    counting.execute("COMMIT").await?;
    counting.close().await?;
    check(into, &content).await?;
    Ok(content)
}

pub async fn content(url: &str) -> StorageResult<Content> {
    let mut db = connect(&options(url)?).await?;
    let content = count(&mut db).await?;
    db.close().await?;
    Ok(content)
}

/// Whether the dump can be read to its end and has as many rows of every table as it should.
pub async fn check(copy: &Path, content: &Content) -> StorageResult<()> {
    let options = PgConnectOptions::new_without_pgpass();
    let args = [OsStr::new("--data-only"), OsStr::new("--file=-"), copy.as_os_str()];
    let (mut rows, mut table) = (BTreeMap::new(), None);
    lines("pg_restore", ("", &options), &args, |line| match &table {
        // A row is a line: breaks within texts are written in other letters.
        Some(_) if line == b"\\." => table = None,
        Some(name) => *rows.entry(String::clone(name)).or_insert(0) += 1,
        None => {
            table = copied(line);
            rows.extend(table.clone().map(|name| (name, 0)));
        }
    })
    .await?;
    same(&Content { migration: content.migration, rows }, content)
}

/// The table whose rows follow: `COPY public.contacts (id, …) FROM stdin;`.
fn copied(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix("COPY ")?;
    let name = line.strip_suffix(" FROM stdin;")?.split(' ').next()?;
    Some(name.rsplit('.').next()?.trim_matches('"').to_owned())
}

pub async fn put(url: &str, copy: &Path, expected: &Content) -> StorageResult<()> {
    let options = options(url)?;
    let mut db = connect(&options).await?;
    let there = count(&mut db).await?;
    ready(&mut db, &there, expected).await?;
    let mut args = vec!["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"];
    if !there.rows.is_empty() {
        args.extend(["--clean", "--if-exists"]);
    }
    let database = format!("--dbname={}", options.get_database().unwrap_or(options.get_username()));
    let mut args: Vec<&OsStr> = args.into_iter().map(OsStr::new).collect();
    args.extend([OsStr::new(&database), copy.as_os_str()]);
    run("pg_restore", url, &options, &args).await?;
    let found = count(&mut db).await?;
    db.close().await?;
    same(&found, expected)
}

/// Nobody may be at it, and nothing in it may depend on what is replaced.
async fn ready(db: &mut PgConnection, there: &Content, expected: &Content) -> StorageResult<()> {
    let servers: i64 = sqlx::query_scalar(SERVERS).fetch_one(db).await?;
    if servers > 0 {
        return Err(failed("a g8-server is running on this database; stop it and try again"));
    }
    let unknown = |table: &&String| table.as_str() != NOTES && !expected.rows.contains_key(*table);
    let unknown: Vec<&str> = there.rows.keys().filter(unknown).map(String::as_str).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(failed(format!(
        "the database has tables that the backup does not have ({}); make an empty database and name it by \
         --database-url",
        unknown.join(", ")
    )))
}

async fn count(db: &mut PgConnection) -> StorageResult<Content> {
    let names: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut *db).await?;
    let mut content = Content { migration: 0, rows: [].into() };
    for name in names {
        let sql = format!("SELECT COUNT(*) FROM \"{}\"", name.replace('"', "\"\""));
        let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *db).await?;
        content.rows.insert(name, rows);
    }
    if content.rows.contains_key(NOTES) {
        content.migration = sqlx::query_scalar(NEWEST).fetch_one(db).await?;
    }
    Ok(content)
}

/// The server checks its own pages; what is looked at is whether it answers, and with what.
pub async fn examine(url: &str) -> StorageResult<DatabaseState> {
    let mut db = connect(&options(url)?).await?;
    let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(&mut db).await?;
    let bytes = sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(&mut db).await?;
    let noted: bool =
        sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut db).await?;
    let migration = if noted { sqlx::query_scalar(NEWEST).fetch_one(&mut db).await? } else { 0 };
    db.close().await?;
    Ok(DatabaseState { version: format!("PostgreSQL {version}"), migration, faults: Vec::new(), bytes })
}
