//! The rate-limit windows of keys: where several programs share them, and where one keeps its own.
//!
//! The time is the database's, `{clock}`, and what has `passed` beside it. SQLite has no clock for all who use
//! the file: there `passed` is the whole time.

use crate::{Db, Session, Tx, arg::args, error::StorageResult, row::record};
use g8_domain::Ts;
use uuid::Uuid;

/// A window as stored, and what time it is.
pub struct StoredWindow {
    /// Counts the writes; none where nothing is stored.
    pub version: Option<i64>,
    /// The window's bytes.
    pub state: Option<Vec<u8>>,
    /// When its newest request was counted.
    pub at: Option<Ts>,
    /// Now.
    pub now: Ts,
}
record!(StoredWindow => version, state, at, now);

/// The window that is to follow one that was seen.
pub struct NextWindow {
    /// The version that was seen, if there was one.
    pub seen: Option<i64>,
    /// The window's bytes.
    pub state: Vec<u8>,
    /// It holds from this moment on.
    pub not_before: Ts,
}

/// The window of a key, if it ever asked, and the time.
pub async fn get(on: &mut impl Session, key: Uuid, passed: i64) -> StorageResult<StoredWindow> {
    let sql = "SELECT w.version, w.state, w.at, c.now FROM (SELECT {clock} + $2 AS now) c
               LEFT JOIN rate_windows w ON w.key_id = $1";
    let row = on.row(sql, args![key, passed]).await?;
    row.ok_or(crate::StorageError::Lost)
}

/// Writes the window that follows another, and says when; nothing where another program was first, or where it
/// is earlier than the window holds from.
pub async fn put(db: &Db, key: Uuid, next: NextWindow, passed: i64) -> StorageResult<Option<Ts>> {
    let counted = match next.seen {
        None => {
            let sql = "INSERT INTO rate_windows (key_id, version, state, at) VALUES ($1, 1, $2, {clock} + $3)
                       ON CONFLICT DO NOTHING RETURNING at AS n";
            db.number_autocommit(sql, args![key, next.state, passed]).await?
        }
        Some(seen) => {
            let sql = "UPDATE rate_windows SET version = $2 + 1, state = $3, at = {clock} + $5
                       WHERE key_id = $1 AND version = $2 AND {clock} + $5 >= $4 RETURNING at AS n";
            db.number_autocommit(sql, args![key, seen, next.state, next.not_before, passed]).await?
        }
    };
    Ok(counted.map(Ts))
}

/// Keeps others from writing the window of a key until the transaction ends; says whether there is one.
pub async fn lock(tx: &mut Tx, key: Uuid) -> StorageResult<bool> {
    let sql = "SELECT version AS n FROM rate_windows WHERE key_id = $1 {lock}";
    Ok(tx.number(sql, args![key]).await?.is_some())
}

/// Writes a window that nobody else writes.
pub async fn set(tx: &mut Tx, key: Uuid, version: i64, (state, at): (Vec<u8>, Ts)) -> StorageResult<()> {
    let sql = "INSERT INTO rate_windows (key_id, version, state, at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (key_id) DO UPDATE SET version = excluded.version, state = excluded.state, at = excluded.at";
    tx.change(sql, args![key, version, state, at]).await.map(drop)
}

/// Forgets the windows of keys that have not asked since `before`.
pub async fn forget(db: &Db, before: Ts) -> StorageResult<u64> {
    db.execute_autocommit("DELETE FROM rate_windows WHERE at < $1", args![before]).await
}
