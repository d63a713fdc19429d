//! Opening a database file.

use crate::{StorageError, StorageResult};
use percent_encoding::percent_decode_str;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::path::{Path, PathBuf};

/// Statements that a connection keeps prepared.
const KEPT: usize = 256;

/// The file that a URL names: `sqlite:PATH` or `sqlite://PATH`, percent-encoded; what follows a `?` is for others.
///
/// # Errors
/// It names none.
pub(crate) fn file_of(url: &str) -> StorageResult<PathBuf> {
    let not_understood = |why| StorageError::Open(format!("DATABASE_URL is not understood: {why}"));
    let path = url.strip_prefix("sqlite:").ok_or_else(|| not_understood("it must begin with sqlite:"))?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" {
        return Err(not_understood("it names no file"));
    }
    let decoded = percent_decode_str(path).decode_utf8();
    Ok(decoded.map_err(|_| not_understood("its path is not valid UTF-8"))?.into_owned().into())
}

/// A connection that writes; makes the file.
pub(super) fn writer(file: &Path) -> StorageResult<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    // Another program may be at it just now.
    connection.busy_timeout(super::writer::PATIENCE)?;
    // What is deleted is overwritten: an erased person is not to be found in free pages.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
         PRAGMA secure_delete = ON",
    )?;
    configure(connection)
}

/// A connection that cannot write.
pub(super) fn reader(file: &Path, cache: i64) -> StorageResult<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.pragma_update(None, "cache_size", -cache)?;
    configure(connection)
}

/// A connection to a file that is there, for copies and checks: it changes nothing by itself.
///
/// # Errors
/// There is no such file, or it is no database.
pub(crate) fn open_file(file: &Path) -> StorageResult<Connection> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(super::writer::PATIENCE)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")?;
    Ok(connection)
}

fn configure(connection: Connection) -> StorageResult<Connection> {
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")?;
    // A kept statement would else be planned anew whenever its values change: https://sqlite.org/queryplanner-ng.html#qpstab
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(KEPT);
    // Nobody waits in a thread of the runtime: who finds the file locked goes on where waiting is allowed.
    connection.busy_timeout(std::time::Duration::ZERO)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_name_files_as_they_always_did() {
        for (url, file) in [
            ("sqlite:///var/lib/g8/g8.db", "/var/lib/g8/g8.db"),
            ("sqlite://g8.db", "g8.db"),
            ("sqlite:g8.db?mode=rwc", "g8.db"),
            ("sqlite:///tmp/a%20b.db", "/tmp/a b.db"),
        ] {
            assert_eq!(file_of(url).unwrap(), Path::new(file), "{url}");
        }
        for url in ["sqlite:", "sqlite://", "sqlite::memory:", "sqlite://%ff"] {
            assert!(file_of(url).is_err(), "{url}");
        }
    }
}
