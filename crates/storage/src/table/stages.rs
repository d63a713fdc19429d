//! The stages of pipelines.

use crate::{Session, Tx, arg::args, bulk, error::StorageResult, row::record};
use g8_domain::record::Stage;
use uuid::Uuid;

record!(Stage {
    id,
    org_id,
    pipeline_id,
    name,
    probability,
    position,
    stage_type,
    color,
    required_elements,
    recommended_elements,
    channel_scripts,
    created_at,
    updated_at,
});

/// Adds stages.
pub async fn insert(tx: &mut Tx, stages: &[Stage]) -> StorageResult<()> {
    let before =
        "INSERT INTO stages (id, org_id, pipeline_id, name, probability, position, stage_type, color,
                  required_elements, recommended_elements, channel_scripts, created_at, updated_at) VALUES ";
    let mut rows = bulk::Rows::new(before, 13, "");
    for stage in stages {
        rows.add(args![
            stage.id,
            stage.org_id,
            stage.pipeline_id,
            &stage.name,
            stage.probability,
            stage.position,
            stage.stage_type.word(),
            &stage.color,
            &stage.required_elements,
            &stage.recommended_elements,
            &stage.channel_scripts,
            stage.created_at,
            stage.updated_at
        ]);
    }
    rows.change(tx).await
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
    let sql = "UPDATE stages SET name = $3, probability = $4, stage_type = $5, color = $6, required_elements = $7,
               recommended_elements = $8, channel_scripts = $9, updated_at = $10 WHERE org_id = $1 AND id = $2";
    let args = args![
        stage.org_id,
        stage.id,
        &stage.name,
        stage.probability,
        stage.stage_type.word(),
        &stage.color,
        &stage.required_elements,
        &stage.recommended_elements,
        &stage.channel_scripts,
        stage.updated_at
    ];
    tx.change(sql, args).await?;
    Ok(())
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
    tx.change("DELETE FROM stages WHERE org_id = $1 AND id = $2", args![org, id]).await?;
    Ok(())
}
