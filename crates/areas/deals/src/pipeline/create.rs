//! `POST /pipelines`

use super::{
    PipelineView,
    default::{MOST_PIPELINES, lock_for_update},
    template::{self, BLANK, USUAL},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Pipeline, PipelineTarget},
};
use g8_storage::{pipelines, stages};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a pipeline.
pub struct CreatePipeline;

/// The new pipeline.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What people will call it; Sales Pipeline unless given
    #[schemars(length(min = 1, max = 255))]
    pub name: Option<String>,
    /// Whom it is for, and what it is to bring about
    pub target: Option<PipelineTarget>,
    /// Begin with one open stage, won and lost instead of the usual seven
    pub blank: Option<bool>,
}

impl Operation for CreatePipeline {
    const SPEC: Spec = Spec::on(Verb::Post, "/pipelines", "pipeline.create", &[Scope::PIPELINES_WRITE])
        .about("Create a pipeline with the usual stages, or nearly empty")
        .aliases(&["/v1/pipelines"])
        .created()
        .tool(ToolAudience::Gtm, &["g8_create_pipeline"])
        .command(&["create-pipeline"]);
    type Input = Input;
    type Output = PipelineView;

    async fn run(ctx: &Ctx, input: Input) -> Result<PipelineView> {
        let name = input.name.as_deref().unwrap_or("Sales Pipeline").trim().to_owned();
        if name.is_empty() {
            return Err(Error::field("name", "must not be empty"));
        }
        let mut tx = ctx.begin().await?;
        if lock_for_update(ctx, &mut tx).await?.len() >= MOST_PIPELINES {
            return Err(Error::rule(format!(
                "There are {MOST_PIPELINES} pipelines already; delete one that nobody uses first."
            )));
        }
        let pipeline = Pipeline {
            id: ctx.id(),
            org_id: ctx.org(),
            name,
            target: input.target,
            is_default: 0,
            created_at: ctx.now(),
            updated_at: ctx.now(),
        };
        let blank = input.blank == Some(true);
        let new = template::stages(ctx, pipeline.id, if blank { BLANK } else { USUAL });
        pipelines::insert(&mut tx, &pipeline).await?;
        stages::insert(&mut tx, &new).await?;
        tx.commit(PipelineView::new(pipeline, &new)).await
    }
}
