//! `GET /pipelines/{pipeline_id}`

use super::{PipelineView, shown};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Read one pipeline.
pub struct GetPipeline;

/// Which pipeline.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
}

impl Operation for GetPipeline {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/pipelines/{pipeline_id}", "pipeline.get", &[Scope::PIPELINES_READ])
            .about("Show a pipeline and its stages")
            .aliases(&["/v1/pipelines/{pipeline_id}"])
            .command(&["get-pipeline"]);
    type Input = Input;
    type Output = PipelineView;

    async fn run(ctx: &Ctx, input: Input) -> Result<PipelineView> {
        shown(ctx, &mut ctx.db(), input.pipeline_id).await
    }
}
