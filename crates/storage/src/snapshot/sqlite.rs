//! Copies of an embedded database.

use super::{Content, DatabaseState, NEWEST, NOTES, failed, same};
use crate::{
    StorageError, StorageResult,
    sqlite::{file_of as named_by, on_thread, open_file},
};
use rusqlite::Connection;
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// The database that was there before.
pub type Aside = PathBuf;

pub fn file_of(url: &str) -> StorageResult<PathBuf> {
    named_by(url)
}

/// `VACUUM INTO` reads one moment while others write, and the rows are counted at the same moment: writers wait
/// until both have begun. Where they leave no gap to begin in, the copy's own checks must do.
pub async fn take(url: &str, into: &Path) -> StorageResult<Content> {
    let (file, into) = (named_by(url)?, into.to_owned());
    if !file.exists() {
        return Err(failed(format!(
            "there is no database at {}; name its folder by --data-dir",
            file.display()
        )));
    }
    on_thread(move || copy(&file, &into)).await
}

fn copy(file: &Path, into: &Path) -> StorageResult<Content> {
    let target = into
        .to_str()
        .ok_or_else(|| failed("the backup's name is not valid UTF-8; choose another"))?
        .to_owned();
    let (still, counting, from) = (open_file(file)?, open_file(file)?, open_file(file)?);
    still.busy_timeout(Duration::from_secs(30))?;
    let same_moment = still.execute_batch("BEGIN IMMEDIATE").is_ok();
    counting.execute_batch("BEGIN")?;
    // The moment is that of the first look.
    counting.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let copying = std::thread::spawn(move || from.execute("VACUUM INTO ?1", [target]));
    // What is written was read before.
    while !copying.is_finished() && fs::metadata(into).is_ok_and(|file| file.len() == 0) {
        std::thread::park_timeout(Duration::from_millis(1));
    }
    drop(still);
    let there = count(&counting)?;
    drop(counting);
    copying.join().map_err(|_| failed("the copying was cut off"))??;
    let copied = undamaged(into)?;
    if same_moment {
        same(&copied, &there)?;
    }
    Ok(copied)
}

pub async fn content(url: &str) -> StorageResult<Option<Content>> {
    let file = named_by(url)?;
    if !file.exists() {
        return Ok(None);
    }
    on_thread(move || count(&open_file(&file)?)).await.map(Some)
}

pub async fn check(copy: &Path, content: &Content) -> StorageResult<()> {
    let copy = copy.to_owned();
    same(&on_thread(move || undamaged(&copy)).await?, content)
}

/// The first column of each row.
fn column<T: rusqlite::types::FromSql>(on: &Connection, sql: &str) -> StorageResult<Vec<T>> {
    let mut statement = on.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn one<T: rusqlite::types::FromSql>(on: &Connection, sql: &str) -> StorageResult<T> {
    Ok(on.query_row(sql, [], |row| row.get(0))?)
}

/// Reads every page of a file, follows every reference, and counts.
fn undamaged(file: &Path) -> StorageResult<Content> {
    let on = open_file(file)?;
    let faults: Vec<String> = column(&on, "PRAGMA integrity_check(10)")?;
    if faults != ["ok"] {
        return Err(failed(format!("the copy is damaged: {}", faults.join("; "))));
    }
    let broken: Vec<String> = column(&on, "PRAGMA foreign_key_check")?;
    if let Some(table) = broken.first() {
        return Err(failed(format!("the copy is damaged: a row of {table} refers to one that is not there")));
    }
    count(&on)
}

fn count(on: &Connection) -> StorageResult<Content> {
    let names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
    let mut content = Content { migration: 0, rows: [].into() };
    for name in column::<String>(on, names)? {
        let rows = one(on, &format!("SELECT COUNT(*) FROM \"{}\"", name.replace('"', "\"\"")))?;
        content.rows.insert(name, rows);
    }
    if content.rows.contains_key(NOTES) {
        content.migration = one(on, NEWEST)?;
    }
    Ok(content)
}

pub async fn examine(url: &str) -> StorageResult<Option<DatabaseState>> {
    let file = named_by(url)?;
    if !file.exists() {
        return Ok(None);
    }
    on_thread(move || look(&open_file(&file)?)).await.map(Some)
}

fn look(on: &Connection) -> StorageResult<DatabaseState> {
    let version: String = one(on, "SELECT sqlite_version()")?;
    let mut faults: Vec<String> = column(on, "PRAGMA quick_check(10)")?;
    faults.retain(|fault| fault != "ok");
    let bytes = one(on, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")?;
    let noted: i64 = one(on, "SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")?;
    let migration = if noted == 0 { 0 } else { one(on, NEWEST)? };
    Ok(DatabaseState { version: format!("SQLite {version}"), migration, faults, bytes })
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
    let path = file.to_owned();
    let settled = on_thread(move || one::<String>(&open_file(&path)?, "PRAGMA journal_mode = DELETE"));
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
