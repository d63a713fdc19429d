//! `GET /pipelines`

use super::{PipelineView, default::all};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nothing to say: there are at most 50.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// List the pipelines, to change them.
pub struct ListPipelines;

impl Operation for ListPipelines {
    const SPEC: Spec = Spec::on(Verb::Get, "/pipelines", "pipeline.list", &[Scope::PIPELINES_READ])
        .about("List the pipelines with their stages, checklists and scripts")
        .aliases(&["/v1/pipelines"])
        .tool(ToolAudience::Gtm, &["g8_list_pipelines"])
        .command(&["list-pipelines"]);
    type Input = Input;
    type Output = Vec<PipelineView>;

    async fn run(ctx: &Ctx, _: Input) -> Result<Vec<PipelineView>> {
        all(ctx).await
    }
}
