//! `PUT /pipelines/{pipeline_id}/set-default`

use super::{PipelineView, lock_for_update, one, shown};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::pipelines;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Make a pipeline the default.
pub struct SetDefaultPipeline;

/// Which pipeline.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
}

impl Operation for SetDefaultPipeline {
    const SPEC: Spec = Spec::on(
        Verb::Put,
        "/pipelines/{pipeline_id}/set-default",
        "pipeline.set_default",
        &[Scope::PIPELINES_WRITE],
    )
    .about("Make a pipeline the one that deals go into when nobody says which")
    .aliases(&["/v1/pipelines/{pipeline_id}/set-default", "/deals/pipelines/{pipeline_id}/default"])
    .command(&["set-default-pipeline"]);
    type Input = Input;
    type Output = PipelineView;

    async fn run(ctx: &Ctx, input: Input) -> Result<PipelineView> {
        let mut tx = ctx.begin().await?;
        let pipeline = one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        pipelines::make_default(&mut tx, ctx.org(), pipeline.id).await?;
        let view = shown(ctx, &mut tx, pipeline.id).await?;
        tx.commit(view).await
    }
}
