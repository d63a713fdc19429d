//! `PUT /pipelines/{pipeline_id}/stages/reorder`

use crate::pipeline::{PipelineView, lock_for_update, one, shown};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Issue, Result, Scope, record::Stage};
use g8_storage::stages;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Put stages into another order.
pub struct ReorderStages;

/// Which pipeline, and the order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
    /// Ids of all its stages, in the order they are to have
    #[schemars(length(min = 1, max = 100))]
    pub stage_ids: Vec<Uuid>,
}

impl Operation for ReorderStages {
    const SPEC: Spec = Spec::on(
        Verb::Put,
        "/pipelines/{pipeline_id}/stages/reorder",
        "stage.reorder",
        &[Scope::PIPELINES_WRITE],
    )
    .about("Put all stages of a pipeline into another order")
    .aliases(&["/v1/pipelines/{pipeline_id}/stages/reorder"])
    .tool(ToolAudience::Gtm, &["g8_reorder_stages"])
    .command(&["reorder-stages"]);
    type Input = Input;
    type Output = PipelineView;

    async fn run(ctx: &Ctx, input: Input) -> Result<PipelineView> {
        let mut tx = ctx.begin().await?;
        one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        let stages = stages::of(&mut *tx, ctx.org(), input.pipeline_id).await?;
        complete(&input.stage_ids, &stages)?;
        stages::arrange(&mut tx, ctx.org(), input.stage_ids).await?;
        let view = shown(ctx, &mut *tx, input.pipeline_id).await?;
        tx.commit(view).await
    }
}

/// Refuses what is not each stage of the pipeline once.
fn complete(ids: &[Uuid], stages: &[Stage]) -> Result<()> {
    let mut issues = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        if !stages.iter().any(|stage| stage.id == *id) {
            issues.push(Issue::new(format!("stage_ids[{at}]"), "is no stage of this pipeline"));
        } else if ids[..at].contains(id) {
            issues.push(Issue::new(format!("stage_ids[{at}]"), "is there twice"));
        }
    }
    let missing = stages.iter().filter(|stage| !ids.contains(&stage.id));
    issues
        .extend(missing.map(|stage| Issue::new("stage_ids", format!("lacks {} ({})", stage.id, stage.name))));
    if issues.is_empty() { Ok(()) } else { Err(Error::invalid(&issues)) }
}
