//! Notes on deals.

use crate::{
    Session, Tx,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    values::values,
};
use g8_domain::{Ts, record::DealNote};
use uuid::Uuid;

record!(DealNote => id, org_id, deal_id, content, created_by, created_by_name, created_at, updated_at);

/// Adds a note.
pub async fn insert(tx: &mut Tx, note: &DealNote) -> StorageResult<()> {
    let row =
        values!(note => id, org_id, deal_id, content, created_by, created_by_name, created_at, updated_at);
    row.insert(tx, "deal_notes", "").await.map(drop)
}

/// One note.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<DealNote>> {
    on.row("SELECT * FROM deal_notes WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Rewrites a note.
pub async fn update(tx: &mut Tx, org: Uuid, id: Uuid, content: &str, at: Ts) -> StorageResult<()> {
    let sql = "UPDATE deal_notes SET content = $3, updated_at = $4 WHERE org_id = $1 AND id = $2";
    tx.change(sql, args![org, id, content, at]).await.map(drop)
}

/// Removes a note.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM deal_notes WHERE org_id = $1 AND id = $2", args![org, id]).await.map(drop)
}

/// The notes on one deal, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    deal: Uuid,
    slice: &Slice,
) -> StorageResult<(Vec<DealNote>, RowCount)> {
    let rows = Rows::of("SELECT *", "FROM deal_notes", "id");
    Filter::new("org_id = ", org).compare("deal_id = ", Some(deal)).page(on, rows, slice).await
}
