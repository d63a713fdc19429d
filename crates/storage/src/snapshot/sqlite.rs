//! Copies of an embedded database.

use super::{Content, DatabaseState, NEWEST, NOTES, failed, same};
use crate::{StorageError, StorageResult};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use tokio::time::timeout;

/// The database that was there before.
pub type Aside = PathBuf;

pub fn file_of(url: &str) -> StorageResult<PathBuf> {
    Ok(options(url)?.get_filename().to_owned())
}

fn options(url: &str) -> StorageResult<SqliteConnectOptions> {
    let options = SqliteConnectOptions::from_str(url);
    options.map_err(|cause| StorageError::Open(format!("DATABASE_URL is not understood: {cause}")))
}

async fn open(options: SqliteConnectOptions) -> StorageResult<SqliteConnection> {
    let options = options.create_if_missing(false).busy_timeout(Duration::from_secs(5)).foreign_keys(true);
    let options = options.pragma("trusted_schema", "OFF");
    Ok(SqliteConnection::connect_with(&options).await?)
}

async fn open_file(file: &Path) -> StorageResult<SqliteConnection> {
    open(SqliteConnectOptions::new().filename(file)).await
}

/// `VACUUM INTO` reads one moment while others write, and the rows are counted at the same moment: writers wait
/// until both have begun. Where they leave no gap to begin in, the copy's own checks must do.
pub async fn take(url: &str, into: &Path) -> StorageResult<Content> {
    let options = options(url)?;
    let file = options.get_filename().to_owned();
    if !file.exists() {
        return Err(failed(format!(
            "there is no database at {}; name its folder by --data-dir",
            file.display()
        )));
    }
    let target = into
        .to_str()
        .ok_or_else(|| failed("the backup's name is not valid UTF-8; choose another"))?
        .to_owned();
    let (mut still, mut counting) = (open(options.clone()).await?, open(options.clone()).await?);
    let mut from = open(options).await?;
    sqlx::query("PRAGMA busy_timeout = 30000").execute(&mut still).await?;
    let same_moment = sqlx::query("BEGIN IMMEDIATE").execute(&mut still).await.is_ok();
    sqlx::query("BEGIN").execute(&mut counting).await?;
    // The moment is that of the first look.
    sqlx::query("SELECT 1 FROM sqlite_schema").fetch_optional(&mut counting).await?;
    let mut copying = tokio::spawn(async move {
        sqlx::query("VACUUM INTO $1").bind(target).execute(&mut from).await?;
        from.close().await
    });
    // What is written was read before.
    let mut done = None;
    while done.is_none() && fs::metadata(into).is_ok_and(|file| file.len() == 0) {
        done = timeout(Duration::from_millis(1), &mut copying).await.ok();
    }
    still.close().await?;
    let there = count(&mut counting).await?;
    counting.close().await?;
    let done = match done {
        Some(done) => done,
        None => copying.await,
    };
    done.map_err(|cause| failed(format!("the copying was cut off: {cause}")))??;
    let copied = undamaged(into).await?;
    if same_moment {
        same(&copied, &there)?;
    }
    Ok(copied)
}

pub async fn content(url: &str) -> StorageResult<Option<Content>> {
    let options = options(url)?;
    if !options.get_filename().exists() {
        return Ok(None);
    }
    let mut db = open(options).await?;
    let content = count(&mut db).await?;
    db.close().await?;
    Ok(Some(content))
}

pub async fn check(copy: &Path, content: &Content) -> StorageResult<()> {
    same(&undamaged(copy).await?, content)
}

/// Reads every page of a file, follows every reference, and counts.
async fn undamaged(file: &Path) -> StorageResult<Content> {
    let mut db = open_file(file).await?;
    let faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(10)").fetch_all(&mut db).await?;
    if faults != ["ok"] {
        return Err(failed(format!("the copy is damaged: {}", faults.join("; "))));
    }
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut db).await?;
    if let Some(row) = broken {
        let table: String = row.try_get(0)?;
        return Err(failed(format!("the copy is damaged: a row of {table} refers to one that is not there")));
    }
    let content = count(&mut db).await?;
    db.close().await?;
    Ok(content)
}

async fn count(db: &mut SqliteConnection) -> StorageResult<Content> {
    let names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *db).await?;
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

pub async fn examine(url: &str) -> StorageResult<Option<DatabaseState>> {
    let options = options(url)?;
    if !options.get_filename().exists() {
        return Ok(None);
    }
    let mut db = open(options).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut db).await?;
    let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(10)").fetch_all(&mut db).await?;
    faults.retain(|fault| fault != "ok");
    let size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
    let bytes = sqlx::query_scalar(size).fetch_one(&mut db).await?;
    let noted = "SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    let noted: i64 = sqlx::query_scalar(noted).fetch_one(&mut db).await?;
    let migration = if noted == 0 { 0 } else { sqlx::query_scalar(NEWEST).fetch_one(&mut db).await? };
    db.close().await?;
    Ok(Some(DatabaseState { version: format!("SQLite {version}"), migration, faults, bytes }))
}

/// The copy takes the database's name in one step. The old one has a second name before that: at no
/// moment is there none.
pub async fn put(url: &str, copy: &Path) -> StorageResult<Option<Aside>> {
    let file = file_of(url)?;
    let named = |cause: io::Error| failed(format!("cannot replace {}: {cause}", file.display()));
    let aside = if file.exists() {
        checkpoint(&file).await?;
        let aside = free_name(&file);
        fs::hard_link(&file, &aside).or_else(|_| fs::copy(&file, &aside).map(drop)).map_err(named)?;
        set_log_aside(&file, &aside).map_err(named)?;
        Some(aside)
    } else {
        None
    };
    fs::rename(copy, &file).map_err(named)?;
    sync_folder(&file).map_err(named)?;
    Ok(aside)
}

/// Brings everything into the one file, which needs it to be nobody else's at that moment.
async fn checkpoint(file: &Path) -> StorageResult<()> {
    let settled = async {
        let mut db = open_file(file).await?;
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut db).await?;
        db.close().await?;
        Ok::<_, StorageError>(mode)
    };
    match settled.await {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(_) | Err(StorageError::Busy(_)) => {
            Err(failed(format!("another program has {} open; stop it and try again", file.display())))
        }
        // What is damaged beyond opening is what a backup is for.
        Err(_) => Ok(()),
    }
}

/// A log that could not be brought in belongs to the old file, and would damage the new one.
fn set_log_aside(file: &Path, aside: &Path) -> io::Result<()> {
    for end in ["-wal", "-shm"] {
        match fs::rename(with_end(file, end), with_end(aside, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn free_name(file: &Path) -> PathBuf {
    let first = with_end(file, ".before-restore");
    let others = (2..).map(|n| with_end(file, &format!(".before-restore-{n}")));
    std::iter::once(first.clone()).chain(others).find(|name| !name.exists()).unwrap_or(first)
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name: OsString = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
