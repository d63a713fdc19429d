//! Files in pieces.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record};
use uuid::Uuid;

/// One piece.
pub struct Piece {
    /// Its place in the file, from 0.
    pub seq: i64,
    /// What is in it.
    pub bytes: Vec<u8>,
}
record!(Piece => seq, bytes);

/// Adds a piece.
pub async fn put(tx: &mut Tx, file: Uuid, seq: i64, bytes: Vec<u8>) -> StorageResult<()> {
    tx.change("INSERT INTO file_pieces (file_id, seq, bytes) VALUES ($1, $2, $3)", args![file, seq, bytes])
        .await?;
    Ok(())
}

/// A piece; none after the last.
pub async fn get(on: &mut impl Session, file: Uuid, seq: i64) -> StorageResult<Option<Piece>> {
    let sql = "SELECT seq, bytes FROM file_pieces WHERE file_id = $1 AND seq = $2";
    on.row(sql, args![file, seq]).await
}

/// Deletes a file.
pub async fn delete(tx: &mut Tx, file: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM file_pieces WHERE file_id = $1", args![file]).await.map(drop)
}

/// Deletes the pieces of uploads that were given up: no import or export has them, and their id, which
/// begins with the time, is older than `before`.
pub async fn forget(tx: &mut Tx, before: Uuid, limit: i64) -> StorageResult<u64> {
    let sql = "DELETE FROM file_pieces WHERE file_id IN (
                   SELECT DISTINCT file_id FROM file_pieces WHERE file_id < $1
                   AND file_id NOT IN (SELECT file_id FROM imports WHERE file_id IS NOT NULL)
                   AND file_id NOT IN (SELECT file_id FROM exports) LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}
