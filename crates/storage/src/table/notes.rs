//! Notes on contacts and companies.

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
    record::{Note, Subject},
};
use uuid::Uuid;

record!(Note => id, org_id, entity_type, entity_id, content, created_by, created_by_name, created_at, updated_at);

/// Adds a note.
pub async fn insert(tx: &mut Tx, note: &Note) -> StorageResult<()> {
    let row = values!(note => id, org_id, entity_type, entity_id, content, created_by, created_by_name, created_at,
        updated_at);
    row.insert(tx, "notes", "").await.map(drop)
}

/// One note.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Note>> {
    on.row("SELECT * FROM notes WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Rewrites a note.
pub async fn update(tx: &mut Tx, org: Uuid, id: Uuid, content: &str, at: Ts) -> StorageResult<()> {
    let sql = "UPDATE notes SET content = $3, updated_at = $4 WHERE org_id = $1 AND id = $2";
    tx.change(sql, args![org, id, content, at]).await.map(drop)
}

/// Removes a note.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM notes WHERE org_id = $1 AND id = $2", args![org, id]).await.map(drop)
}

/// The notes on one record, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    (subject, entity): (Subject, i64),
    slice: &Slice,
) -> StorageResult<(Vec<Note>, RowCount)> {
    let rows = Rows::of("SELECT *", "FROM notes", "id");
    Filter::new("org_id = ", org)
        .compare("entity_type = ", Some(subject.word()))
        .compare("entity_id = ", Some(entity))
        .page(on, rows, slice)
        .await
}
