//! `PUT /pipelines/{pipeline_id}`

use super::{PipelineView, lock_for_update, one, shown};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Patch, Result, Scope, record::PipelineTarget};
use g8_storage::pipelines;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Change a pipeline.
pub struct UpdatePipeline;

/// Which pipeline, and what changes; its stages have their own requests.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
    /// New name
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    /// Whom it is for; null clears
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub target: Patch<PipelineTarget>,
    /// True makes it the default
    pub set_default: Option<bool>,
}

impl Operation for UpdatePipeline {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/pipelines/{pipeline_id}", "pipeline.update", &[Scope::PIPELINES_WRITE])
            .about("Rename a pipeline, or make it the default; fields left out stay")
            .aliases(&["/v1/pipelines/{pipeline_id}"])
            .tool(ToolAudience::Gtm, &["g8_update_pipeline"])
            .command(&["update-pipeline"]);
    type Input = Input;
    type Output = PipelineView;

    async fn run(ctx: &Ctx, input: Input) -> Result<PipelineView> {
        let name = input.name.map(|name| name.trim().to_owned());
        let make_default = input.set_default == Some(true);
        match &name {
            None if input.target.is_keep() && !make_default => {
                return Err(Error::field("", "Nothing to change: give `name`, `target` or `set_default`"));
            }
            Some(name) if name.is_empty() => return Err(Error::field("name", "must not be empty")),
            _ => {}
        }
        let mut tx = ctx.begin().await?;
        let mut pipeline = one(&lock_for_update(ctx, &mut tx).await?, input.pipeline_id)?;
        pipeline.name = name.unwrap_or(pipeline.name);
        input.target.apply(&mut pipeline.target);
        pipeline.updated_at = ctx.now();
        pipelines::update(&mut tx, &pipeline).await?;
        if make_default {
            pipelines::make_default(&mut tx, ctx.org(), pipeline.id).await?;
        }
        let view = shown(ctx, &mut tx, pipeline.id).await?;
        tx.commit(view).await
    }
}
