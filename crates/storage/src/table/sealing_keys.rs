//! Keys under which credentials are sealed: their salts, which open nothing without the installation's secret
//! key. One is current; those before it are retired, and destroyed once nothing is sealed under them.

use crate::{
    Db, Session, Tx,
    arg::args,
    error::StorageResult,
    row::{Number, record},
    values::values,
};
use g8_domain::Ts;
use std::fmt;
use uuid::Uuid;

/// What is stored of a sealing key.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingSalt {
    /// What envelopes call the key.
    pub id: Uuid,
    /// 32 random bytes. A copy in a log would outlive the key: it is not printed.
    pub salt: Vec<u8>,
    /// Which secret key it is made with (`Pepper::mark`).
    pub secret_mark: String,
    /// Since when it is there.
    pub created_at: Ts,
    /// From when on nothing new is sealed under it.
    pub retired_at: Option<Ts>,
}
record!(SealingSalt => id, salt, secret_mark, created_at, retired_at);

impl fmt::Debug for SealingSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, created_at, retired_at, .. } = self;
        write!(f, "SealingSalt({id}, created {created_at:?}, retired {retired_at:?})")
    }
}

/// Adds a key, which is current from then on; false where another is: whoever else adds one is first.
pub async fn insert(tx: &mut Tx, new: &SealingSalt) -> StorageResult<bool> {
    let row = values!(new => id, salt, secret_mark, created_at);
    row.insert(tx, "sealing_keys", "ON CONFLICT DO NOTHING").await
}

/// The key under which new values are sealed.
pub async fn current(on: &mut impl Session) -> StorageResult<Option<SealingSalt>> {
    let sql =
        "SELECT id, salt, secret_mark, created_at, retired_at FROM sealing_keys WHERE retired_at IS NULL";
    on.row(sql, args![]).await
}

/// One key, retired or not.
pub async fn get(on: &mut impl Session, id: Uuid) -> StorageResult<Option<SealingSalt>> {
    let sql = "SELECT id, salt, secret_mark, created_at, retired_at FROM sealing_keys WHERE id = $1";
    on.row(sql, args![id]).await
}

/// Every key, oldest first.
pub async fn all(on: &mut impl Session) -> StorageResult<Vec<SealingSalt>> {
    let sql =
        "SELECT id, salt, secret_mark, created_at, retired_at FROM sealing_keys ORDER BY created_at, id";
    on.rows(sql, args![]).await
}

/// Retires the current key; false where it is not current any more. Waits for whoever is just writing under it,
/// so that from then on what is under it only becomes less.
pub async fn retire(tx: &mut Tx, id: Uuid, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE sealing_keys SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL";
    Ok(tx.change(sql, args![id, at]).await? > 0)
}

/// Whether a key is current, and stays so until the transaction ends.
pub(super) async fn hold_current(tx: &mut Tx, id: Uuid) -> StorageResult<bool> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM sealing_keys WHERE id = $1 AND retired_at IS NULL {still}";
    Ok(!tx.rows::<Number>(sql, args![id]).await?.is_empty())
}

/// Destroys a retired key that nothing is sealed under; false where there is none. What was sealed under it,
/// in whatever copy, is then nobody's to open but whose who has an old copy of this table, and the secret key.
///
/// SQLite overwrites the salt at once, and its log with [`settle`]; PostgreSQL gives its place free with that, and its
/// log as that is recycled.
pub async fn destroy(tx: &mut Tx, id: Uuid) -> StorageResult<bool> {
    let sql = "DELETE FROM sealing_keys WHERE id = $1 AND retired_at IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM sealed_values WHERE key_id = $1)";
    Ok(tx.change(sql, args![id]).await? > 0)
}

/// Takes destroyed keys out of the database's files: nobody else has a reason to vacuum so small a table.
pub async fn settle(db: &Db) -> StorageResult<()> {
    match db {
        Db::Sqlite { .. } => db.checkpoint().await,
        Db::Postgres(_) => db.execute_autocommit("VACUUM sealing_keys", args![]).await.map(drop),
    }
}
