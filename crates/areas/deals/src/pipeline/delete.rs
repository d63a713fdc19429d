//! `DELETE /pipelines/{pipeline_id}`

use super::{lock_for_update, one};
use g8_core::{Ctx, Deleted, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::{deals, pipelines};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Remove a pipeline.
pub struct DeletePipeline;

/// Which pipeline.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the pipeline
    pub pipeline_id: Uuid,
}

impl Operation for DeletePipeline {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/pipelines/{pipeline_id}", "pipeline.delete", &[Scope::PIPELINES_WRITE])
            .about("Delete a pipeline that has no deals; the last one stays")
            .aliases(&["/v1/pipelines/{pipeline_id}"])
            .tool(ToolAudience::Gtm, &["g8_delete_pipeline"])
            .command(&["delete-pipeline"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        let all = lock_for_update(ctx, &mut tx).await?;
        let pipeline = one(&all, input.pipeline_id)?;
        let n = deals::count_in_pipeline(&mut *tx, ctx.org(), pipeline.id).await?;
        if n > 0 {
            return Err(Error::rule(format!(
                "This pipeline has deals ({n}); move them to another one or delete them first."
            )));
        }
        let Some(other) = all.iter().find(|other| other.id != pipeline.id) else {
            return Err(Error::rule("This is the last pipeline; create another one first."));
        };
        if pipeline.is_default == 1 {
            pipelines::make_default(&mut tx, ctx.org(), other.id).await?;
        }
        pipelines::delete(&mut tx, ctx.org(), pipeline.id).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}
