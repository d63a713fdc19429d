//! Whole databases as one file: taken while servers run, checked, and put back.
//!
//! Nothing here opens the database as a server does: a copy must not migrate what it copies.

mod postgres;
mod programs;
mod sqlite;

use crate::{StorageError, StorageResult, migrate};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

pub use sqlite::Aside;

/// The table in which migrations are noted; alone, it is no data.
const NOTES: &str = "_sqlx_migrations";
const NEWEST: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";

/// Which engine a database is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// The engine that a URL names.
    ///
    /// # Errors
    /// It names none.
    pub fn of(url: &str) -> StorageResult<Self> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(StorageError::Open("DATABASE_URL must begin with sqlite: or postgres:".to_owned())),
        }
    }

    /// Its name in backups.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What a database holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The newest migration that it has; 0 for none.
    pub migration: i64,
    /// Rows by table.
    pub rows: BTreeMap<String, i64>,
}

impl Content {
    /// Whether anything would be lost with it.
    #[must_use]
    pub fn has_data(&self) -> bool {
        self.rows.iter().any(|(table, count)| table != NOTES && *count > 0)
    }

    /// The tables whose rows differ from another's, for people.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let names = self.rows.keys().chain(other.rows.keys().filter(|name| !self.rows.contains_key(*name)));
        let count = |content: &Self, name: &str| content.rows.get(name).copied().unwrap_or(-1);
        names.filter(|name| count(self, name) != count(other, name)).cloned().collect()
    }
}

/// The newest migration that this program knows.
#[must_use]
pub fn newest_migration() -> i64 {
    migrate::newest()
}

/// The file of an embedded database.
///
/// # Errors
/// The URL is not understood.
pub fn file_of(url: &str) -> StorageResult<Option<PathBuf>> {
    match Engine::of(url)? {
        Engine::Sqlite => sqlite::file_of(url).map(Some),
        Engine::Postgres => Ok(None),
    }
}

/// A file beside an embedded database that stands for it, whatever name it was opened by: two databases never
/// share one, and a link to a database has the database's own.
#[must_use]
pub fn beside(file: &Path, what: &str) -> PathBuf {
    let own = file.canonicalize().ok().or_else(|| {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(folder.unwrap_or(Path::new(".")).canonicalize().ok()?.join(file.file_name()?))
    });
    let mut name = own.unwrap_or_else(|| file.to_owned()).into_os_string();
    name.push(".");
    name.push(what);
    name.into()
}

/// Copies the database into `into`, an empty file, as it is at one moment, and checks the copy.
///
/// # Errors
/// One line that says what to do: no such database, no room, a program that is missing, a copy that
/// is not whole.
pub async fn take(url: &str, into: &Path) -> StorageResult<Content> {
    match Engine::of(url)? {
        Engine::Sqlite => sqlite::take(url, into).await,
        Engine::Postgres => postgres::take(url, into).await,
    }
}

/// What a database holds; none for an embedded one that is not there.
///
/// # Errors
/// It cannot be read.
pub async fn content(url: &str) -> StorageResult<Option<Content>> {
    match Engine::of(url)? {
        Engine::Sqlite => sqlite::content(url).await,
        Engine::Postgres => postgres::content(url).await.map(Some),
    }
}

/// What state a database is in.
#[derive(Debug)]
pub struct DatabaseState {
    /// The engine and its version.
    pub version: String,
    /// The newest migration that it has; 0 for none.
    pub migration: i64,
    /// What a quick check found wrong.
    pub faults: Vec<String>,
    /// Its size.
    pub bytes: i64,
}

/// Looks at a database without changing anything; none for an embedded one that is not there.
///
/// # Errors
/// It cannot be opened.
pub async fn examine(url: &str) -> StorageResult<Option<DatabaseState>> {
    match Engine::of(url)? {
        Engine::Sqlite => sqlite::examine(url).await,
        Engine::Postgres => postgres::examine(url).await.map(Some),
    }
}

/// Whether a copy can be put back whole: that it is undamaged, and holds what it should.
///
/// # Errors
/// What is wrong with it.
pub async fn check(engine: Engine, copy: &Path, content: &Content) -> StorageResult<()> {
    match engine {
        Engine::Sqlite => sqlite::check(copy, content).await,
        Engine::Postgres => postgres::check(copy, content).await,
    }
}

/// Puts a checked copy in the database's place, all or nothing; says where the old one is kept, if it is.
///
/// # Errors
/// Somebody is using the database, or the engine refused; nothing was changed.
pub async fn put(url: &str, copy: &Path, content: &Content) -> StorageResult<Option<Aside>> {
    match Engine::of(url)? {
        Engine::Sqlite => sqlite::put(url, copy).await,
        Engine::Postgres => postgres::put(url, copy, content).await.map(|()| None),
    }
}

fn failed(what: impl std::fmt::Display) -> StorageError {
    StorageError::Copy(what.to_string())
}

/// Fails unless a copy has the rows that it should have.
fn same(found: &Content, expected: &Content) -> StorageResult<()> {
    match found.differences(expected).as_slice() {
        [] => Ok(()),
        tables => Err(failed(format!("the copy is not whole: it has other rows in {}", tables.join(", ")))),
    }
}
