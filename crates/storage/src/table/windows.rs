//! The rate-limit windows of keys, where several programs share them.

use crate::{Db, Session, Tx, arg::args, error::Result, row::record};
use g8_domain::Ts;
use uuid::Uuid;

/// A window as stored; `version` tells whether another program has written since.
pub struct Stored {
    /// Counts the writes.
    pub version: i64,
    /// The window's bytes.
    pub state: Vec<u8>,
}
record!(Stored { version, state });

/// The window of a key, if it ever asked.
pub async fn get(on: &mut impl Session, key: Uuid) -> Result<Option<Stored>> {
    on.row("SELECT version, state FROM rate_windows WHERE key_id = $1", args![key]).await
}

/// Writes the window that follows version `seen`; false when another program was first.
pub async fn put(db: &Db, key: Uuid, seen: Option<i64>, state: Vec<u8>, at: Ts) -> Result<bool> {
    let sql = match seen {
        None => {
            "INSERT INTO rate_windows (key_id, version, state, at) VALUES ($1, $2 + 1, $3, $4) ON CONFLICT DO NOTHING"
        }
        Some(_) => NEXT,
    };
    Ok(db.alone(sql, args![key, seen.unwrap_or_default(), state, at]).await? > 0)
}

const NEXT: &str =
    "UPDATE rate_windows SET version = $2 + 1, state = $3, at = $4 WHERE key_id = $1 AND version = $2";

/// The window of a key, which nobody else writes until the transaction ends.
pub async fn lock(tx: &mut Tx, key: Uuid) -> Result<Option<Stored>> {
    tx.row("SELECT version, state FROM rate_windows WHERE key_id = $1 {lock}", args![key]).await
}

/// Writes the window that follows a locked one.
pub async fn put_locked(tx: &mut Tx, key: Uuid, seen: i64, state: Vec<u8>, at: Ts) -> Result<()> {
    tx.change(NEXT, args![key, seen, state, at]).await?;
    Ok(())
}

/// Forgets the windows of keys that have not asked since `before`.
pub async fn forget(db: &Db, before: Ts) -> Result<u64> {
    db.alone("DELETE FROM rate_windows WHERE at < $1", args![before]).await
}
