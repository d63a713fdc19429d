//! Exports and their progress.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::{
    Ts,
    record::{Export, TransferState},
};
use uuid::Uuid;

record!(Export =>
    id, org_id, subject, format, state, filters, file_id, rows_written, bytes_written, last_id, columns, error,
    key_id, created_at, finished_at
);

/// Adds an export.
pub async fn insert(tx: &mut Tx, export: &Export) -> StorageResult<()> {
    let row = values!(export => id, org_id, subject, format, state, filters, file_id, key_id, created_at;
        rows_written = 0_i64, bytes_written = 0_i64);
    row.insert(tx, "exports", "").await.map(drop)
}

/// One export.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Export>> {
    on.row("SELECT * FROM exports WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Exports, newest first, and their number.
pub async fn page(on: &mut impl Session, org: Uuid, slice: &Slice) -> StorageResult<(Vec<Export>, RowCount)> {
    let rows = Rows::of("SELECT *", "FROM exports", "id");
    Filter::new("org_id = ", org).page(on, rows, slice).await
}

/// Notes how far it is; false once it is over.
pub async fn advance(tx: &mut Tx, export: &Export) -> StorageResult<bool> {
    let runs = "org_id = ? AND id = ? AND state IN ('queued', 'running')";
    let done = values!(export => state, rows_written, bytes_written, last_id, columns, finished_at);
    Ok(done.update(tx, "exports", runs, args![export.org_id, export.id]).await? > 0)
}

/// Ends an export that went wrong, and deletes what there is of its file.
pub async fn fail(tx: &mut Tx, org: Uuid, id: Uuid, error: &str, at: Ts) -> StorageResult<()> {
    let sql = "DELETE FROM file_pieces WHERE file_id IN (
                   SELECT file_id FROM exports WHERE org_id = $1 AND id = $2 AND finished_at IS NULL)";
    tx.change(sql, args![org, id]).await?;
    let sql = "UPDATE exports SET state = $3, error = $4, finished_at = $5
               WHERE org_id = $1 AND id = $2 AND finished_at IS NULL";
    tx.change(sql, args![org, id, TransferState::Failed.word(), error, at]).await.map(drop)
}

/// Forgets exports that ended before `before`, with their files.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let files = "DELETE FROM file_pieces WHERE file_id IN (
                     SELECT file_id FROM exports WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    tx.change(files, args![before, limit]).await?;
    let sql = "DELETE FROM exports WHERE id IN (
                   SELECT id FROM exports WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}
