//! The stages of pipelines.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    row::record,
    values::{Values, values},
};
use g8_domain::record::Stage;
use uuid::Uuid;

record!(Stage =>
    id, org_id, pipeline_id, name, probability, position, stage_type, color, required_elements,
    recommended_elements, channel_scripts, created_at, updated_at
);

/// Adds stages.
pub async fn insert(tx: &mut Tx, stages: &[Stage]) -> StorageResult<()> {
    let row =
        |stage: &Stage| values(stage).and(values!(stage => id, org_id, pipeline_id, position, created_at));
    bulk::write(tx, "stages", stages.iter().map(row), "").await
}

/// The stages of all pipelines of an organisation, each pipeline's in order.
pub async fn all(on: &mut impl Session, org: Uuid) -> StorageResult<Vec<Stage>> {
    on.rows("SELECT * FROM stages WHERE org_id = $1 ORDER BY pipeline_id, position, id", args![org]).await
}

/// The stages of one pipeline, in order.
pub async fn of(on: &mut impl Session, org: Uuid, pipeline: Uuid) -> StorageResult<Vec<Stage>> {
    let sql = "SELECT * FROM stages WHERE org_id = $1 AND pipeline_id = $2 ORDER BY position, id";
    on.rows(sql, args![org, pipeline]).await
}

/// One stage.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Stage>> {
    on.row("SELECT * FROM stages WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Writes what of a stage can be changed, but its place.
pub async fn update(tx: &mut Tx, stage: &Stage) -> StorageResult<()> {
    values(stage).update(tx, "stages", "org_id = ? AND id = ?", args![stage.org_id, stage.id]).await.map(drop)
}

/// The columns that insert and update share.
fn values(stage: &Stage) -> Values {
    values!(stage => name, probability, stage_type, color, required_elements, recommended_elements, channel_scripts,
        updated_at)
}

/// Puts stages into this order.
pub async fn arrange(
    tx: &mut Tx,
    org: Uuid,
    ids: impl IntoIterator<Item = Uuid> + Send,
) -> StorageResult<()> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    for (position, id) in (0_i64..).zip(ids) {
        let sql = "UPDATE stages SET position = $3 WHERE org_id = $1 AND id = $2 AND position <> $3";
        tx.change(sql, args![org, id, position]).await?;
    }
    Ok(())
}

/// Removes a stage without deals.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM stages WHERE org_id = $1 AND id = $2", args![org, id]).await.map(drop)
}
