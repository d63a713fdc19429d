//! Organisations.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record, values::values};
use g8_domain::record::Organization;
use uuid::Uuid;

record!(Organization => id, name, plan, created_at, erasures);

/// Adds an organisation.
pub async fn insert(tx: &mut Tx, org: &Organization) -> StorageResult<()> {
    values!(org => id, name, plan, created_at).insert(tx, "organizations", "").await.map(drop)
}

/// One organisation.
pub async fn get(on: &mut impl Session, id: Uuid) -> StorageResult<Option<Organization>> {
    on.row("SELECT id, name, plan, created_at, erasures FROM organizations WHERE id = $1", args![id]).await
}

/// Keeps others from changing who administers an organisation until the transaction ends.
pub async fn lock(tx: &mut Tx, id: Uuid) -> StorageResult<()> {
    let sql = "SELECT id, name, plan, created_at, erasures FROM organizations WHERE id = $1 {lock}";
    tx.row::<Organization>(sql, args![id]).await.map(drop)
}

/// Every organisation, oldest first.
pub async fn all(on: &mut impl Session) -> StorageResult<Vec<Organization>> {
    on.rows("SELECT id, name, plan, created_at, erasures FROM organizations ORDER BY created_at, id", args![])
        .await
}

/// Gives an organisation another plan; says whether there is one.
pub async fn set_plan(tx: &mut Tx, id: Uuid, plan: &str) -> StorageResult<bool> {
    Ok(tx.change("UPDATE organizations SET plan = $2 WHERE id = $1", args![id, plan]).await? > 0)
}

/// Gives an organisation another name.
pub async fn rename(tx: &mut Tx, id: Uuid, name: &str) -> StorageResult<()> {
    tx.change("UPDATE organizations SET name = $2 WHERE id = $1", args![id, name]).await.map(drop)
}
