//! An organisation's pipelines: there is always one, made when it is first needed.

use super::{
    PipelineView,
    template::{USUAL, stages as from_template},
};
use g8_core::Ctx;
use g8_domain::{Error, Result, record::Pipeline};
use g8_storage::{Session, Tx, pipelines, stages};
use uuid::Uuid;

/// As many as anybody can keep apart.
pub(super) const MOST_PIPELINES: usize = 50;
/// As many as fit on a board.
pub(crate) const MOST_STAGES: usize = 50;

/// The pipelines, to put deals into: they and their stages stay as they are meanwhile.
pub(crate) async fn lock_shared(ctx: &Ctx, tx: &mut Tx) -> Result<Vec<Pipeline>> {
    let found = pipelines::lock_shared(tx, ctx.org()).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    add_first(ctx, tx).await?;
    Ok(pipelines::lock_shared(tx, ctx.org()).await?)
}

/// The pipelines, to be changed: nobody else changes them or puts deals into them meanwhile.
pub(crate) async fn lock_for_update(ctx: &Ctx, tx: &mut Tx) -> Result<Vec<Pipeline>> {
    let found = pipelines::lock_for_update(tx, ctx.org()).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    add_first(ctx, tx).await?;
    Ok(pipelines::lock_for_update(tx, ctx.org()).await?)
}

/// Every pipeline with its stages.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<PipelineView>> {
    let mut found = pipelines::all(&mut ctx.db(), ctx.org()).await?;
    if found.is_empty() {
        let mut tx = ctx.begin().await?;
        found = lock_shared(ctx, &mut tx).await?;
        tx.commit(()).await?;
    }
    let stages = stages::all(&mut ctx.db(), ctx.org()).await?;
    Ok(found.into_iter().map(|pipeline| PipelineView::new(pipeline, &stages)).collect())
}

/// One of some pipelines.
pub(crate) fn one(pipelines: &[Pipeline], id: Uuid) -> Result<Pipeline> {
    let found = pipelines.iter().find(|pipeline| pipeline.id == id).cloned();
    found.ok_or_else(|| Error::not_found("pipeline", id))
}

/// A pipeline as it is now.
pub(crate) async fn shown(ctx: &Ctx, on: &mut impl Session, id: Uuid) -> Result<PipelineView> {
    let pipeline = one(&pipelines::all(on, ctx.org()).await?, id)?;
    Ok(PipelineView::new(pipeline, &stages::of(on, ctx.org(), id).await?))
}

/// Adds the first pipeline, unless somebody else is just adding it: then this waits until it is there.
async fn add_first(ctx: &Ctx, tx: &mut Tx) -> Result<()> {
    let pipeline = Pipeline {
        id: ctx.id(),
        org_id: ctx.org(),
        name: "Sales Pipeline".to_owned(),
        target: None,
        is_default: 1,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    if pipelines::insert(tx, &pipeline).await? {
        stages::insert(tx, &from_template(ctx, pipeline.id, USUAL)).await?;
    }
    Ok(())
}
