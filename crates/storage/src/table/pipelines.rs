//! The ways that deals go.

use crate::{Session, Tx, arg::args, error::StorageResult, row::record, values::values};
use g8_domain::record::{Pipeline, PipelineTarget};
use uuid::Uuid;

record!(Pipeline => id, org_id, name, target, is_default, created_at, updated_at);

/// Adds a pipeline; says whether it was added. Of two that are to be the default, the second is not.
pub async fn insert(tx: &mut Tx, pipeline: &Pipeline) -> StorageResult<bool> {
    let row = values!(pipeline => id, org_id, name, target, is_default, created_at, updated_at);
    row.insert(tx, "pipelines", "ON CONFLICT DO NOTHING").await
}

/// An organisation's pipelines, oldest first.
pub async fn all(on: &mut impl Session, org: Uuid) -> StorageResult<Vec<Pipeline>> {
    on.rows("SELECT * FROM pipelines WHERE org_id = $1 ORDER BY id", args![org]).await
}

/// The same, to put deals into: nobody changes pipelines or their stages meanwhile.
pub async fn lock_shared(tx: &mut Tx, org: Uuid) -> StorageResult<Vec<Pipeline>> {
    tx.rows("SELECT * FROM pipelines WHERE org_id = $1 ORDER BY id {share}", args![org]).await
}

/// The same, to be changed: nobody else changes them or puts deals into them meanwhile.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid) -> StorageResult<Vec<Pipeline>> {
    tx.rows("SELECT * FROM pipelines WHERE org_id = $1 ORDER BY id {lock}", args![org]).await
}

/// Renames a pipeline, or says whom it is for.
pub async fn update(tx: &mut Tx, pipeline: &Pipeline) -> StorageResult<()> {
    let sql = "UPDATE pipelines SET name = $3, target = $4, updated_at = $5 WHERE org_id = $1 AND id = $2";
    let target = pipeline.target.map(PipelineTarget::word);
    tx.change(sql, args![pipeline.org_id, pipeline.id, &pipeline.name, target, pipeline.updated_at])
        .await
        .map(drop)
}

/// Makes one pipeline the default in place of the one that is.
pub async fn make_default(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    let other = "UPDATE pipelines SET is_default = 0 WHERE org_id = $1 AND is_default = 1 AND id <> $2";
    tx.change(other, args![org, id]).await?;
    tx.change("UPDATE pipelines SET is_default = 1 WHERE org_id = $1 AND id = $2", args![org, id])
        .await
        .map(drop)
}

/// Removes a pipeline without deals, with its stages.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM stages WHERE org_id = $1 AND pipeline_id = $2", args![org, id]).await?;
    tx.change("DELETE FROM pipelines WHERE org_id = $1 AND id = $2", args![org, id]).await.map(drop)
}
