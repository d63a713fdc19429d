//! `GET /deals/pipelines`

use super::list::Input;
use super::{PipelineView, default::all};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};

/// List the pipelines, to work with deals.
pub struct ListDealPipelines;

impl Operation for ListDealPipelines {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/deals/pipelines",
        "deal.pipelines",
        &[Scope::DEALS_READ, Scope::PIPELINES_READ],
    )
    .about("Show the pipelines and their stages, with the ids that deals take")
    .tool(ToolAudience::Shared, &["g8_get_pipeline"])
    .command(&["pipelines"]);
    type Input = Input;
    type Output = Vec<PipelineView>;

    async fn run(ctx: &Ctx, _: Input) -> Result<Vec<PipelineView>> {
        all(ctx).await
    }
}
